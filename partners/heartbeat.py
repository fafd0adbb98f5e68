"""Signs of life by the clock of the database, so that silence can be noticed."""

import datetime as dt
from collections.abc import Iterable

from django.db.models.functions import Now

from partners.models import Heartbeat


def beat(name: str) -> None:
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, beat_at=Now())],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["beat_at"],
    )


def last_beats(names: Iterable[str]) -> dict[str, dt.datetime | None]:
    """When each of these last beat; None for one that never did."""
    known = dict(Heartbeat.objects.values_list("name", "beat_at"))
    return {name: known.get(name) for name in names}


def silent(names: Iterable[str], longer_than: dt.timedelta) -> list[str]:
    """Which of these have not been heard for that long."""
    fresh = Heartbeat.objects.filter(beat_at__gte=Now() - longer_than)
    heard = set(fresh.values_list("name", flat=True))
    return [name for name in names if name not in heard]
