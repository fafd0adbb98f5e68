"""What became of a message. Every outcome is fenced: only the holder of the lease may write it."""

import datetime as dt
import logging
import os
import random
import socket
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from partners import clock, leases
from partners.leases import FREE
from partners.models import OutboxAttempt, OutboxMessage, Reason
from partners.outbox.registry import Ruling
from partners.outbox.smtp import Refused, words

logger = logging.getLogger(__name__)

HOST = socket.gethostname()[:40]
PATIENCE = (0.5, 1, 2, 4)  # seconds
State = OutboxMessage.State
Outcome = OutboxAttempt.Outcome


def end(row: OutboxMessage, state: OutboxMessage.State, reason: Reason) -> None:
    """The end without a mail: cancelled, expired."""
    leases.held([row]).update(**FREE, state=state, reason=reason)


def ruled(row: OutboxMessage, ruling: Ruling) -> None:
    """It waits for its moment, without losing a try; or that was its end, and the reason stays."""
    if ruling.until is None:
        end(row, State.CANCELLED, ruling.reason)
        return
    again: dict[str, Any] = {"due_at": ruling.until, "turn_at": ruling.until}
    again |= {"state": State.PENDING, "reason": ruling.reason, "next_attempt_at": None}
    leases.held([row]).update(**FREE, **again)


def give_back(rows: Iterable[OutboxMessage], *, after: float = 0) -> None:
    """Leave claimed messages to whoever claims next; none has lost a try.

    What was handed over is not given back: if its answer stays unheard, that is a doubt.
    """
    rows = list(rows)
    if rows:
        pause = {"next_attempt_at": leases.from_now(after)} if after else {}
        ours = leases.held(rows).filter(handoff_at=None)
        ours.update(**FREE, **pause, state=State.PENDING)


def sent(rows: list[OutboxMessage]) -> None:
    """The mail server took them. A row whose lease was lost meanwhile may be sent twice."""
    outcome: dict[str, Any] = {
        "state": State.SENT,
        "reason": "",
        "sent_at": clock.now(),
        "last_code": None,
        "last_error": "",
        "attempts": F("attempts") + 1,
    }

    def write() -> bool:
        with transaction.atomic():
            if leases.held(rows).update(**FREE, **outcome) == len(rows):
                OutboxAttempt.objects.bulk_create([attempt(row, Outcome.SENT) for row in rows])
                return True
            transaction.set_rollback(True)
            return False

    if insist(write):
        return
    for row in rows:
        if not _tried(row, Outcome.SENT, **outcome):
            logger.warning("message %s left after its lease had ended", row.pk)


def refused(row: OutboxMessage, refusal: Refused) -> None:
    """For good, or until a pause is over."""
    said: dict[str, Any] = {"code": refusal.code, "said": refusal.said}
    if refusal.is_final:
        _tried(row, Outcome.REFUSED, state=State.FAILED, reason=Reason.REFUSED, **said)
    else:
        _tried(row, Outcome.PUT_OFF, **again_later(row, Reason.PUT_OFF), **said)


def broken_off(row: OutboxMessage, why: str) -> None:
    """Contact was lost before the hand-over."""
    _tried(row, Outcome.BROKEN_OFF, **again_later(row, Reason.PUT_OFF), said=words(why))


def no_answer(
    row: OutboxMessage, why: str = "", outcome: str = Outcome.NO_ANSWER, **also: Any
) -> None:
    """Handed over, and perhaps taken.

    To its own user it is sent again under the same Message-ID, a few times; a guest's is held for
    a decision.
    """
    hold = row.goes_to_a_guest or row.ambiguous + 1 >= settings.OUTBOX["AMBIGUOUS"]
    fate = (
        {"state": State.UNKNOWN, "reason": Reason.NO_ANSWER}
        if hold
        else again_later(row, Reason.NO_ANSWER)
    )
    _tried(row, outcome, **fate, **also, ambiguous=F("ambiguous") + 1, said=words(why))


def fault(row: OutboxMessage, error: Exception) -> None:
    """Ours: what cannot be loaded or rendered is tried again, since it may be mended meanwhile."""
    name = type(error).__name__  # its text may quote what nobody else should read
    _tried(row, Outcome.FAULT, **again_later(row, Reason.FAULT, until_expiry=False), said=name)


def impossible(row: OutboxMessage, error: Exception) -> None:
    """A header or address that nobody should have let in."""
    said = type(error).__name__
    _tried(row, Outcome.FAULT, state=State.FAILED, reason=Reason.FAULT, said=said)


def lost(row: OutboxMessage) -> None:
    """Its worker never came back. Before the hand-over nothing was sent; after it, perhaps."""
    crashes: dict[str, Any] = {"crashes": F("crashes") + 1}
    if row.handoff_at:
        no_answer(row, outcome=Outcome.WORKER_DIED, **crashes)
    elif row.crashes + 1 >= leases.HOPELESS:
        fate: dict[str, Any] = {"state": State.FAILED, "reason": Reason.WORKER_DIED}
        _tried(row, Outcome.WORKER_DIED, **fate, **crashes)
    else:
        leases.held([row]).update(**FREE, **crashes, state=State.PENDING)


def again_later(row: OutboxMessage, reason: Reason, *, until_expiry: bool = True) -> dict[str, Any]:
    """Wait with growing patience; after the last pause, as long as it is not too late."""
    patience = settings.OUTBOX["BACKOFF"]
    if row.attempts >= len(patience) and not (until_expiry and row.expires_at):
        last = Reason.FAULT if reason == Reason.FAULT else Reason.GAVE_UP
        return {"state": State.FAILED, "reason": last}
    pause = patience[min(row.attempts, len(patience) - 1)] * random.uniform(0.5, 1)  # noqa: S311
    return {
        "state": State.PENDING,
        "reason": reason,
        "next_attempt_at": Now() + dt.timedelta(seconds=pause),
    }


def _tried(row: OutboxMessage, outcome: str, *, said: str = "", code: int | None = None, **values):
    """Write the outcome and the attempt, if the lease is ours: who overslept changes nothing."""
    values = {"last_code": code, "last_error": said, "attempts": F("attempts") + 1, **values}

    def write() -> bool:
        with transaction.atomic():
            ours = leases.held([row]).update(**FREE, **values)
            if ours:
                attempt(row, outcome, code, said).save(force_insert=True)
        return bool(ours)

    return insist(write)


def insist(write: Callable[[], bool]) -> bool:
    """What the mail server answered is worth a few seconds: a database that restarts comes back."""
    for pause in PATIENCE:
        try:
            return write()
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(pause)
    return write()


def attempt(
    row: OutboxMessage, outcome: str, code: int | None = None, said: str = ""
) -> OutboxAttempt:
    token: Any = row.lease_token
    return OutboxAttempt(
        message=row,
        lease_token=token,
        handoff_at=row.handoff_at,
        finished_at=clock.now(),
        outcome=outcome,
        code=code,
        reply=said,
        worker=f"{HOST}:{os.getpid()}",
    )
