"""What became of a message. Every outcome is fenced: only the holder of the lease may write it."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Now

from partners import clock
from partners.models import OutboxMessage

State = OutboxMessage.State
ADDRESS = re.compile(r"[^\s<>,;:]+@[^\s<>,;:]+")
FINAL = 500  # SMTP codes from here on will not change by waiting
FREE = {"lease_token": None, "lease_until": None}


def end(row: OutboxMessage, state: OutboxMessage.State, why: str) -> None:
    """The end without a mail: cancelled, expired."""
    _settle(row, state=state, last_error=why)


def sent(row: OutboxMessage) -> None:
    """The mail server took it; the earlier refusals no longer matter."""
    _settle(
        row,
        state=State.SENT,
        attempts=F("attempts") + 1,
        sent_at=clock.now(),
        last_code=None,
        last_error="",
    )


def failed(
    row: OutboxMessage, why: str, code: int | None = None, *, ambiguous: bool = False
) -> None:
    """Try again later, with growing patience; give up after a final answer or the last try."""
    backoff = settings.OUTBOX["BACKOFF"]
    outcome: dict[str, Any] = {
        "attempts": F("attempts") + 1,
        "ambiguous": F("ambiguous") + int(ambiguous),
        "last_code": code,
        "last_error": without_address(why),
    }
    if (code or 0) >= FINAL or row.attempts >= len(backoff):
        _settle(row, state=State.FAILED, **outcome)
        return
    pause = dt.timedelta(seconds=backoff[row.attempts])
    _settle(row, state=State.PENDING, next_attempt_at=Now() + pause, **outcome)


def postpone(rows: Iterable[OutboxMessage], why: str, code: int | None = None) -> None:
    """The mail server is out of order, not the messages: wait a little, count no attempt."""
    pause = dt.timedelta(seconds=settings.OUTBOX["GATE_PAUSE"])
    _leased(rows).update(
        **FREE,
        state=State.PENDING,
        handoff_at=None,
        last_code=code,
        last_error=without_address(why),
        next_attempt_at=Now() + pause,
    )


def give_back(rows: Iterable[OutboxMessage]) -> None:
    """Leave claimed messages to whoever claims next."""
    _leased(rows).update(**FREE, state=State.PENDING)


def _leased(rows: Iterable[OutboxMessage]):
    rows = list(rows)
    tokens = {row.lease_token for row in rows}
    return OutboxMessage.objects.filter(pk__in=[row.pk for row in rows], lease_token__in=tokens)


def _settle(row: OutboxMessage, **values: Any) -> None:
    """Write an outcome, if the lease is still ours: a worker that overslept changes nothing."""
    _leased([row]).update(**FREE, **values)


def without_address(text: str) -> str:
    """Servers like to quote the address they refuse; ours is a place without addresses."""
    return ADDRESS.sub("…", text)[:200]
