"""From a row that is due to a mail handed over."""

import logging
import time
from collections import deque
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from partners import clock, leases
from partners.models import MailClass, MailGate, OutboxMessage, Reason, User
from partners.outbox import gate, held, settling
from partners.outbox.granting import grant, ground_of
from partners.outbox.handing import Dispatch, MailServer, Withdrawn
from partners.outbox.letter import as_letter
from partners.outbox.readers import may_be_written_to, readers
from partners.outbox.registry import SEND, kinds, rendered
from partners.outbox.smtp import CLOSING, BrokenOff, NoAnswer, NotNow, Refused

logger = logging.getLogger(__name__)

State = OutboxMessage.State
PER_CONNECTION = 8  # mails of a batch that make one more connection worth its sign-in
BREAK, REFUSAL = 8, 1  # how much each counts towards closing the gate


def deliver_due() -> int:
    """Send what is due, a batch at a time; return how many mails were handed over.

    A long backlog is left to the next bell after a while, so that other bells are heard too.
    """
    held.hold_due()
    put_in_order()
    if gate.is_closed():
        return 0
    delivery = Delivery()
    started, total = time.monotonic(), 0
    with delivery.server:
        while time.monotonic() - started < settings.OUTBOX["ROUND"] and queue().exists():
            try:
                delivery.server.open()
                if not (batch := claim(delivery.is_probing)):
                    break  # what there is is held by another worker
                total += delivery.deliver(batch)
            except NotNow as trouble:
                logger.warning("no mail can leave now: %s %s", trouble.reason, trouble.said)
                gate.close(trouble.reason, trouble.said, trouble.code)
                break
    return total


def queue() -> QuerySet[OutboxMessage]:
    """What may be handed over now: sign-in before reminder before bulk, partners in turn."""
    due = OutboxMessage.objects.filter(state=State.PENDING, due_at__lte=clock.now())
    free = leases.ready(due).exclude(held.MAY_HAVE_LEFT)
    return free.order_by("priority", "turn_at", "pk")


def claim(probing: bool = False) -> list[OutboxMessage]:
    """A batch; a single message where it shall find out whether the gate may be opened."""
    outbox = settings.OUTBOX
    size = 1 if probing else outbox["BATCH"]
    return leases.claim(
        queue(), size, seconds=outbox["LEASE"], state=State.SENDING, handoff_at=None
    )


def put_in_order() -> None:
    """Take back what dead workers held; say of what is too late that it is."""
    broken = OutboxMessage.objects.filter(state=State.SENDING)
    with transaction.atomic(durable=True):
        for row in leases.broken(broken)[: settings.OUTBOX["BATCH"] * 10]:
            settling.lost(row)
    late = OutboxMessage.objects.filter(state=State.PENDING, expires_at__lte=clock.now())
    late.filter(ambiguous=0).update(state=State.EXPIRED, reason=Reason.TOO_LATE)
    late.update(state=State.UNKNOWN, reason=Reason.NO_ANSWER)  # it may have arrived in time


