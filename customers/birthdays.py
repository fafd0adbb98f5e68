"""Birthdays as people write them: 12.4., 12.4.80, 12. April 1980, April 12, 1980-04-12."""

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from customers.models import NEWEST_YEAR, OLDEST_YEAR
from customers.text import fold
from customers.when import MONTH

DOTTED = re.compile(r"^(?P<day>\d{1,2})[./] ?(?P<month>\d{1,2})[./]? ?(?P<year>\d{4}|\d{2})?$")
NAMED = re.compile(
    r"^(?P<day>\d{1,2})(?:\.|st|nd|rd|th)? ?(?P<month>[a-z]{3,})\.?,? ?(?P<year>\d{4}|\d{2})?$"
)
NAMED_FIRST = re.compile(
    r"^(?P<month>[a-z]{3,})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,?(?: (?P<year>\d{4}))?$"
)
ISO = re.compile(r"^(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})$")
A_LEAP_YEAR = 2000
CENTURY = 100
SHORTEST_MONTH = 3

Birthday = tuple[int | None, int | None, int | None]  # day, month, year


def read(typed: str, today: dt.date) -> Birthday:
    """Day, month and perhaps year; 29 February needs no leap year."""
    if not typed:
        return None, None, None
    folded = fold(typed)
    match = next(
        filter(None, (form.match(folded) for form in (DOTTED, NAMED, NAMED_FIRST, ISO))), None
    )
    month = month_of(match["month"]) if match else None
    if match is None or month is None:
        raise ValidationError(_("Please write the birthday like 12.4. or 12.4.1980."))
    day, year = int(match["day"]), year_of(match["year"], today)
    try:
        born = dt.date(A_LEAP_YEAR if year is None else year, month, day)
    except ValueError:
        raise ValidationError(_("This day is not in the calendar.")) from None
    if year is not None and not OLDEST_YEAR <= year <= NEWEST_YEAR:
        raise ValidationError(_("This year is too far away."))
    if year is not None and born > today:
        raise ValidationError(_("This birthday lies in the future."))
    return day, month, year


def month_of(written: str) -> int | None:
    if written.isdigit():
        return int(written)
    known = (number for name, number in MONTH.items() if name.startswith(written))
    return next(known, None)


def year_of(written: str | None, today: dt.date) -> int | None:
    """Of two digits, the latest year that has been."""
    if written is None:
        return None
    year = int(written)
    if len(written) == len("80"):
        year += today.year // CENTURY * CENTURY
        year -= CENTURY if year > today.year else 0
    return year


def written(day: int | None, month: int | None, year: int | None) -> str:
    """As the form shows it, and reads it again."""
    return f"{day}.{month}.{year or ''}" if day else ""
