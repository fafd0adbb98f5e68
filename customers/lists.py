"""The lines of the customer list and of search results."""

import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from customers.models import Customer
from partners import addresses, clock, spoken


@dataclasses.dataclass
class Line:
    """One person, as ready words: a template that asks a row for each of them is slow."""

    customer: Customer
    address: str
    name: str
    initials: str
    avatar: str
    line: str
    next_spoken: str
    last_spoken: str


def lines(customers, zone: ZoneInfo) -> list[Line]:
    """Customers with what is due next, the last contact and the place, as spoken."""
    today = clock.today(zone)
    return [line_of(customer, today, zone) for customer in customers]


def line_of(customer, today: dt.date, zone: ZoneInfo) -> Line:
    return Line(
        customer,
        address=addresses.of("customer-detail", customer.pk),
        name=customer.name,
        initials=customer.initials,
        avatar=customer.avatar,
        line=" · ".join(filter(None, (customer.stage_spoken, customer.city))),
        next_spoken=next_spoken(customer.next_due_at, today, zone),
        last_spoken=last_spoken(customer.last_contact_at, today, zone),
    )


def next_spoken(due_at: dt.datetime | None, today: dt.date, zone: ZoneInfo) -> str:
    if due_at is None:
        return ""
    day = due_at.astimezone(zone).date()
    return spoken.since(day, today) if day < today else spoken.day(day, today)


def last_spoken(at: dt.datetime | None, today: dt.date, zone: ZoneInfo) -> str:
    if at is None:
        return ""
    return _("spoke %(ago)s") % {"ago": spoken.ago(at.astimezone(zone).date(), today)}
