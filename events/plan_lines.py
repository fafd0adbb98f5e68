"""Evenings and errands as rows of ready words, the same in the list, the month and Today."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypedDict

from django.db.models import CharField, F, Func
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from customers.models import FollowUp
from events import money
from events.models import Event, EventQuerySet
from partners import addresses, clock, spoken
from partners.models import Partner

COLUMNS = (
    *("partner", "title", "starts_at", "ends_at", "zone", "state", "kind", "place", "place_name"),
    *("city", "came", "sales", "maximum"),
    *("host__first_name", "host__last_name", "host__partner", "host__deleted_at"),
)


class Line(TypedDict):
    """`tone` is a class; `words` say how it stands, `is_missed` that they call for something;
    to `anchor` a day of the month leads.
    """

    day: dt.date
    time: str
    weekday: str
    number: str
    month: str
    short_day: str
    near: str
    address: str
    title: str
    about: str
    tone: str
    tag: str
    words: str
    is_missed: bool
    anchor: str


def on(day: dt.date, time: dt.time, today: dt.date, **words: Any) -> Line:
    """A day that has a name says it: today, tomorrow, yesterday."""
    shape = "M" if day.year == today.year else pgettext("date format", "M Y")
    return {
        "day": day,
        "time": f"{time:%H:%M}",
        "weekday": spoken.shaped(day, "D"),
        "number": str(day.day),
        "month": spoken.shaped(day, shape),
        "short_day": spoken.shaped(day, "SHORT_DATE_FORMAT"),
        "near": spoken.day(day, today) if -1 <= (day - today).days <= 1 else "",
        "tone": "",
        "tag": "",
        "words": "",
        "is_missed": False,
        "anchor": "",
        **words,  # type: ignore[typeddict-item]
    }


def of_event(event: Event, today: dt.date, now: dt.datetime) -> Line:
    starts, is_missed = event.local_start, needs_result(event, now)
    return on(
        starts.date(),
        starts.time(),
        today,
        address=addresses.of("event-detail", event.pk),
        title=event.title,
        about=where(event),
        tone="is-off" if event.is_cancelled else "",
        tag=str(Event.Kind.CLUB.label) if event.kind == Event.Kind.CLUB else "",
        words=_("The result is missing") if is_missed else how_it_stands(event),
        is_missed=is_missed,
    )


def of_errand(follow_up: FollowUp, today: dt.date) -> Line:
    """A follow-up that has its hour."""
    return on(
        follow_up.due_on,
        follow_up.due_time or dt.time(),
        today,
        address=addresses.of("follow-up-detail", follow_up.pk),
        title=f"{follow_up.customer.first_name}: {follow_up.title}",
        about=_("Follow-up"),
        tone="is-quiet",
    )


def where(event: Event) -> str:
    host = event.host.name if event.host and not event.host.deleted_at else ""
    return " · ".join(filter(None, (host, event.place_name or event.city)))


def needs_result(event: Event, now: dt.datetime) -> bool:
    return event.ends_at < now and not (event.is_closed or event.is_cancelled)


def how_it_stands(event: Any) -> str:
    """Who is coming, or what came of it; of one ahead, if its guests were counted."""
    if event.is_cancelled:
        return str(Event.State.CANCELLED.label)
    if event.is_closed:
        came = ngettext("%(n)d guest", "%(n)d guests", event.came or 0)
        sold = [money.euros(event.sales)] if event.sales else []
        return " · ".join([came % {"n": event.came or 0}, *sold])
    asked, yes = map(int, event.answers.split())
    if not asked:
        return _("nobody invited yet")
    return _("%(yes)d of %(asked)d are coming") % {"yes": yes, "asked": asked}


def lines(partner: Partner, events: Iterable[Event]) -> list[Line]:
    """`events` are `counted`, unless they are over."""
    today, now = clock.today(partner.zone), clock.now()
    return [of_event(event, today, now) for event in events]


class Answers(Func):
    """“asked yes”: how many guests an event has, of those in nobody's bin, and how many come.

    Counted for the rows shown alone, and both at once.
    """

    template = (
        "(SELECT COUNT(*) || ' ' || COUNT(CASE guest.answer WHEN 'yes' THEN 1 END)"
        " FROM events_eventguest guest"
        " JOIN customers_customer person ON person.id = guest.customer_id"
        " WHERE guest.deleted_at IS NULL AND person.deleted_at IS NULL"
        " AND guest.event_id = %(expressions)s)"
    )


def shown(events: EventQuerySet) -> EventQuerySet:
    """With what a row says of them."""
    return events.select_related("host").only(*COLUMNS)


def counted(events: EventQuerySet) -> EventQuerySet:
    """With how many are asked and how many said yes."""
    return shown(events).annotate(answers=Answers(F("pk"), output_field=CharField()))
