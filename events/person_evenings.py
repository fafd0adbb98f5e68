"""On a person's page: the evenings they were at, the next one, and those they hosted."""

import dataclasses
import datetime as dt
import uuid
from typing import Any

from django.db.models import F, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.models import Customer
from events.models import Event, EventGuest
from partners import addresses, clock, questions, spoken
from partners.models import Partner

TEMPLATE = "events/guest/_person.html"
COLUMNS = ("title", "starts_at", "zone", "state")
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
    rows = evenings_of(partner, customer.pk)
    rows.sort(key=lambda row: (row.starts_at, str(row.pk)), reverse=True)
    shown = [row for row in rows if row.state != Event.State.CANCELLED or row.said]
    lines = [line(row, today) for row in shown[:SHOWN]]
    return Evenings(counts(rows), lines) if lines else None


@questions.written_once
def evenings_of(partner: Partner, customer: uuid.UUID) -> Any:
    """Those they were asked to, with what they said and whether they came, and those they host."""
    asked = partner.events.filter(guests__customer=customer, guests__deleted_at=None)
    asked = asked.annotate(said=F("guests__answer"), presence=F("guests__presence"))
    hosted = partner.events.filter(host=customer).annotate(said=Value(HOST), presence=Value(""))
    return asked.only(*COLUMNS).order_by().union(hosted.only(*COLUMNS).order_by())


def counts(rows: list[Any]) -> str:
    """“Was at 3 evenings · Hosted 1 evening”."""
    was = sum(row.presence == EventGuest.Presence.ATTENDED for row in rows)
    over = {Event.State.HELD, Event.State.CLOSED}
    gave = sum(row.said == HOST and row.state in over for row in rows)
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
    local, is_ahead = row.local_start, row.starts_at > clock.now()
    if row.state == Event.State.CANCELLED:
        word = str(Event.State.CANCELLED.label)
    elif row.said == HOST:
        word = _("hosts it") if is_ahead else _("hosted it")
    elif row.presence:
        word = str(EventGuest.Presence(row.presence).label)
    else:
        word = str(EventGuest.Answer(row.said).label)
    when = spoken.moment(local, today) if is_ahead else spoken.calendar_day(local.date(), today)
    return Line(row.title, addresses.of("event-detail", row.pk), when, word)
