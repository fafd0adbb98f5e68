"""Evenings: planned, changed, called off, put away."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from customers.models import Customer
from events.actions import answering
from events.actions.guesting import only_guests
from events.models import Event, EventStep, EventTemplate, Setting, Step
from partners import changes, clock
from partners.changes import Act
from partners.models import Partner, User

# What a guest's calendar must learn of.
WHEN = frozenset({"starts_at", "ends_at", "zone"})
HOME = ("street", "postcode", "city")
WHERE = frozenset({"place", "place_name", *HOME, "online_link"})


@transaction.atomic
def create(
    partner: Partner, actor: User, event: Event, template: EventTemplate | None = None
) -> Act:
    """What the event does not say comes from the template, and so do the steps.

    A host who is new to the circle is added to it.
    """
    act = Act(partner, actor, "event-add")
    receive(act, event)
    rows = [] if template is None else list(partner.templatesteps.filter(template=template))
    if template is not None:
        fill(event, template)
    changes.create(act, event, *steps_of(event, rows))
    return act


def steps_of(event: Event, rows: Iterable[Step]) -> list[EventStep]:
    return [
        EventStep(
            event=event,
            part=row.part,
            text=row.text,
            days=row.days,
            for_host=row.for_host,
            position=row.position,
            due_on=due(event.day, row.days),
        )
        for row in rows
    ]


def receive(act: Act, event: Event) -> None:
    event.partner = act.partner
    if event.host is not None:
        welcome(act, event.host)
        take_home(event)


def welcome(act: Act, host: Customer) -> None:
    if host._state.adding:
        host.refresh_search([], [])
        changes.create(act, host)


def take_home(event: Event) -> None:
    """An evening at the host's home takes place where they live."""
    if event.place == Event.Place.HOST and not (event.street or event.city):
        home = event.partner.addresses.filter(customer=event.host).first()
        for name in HOME if home else ():
            setattr(event, name, getattr(home, name))


def fill(event: Event, template: EventTemplate) -> None:
    event.template = template
    event.kind = template.kind
    event.title = event.title or template.title or template.name
    for name in Setting.SHARED:
        if getattr(event, name) in (None, ""):
            setattr(event, name, getattr(template, name))


@transaction.atomic
def change(partner: Partner, actor: User | None, event: Event, **values: Any) -> Act:
    """Another day takes the open steps along, and the day until which guests may answer."""
    act = Act(partner, actor, "event-edit")
    alter(act, event, values)
    return act


def alter(act: Act, event: Event, values: dict[str, Any]) -> None:
    day, start = event.day, event.starts_at
    if values.get("host"):
        welcome(act, values["host"])
    values = values | other_home(event, values)
    new = {name for name, value in values.items() if value != getattr(event, name)}
    moves = values.get("starts_at", start) != start
    if moves and event.answer_until and "answer_until" not in new:
        values = values | {"answer_until": along(event, event.answer_until, values["starts_at"])}
    if new & (WHEN | WHERE):
        values = values | {"sequence": event.sequence + 1}
    changes.update(act, event, **values)
    if event.day != day:
        open_steps = act.partner.eventsteps.filter(event=event, done_at=None)
        changes.update_all(act, [(row, {"due_on": due(event.day, row.days)}) for row in open_steps])


def other_home(event: Event, values: dict[str, Any]) -> dict[str, Any]:
    """Guests of another host are not sent to the home of the one before, unless that was said."""
    host, place = values.get("host"), values.get("place", event.place)
    if host is None or host.pk == event.host_id or place != Event.Place.HOST:
        return {}
    if any(values[name] != getattr(event, name) for name in HOME if name in values):
        return {}
    home = event.partner.addresses.filter(customer=host).first()
    is_same_way = values.get("directions", event.directions) == event.directions
    way = {"directions": ""} if is_same_way else {}
    return {name: getattr(home, name, "") for name in HOME} | way


def along(event: Event, moment: dt.datetime, starts_at: dt.datetime) -> dt.datetime:
    """As long before the new start, as clocks on the wall tell it."""
    zone = ZoneInfo(event.zone)
    before, start, until = (
        each.astimezone(zone).replace(tzinfo=None) for each in (event.starts_at, starts_at, moment)
    )
    local = until + (start - before)
    return clock.moment(local.date(), local.time(), zone)


def due(day: dt.date, days: int) -> dt.date:
    return day + dt.timedelta(days=days)


def moved(day: dt.date, start: dt.time, end: dt.time, zone: ZoneInfo) -> dict[str, Any]:
    """The columns of a schedule."""
    copy = Event()
    copy.schedule(day, start, end, zone)
    return {"starts_at": copy.starts_at, "ends_at": copy.ends_at}


@transaction.atomic
def renew_links(partner: Partner, actor: User, event: Event) -> Act:
    """The open invitation, the host's page and the stars get other addresses."""
    act = Act(partner, actor, "event-links")
    changes.update(act, event, link_version=event.link_version + 1)
    return act


@transaction.atomic
def cancel(partner: Partner, actor: User, event: Event, why: str) -> Act:
    act = Act(partner, actor, "event-cancel")
    values = {"state": Event.State.CANCELLED, "cancelled_why": why, "sequence": event.sequence + 1}
    changes.update(act, event, **values)
    return act


@transaction.atomic
def resume(partner: Partner, actor: User, event: Event) -> Act:
    """What was called off takes place after all."""
    act = Act(partner, actor, "event-resume")
    if event.is_cancelled:
        asked = partner.eventguests.filter(event=event).exclude(invited_at=None).exists()
        state = Event.State.INVITING if asked else Event.State.PLANNED
        sequence = event.sequence + 1
        changes.update(act, event, state=state, cancelled_why="", sequence=sequence)
        answering.let_move_up(act, [event])
    return act


@transaction.atomic
def copy(partner: Partner, actor: User, event: Event, like: Event) -> Act:
    """The same evening on another day: the setting and the checklist, neither guests nor result."""
    act = Act(partner, actor, "event-add")
    receive(act, event)
    changes.create(act, event, *steps_of(event, partner.eventsteps.filter(event=like)))
    return act


@transaction.atomic
def remove(partner: Partner, actor: User, event: Event) -> Act:
    """To the bin, with its guests and steps, and with those whom only this evening brought."""
    act = Act(partner, actor, "event-remove")
    guests = list(partner.eventguests.filter(event=event))
    steps = list(partner.eventsteps.filter(event=event))
    changes.remove(act, event, *guests, *steps, *partner.feedbacks.filter(event=event))
    changes.remove(act, *only_guests(partner, {guest.customer_id for guest in guests}))
    return act
