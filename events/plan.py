"""What the page of an evening leads with, and what stands around it."""

import dataclasses
import datetime as dt
import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import DateTimeField, Q, Value
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.evening import Evening
from events.models import Event, EventGuest, EventStep, EventTemplate
from partners import addresses, clock, questions, spoken
from partners.models import Partner

ASK_AGAIN = dt.timedelta(days=5)
FEW = 3


def when(event: Event, today: dt.date) -> str:
    """“Friday, 4 December” and the hours; near days by their name."""
    hours = f"{event.local_start:%H:%M}–{event.local_end:%H:%M}"
    words = [spoken.day(event.day, today), hours]
    is_near = -1 <= (event.day - today).days < spoken.DAYS_OF_WEEK
    return ", ".join(words if is_near else [formats.date_format(event.day, "l"), *words])


def place(event: Event) -> str:
    """In one line, as on an envelope."""
    town = f"{event.postcode} {event.city}".strip()
    return ", ".join(filter(None, (event.place_name, event.street, town)))


def collisions(
    partner: Partner, start: dt.datetime, end: dt.datetime, besides: Event | None = None
) -> list[Event]:
    """Other evenings at the same time, or too close to get there."""
    return others_between(partner, start, end, besides.pk if besides else None)


@questions.written_once
def others_between(
    partner: Partner, start: dt.datetime, end: dt.datetime, besides: uuid.UUID | None
):
    moments = (Value(moment, DateTimeField()) for moment in (start, end))
    others = partner.events.near(*moments)
    if besides is not None:
        others = others.exclude(pk=besides)
    return others.soonest_first().only("title", "starts_at", "zone", "partner")[:FEW]


def collision_words(others: list[Event], today: dt.date) -> str:
    named = ", ".join(f"{one.title} ({spoken.moment(one.local_start, today)})" for one in others)
    return _("At that time there is: %(events)s.") % {"events": named} if others else ""


def collision(evening: Evening, today: dt.date) -> str:
    event = evening.event
    if not evening.meets_others:
        return ""
    others = collisions(event.partner, event.starts_at, event.ends_at, event)
    return collision_words(others, today)


def last_time(partner: Partner, template: EventTemplate | None) -> Event | None:
    """The last closed evening of this kind that says something to the next one."""
    if template is None:
        return None
    told = partner.events.filter(template=template, state=Event.State.CLOSED)
    return told.exclude(went_well="", next_time="").latest_first().first()


@dataclasses.dataclass(frozen=True)
class Link:
    """One evening of a chain."""

    event: Event
    when: str
    depth: int
    is_this: bool = False


def chain(evening: Evening, today: dt.date) -> list[Link]:
    """The evening before the one that led to this one, and those booked here."""
    event = evening.event
    before = event.booked_from
    if not (before or evening.led_to_others):
        return []
    first = before.booked_from_id if before else None
    near = beside(event.partner, event.pk, first)
    above = [*(one for one in near if one.pk == first), *([before] if before else [])]
    booked = [one for one in near if one.booked_from_id == event.pk]
    links = [*((one, depth) for depth, one in enumerate(above)), (event, len(above))]
    links += [(one, len(above) + 1) for one in booked]
    return [
        Link(one, spoken.calendar_day(one.day, today), depth, one is event) for one, depth in links
    ]


@questions.written_once
def beside(partner: Partner, event: uuid.UUID, first: uuid.UUID | None):
    near = partner.events.filter(Q(booked_from=event) | Q(pk=first)).soonest_first()
    return near.only("title", "starts_at", "zone", "booked_from", "partner")


# --- what comes next --------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Next:
    """The one thing to do now; a step can be ticked, everything else is a page."""

    text: str
    hint: str = ""
    href: str = ""
    label: str = ""
    step: EventStep | None = None


def headline(evening: Evening) -> str:
    asked, yes = len(evening.guests), len(evening.coming)
    if not asked:
        return _("Nobody is invited yet")
    return ngettext(
        "%(yes)d of %(asked)d has said yes", "%(yes)d of %(asked)d have said yes", yes
    ) % {"yes": yes, "asked": asked}


