"""The invariant that every fault must leave behind, and the figures that it is told with."""

import dataclasses
import time
from collections import Counter, defaultdict
from collections.abc import Iterable

from partners.models import OutboxAttempt, OutboxMessage, Reason
from tests.faults.ground import OVER, Ground, State

Outcome = OutboxAttempt.Outcome


@dataclasses.dataclass(frozen=True)
class Figures:
    """What one test did and what came of it."""

    rows: int
    sent: int
    sink: int
    kills: int
    extra: int  # copies beyond the first
    flagged: int  # hand-overs whose answer never came, as the rows count them
    unknown: int
    arrived: int  # of the unknown
    failed: int
    seconds: float


def reckon(
    ground: Ground, *, occurrences: int, ends: Iterable[str] = OVER, quiet: bool = True
) -> Figures:
    """Every occurrence is one row in one state, and the sink agrees with what the rows say.

    Unless something was to go wrong inside of them, the workers had nothing to complain of.
    """
    assert not (quiet and "Traceback" in ground.logs()), ground.logs()[-6000:]
    rows = list(OutboxMessage.objects.all())
    copies = Counter(mail.message_id for mail in ground.mail.mails)
    tries: dict[object, list[OutboxAttempt]] = defaultdict(list)
    for attempt in OutboxAttempt.objects.all():
        tries[attempt.message_id].append(attempt)
    now = ground.now()

    states = ground.states()
    assert len(rows) == len({row.dedupe_key for row in rows}) == occurrences, states
    assert copies.keys() <= {row.message_id for row in rows}, "a mail that no row knows"
    assert states.keys() <= set(ends), states
    complaints = [
        f"{row.kind} {row.dedupe_key}: {complaint}; it is {row.state}, ambiguous {row.ambiguous}, "
        f"copies {copies[row.message_id]}, tries {[attempt.outcome for attempt in tries[row.pk]]}"
        for row in rows
        for complaint in wrong_with(row, copies[row.message_id], tries[row.pk])
    ]
    complaints += [
        f"{row.dedupe_key} hangs" for row in rows if row.lease_until and row.lease_until < now
    ]
    assert not complaints, "\n".join([f"{len(complaints)} complaints", *complaints[:10]])

    unknown = [row for row in rows if row.state == State.UNKNOWN]
    figures = Figures(
        rows=len(rows),
        sent=sum(row.state == State.SENT for row in rows),
        sink=len(ground.mail.mails),
        kills=ground.kills,
        extra=sum(number - 1 for number in copies.values()),
        flagged=sum(row.ambiguous for row in rows),
        unknown=len(unknown),
        arrived=sum(row.message_id in copies for row in unknown),
        failed=sum(row.state == State.FAILED for row in rows),
        seconds=round(time.monotonic() - ground.started, 1),
    )
    assert figures.sent <= figures.sink <= figures.sent + figures.flagged
    return figures


def wrong_with(row: OutboxMessage, copies: int, tries: list[OutboxAttempt]) -> Iterable[str]:
    """What this row, its attempts and the sink do not agree on."""
    is_sent = row.state == State.SENT
    doubts = [attempt for attempt in tries if is_doubt(attempt)]
    if (row.state == State.SENDING) != (row.lease_token is not None):
        yield "a lease without sending, or sending without a lease"
    if is_sent and not copies:
        yield "called sent, but never came"
    if copies > is_sent + row.ambiguous:
        yield "came more often than the row admits"
    if row.goes_to_a_guest and copies > 1:
        yield "a guest got it twice"
    if row.goes_to_a_guest and row.ambiguous and row.state != State.UNKNOWN:
        yield "a guest's doubt was decided without a person"
    if row.ambiguous - (row.reason == Reason.RESTORED) != len(doubts):
        yield "the doubts are not among the attempts"
    if row.attempts != len(tries):
        yield f"{row.attempts} attempts are counted"
    if is_sent != any(attempt.outcome == Outcome.SENT for attempt in tries):
        yield "the attempts do not say that it was sent"


def is_doubt(attempt: OutboxAttempt) -> bool:
    """Handed over, and nobody knows whether it was taken."""
    unanswered = (Outcome.NO_ANSWER, Outcome.WORKER_DIED)
    return attempt.outcome in unanswered and attempt.handoff_at is not None
