"""A partner's messages in three words: it waits, it was sent, it needs you."""

import dataclasses
import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from partners import clock, spoken
from partners.models import MailClass, OutboxMessage, Partner
from partners.outbox import kinds
from partners.outbox.settling import FINAL

State = OutboxMessage.State
WAITING = {State.PENDING, State.SENDING}
NEEDS_YOU = {State.FAILED, State.EXPIRED, State.UNKNOWN}


@dataclasses.dataclass(frozen=True)
class Row:
    id: object
    kind_label: str
    when_spoken: str
    status_word: str
    waits: bool
    needs_you: bool
    reason: str
    can_retry: bool


def told(partner: Partner):
    """What a partner wants to know of; what was not needed in the end is left out."""
    shown = [*WAITING, *NEEDS_YOU, State.SENT]
    return partner.messages.filter(state__in=shown).order_by("-created_at", "pk")


def rows_of(found: Iterable[OutboxMessage], partner: Partner) -> list[Row]:
    now = clock.now()
    return [row_of(message, partner, now) for message in found]


def row_of(message: OutboxMessage, partner: Partner, now: dt.datetime) -> Row:
    when = (message.sent_at or message.due_at).astimezone(partner.zone)
    late = message.expires_at is not None and message.expires_at <= now
    return Row(
        id=message.pk,
        kind_label=label(message),
        when_spoken=spoken.moment(when, clock.today(partner.zone)),
        status_word=status_word(message),
        waits=message.state in WAITING,
        needs_you=message.state in NEEDS_YOU,
        reason=reason(message, now),
        can_retry=message.state in {State.FAILED, State.UNKNOWN} and not late,
    )


def label(message: OutboxMessage) -> str:
    kind = kinds.get(message.kind)
    if kind and kind.label:
        return str(kind.label)
    return _("Account and sign-in") if message.mail_class == MailClass.SYSTEM else _("Message")


def status_word(message: OutboxMessage) -> str:
    if message.state in WAITING:
        return _("waits")
    return _("needs you") if message.state in NEEDS_YOU else _("sent")


def reason(message: OutboxMessage, now: dt.datetime) -> str:
    """One sentence, only where there is something to explain."""
    if message.state == State.EXPIRED:
        return _("It could not leave in time. What was due is on Today.")
    if message.state == State.UNKNOWN:
        return _("We do not know whether it arrived. Please look in your inbox.")
    if message.state == State.FAILED:
        return why_failed(message)
    if message.state == State.SENT:
        return _("It may have arrived twice.") if message.ambiguous else ""
    if message.last_error:
        return _("The mail server does not take it just now. We keep trying.")
    return ""


def why_failed(message: OutboxMessage) -> str:
    if not message.last_code:
        return _("It could not be sent, although we tried several times.")
    if message.last_code >= FINAL:
        return _("The mail server refused it. Is your e-mail address right?")
    return _("The mail server did not take it, although we tried several times.")
