"""From a row that is due to a mail handed over."""

import datetime as dt
import logging
import time
from contextlib import AbstractContextManager
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from partners import clock, walls
from partners.models import MailClass, OutboxMessage, User, uuid7
from partners.outbox import settling
from partners.outbox.registry import kinds, rendered
from partners.outbox.smtp import MailServer, OutOfOrder, as_email

logger = logging.getLogger(__name__)

State = OutboxMessage.State


def deliver_due() -> int:
    """Send what is due, a batch at a time; return how many mails were handed over.

    A long backlog is left to the next bell after a while, so that other bells are heard too; and
    when the mail server is out of order, one try per bell is enough.
    """
    reclaim_broken_leases()
    started, total = time.monotonic(), 0
    with MailServer() as server:
        while time.monotonic() - started < settings.OUTBOX["ROUND"] and (batch := claim()):
            total += deliver(batch, server)
            if server.is_out_of_order:
                break
    return total


def claim() -> list[OutboxMessage]:
    """Take a batch for the length of a lease, so that no second worker takes it too.

    Durable: called within a transaction it would hand over what nobody else can see.
    """
    size, token = settings.OUTBOX["BATCH"], uuid7()
    ready = OutboxMessage.objects.filter(
        Q(next_attempt_at=None) | Q(next_attempt_at__lte=Now()),
        state=State.PENDING,
        due_at__lte=clock.now(),
    ).order_by("priority", "due_at", "pk")
    if connection.features.has_select_for_update_skip_locked:
        ready = ready.select_for_update(skip_locked=True)
    with transaction.atomic(durable=True):
        ids = list(ready.values_list("pk", flat=True)[:size])
        if not ids:
            return []
        OutboxMessage.objects.filter(pk__in=ids, state=State.PENDING).update(
            state=State.SENDING,
            lease_token=token,
            lease_until=Now() + dt.timedelta(seconds=settings.OUTBOX["LEASE"]),
            handoff_at=None,
        )
        mine = OutboxMessage.objects.filter(pk__in=ids, lease_token=token)
        return list(mine.order_by("priority", "due_at", "pk"))


def reclaim_broken_leases() -> None:
    """A worker that died before the hand-over sent nothing; after it, perhaps."""
    broken = OutboxMessage.objects.filter(state=State.SENDING, lease_until__lt=Now())
    free = {**settling.FREE, "state": State.PENDING}
    broken.filter(handoff_at=None).update(**free)
    broken.exclude(handoff_at=None).update(**free, ambiguous=F("ambiguous") + 1)


def deliver(batch: list[OutboxMessage], server: MailServer) -> int:
    """Load, render and hand over a claimed batch, each message by itself.

    A slow server does not hold the batch for long: the rest goes back, so that a password reset
    written meanwhile is claimed before it.
    """
    users = recipients(batch)
    material = load(batch)
    waiting = [row for row in batch if row.pk in material]
    started, total = time.monotonic(), 0
    for position, row in enumerate(waiting):
        if time.monotonic() - started > settings.OUTBOX["BATCH_SECONDS"]:
            settling.give_back(waiting[position:])
            break
        email = prepare(row, users.get(row.recipient_id), material[row.pk])
        if email is None:
            continue
        try:
            server.open()
            total += take_off(row) and server.hand_over(row, email)
        except OutOfOrder as trouble:
            logger.warning("%s", trouble)
            settling.postpone(waiting[position:], str(trouble), trouble.code)
            break
    return total


def recipients(batch: list[OutboxMessage]) -> dict[str, User]:
    numbers = {int(row.recipient_id) for row in batch if row.recipient_id.isdecimal()}
    return {str(pk): user for pk, user in User.objects.in_bulk(numbers).items()}


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
    except Exception:
        if len(rows) > 1:
            return {pk: what for row in rows for pk, what in load_kind(name, [row]).items()}
        logger.exception("message %s (%s) cannot be loaded", rows[0].pk, name)
        settling.failed(rows[0], "cannot be loaded")
        return {}
    for row in rows:
        if row.pk not in found:
            settling.end(row, State.CANCELLED, "its reason is gone")
    return found


def ground_of(name: str, rows: list[OutboxMessage]) -> AbstractContextManager[None]:
    """Where a kind is loaded: inside the wall of its partners; SYSTEM mail knows no wall."""
    if kinds[name].mail_class == MailClass.SYSTEM:
        return transaction.atomic()
    return walls.acting_for(*sorted({row.partner_id for row in rows if row.partner_id}))


def prepare(row: OutboxMessage, user: User | None, material: Any) -> EmailMultiAlternatives | None:
    """The mail to hand over; None where there is none to send, which is settled here."""
    kind = kinds[row.kind]
    try:
        if user is None:
            settling.end(row, State.CANCELLED, "nobody to write to")
        elif row.expires_at and row.expires_at <= clock.now():
            settling.end(row, State.EXPIRED, "too late")
        elif kind.mail_class != MailClass.SYSTEM and not may_be_written_to(user):
            settling.end(row, State.CANCELLED, "partner is paused")
        elif not kind.still_wanted(row, material):
            settling.end(row, State.CANCELLED, "no longer wanted")
        else:
            return as_email(rendered(row, user, material), row)
    except Exception:
        logger.exception("message %s (%s) cannot be rendered", row.pk, row.kind)
        settling.failed(row, "cannot be rendered")
    return None


def may_be_written_to(user: User) -> bool:
    return user.is_active and not (user.partner and user.partner.is_paused)


def take_off(row: OutboxMessage) -> bool:
    """Remember the hand-over before it happens. Only the holder of the lease gets that far."""
    lease = Now() + dt.timedelta(seconds=settings.OUTBOX["HANDOFF_LEASE"])
    mine = OutboxMessage.objects.filter(
        pk=row.pk, lease_token=row.lease_token, lease_until__gt=Now()
    )
    return bool(mine.update(handoff_at=Now(), lease_until=lease))
