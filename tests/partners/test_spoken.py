"""Dates as people say them."""

import datetime as dt

import pytest
from django.utils import translation

from partners import spoken

MONDAY = dt.date(2026, 11, 23)


def later(days: int) -> dt.date:
    return MONDAY + dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "english", "german"),
    [
        (-1, "yesterday", "gestern"),
        (0, "today", "heute"),
        (1, "tomorrow", "morgen"),
        (2, "the day after tomorrow", "übermorgen"),
        (3, "Thursday", "Donnerstag"),
        (6, "Sunday", "Sonntag"),
        (7, "30 November", "30. November"),
        (-2, "21 November", "21. November"),
        (39, "1 January 2027", "1. Januar 2027"),
    ],
)
def test_a_day_is_called_by_its_nearest_name(days, english, german):
    for language, said in (("en", english), ("de", german)):
        with translation.override(language):
            assert spoken.day(later(days), MONDAY) == said


@pytest.mark.parametrize(
    ("days", "english", "german"),
    [
        (0, "today", "heute"),
        (1, "since yesterday", "seit gestern"),
        (2, "for 2 days", "seit 2 Tagen"),
        (13, "for 13 days", "seit 13 Tagen"),
        (14, "for 2 weeks", "seit 2 Wochen"),
        (59, "for 8 weeks", "seit 8 Wochen"),
        (60, "for 2 months", "seit 2 Monaten"),
        (730, "for 2 years", "seit 2 Jahren"),
    ],
)
def test_what_waits_says_since_when(days, english, german):
    for language, said in (("en", english), ("de", german)):
        with translation.override(language):
            assert spoken.since(later(-days), MONDAY) == said


@pytest.mark.parametrize(
    ("days", "english", "german"),
    [
        (-3, "today", "heute"),
        (0, "today", "heute"),
        (1, "yesterday", "gestern"),
        (3, "3 days ago", "vor 3 Tagen"),
        (21, "3 weeks ago", "vor 3 Wochen"),
        (61, "2 months ago", "vor 2 Monaten"),
        (365, "12 months ago", "vor 12 Monaten"),
        (1000, "2 years ago", "vor 2 Jahren"),
    ],
)
def test_what_happened_says_how_long_ago(days, english, german):
    for language, said in (("en", english), ("de", german)):
        with translation.override(language):
            assert spoken.ago(later(-days), MONDAY) == said


def test_a_time_follows_its_day():
    with translation.override("de"):
        assert spoken.day_and_time(later(1), dt.time(19), MONDAY) == "morgen, 19:00"
        assert spoken.day_and_time(later(1), None, MONDAY) == "morgen"
        assert spoken.moment(dt.datetime(2026, 11, 23, 8, 5), MONDAY) == "heute, 08:05"  # noqa: DTZ001
