"""Business time: the one place that knows what time it is. Leases alone ask the database."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


def now() -> dt.datetime:
    """The present moment in UTC, moved by the clock shift that tests may set."""
    return timezone.now() + settings.CLOCK_SHIFT


def today(zone: ZoneInfo) -> dt.date:
    return now().astimezone(zone).date()


def moment(day: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    """The UTC moment of a wall-clock time.

    A time that a spring gap skips moves forward by the gap (02:30 becomes 03:30); a time that
    an autumn overlap shows twice means the first one (PEP 495, fold=0).
    """
    local = dt.datetime.combine(day, time.replace(fold=0), tzinfo=zone)
    return local.astimezone(dt.UTC)
