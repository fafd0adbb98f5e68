"""Business time: wall clocks, zones, and the two odd hours of a year."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from partners import clock as business

BERLIN = ZoneInfo("Europe/Berlin")


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{text}+00:00")


@pytest.mark.parametrize(
    ("day", "time", "zone", "moment"),
    [
        ("2026-01-15", "10:00", "Europe/Berlin", "2026-01-15T09:00"),
        ("2026-07-15", "10:00", "Europe/Berlin", "2026-07-15T08:00"),
        ("2026-03-29", "01:59", "Europe/Berlin", "2026-03-29T00:59"),
        ("2026-03-29", "02:30", "Europe/Berlin", "2026-03-29T01:30"),  # 03:30 by the clock
        ("2026-03-29", "03:00", "Europe/Berlin", "2026-03-29T01:00"),
        ("2026-10-25", "02:30", "Europe/Berlin", "2026-10-25T00:30"),  # the first of two
        ("2026-10-25", "03:00", "Europe/Berlin", "2026-10-25T02:00"),
        ("2026-11-23", "00:00", "Pacific/Kiritimati", "2026-11-22T10:00"),
        ("2026-11-23", "08:00", "Asia/Kathmandu", "2026-11-23T02:15"),
        ("2026-11-23", "08:00", "America/St_Johns", "2026-11-23T11:30"),
        ("2026-04-24", "00:00", "Africa/Cairo", "2026-04-23T22:00"),  # a day without a midnight
    ],
)
def test_a_time_by_the_clock_is_one_moment(day, time, zone, moment):
    day, time = dt.date.fromisoformat(day), dt.time.fromisoformat(time)

    assert business.moment(day, time, ZoneInfo(zone)) == utc(moment)


def test_a_time_in_the_spring_gap_moves_forward_by_the_gap():
    moment = business.moment(dt.date(2026, 3, 29), dt.time(2, 30), BERLIN)

    assert moment.astimezone(BERLIN).time() == dt.time(3, 30)


def test_a_time_that_an_autumn_night_shows_twice_is_the_first_one():
    night, time = dt.date(2026, 10, 25), dt.time(2, 30)

    moments = {business.moment(night, time.replace(fold=fold), BERLIN) for fold in (0, 1)}

    assert moments == {utc("2026-10-25T00:30")}


@pytest.mark.parametrize(
    ("zone", "today"),
    [
        ("Europe/Berlin", "2026-11-23"),
        ("Pacific/Kiritimati", "2026-11-24"),
        ("Pacific/Pago_Pago", "2026-11-22"),
    ],
)
def test_today_depends_on_where_one_is(clock, zone, today):
    clock.move_to(utc("2026-11-23T10:30"))

    assert business.today(ZoneInfo(zone)) == dt.date.fromisoformat(today)


def test_tests_can_shift_business_time(clock, settings):
    settings.CLOCK_SHIFT = dt.timedelta(days=3)

    assert business.now() == utc("2026-11-26T11:00")
