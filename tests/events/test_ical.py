"""Calendar files say what happens when, as programs of others read it."""

import datetime as dt
import io
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.tz import tzical

from events import ical
from partners import clock

BERLIN = ZoneInfo("Europe/Berlin")


def entry(day: dt.date, start: dt.time, hours: float = 2.5, zone: ZoneInfo = BERLIN, **more):
    starts_at = clock.moment(day, start, zone)
    said = {"uid": "one", "title": "Herbstabend", "changed_at": starts_at} | more
    ends_at = said.pop("ends_at", starts_at + dt.timedelta(hours=hours))
    return ical.Entry(starts_at=starts_at, ends_at=ends_at, zone=zone, **said)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "UTC"])
def test_summer_and_winter_time_turn_when_the_clocks_do(zone):
    here = ZoneInfo(zone)
    dates = (dt.date(2026, 3, 28), dt.date(2026, 10, 26))
    content = ical.calendar([entry(day, dt.time(19, 30), zone=here) for day in dates])

    read = tzical(io.StringIO(content)).get()

    moment = dt.datetime.fromisoformat("2026-01-01")
    while moment.year == 2026:
        local = moment.replace(tzinfo=here)
        exists = local.astimezone(dt.UTC).astimezone(here).replace(tzinfo=None) == moment
        if exists and local.replace(fold=1).utcoffset() == local.utcoffset():
            assert moment.replace(tzinfo=read).utcoffset() == local.utcoffset(), moment
        moment += dt.timedelta(minutes=30)


def test_an_evening_into_the_night_of_the_change_ends_when_it_ends():
    content = ical.calendar([entry(dt.date(2026, 10, 24), dt.time(21), hours=7)])

    read = vobject.readOne(content).vevent

    assert read.dtend.value - read.dtstart.value == dt.timedelta(hours=6)  # by the wall clock
    assert read.dtend.value.astimezone(dt.UTC) == dt.datetime(2026, 10, 25, 2, tzinfo=dt.UTC)


def test_from_midnight_to_midnight_it_takes_the_whole_day():
    day = dt.date(2026, 10, 25)  # of 25 hours
    ends_at = clock.moment(day + dt.timedelta(days=1), dt.time(), BERLIN)
    content = ical.calendar([entry(day, dt.time(), ends_at=ends_at)])

    read = vobject.readOne(content).vevent

    assert (read.dtstart.value, read.dtend.value) == (day, dt.date(2026, 10, 26))
    assert "VTIMEZONE" not in content


def test_hostile_words_stay_words():
    title = "Tea; cake, \\n\r\nEND:VEVENT\r\nBEGIN:VEVENT"
    hostile = ('Eva "E";CN=x\r\nATTENDEE:mailto:evil@example.org', "eva@example.org")
    one = entry(
        dt.date(2026, 11, 26), dt.time(19), title=title, where="ü" * 200,
        organizer=hostile, attendee=hostile,
    )  # fmt: skip

    content = ical.calendar([one], ical.REQUEST)
    read = vobject.readOne(content)

    assert len(read.contents["vevent"]) == 1
    assert read.vevent.summary.value == title.replace("\r\n", "\n")
    assert [line.value for line in read.vevent.contents["attendee"]] == ["mailto:eva@example.org"]
    assert all(len(line) <= 75 for line in content.encode().split(b"\r\n"))
