"""Petra's evening on Thursday, guests with an address, and what tests do with their mails."""

import datetime as dt
from typing import Any

import vobject

from customers.models import Customer
from events.actions import answering
from events.models import Event, EventGuest
from partners import planning, walls
from partners.models import OutboxMessage, Partner
from tests.customers.mails import deliver
from tests.event_factories import EventFactory, EventGuestFactory
from tests.factories import CustomerFactory, EmailFactory
from tests.harness.roles import as_app

State = OutboxMessage.State
THURSDAY_EVENING = dt.datetime(2026, 11, 26, 18, 30, tzinfo=dt.UTC)  # 19:30 in Berlin
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
FOR_HOST = "petra@example.net"


def evening(partner: Partner, **columns: Any) -> Event:
    if "host" not in columns:
        columns["host"] = person(partner, "Petra", last_name="Sommer")
    said = {"title": "Herbstabend", "starts_at": THURSDAY_EVENING, "formality": "du"}
    return EventFactory.create(**said | columns)


def person(partner: Partner, name: str, **columns: Any) -> Customer:
    customer = CustomerFactory.create(partner=partner, first_name=name, **columns)
    EmailFactory.create(customer=customer, typed=f"{name.lower()}@example.net")
    return customer


def guest(event: Event, name: str, **columns: Any) -> EventGuest:
    """Already there, without any mail of it."""
    return EventGuestFactory.create(event=event, customer=person(event.partner, name), **columns)


def says(row: EventGuest, answer: str, **more: Any) -> EventGuest:
    """By herself, on her page."""
    row = row.partner.eventguests.get(pk=row.pk)
    with walls.acting_for(row.partner):
        return answering.answer(row.partner, row, answer, **more)


def round_() -> int:
    """Plan and deliver, as a worker does; how many mails left."""
    with as_app():
        planning.plan_due()
    return deliver()


def settled(clock: Any) -> int:
    clock.shift(dt.timedelta(minutes=3))
    return round_()


def to(mailbox: list[Any], name: str) -> list[Any]:
    return [mail for mail in mailbox if mail.to == [f"{name.lower()}@example.net"]]


def entry_of(mail: Any) -> tuple[str, Any]:
    """The method and the event, as another program reads them."""
    [(content, kind)] = [part for part in mail.alternatives if part[1].startswith("text/calendar")]
    calendar = vobject.readOne(content)
    assert f"method={calendar.method.value}" in kind
    return calendar.method.value, calendar.vevent


def rows(kind: str) -> list[tuple[str, str]]:
    found = OutboxMessage.objects.filter(kind=kind).order_by("created_at", "pk")
    return list(found.values_list("state", "reason"))
