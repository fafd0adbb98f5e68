"""The lines of the customer list and of search results."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Min
from django.utils.translation import gettext as _

from customers.models import CARE_LASTS, Customer, CustomerQuerySet
from customers.rows import declined_words
from customers.search_marks import OWN, Found, found_in
from customers.text import search_words
from partners import addresses, clock, spoken
from partners.models import Partner

NAMED = ("partner", "salutation", "first_name", "last_name")
LINE = (*NAMED, "stage", "city", "next_due_at", "last_contact_at", "declined")
SEARCHED = ("sort_name", "search_text", *(column for column, _label in OWN))


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
    where: str = ""
    declined: str = ""
    divider: str = ""

    @property
    def plain_name(self) -> str:
        return self.customer.name


def for_lines(customers: CustomerQuerySet, query: str = "") -> CustomerQuerySet:
    """As much of each as a line shows; of a search also where it can have found them."""
    return customers.only(*LINE, *(SEARCHED if query else ()))


def lines(
    partner: Partner, customers: Iterable[Customer], query: str = "", *, is_ranked: bool = False
) -> list[Line]:
    """Customers with what is due next, the last contact and the place, as spoken; of a search
    also where it found them, and where those begin who only sound like it.
    """
    rows = list(customers)
    forget_faded(partner, rows)
    found = found_in(partner, rows, query) if query else {}
    today, zone = clock.today(partner.zone), partner.zone
    told = [line_of(row, today, zone, found.get(row.pk)) for row in rows]
    words = search_words(query) if is_ranked else []
    first = next((line for line in told if only_sounds(line.customer, words)), None)
    if first is not None:
        first.divider = _("Sounds alike")
    return told


def only_sounds(customer: Customer, words: list[str]) -> bool:
    return any(word not in customer.search_text for word in words)


def forget_faded(partner: Partner, rows: list[Customer]) -> None:
    """The stored column may still name a care step that has faded since."""
    now = clock.now()
    old = [row.pk for row in rows if row.next_due_at and row.next_due_at < now - CARE_LASTS]
    if not old:
        return
    alive = partner.followups.alive(now).filter(customer__in=old).order_by()
    next_due = dict(
        alive.values("customer").annotate(Min("due_at")).values_list("customer", "due_at__min")
    )
    for row in rows:
        if row.pk in old:
            row.next_due_at = next_due.get(row.pk)


def line_of(customer: Any, today: dt.date, zone: ZoneInfo, found: Found | None = None) -> Line:
    return Line(
        customer,
        address=addresses.of("customer-detail", customer.pk),
        name=found.name if found else customer.name,
        initials=customer.initials,
        avatar=customer.avatar,
        line=" · ".join(filter(None, (customer.stage_spoken, customer.city))),
        next_spoken=next_spoken(customer.next_due_at, today, zone),
        last_spoken=last_spoken(customer.last_contact_at, today, zone),
        where=found.where if found else "",
        declined=declined_words(customer),
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
