"""“fr 18”, “14.3.”, “in 10 tagen”: a day as one says it."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.when import NotUnderstood, When, parse

pytestmark = pytest.mark.usefixtures("in_english")

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = dt.datetime(2026, 11, 23, 12, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("heute", "2026-11-23"),
        ("today", "2026-11-23"),
        ("morgen", "2026-11-24"),
        ("Tomorrow", "2026-11-24"),
        ("übermorgen", "2026-11-25"),
        ("UEBERMORGEN", "2026-11-25"),
        ("the day after tomorrow", "2026-11-25"),
        ("di", "2026-11-24"),
        ("Dienstag", "2026-11-24"),
        ("tuesday", "2026-11-24"),
        ("mi.", "2026-11-25"),
        ("am Freitag", "2026-11-27"),
        ("nächsten Freitag", "2026-11-27"),
        ("Sonnabend", "2026-11-28"),
        ("montag", "2026-11-30"),
        ("nächste Woche", "2026-11-30"),
        ("next week", "2026-11-30"),
        ("nächsten Monat", "2026-12-23"),
        ("in 3 Tagen", "2026-11-26"),
        ("in 10 tagen", "2026-12-03"),
        ("in fünf tagen", "2026-11-28"),
        ("in einer Woche", "2026-11-30"),
        ("in 2 weeks", "2026-12-07"),
        ("in drei Monaten", "2027-02-23"),
        ("in a year", "2027-11-23"),
        ("14.3.", "2027-03-14"),
        ("14.3", "2027-03-14"),
        ("14/3", "2027-03-14"),
        ("24.12.", "2026-12-24"),
        ("den 24.12.", "2026-12-24"),
        ("23.11.", "2026-11-23"),
        ("22.11.", "2027-11-22"),
        ("14.3.27", "2027-03-14"),
        ("14. 3. 2028", "2028-03-14"),
        ("2028-03-14", "2028-03-14"),
        ("14. März", "2027-03-14"),
        ("14 mar 2028", "2028-03-14"),
        ("29.2.", "2028-02-29"),
        ("31.12.2100", "2100-12-31"),
        ("in\u00a03\u00a0Tagen", "2026-11-26"),
    ],
)
def test_a_day_is_understood_as_one_says_it(typed, day):
    assert parse(typed, MONDAY) == When(dt.date.fromisoformat(day))


@pytest.mark.parametrize(
    ("typed", "day", "time"),
    [
        ("heute Abend", "2026-11-23", "19:00"),
        ("tonight", "2026-11-23", "19:00"),
        ("morgen früh", "2026-11-24", "08:00"),
        ("tomorrow evening", "2026-11-24", "19:00"),
        ("fr 18", "2026-11-27", "18:00"),
        ("fr. um 18:30", "2026-11-27", "18:30"),
        ("fri, 6pm", "2026-11-27", "18:00"),
        ("freitag 18 Uhr", "2026-11-27", "18:00"),
        ("tomorrow 12am", "2026-11-24", "00:00"),
        ("morgen abend um 20 uhr", "2026-11-24", "20:00"),
        ("14.3. 9", "2027-03-14", "09:00"),
        ("24.12. 18", "2026-12-24", "18:00"),
        ("24.12.2027 18.30", "2027-12-24", "18:30"),
        ("in 3 tagen um 10", "2026-11-26", "10:00"),
        ("18:30", "2026-11-23", "18:30"),
        ("um 18", "2026-11-23", "18:00"),
    ],
)
def test_a_time_may_follow_the_day(typed, day, time):
    expected = When(dt.date.fromisoformat(day), dt.time.fromisoformat(time))

    assert parse(typed, MONDAY) == expected


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("irgendwann", "We do not understand “irgendwann”. Try “tomorrow”, “fri 18” or “14.3.”."),
        ("18", "We do not understand “18”. Try “tomorrow”, “fri 18” or “14.3.”."),
        ("heute 25:00", "We do not understand “heute 25:00”. Try “tomorrow”, “fri 18” or “14.3.”."),
        ("fr 18:60", "We do not understand “fr 18:60”. Try “tomorrow”, “fri 18” or “14.3.”."),
        ("30.2.", "This day is not in the calendar."),
        ("29.2.2027", "This day is not in the calendar."),
        ("1.1.0000", "This day is not in the calendar."),
        ("22.11.2026", "This day has passed. Choose today or a later one."),
        ("1.1.1900", "This day has passed. Choose today or a later one."),
        ("1.1.2101", "This day is too far away."),
        ("31.12.9999", "This day is too far away."),
        ("in 999 jahren", "This day is too far away."),
    ],
)
def test_what_is_not_understood_says_so_in_a_sentence(typed, sentence):
    with pytest.raises(NotUnderstood) as refusal:
        parse(typed, MONDAY)

    assert str(refusal.value) == sentence


def test_a_weekday_is_never_today():
    assert parse("montag", MONDAY).day == MONDAY.date() + dt.timedelta(days=7)


@given(st.text(max_size=60))
def test_no_text_breaks_it(typed):
    try:
        when = parse(typed, MONDAY)
    except NotUnderstood:
        return

    assert MONDAY.date() <= when.day <= dt.date(2100, 12, 31)


PIECES = ["in", "am", "fr", "um", "14", ".", "3", ":", "2026", "-", " ", "tagen", "uhr", "999", "0"]


@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_no_jumble_of_dates_breaks_it(typed):
    try:
        when = parse(typed, MONDAY)
    except NotUnderstood:
        return

    assert parse(str(when), MONDAY) == when


@given(st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1)))
def test_the_next_friday_comes_within_a_week(today):
    noon = dt.datetime.combine(today, dt.time(12), BERLIN)

    friday = parse("freitag", noon).day

    assert friday.isoweekday() == 5
    assert 1 <= (friday - today).days <= 7