def seats(evening: Evening) -> str:
    """Who else there is, in words."""
    waiting = len(evening.who_said(EventGuest.Answer.WAITING))
    maybe = len(evening.who_said(EventGuest.Answer.MAYBE))
    left = evening.seats_left
    words = [
        ngettext("%(n)d does not know yet", "%(n)d do not know yet", maybe) % {"n": maybe}
        if maybe
        else "",
        ngettext("%(n)d on the waiting list", "%(n)d on the waiting list", waiting) % {"n": waiting}
        if waiting
        else "",
        _("no seat left")
        if left == 0
        else ngettext("%(n)d seat left", "%(n)d seats left", left) % {"n": left}
        if left is not None
        else "",
    ]
    return " · ".join(filter(None, words))


def next_step(evening: Evening, today: dt.date) -> Next:
    """Before the evening: what is due, then guests, then what comes."""
    guests = reverse("guest-list", args=[evening.event.pk])
    steps = [step for step in evening.open_steps if step.part != EventStep.Part.AFTER]
    due = next((step for step in steps if step.due_on <= today), None)
    if due is not None:
        return of_step(due, evening.event, today)
    if not evening.guests:
        add = reverse("guest-add", args=[evening.event.pk])
        return Next(_("Choose whom to invite"), href=add, label=_("Choose guests"))
    silent = evening.who_said(EventGuest.Answer.NONE)
    unasked = [guest for guest in silent if guest.invited_at is None]
    if unasked and evening.seats_left != 0:
        text = ngettext("Invite %(n)d more person", "Invite %(n)d more people", len(unasked))
        return Next(text % {"n": len(unasked)}, names(unasked), guests, _("To the guests"))
    if silent and evening.event.starts_at - evening.now < ASK_AGAIN:
        text = ngettext("Ask %(n)d person again", "Ask %(n)d people again", len(silent))
        return Next(text % {"n": len(silent)}, names(silent), guests, _("To the guests"))
    return of_step(steps[0], evening.event, today) if steps else Next(_("Everything is ready."))


def of_step(step: EventStep, event: Event, today: dt.date) -> Next:
    whose = event.host.first_name if step.for_host and event.host else ""
    return Next(
        step.text, " · ".join(filter(None, (whose, due_in_words(step, event, today)))), step=step
    )


def names(guests: list[EventGuest]) -> str:
    shown = ", ".join(guest.customer.first_name for guest in guests[:FEW])
    more = len(guests) - FEW
    return f"{shown} +{more}" if more > 0 else shown


# --- steps --------------------------------------------------------------------------------------


def checklist(evening: Evening, today: dt.date) -> list[dict[str, Any]]:
    """Steps under what they are for, in the order of the days, each in ready words."""
    parts = [
        (EventStep.Part.COACHING, _("With the host")),
        (EventStep.Part.SETTING, _("Setting")),
        (EventStep.Part.PACKING, _("To pack")),
        (EventStep.Part.AFTER, _("Afterwards")),
    ]
    groups = []
    for part, title in parts:
        steps = [step for step in evening.steps if step.part == part]
        if steps:
            rows = [row_of(step, evening.event, today) for step in steps]
            done = sum(step.done_at is not None for step in steps)
            groups.append({"title": title, "steps": rows, "done": done})
    return groups


def row_of(step: EventStep, event: Event, today: dt.date) -> dict[str, Any]:
    whose = (event.host and event.host.first_name) or _("for the host")
    words = (step_day(step, event, today), whose if step.for_host else "")
    return {
        "text": step.text,
        "line": " · ".join(filter(None, words)),
        "is_done": step.done_at is not None,
        "address": addresses.of("step-edit", step.pk),
        "tick": addresses.of("step-done", step.pk),
    }


def step_day(step: EventStep, event: Event, today: dt.date) -> str:
    return _("done") if step.done_at is not None else due_in_words(step, event, today)


def due_in_words(step: EventStep, event: Event, today: dt.date) -> str:
    """Nobody is late with what was planned only after its day: it counts from then on."""
    planned = step.created_at.astimezone(ZoneInfo(event.zone)).date()
    day = max(step.due_on, min(planned, today))
    return spoken.since(day, today) if day < today else spoken.day(day, today)


def today_of(partner: Partner) -> dt.date:
    return clock.today(partner.zone)
