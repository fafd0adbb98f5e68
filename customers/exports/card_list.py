"""Whom to write a card, where to, and for which occasion: nothing that others should not see."""

import dataclasses
import datetime as dt
from collections.abc import Iterable

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from customers.exports import labels
from customers.models import Customer
from partners import clock
from partners.models import Partner

LEAP_YEAR = 2000


@dataclasses.dataclass
class Row:
    customer: Customer
    lines: list[str]
    occasion: str
    terms: str


def rows(customers: Iterable[Customer], partner: Partner) -> list[Row]:
    today = clock.today(partner.zone)
    wish = labels.Wish()
    return [
        Row(
            customer, labels.lines([customer], wish)[1:], birthday(customer, today), terms(customer)
        )
        for customer in customers
    ]


def birthday(customer: Customer, today: dt.date) -> str:
    """The next one, with the age where the year is known."""
    if not customer.birth_month or not customer.birth_day:
        return ""
    day = dt.date(LEAP_YEAR, customer.birth_month, customer.birth_day)
    said = formats.date_format(day, pgettext("date format", "j F"))
    year = today.year + ((day.month, day.day) < (today.month, today.day))
    age = customer.age_on(dt.date(year, 1, 1))
    if not age:
        return _("Birthday on %(day)s") % {"day": said}
    return _("Birthday on %(day)s, turns %(age)d") % {"day": said, "age": age}


def terms(customer: Customer) -> str:
    """How one says you to them."""
    formal = customer.formality == Customer.Formality.FORMAL
    return (
        pgettext("you, formally", "formal") if formal else pgettext("you, to a friend", "informal")
    )
