"""On a person's page: the evenings they were at, the next one, and those they hosted."""

import dataclasses
import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.models import Customer
from events.models import Event, EventGuest
from partners import addresses, clock, spoken
from partners.models import Partner

TEMPLATE = "events/guest/_person.html"
COLUMNS = ("pk", "title", "starts_at", "zone", "state")
SHOWN = 4
HOST = "host"


@dataclasses.dataclass(frozen=True)
class Line:
    title: str
    href: str
    when: str
    said: str


@dataclasses.dataclass(frozen=True)
class Evenings:
    counts: str
    lines: list[Line]


def tell(partner: Partner, customer: Customer, today: dt.date) -> Evenings | None:
    """One query; nothing about somebody who was never asked."""
    asked = partner.eventguests.filter(customer=customer, event__deleted_at=None)
    guest = asked.values_list(
        *(f"event__{name}" for name in COLUMNS), "answer", "presence", named=False
    )
    hosted = partner.events.filter(host=customer).annotate(said=Value(HOST), presence=Value(""))
    rows: list[Any] = list(
        guest.order_by().union(hosted.order_by().values_list(*COLUMNS, "said", "presence"))
    )
    rows.sort(key=lambda row: (row[2], str(row[0])), reverse=True)
    lines = [line(row, today) for row in rows if row[4] != Event.State.CANCELLED or row[5]]
    return Evenings(counts(rows), lines[:SHOWN]) if lines else None


def counts(rows: list[Any]) -> str:
    """“Was at 3 evenings · Hosted 1 evening”."""
    was = sum(row[6] == EventGuest.Presence.ATTENDED for row in rows)
    over = {Event.State.HELD, Event.State.CLOSED}
    gave = sum(row[5] == HOST and row[4] in over for row in rows)
    said = [
        ngettext("Was at %(count)d evening", "Was at %(count)d evenings", was) % {"count": was}
        if was
        else "",
        ngettext("Hosted %(count)d evening", "Hosted %(count)d evenings", gave) % {"count": gave}
        if gave
        else "",
    ]
    return " · ".join(filter(None, said))


def line(row: Any, today: dt.date) -> Line:
    pk, title, starts_at, zone, state, answer, presence = row
    local = starts_at.astimezone(ZoneInfo(zone))
    is_ahead = starts_at > clock.now()
    if state == Event.State.CANCELLED:
        word = str(Event.State.CANCELLED.label)
    elif answer == HOST:
        word = _("hosts it") if is_ahead else _("hosted it")
    elif presence:
        word = str(EventGuest.Presence(presence).label)
    else:
        word = str(EventGuest.Answer(answer).label)
    when = spoken.moment(local, today) if is_ahead else spoken.calendar_day(local.date(), today)
    return Line(title, addresses.of("event-detail", pk), when, word)
