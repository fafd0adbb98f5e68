"""The hand-over: who may go is decided and committed right before the final dots."""

import logging
from contextlib import AbstractContextManager
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Q

from partners import clock, leases, walls
from partners.models import MailClass, OutboxMessage
from partners.outbox.handing import Dispatch
from partners.outbox.readers import welcome
from partners.outbox.registry import kinds

logger = logging.getLogger(__name__)


def grant(mails: list[Dispatch]) -> set[Any]:
    """Commit the hand-over, right before the final dots; the ids of those that may go.

    Refused to a worker whose lease has run out, and where the message is too late, its partner was
    paused or its source has changed: whoever commits an edit before this moment has the last word.
    """
    system = [mail for mail in mails if mail.row.mail_class == MailClass.SYSTEM]
    others = [mail for mail in mails if mail not in system]
    granted: set[Any] = set()
    for alike in (system, others):
        try:
            granted |= grant_alike(alike) if alike else set()
        except DatabaseError:  # these are not handed over; the other group may be already
            logger.exception("a hand-over could not be committed")
    return granted


def grant_alike(mails: list[Dispatch]) -> set[Any]:
    now = clock.now()
    with ground_of(mails[0].row.kind, [mail.row for mail in mails]):
        good = one_each(welcome(rechecked(mails)))
        if not good:
            return set()
        granted = {row.pk for row in good}
        mine = leases.alive(good).filter(Q(expires_at=None) | Q(expires_at__gt=now))
        lease = leases.from_now(settings.OUTBOX["HANDOFF_LEASE"])
        if mine.update(handoff_at=now, lease_until=lease) < len(good):
            granted = set(leases.held(good).filter(handoff_at=now).values_list("pk", flat=True))
    for row in good:
        row.handoff_at = now if row.pk in granted else None
    return granted


def rechecked(mails: list[Dispatch]) -> list[OutboxMessage]:
    """Those whose source still says what the mail says; it is locked until we commit."""
    good = []
    for name in dict.fromkeys(mail.row.kind for mail in mails):
        good += unchanged(name, [mail for mail in mails if mail.row.kind == name])
    return good


def unchanged(name: str, mails: list[Dispatch]) -> list[OutboxMessage]:
    """Ask one kind about its mails together; if that fails, each alone, to find the one."""
    rows = [mail.row for mail in mails]
    recheck = kinds[name].recheck
    if recheck is None:
        return rows
    try:
        with transaction.atomic():
            same = recheck([(mail.row, mail.material) for mail in mails])
    except Exception as error:
        if len(mails) > 1:
            return [row for mail in mails for row in unchanged(name, [mail])]
        logger.exception("message %s (%s) cannot be checked", rows[0].pk, name)
        mails[0].failure = error
        return []
    return [row for row in rows if row.pk in same]


def one_each(rows: list[OutboxMessage]) -> list[OutboxMessage]:
    """Of several advertising mails to one person only the first: the others are asked again."""
    taken: set[Any] = set()
    good = []
    for row in rows:
        who = (row.partner_id, row.recipient_id)
        if row.mail_class == MailClass.MARKETING:
            if who in taken:
                continue
            taken.add(who)
        good.append(row)
    return good


def ground_of(name: str, rows: list[OutboxMessage]) -> AbstractContextManager[None]:
    """Where a kind is loaded: inside the wall of its partners; SYSTEM mail knows no wall."""
    if kinds[name].mail_class == MailClass.SYSTEM:
        return transaction.atomic()
    return walls.acting_for(*sorted({row.partner_id for row in rows if row.partner_id}))
