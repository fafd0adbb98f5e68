"""Calendar entries as other programs read them (RFC 5545, iTIP RFC 5546)."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

MAKER = "-//mlmcrm//events//EN"
MIDNIGHT = dt.time()
A_DAY, A_MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)
PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"
Person = tuple[str, str]  # name and address


@dataclasses.dataclass(frozen=True)
class Entry:
    """`zone` is where its hours were said; from midnight to midnight it takes the whole day."""

    uid: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    zone: ZoneInfo
    changed_at: dt.datetime
    sequence: int = 0
    where: str = ""
    text: str = ""
    url: str = ""
    is_cancelled: bool = False
    organizer: Person | None = None
    attendee: Person | None = None

    @property
    def start(self) -> dt.datetime:
        return self.starts_at.astimezone(self.zone)

    @property
    def end(self) -> dt.datetime:
        return self.ends_at.astimezone(self.zone)

    @property
    def is_all_day(self) -> bool:
        is_whole = self.start.time() == self.end.time() == MIDNIGHT
        return is_whole and self.start.date() < self.end.date()


def calendar(entries: Collection[Entry], method: str = PUBLISH, *, name: str = "") -> str:
    whole = icalendar.Calendar()
    whole.add("version", "2.0")
    whole.add("prodid", MAKER)
    whole.add("method", method)
    if name:
        whole.add("x-wr-calname", name)
        whole.add("x-published-ttl", "PT1H")
    for zone, days in zones(entries).items():
        whole.add_component(time_zone(zone, min(days).year, max(days).year))
    for entry in entries:
        whole.add_component(component(entry, method))
    return whole.to_ical().decode()


def zones(entries: Collection[Entry]) -> dict[ZoneInfo, list[dt.date]]:
    """In which zones times are told, and of which days."""
    found: dict[ZoneInfo, list[dt.date]] = {}
    for entry in entries:
        if not entry.is_all_day:
            found.setdefault(entry.zone, []).extend([entry.start.date(), entry.end.date()])
    return found


def component(entry: Entry, method: str) -> icalendar.Event:
    found = icalendar.Event()
    found.add("uid", entry.uid)
    found.add("dtstamp", entry.changed_at.astimezone(dt.UTC).replace(microsecond=0))
    found.add("sequence", entry.sequence)
    found.add("summary", entry.title)
    found.add("dtstart", entry.start.date() if entry.is_all_day else entry.start)
    found.add("dtend", entry.end.date() if entry.is_all_day else entry.end)
    is_off = entry.is_cancelled or method == CANCEL
    found.add("status", "CANCELLED" if is_off else "CONFIRMED")
    found.add("transp", "TRANSPARENT" if is_off else "OPAQUE")
    for what in ("where", "text", "url"):
        if said := getattr(entry, what):
            found.add({"where": "location", "text": "description"}.get(what, what), said)
    if method != PUBLISH and entry.organizer and entry.attendee:
        found.add("organizer", address(*entry.organizer))
        found.add("attendee", address(*entry.attendee, role="REQ-PARTICIPANT", rsvp="FALSE"))
        if not is_off:
            found["attendee"].params["PARTSTAT"] = "ACCEPTED"
    return found


def address(name: str, mail: str, **more: str) -> icalendar.vCalAddress:
    found = icalendar.vCalAddress(f"mailto:{mail}")
    plain = " ".join(name.replace('"', "").split())
    found.params.update({"CN": plain} if plain else {})
    found.params.update({key.upper(): value for key, value in more.items()})
    return found


# --- what a zone's clocks do in the years that are told of --------------------------------------


@lru_cache(maxsize=64)
def time_zone(zone: ZoneInfo, first: int, last: int) -> icalendar.Timezone:
    found = icalendar.Timezone()
    found.add("tzid", zone.key)
    began = dt.datetime(first, 1, 1, tzinfo=zone)
    found.add_component(observance(began.replace(tzinfo=None), began, began))
    for before, after in turns(zone, first, last):
        local = after.astimezone(dt.UTC).replace(tzinfo=None) + offset(before)
        found.add_component(observance(local, before, after))
    return found


def turns(zone: ZoneInfo, first: int, last: int) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """The minute before each turn of the clocks, and the one from which the new time holds."""
    day, end = dt.datetime(first, 1, 1, tzinfo=dt.UTC), dt.datetime(last + 1, 1, 1, tzinfo=dt.UTC)
    while day < end:
        if differ(day.astimezone(zone), (day + A_DAY).astimezone(zone)):
            low, high = day, day + A_DAY
            while high - low > A_MINUTE:
                middle = low + (high - low) // A_MINUTE // 2 * A_MINUTE
                if differ(low.astimezone(zone), middle.astimezone(zone)):
                    high = middle
                else:
                    low = middle
            yield low.astimezone(zone), high.astimezone(zone)
        day += A_DAY


def differ(one: dt.datetime, other: dt.datetime) -> bool:
    return (offset(one), one.tzname()) != (offset(other), other.tzname())


def offset(moment: dt.datetime) -> dt.timedelta:
    return moment.utcoffset() or dt.timedelta()


def observance(local: dt.datetime, before: dt.datetime, after: dt.datetime) -> Any:
    """From a wall-clock time on, as the clock before it would have shown it."""
    found = icalendar.TimezoneDaylight() if after.dst() else icalendar.TimezoneStandard()
    found.add("dtstart", local)
    found.add("tzoffsetfrom", offset(before))
    found.add("tzoffsetto", offset(after))
    found.add("tzname", after.tzname() or "")
    return found
