"""After a restore from a backup: what may have been sent already waits for a person's word.

The backup does not know what left after it was made. Of what waited in it, each mail may have
reached its reader; and what was planned later has no row, so it is planned anew. Both were due
before the restore. So everything that waits and was due by then is held, account mail included,
and rows that come back with the next planning too. What is due later cannot have left before, and
flows.

A person's word makes a message due at that moment (`release`, `outbox.send_again`), so it is not
held a second time.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from partners import clock
from partners.leases import FREE
from partners.models import MailGate, OutboxMessage, Partner, Reason
from partners.outbox import gate

State = OutboxMessage.State
# True of a message that was due before the restore, as long as that one is not over.
MAY_HAVE_LEFT = Exists(MailGate.objects.filter(held_until__gte=OuterRef("due_at")))


def after_restore(backup_at: dt.datetime) -> int:
    """Hold what was due until now; how many messages that are. Once for each backup."""
    with transaction.atomic():
        MailGate.objects.get_or_create(pk=MailGate.ONE)
        another = Q(backup_at=None) | ~Q(backup_at=backup_at)
        gate.rows().filter(another).update(backup_at=backup_at, held_until=clock.now())
        return hold_due()


def hold_due() -> int:
    """Hold what waits and may have left before the restore; each is marked as uncertain."""
    if gate.state().held_until is None:
        return 0
    waiting = OutboxMessage.objects.filter(state__in=[State.PENDING, State.SENDING])
    return waiting.filter(MAY_HAVE_LEFT).update(
        **FREE, state=State.UNKNOWN, reason=Reason.RESTORED, ambiguous=F("ambiguous") + 1
    )


def waiting() -> QuerySet[OutboxMessage]:
    """What is held, and nobody has settled it."""
    held = OutboxMessage.objects.filter(state=State.UNKNOWN, reason=Reason.RESTORED)
    return held.filter(dismissed_at=None)


def waiting_of(partner: Partner | None) -> QuerySet[OutboxMessage]:
    return waiting().filter(partner=partner) if partner else waiting()


def release(partner: Partner | None = None) -> int:
    """Let go what is held, of one partner or of all, which ends the restore; how many will leave.

    What is too late by now says so instead.
    """
    with transaction.atomic():
        if partner is None:
            gate.rows().update(held_until=None)
        expire_late(partner)
        return waiting_of(partner).update(
            state=State.PENDING, reason="", due_at=clock.now(), next_attempt_at=None
        )


def expire_late(partner: Partner | None = None) -> int:
    """Say so of what is held, of one partner or of all, and too late by now; how many that are."""
    late = waiting_of(partner).filter(expires_at__lte=clock.now())
    return late.update(state=State.EXPIRED, reason=Reason.TOO_LATE)
