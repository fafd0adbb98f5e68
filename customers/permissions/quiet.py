"""Hours and days on which nobody is bothered: at night, on Sundays, on holidays where they live."""

import datetime as dt
from collections.abc import Collection
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from holidays.countries.germany import Germany

from customers.permissions.states import states_of
from partners import clock
from partners.models import Profile

SUNDAY = 6
LONGEST = 30  # days off in a row, of which there are never so many


def next_decent(
    at: dt.datetime, profile: Profile, zone: ZoneInfo, postcode: str
) -> tuple[dt.datetime, Promise | None]:
    """The first moment from `at` on that is not quiet, and what made it wait."""
    states, why = states_of(postcode) or states_of(profile.postcode), None
    for _day in range(LONGEST):
        local = at.astimezone(zone)
        if off := day_off(local.date(), states):
            why = why or off
            at = clock.moment(local.date() + dt.timedelta(days=1), dt.time(), zone)
        elif is_night(local.time(), profile):
            why = why or _("It is late; this goes out in the morning.")
            late = local.time() >= profile.quiet_until
            morning = local.date() + dt.timedelta(days=int(late))
            at = clock.moment(morning, profile.quiet_until, zone)
        else:
            break
    return at, why


def day_off(day: dt.date, states: Collection[str]) -> Promise | None:
    if day.weekday() == SUNDAY:
        return _("It is Sunday; this goes out on the next working day.")
    if any(day in holidays(state, day.year) for state in states or ("",)):
        return _("It is a holiday; this goes out on the next working day.")
    return None


def is_night(time: dt.time, profile: Profile) -> bool:
    begins, ends = profile.quiet_from, profile.quiet_until
    return begins <= time < ends if begins <= ends else time >= begins or time < ends


@lru_cache(maxsize=256)
def holidays(state: str, year: int) -> frozenset[dt.date]:
    """Those of a state, kept only in Catholic towns too; without a state those of the whole country."""
    kinds = ("public", "catholic") if state else ("public",)
    return frozenset(Germany(subdiv=state or None, years=year, categories=kinds))
