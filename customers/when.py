"""Understands when people want to get in touch: "fr 18", "14.3.", "in 10 tagen", "tomorrow 10am"."""

import dataclasses
import datetime as dt
import re

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _

from customers.models import NEWEST_YEAR, OLDEST_YEAR
from customers.text import fold

EVENING = dt.time(19)
NOON = 12
DAYS_OF_WEEK = 7
CENTURY = 100
LEAP_DAY_COMES_WITHIN = 9  # years, also around 2100
SHORTEST_MONTH = 3  # letters


def numbered(lines: str, first: int = 0) -> dict[str, int]:
    """Each word of a line, as it is compared, with the line's number."""
    return {
        fold(word): number
        for number, line in enumerate(lines.strip().splitlines(), first)
        for word in line.split()
    }


WEEKDAY = numbered("""
    mo mon montag monday
    di tue tues dienstag tuesday
    mi wed mittwoch wednesday
    do thu thur thurs donnerstag thursday
    fr fri freitag friday
    sa sat samstag sonnabend saturday
    so sun sonntag sunday
""")
MONTH = numbered(
    """
    januar january jänner
    februar february
    märz march mrz
    april
    mai may
    juni june
    juli july
    august
    september
    oktober october
    november
    dezember december
    """,
    first=1,
)
NUMBER = numbered(
    """
    einem einer einen a an one
    zwei two
    drei three
    vier four
    fünf five
    sechs six
    """,
    first=1,
)
NEAR = {fold(words): days for days, words in enumerate(("heute", "morgen", "übermorgen"))}
NEAR |= {fold(words): days for days, words in enumerate(("today", "tomorrow"))}
NEAR |= {fold("the day after tomorrow"): 2, fold("day after tomorrow"): 2}
SOON = {  # what is left of "next week" and "next month"
    "woche": relativedelta(weeks=1),
    "week": relativedelta(weeks=1),
    "monat": relativedelta(months=1),
    "month": relativedelta(months=1),
    "jahr": relativedelta(years=1),
    "year": relativedelta(years=1),
}
UNITS = {
    "days": "tag tage tagen day days",
    "weeks": "woche wochen week weeks",
    "months": "monat monate monaten month months",
    "years": "jahr jahre jahren year years",
}
UNIT = {name: unit for unit, names in UNITS.items() for name in names.split()}
PART_OF_DAY = {
    "fruh": dt.time(8),
    "vormittag": dt.time(10),
    "mittag": dt.time(12),
    "nachmittag": dt.time(15),
    "abend": EVENING,
    "morning": dt.time(9),
    "noon": dt.time(12),
    "afternoon": dt.time(15),
    "evening": EVENING,
}
TONIGHT = {"tonight", "heut abend", "heute abend", "this evening"}

FILLER = re.compile(
    r"^(?:am|on|den|der|dem|nachste[nrsm]?|next|kommende[nrsm]?|this|diese[nrsm]?) "
)
TIME = re.compile(
    r"(?:\b(?P<at>um|at|gegen|ab)\s+|^|\s+)"
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<mark>uhr|h|am|pm)?$"
)
ISO = re.compile(r"^(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})$")
DOTTED = re.compile(
    r"^(?P<day>\d{1,2})[./] ?(?P<month>\d{1,2})[./]? ?(?P<year>\d{4}|(?<=[./])\d{2})?$"
)
NAMED = re.compile(r"^(?P<day>\d{1,2})\.? (?P<month>[a-z]+)\.? ?(?P<year>\d{4})?$")
IN_A_WHILE = re.compile(r"^in (?P<count>\d{1,3}|[a-z]+) (?P<unit>[a-z]+)$")


class NotUnderstood(ValueError):
    """Says in a sentence what would have been understood."""


@dataclasses.dataclass(frozen=True)
class When:
    """A day and, if one was said, a time of day; its text is understood again."""

    day: dt.date
    time: dt.time | None = None

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y} {self.time:%H:%M}" if self.time else f"{self.day:%d.%m.%Y}"


def parse(typed: str, now: dt.datetime) -> When:
    """A day, and a time if one was given, seen from `now` in the partner's zone.

    A weekday is the next one after today; a date without a year is its next occurrence.
    """
    words = " ".join(fold(typed).replace(",", " ").split())
    if words in TONIGHT:
        return When(now.date(), EVENING)
    words, time = without_time(words)
    before, _space, last = words.rpartition(" ")
    if before and last in PART_OF_DAY:
        words, time = before, time or PART_OF_DAY[last]
    day = parse_day(FILLER.sub("", words), now.date())
    if day is None:
        raise NotUnderstood(
            _("We do not understand “%(typed)s”. Try “tomorrow”, “fri 18” or “14.3.”.")
            % {"typed": typed[:40]}
        )
    if not OLDEST_YEAR <= day.year <= NEWEST_YEAR:
        raise NotUnderstood(_("This day is too far away."))
    if day < now.date():
        raise NotUnderstood(_("This day has passed. Choose today or a later one."))
    return When(day, time)


def without_time(words: str) -> tuple[str, dt.time | None]:
    """Split a time of day off the end; a bare number counts only behind a day."""
    match = TIME.search(words)
    if match is None or is_date(words):
        return words, None
    before = words[: match.start()].strip()
    if not (before or match["at"] or match["mark"] or match["minute"]):
        return words, None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["mark"] in {"am", "pm"} and 1 <= hour <= NOON:
        hour = hour % NOON + (NOON if match["mark"] == "pm" else 0)
    try:
        return before or "heute", dt.time(hour, minute)
    except ValueError:
        return words, None


def is_date(words: str) -> bool:
    named = NAMED.match(words)  # “3 mai” is one, “18 uhr” is not
    return bool(ISO.match(words) or DOTTED.match(words) or (named and month_of(named["month"])))


def parse_day(words: str, today: dt.date) -> dt.date | None:
    if words in NEAR:
        return today + dt.timedelta(days=NEAR[words])
    if words in SOON:
        return today + SOON[words]
    if (number := WEEKDAY.get(words.rstrip("."))) is not None:
        ahead = (number - today.weekday() - 1) % DAYS_OF_WEEK + 1
        return today + dt.timedelta(days=ahead)
    if match := IN_A_WHILE.match(words):
        return after(match, today)
    return calendar_day(words, today)


def after(match: re.Match[str], today: dt.date) -> dt.date | None:
    unit = UNIT.get(match["unit"])
    count = int(match["count"]) if match["count"].isdigit() else NUMBER.get(match["count"])
    if not unit or count is None:
        return None
    return today + relativedelta(**{unit: count})  # type: ignore[arg-type]


def month_of(word: str) -> int | None:
    """“3” is March, and so is “mar”: the beginning of its name is enough."""
    if word.isdigit():
        return int(word)
    if len(word) < SHORTEST_MONTH:
        return None
    return next((number for name, number in MONTH.items() if name.startswith(word)), None)


def calendar_day(words: str, today: dt.date) -> dt.date | None:
    match = ISO.match(words) or DOTTED.match(words) or NAMED.match(words)
    month = month_of(match["month"]) if match else None
    if match is None or month is None:
        return None
    year = int(match["year"]) if match["year"] else None
    if year is not None and len(match["year"]) == len("26"):
        year += today.year // CENTURY * CENTURY
    years = range(today.year, today.year + LEAP_DAY_COMES_WITHIN) if year is None else [year]
    for candidate in years:
        try:
            date = dt.date(candidate, month, int(match["day"]))
        except ValueError:
            continue
        if year is not None or date >= today:
            return date
    raise NotUnderstood(_("This day is not in the calendar."))
