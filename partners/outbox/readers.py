"""Whose language, zone and pause a message follows.

Its user's; where it goes to a person in a circle, who has no account, the partner's.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from partners.models import MailClass, OutboxMessage, User

PERSON = OutboxMessage.Recipient.PERSON


def readers(batch: Iterable[OutboxMessage]) -> dict[Any, User]:
    """By message id; nobody stands there for whom there is no user."""
    batch = list(batch)
    found = {user.pk: user for user in User.objects.filter(users_of(batch))}
    of_partner = {user.partner_id: user for user in found.values()}
    who = {row.pk: found.get(number_of(row)) for row in batch if row.recipient_type != PERSON}
    who |= {row.pk: of_partner.get(row.partner_id) for row in batch if row.recipient_type == PERSON}
    return {pk: user for pk, user in who.items() if user is not None}


def users_of(batch: Iterable[OutboxMessage]) -> Q:
    people = [row for row in batch if row.recipient_type == PERSON]
    others = [row for row in batch if row.recipient_type != PERSON]
    of_partners = Q(partner__in={row.partner_id for row in people})
    return Q(pk__in={number_of(row) for row in others}) | of_partners


def number_of(row: OutboxMessage) -> int:
    return int(row.recipient_id) if row.recipient_id.isdecimal() else 0


def may_be_written_to(user: User) -> bool:
    return user.is_active and not (user.partner and user.partner.is_paused)


def welcome(rows: list[OutboxMessage]) -> list[OutboxMessage]:
    """Those whose reader may be written to; what SYSTEM mail is about reaches everybody."""
    asked = [row for row in rows if row.mail_class != MailClass.SYSTEM]
    reached = readers(asked) if asked else {}
    return [
        row
        for row in rows
        if row.mail_class == MailClass.SYSTEM
        or (row.pk in reached and may_be_written_to(reached[row.pk]))
    ]
