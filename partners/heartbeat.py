"""Signs of life, so that silence can be noticed."""

import datetime as dt

from partners import clock
from partners.models import Heartbeat


def beat(name: str) -> None:
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, beat_at=clock.now())],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["beat_at"],
    )


def last_beat(name: str) -> dt.datetime | None:
    return Heartbeat.objects.filter(pk=name).values_list("beat_at", flat=True).first()
