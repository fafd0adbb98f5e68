"""Claim, lease and fence: how several workers share a table without stepping on each other.

A claim gives a row a token for a while. Whoever writes what became of it names that token, so a
worker that overslept its lease changes nothing. Time is the clock of the database alone.
"""

import datetime as dt
from collections.abc import Iterable
from itertools import takewhile
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from partners.models import Leased, uuid7

FREE: dict[str, Any] = {"lease_token": None, "lease_until": None}
ALONE = 3  # a row that this many workers did not survive is claimed by itself, to spare the others
HOPELESS = 10


def from_now(seconds: float):
    return Now() + dt.timedelta(seconds=seconds)


def ready(rows: QuerySet) -> QuerySet:
    """Those whose pause is over."""
    return rows.filter(Q(next_attempt_at=None) | Q(next_attempt_at__lte=Now()))


def claim(queue: QuerySet, size: int, *, seconds: float, state: str, **also: Any) -> list[Any]:
    """Take the first rows of a queue, in its order, and put them into `state` under a new token.

    Durable: within a transaction it would hand out what nobody else can see taken.
    """
    token = uuid7()
    with transaction.atomic(durable=True):
        ids = first(list(unlocked(queue).values_list("pk", "crashes")[:size]))
        if not ids:
            return []
        queue.filter(pk__in=ids).order_by().update(
            state=state, lease_token=token, lease_until=from_now(seconds), **also
        )
        claimed = queue.model.objects.filter(pk__in=ids, lease_token=token)
        return sorted(claimed, key=lambda row: ids.index(row.pk))


def first(found: list[tuple[Any, int]]) -> list[Any]:
    """As many as may be claimed together."""
    if found and found[0][1] >= ALONE:
        return [found[0][0]]
    return [pk for pk, _crashes in takewhile(lambda row: row[1] < ALONE, found)]


def unlocked(rows: QuerySet) -> QuerySet:
    """Lock rows, passing over those that another worker holds; SQLite has one writer at a time."""
    if connection.features.has_select_for_update_skip_locked:
        return rows.select_for_update(skip_locked=True)
    return rows


def held(rows: Iterable[Leased]) -> QuerySet:
    """Those of these claimed rows that are still ours."""
    rows = list(rows)
    kind: Any = type(rows[0])
    tokens = {row.lease_token for row in rows}
    return kind.objects.filter(pk__in=[row.pk for row in rows], lease_token__in=tokens)


def alive(rows: Iterable[Leased]) -> QuerySet:
    """Those that are still ours and whose lease has not run out."""
    return held(rows).filter(lease_until__gt=Now())


def broken(rows: QuerySet) -> QuerySet:
    """Rows whose worker did not come back in time."""
    return unlocked(rows.filter(lease_until__lt=Now()))