class Delivery:
    """One worker's round: its connections, and what it knows of the gate."""

    def __init__(self) -> None:
        self.server = MailServer()
        self.trouble: NotNow | None = None  # a reason to stop
        gate_now = gate.state()
        self.is_doubtful = bool(gate_now.closed_at or gate_now.refusals)
        self.is_probing = bool(gate_now.closed_at)
        self.was_refused = gate_now.reason == MailGate.Reason.REFUSALS

    def deliver(self, batch: list[OutboxMessage]) -> int:
        """Load, render and hand over a claimed batch; how many mails were taken.

        A slow server does not hold the batch for long: the rest goes back, so that a password
        reset written meanwhile is claimed before it.
        """
        try:
            waiting = deque(ready(batch))
        except BaseException:
            settling.give_back(batch)
            raise
        at_once = min(1 + len(waiting) // PER_CONNECTION, settings.OUTBOX["CONNECTIONS"])
        started, total = time.monotonic(), 0
        rest: list[Dispatch] = []
        try:
            while waiting or rest:
                if time.monotonic() - started > settings.OUTBOX["BATCH_SECONDS"]:
                    break
                while waiting and len(rest) < at_once:
                    rest += prepare(*waiting.popleft())
                for heard in self.server.hand_over(rest, grant) if rest else ():
                    total += self.settle(heard)
                    rest = [mail for mail in rest if mail not in heard]
                if self.trouble:  # only now: those on their way were heard out
                    raise self.trouble
        finally:
            settling.give_back([*(mail.row for mail in rest), *(row for row, *_ in waiting)])
        return total

    def settle(self, heard: list[Dispatch]) -> int:
        """Write down what became of these; how many were taken."""
        taken = [mail.row for mail in heard if mail.failure is None]
        if taken:
            settling.sent(taken)
            self.note_success()
        for mail in heard:
            try:
                self.settle_failure(mail)
            except NotNow as found:
                self.trouble = found
        return len(taken)

    def settle_failure(self, mail: Dispatch) -> None:
        row, failure = mail.row, mail.failure
        if isinstance(failure, NotNow):
            settling.give_back([row])
            raise failure
        if isinstance(failure, Withdrawn):
            settling.give_back([row], after=settings.OUTBOX["WITHDRAWN_PAUSE"])
        elif isinstance(failure, Refused):
            settling.refused(row, failure)
            if failure.code == CLOSING:
                raise NotNow(MailGate.Reason.TURNED_AWAY, failure.code, failure.said)
            self.note_trouble(REFUSAL, failure.said, failure.code)
        elif isinstance(failure, BrokenOff):
            settling.broken_off(row, str(failure))
            self.note_trouble(BREAK, str(failure))
        elif isinstance(failure, NoAnswer):
            logger.warning("message %s: no answer after the hand-over", row.pk)
            settling.no_answer(row, str(failure))
            self.note_trouble(BREAK, str(failure))
        elif failure is not None:
            settling.fault(row, failure)

    def note_success(self) -> None:
        if self.is_doubtful:
            gate.got_through()
            self.is_doubtful = self.is_probing = False

    def note_trouble(self, weight: int, said: str, code: int | None = None) -> None:
        self.is_doubtful = True
        if self.is_probing and self.was_refused:
            raise NotNow(MailGate.Reason.REFUSALS, code, said)
        if gate.trouble(weight, said, code):
            raise NotNow(MailGate.Reason.REFUSALS, code, said)


def ready(batch: list[OutboxMessage]) -> list[tuple[OutboxMessage, User | None, Any]]:
    """Each message with its reader and its material; those without are settled."""
    users, material = readers(batch), load(batch)
    return [(row, users.get(row.pk), material[row.pk]) for row in batch if row.pk in material]


def load(batch: list[OutboxMessage]) -> dict[Any, Any]:
    """The material of each message by its id; what is gone or fails is settled here."""
    found: dict[Any, Any] = {}
    for name in dict.fromkeys(row.kind for row in batch):
        found |= load_kind(name, [row for row in batch if row.kind == name])
    return found


def load_kind(name: str, rows: list[OutboxMessage]) -> dict[Any, Any]:
    """Load one kind's rows together; if that fails, each alone, to find the one that fails."""
    try:
        with ground_of(name, rows):
            found = dict(kinds[name].load(rows))
    except Exception as error:
        if len(rows) > 1:
            return {pk: what for row in rows for pk, what in load_kind(name, [row]).items()}
        logger.exception("message %s (%s) cannot be loaded", rows[0].pk, name)
        settling.fault(rows[0], error)
        return {}
    for row in rows:
        if row.pk not in found:
            settling.end(row, State.CANCELLED, Reason.GONE)
    return found


def prepare(row: OutboxMessage, user: User | None, material: Any) -> list[Dispatch]:
    """The mail to hand over; nothing where there is none to send, which is settled here."""
    kind = kinds[row.kind]
    try:
        if user is None:
            settling.end(row, State.CANCELLED, Reason.NOBODY)
        elif kind.mail_class != MailClass.SYSTEM and not may_be_written_to(user):
            settling.end(row, State.CANCELLED, Reason.PAUSED)
        elif not kind.still_wanted(row, material):
            settling.end(row, State.CANCELLED, Reason.UNWANTED)
        elif (ruling := kind.permit(row, material) if kind.permit else SEND) != SEND:
            settling.ruled(row, ruling)
        else:
            return dispatch(row, user, material)
    except Exception as error:
        logger.exception("message %s (%s) cannot be rendered", row.pk, row.kind)
        settling.fault(row, error)
    return []


def dispatch(row: OutboxMessage, user: User, material: Any) -> list[Dispatch]:
    mail = rendered(row, user, material)
    try:
        return [Dispatch(row, as_letter(mail, row), material)]
    except ValueError as error:
        name = type(error).__name__  # its text would quote the address
        logger.error("message %s (%s) is no mail: %s", row.pk, row.kind, name)  # noqa: TRY400
        settling.impossible(row, error)
        return []
