"""Kinds of message, and the rows that ask for one."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.utils import timezone, translation

from partners import clock
from partners.models import MailClass, OutboxMessage, Partner, User

State = OutboxMessage.State
PRIORITY = {
    MailClass.SYSTEM: 10,
    MailClass.TRANSACTIONAL: 20,
    MailClass.REMINDER: 50,
    MailClass.REQUESTED: 60,
    MailClass.MARKETING: 90,
}


@dataclasses.dataclass(frozen=True)
class Mail:
    """A rendered message; it lives only between rendering and hand-over."""

    to: str
    subject: str
    text: str
    html: str = ""
    headers: Mapping[str, str] = dataclasses.field(default_factory=dict)
    sender_name: str = "Kundenkreis"
    reply_to: str = ""


@dataclasses.dataclass(frozen=True)
class Kind:
    """How one kind of message is made.

    `load` fetches for a whole batch what rendering needs, by message id: inside the wall of the
    batch's partners, or for SYSTEM mail outside of it. `still_wanted` answers at the last moment
    whether to send. `render` turns the material into a mail, in the recipient's language and zone;
    it makes no query.
    """

    name: str
    mail_class: MailClass
    load: Callable[[list[OutboxMessage]], Mapping[Any, Any]]
    still_wanted: Callable[[OutboxMessage, Any], bool]
    render: Callable[[OutboxMessage, Any], Mail]
    label: str = ""


kinds: dict[str, Kind] = {}


def register(
    name: str, mail_class: MailClass, load, still_wanted, render, *, label: Any = ""
) -> None:
    """Declare a kind; `label` is what a partner calls it."""
    kinds[name] = Kind(name, mail_class, load, still_wanted, render, label)


def message(
    kind: str,
    *,
    key: str,
    recipient: User,
    due_at: dt.datetime | None = None,
    **fields: Any,
) -> OutboxMessage:
    """A row for one occurrence, not yet saved; the key makes the occurrence unique."""
    mail_class = kinds[kind].mail_class
    row = OutboxMessage(
        kind=kind,
        mail_class=mail_class,
        priority=PRIORITY[mail_class],
        dedupe_key=key,
        partner_id=recipient.partner_id,
        recipient_id=str(recipient.pk),
        due_at=due_at or clock.now(),
        **fields,
    )
    row.message_id = row.fixed_message_id
    return row


def write(messages: Iterable[OutboxMessage]) -> None:
    """Put messages in the outbox; those whose occurrence is there already change nothing."""
    OutboxMessage.objects.bulk_create(messages, ignore_conflicts=True, batch_size=500)


def rendered(row: OutboxMessage, user: User, material: Any) -> Mail:
    """The mail as its recipient reads it."""
    zone = user.partner.zone if user.partner else None
    with translation.override(user.language), timezone.override(zone):
        return kinds[row.kind].render(row, material)


def send_again(partner: Partner, identifier: Any) -> bool:
    """A partner asks for one more try of a message that failed; False if there is none to try."""
    stuck = partner.messages.filter(
        Q(expires_at=None) | Q(expires_at__gt=clock.now()),
        pk=identifier,
        state__in=[State.FAILED, State.UNKNOWN],
    )
    return bool(
        stuck.update(
            state=State.PENDING, attempts=0, next_attempt_at=None, last_code=None, last_error=""
        )
    )


def oldest_due(partner: Partner | None = None) -> dt.datetime | None:
    """Since when the longest-waiting message has been due."""
    waiting = OutboxMessage.objects.filter(state=State.PENDING, due_at__lte=clock.now())
    if partner:
        waiting = waiting.filter(partner=partner)
    return waiting.order_by("due_at").values_list("due_at", flat=True).first()
