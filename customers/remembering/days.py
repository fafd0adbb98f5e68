"""When something happened, or will: a day, or a month, which is kept as its first day."""

import datetime as dt
import re

from customers.text import fold
from customers.when import MONTH

DOTTED = re.compile(r"\b(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})(?:\.|$)(?:\s?(?P<year>\d{4})\b)?")
NAMED = re.compile(
    r"\b(?:(?P<day>\d{1,2})\.?|im|in|ab|zum|seit|anfang|mitte|ende|early|late)"
    r"\s+(?P<month>[^\W\d_]{3,})(?:\s+(?P<year>\d{4})\b)?",
    re.IGNORECASE,
)
NEXT_MONTH = re.compile(r"\b(?:nächste[nr]|kommende[nr]|next)\s+(?:monat|month)\b", re.IGNORECASE)
PAST = re.compile(
    r"^(?:ist|hat|haben|wurde|zog|moved|got|had|has|married|retired)\b"
    r"|\b(?:gezogen|geheiratet|geboren|geworden|seit|since)\b",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"^(?:zieht|heiratet|geht|bekommt|fängt|moves|is\s+(?:moving|getting|having|retiring)|retires)\b",
    re.IGNORECASE,
)


def day_in(said: str, today: dt.date) -> dt.date | None:
    """Without a year the next one that comes, or the last one of what is over."""
    if NEXT_MONTH.search(said):
        return dt.date(today.year + today.month // 12, today.month % 12 + 1, 1)
    for match in (DOTTED.search(said), *NAMED.finditer(said)):
        if match and (month := number_of(match["month"])):
            return on(match["day"], month, match["year"], today, is_over=bool(PAST.search(said)))
    return None


def on(
    day: str | None, month: int, year: str | None, today: dt.date, *, is_over: bool
) -> dt.date | None:
    near = (0, -1, -2, -3, -4) if is_over else (0, 1, 2, 3, 4)  # a leap day is not far
    wanted = (int(day or 1), month)
    for candidate in [int(year)] if year else [today.year + step for step in near]:
        try:
            found = dt.date(candidate, month, wanted[0])
        except ValueError:
            continue
        this = today if day else today.replace(day=1)
        if year or (found <= this if is_over else found >= this):
            return found
    return None


def number_of(month: str) -> int | None:
    return int(month) if month.isdecimal() else MONTH.get(fold(month))


def is_whole_month(said: str) -> bool:
    """Whether a text names the month alone."""
    if DOTTED.search(said):
        return False
    named = [match["day"] for match in NAMED.finditer(said) if number_of(match["month"])]
    return (bool(named) and not named[0]) or bool(NEXT_MONTH.search(said))


def lies_ahead(happened_on: dt.date | None, said: str, today: dt.date) -> bool:
    return happened_on > today if happened_on else bool(AHEAD.match(said))
