"""Kinds of message, and the rows that ask for one."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import islice
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Case, Q, When
from django.db.models.functions import Coalesce
from django.utils import timezone, translation

from partners import clock, leases
from partners.models import MailClass, OutboxMessage, Partner, Reason, User

State, Recipient = OutboxMessage.State, OutboxMessage.Recipient
AT_ONCE = 500
TURN = dt.timedelta(seconds=1)
PRIORITY = {
    MailClass.SYSTEM: 10,
    MailClass.TRANSACTIONAL: 20,
    MailClass.REMINDER: 50,
    MailClass.REQUESTED: 60,
    MailClass.MARKETING: 90,
}


@dataclasses.dataclass(frozen=True)
class Entry:
    """An entry for the reader's calendar that travels along (iTIP): REQUEST or CANCEL."""

    name: str
    content: str
    method: str


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
    entries: tuple[Entry, ...] = ()
    is_by_hand: bool = False  # a person wrote it, to one person


@dataclasses.dataclass(frozen=True)
class Ruling:
    """What a permission says of a message at this moment: SEND, or why it waits or never leaves.

    With `until` it is asked again then; without, that was its end.
    """

    reason: Reason = Reason.NONE
    until: dt.datetime | None = None


SEND = Ruling()


@dataclasses.dataclass(frozen=True)
class Kind:
    """How one kind of message is made.

    `load` fetches for a whole batch what rendering needs, by message id: inside the wall of the
    batch's partners, or for SYSTEM mail outside of it. `still_wanted` answers at the last moment
    whether to send. `render` turns the material into a mail, in the recipient's language and zone;
    it makes no query. `recheck` is asked inside the hand-over's transaction: of messages with their
    material it names the ids of those whose source, read anew and locked, has not changed since;
    the others are made anew.

    `permit` rules whether a message may leave now; advertising is not even registered without it,
    nor without the `recheck` that asks once more under lock. `whom` names, for the partner who
    looks at their messages, whom each is about and where to read on: both, by message id.
    """

    name: str
    mail_class: MailClass
    load: Callable[[list[OutboxMessage]], Mapping[Any, Any]]
    still_wanted: Callable[[OutboxMessage, Any], bool]
    render: Callable[[OutboxMessage, Any], Mail]
    label: Any = ""
    recheck: Callable[[Iterable[tuple[OutboxMessage, Any]]], Collection[Any]] | None = None
    permit: Callable[[OutboxMessage, Any], Ruling] | None = None
    whom: Callable[[Partner, list[OutboxMessage]], Mapping[Any, tuple[str, str]]] | None = None

    def __post_init__(self) -> None:
        if self.mail_class == MailClass.MARKETING and not (self.permit and self.recheck):
            raise ImproperlyConfigured(f"{self.name} is advertising: who permits it, and rechecks?")


kinds: dict[str, Kind] = {}


def register(
    name: str, mail_class: MailClass, load, still_wanted, render, *, label: Any = "", **also: Any
) -> None:
    """Declare a kind; `label` is what a partner calls it."""
    kinds[name] = Kind(name, mail_class, load, still_wanted, render, label, **also)


def message(
    kind: str,
    *,
    key: str,
    recipient: User,
    person: Any = None,
    due_at: dt.datetime | None = None,
    **fields: Any,
) -> OutboxMessage:
    """A row for one occurrence, not yet saved; the key makes the occurrence unique.

    With the id of a `person` it goes to them, in the name of the recipient, who is their partner.
    """
    mail_class = kinds[kind].mail_class
    row = OutboxMessage(
        kind=kind,
        mail_class=mail_class,
        priority=PRIORITY[mail_class],
        dedupe_key=key,
        partner_id=recipient.partner_id,
        recipient_type=Recipient.PERSON if person else Recipient.USER,
        recipient_id=str(person or recipient.pk),
        due_at=due_at or clock.now(),
        **fields,
    )
    row.message_id = row.fixed_message_id
    return row


def write(messages: Iterable[OutboxMessage]) -> int:
    """Put messages in the outbox; those whose occurrence is there already change nothing.

    Whoever writes many at once stands in the queue as if they came a second apart, so that other
    partners' messages of the same rank pass in between. Returns how many may be sent.
    """
    turns: Counter[tuple[int | None, int]] = Counter()
    waiting, stream = 0, iter(messages)
    while rows := list(islice(stream, AT_ONCE)):
        for row in rows:
            line = (row.partner_id, row.priority)
            row.turn_at = row.due_at + turns[line] * TURN
            turns[line] += 1
            waiting += row.state == State.PENDING
        OutboxMessage.objects.bulk_create(rows, ignore_conflicts=True)
    return waiting


def rendered(row: OutboxMessage, user: User, material: Any) -> Mail:
    """The mail as its recipient reads it."""
    zone = user.partner.zone if user.partner else None
    with translation.override(user.language), timezone.override(zone):
        return kinds[row.kind].render(row, material)


def send_again(partner: Partner, identifier: Any) -> bool:
    """A partner asks for one more try of a message that failed; False if there is none to try."""
    now = clock.now()
    stuck = needing_help(partner, identifier).exclude(state=State.EXPIRED)
    return bool(
        stuck.filter(Q(expires_at=None) | Q(expires_at__gt=now)).update(
            state=State.PENDING,
            attempts=0,
            crashes=0,
            handoff_at=None,
            next_attempt_at=None,
            last_code=None,
            last_error="",
            reason="",
            due_at=now,
            turn_at=now,
        )
    )


def wake(partner: Partner, reason: Reason) -> int:
    """Let what waits for this reason be asked again at once; how many that are."""
    waiting = partner.messages.filter(state=State.PENDING, reason=reason)
    return waiting.update(due_at=clock.now(), turn_at=clock.now())


def dismiss(partner: Partner, identifier: Any) -> bool:
    """A partner has seen that a message failed and wants no more of it."""
    return bool(needing_help(partner, identifier).update(dismissed_at=clock.now()))


def undismiss(partner: Partner, identifier: Any) -> bool:
    seen = partner.messages.filter(pk=identifier, dismissed_at__isnull=False)
    return bool(seen.update(dismissed_at=None))


def needing_help(partner: Partner, identifier: Any):
    stuck = [State.FAILED, State.UNKNOWN, State.EXPIRED]
    return partner.messages.filter(pk=identifier, state__in=stuck, dismissed_at=None)


def oldest_due() -> dt.datetime | None:
    """Since when the longest-waiting message could have been tried."""
    waiting = OutboxMessage.objects.filter(state=State.PENDING, due_at__lte=clock.now())
    since = Case(When(attempts=0, then="due_at"), default=Coalesce("next_attempt_at", "due_at"))
    waiting = leases.ready(waiting).annotate(since=since)
    return waiting.order_by("since").values_list("since", flat=True).first()
