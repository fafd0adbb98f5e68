"""Birthdays and other days, as files write them."""

import calendar
import datetime as dt
import re
from typing import NamedTuple

from customers.models.customer import NEWEST_YEAR, OLDEST_YEAR
from customers.text import fold

MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "januar jan january janner",
            "februar feb february feber",
            "marz mar march mrz",
            "april apr",
            "mai may",
            "juni jun june",
            "juli jul july",
            "august aug",
            "september sep sept",
            "oktober okt oct october",
            "november nov",
            "dezember dez dec december",
        ),
        1,
    )
    for word in words.split()
}
OMITTED = {1604, 1, 0}  # years that programs write when they know none
CENTURY = 100
TIME = re.compile(r"[T ]\d\d?:\d\d(?::\d\d)?(?:[.,]\d+)?\s*(?:Z|[+-]\d\d:?\d\d)?$|T\d{6}Z?$")
WITHOUT_YEAR = re.compile(r"--\s*(\d\d)-?(\d\d)")
ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)|(\d{4})(\d\d)(\d\d)|(\d{4})[./](\d\d?)[./](\d\d?)")
DOTTED = re.compile(r"(\d\d?)\s*\.\s*(\d\d?)\s*\.?(?:\s*(\d{4}|\d\d?))?")
SLASHED = re.compile(r"(\d\d?)\s*[/-]\s*(\d\d?)(?:\s*[/-]\s*(\d{4}|\d\d))?")
DAY_WORD = re.compile(r"(\d\d?)(?:\.|st|nd|rd|th)?[ -]*([^\W\d]+)\.?,?[ -]*(\d{4}|\d\d)?")
WORD_DAY = re.compile(r"([^\W\d]+)\.? (\d\d?)(?:st|nd|rd|th)?,?(?: (\d{4}))?")
NOTHING = re.compile(r"[0\s./-]*(?:0000|1900[-./]0?0[-./]0?0)?[0\s./-]*")


class Birthday(NamedTuple):
    """A year of two digits was completed: that is worth a remark."""

    day: int
    month: int
    year: int | None = None
    is_guessed: bool = False


def is_nothing(text: str) -> bool:
    """00.00.0000 and the like: no date at all."""
    return bool(NOTHING.fullmatch(text))


def birthday(text: str, day_first: bool = True, this_year: int = NEWEST_YEAR) -> Birthday | None:
    """A day, its month, and the year if one was said; None if it is no day."""
    text = TIME.sub("", text.strip()).strip()
    found = pieces(text, day_first)
    return found and checked(*found, this_year=this_year)


def pieces(text: str, day_first: bool) -> tuple[str, str, str | None] | None:
    """Day, month and year as they stand there."""
    if found := WITHOUT_YEAR.fullmatch(text):
        return found[2], found[1], None
    if found := ISO.fullmatch(text):
        year, month, day = (part for part in found.groups() if part)
        return day, month, year
    if found := DOTTED.fullmatch(text):
        return found[1], found[2], found[3]
    if found := SLASHED.fullmatch(text):
        day, month = (found[1], found[2]) if day_first else (found[2], found[1])
        return day, month, found[3]
    return worded(text)


def worded(text: str) -> tuple[str, str, str | None] | None:
    if found := DAY_WORD.fullmatch(text):
        day, word, year = found.groups()
    elif found := WORD_DAY.fullmatch(text):
        word, day, year = found.groups()
    else:
        return None
    month = MONTHS.get(fold(word))
    return (day, str(month), year) if month else None


def checked(day: str, month: str, year: str | None, *, this_year: int) -> Birthday | None:
    is_guessed = year is not None and len(year) < len("1980")
    number = None if year is None else int(year)
    if number is not None and is_guessed:
        number += this_year - this_year % CENTURY
        number -= CENTURY if number > this_year else 0
    elif number in OMITTED:
        number = None
    if number is not None and not OLDEST_YEAR <= number <= NEWEST_YEAR:
        return None
    if not is_day(int(day), int(month), number):
        return None
    return Birthday(int(day), int(month), number, is_guessed)


def is_day(day: int, month: int, year: int | None) -> bool:
    if not 1 <= month <= len(calendar.month_name) - 1:
        return False
    return 1 <= day <= calendar.monthrange(year or 2000, month)[1]


def date(text: str, day_first: bool = True, this_year: int = NEWEST_YEAR) -> dt.date | None:
    """A whole date; without its year it is none."""
    found = birthday(text, day_first, this_year)
    if found is None or found.year is None:
        return None
    return dt.date(found.year, found.month, found.day)
