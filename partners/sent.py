"""A partner's messages in three words: it waits, it was sent, it needs you."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from partners import clock, spoken
from partners.models import MailClass, MailGate, OutboxAttempt, OutboxMessage, Partner, Reason
from partners.outbox import kinds

State = OutboxMessage.State
Outcome = OutboxAttempt.Outcome
WAITING = {State.PENDING, State.SENDING}
NEEDS_YOU = {State.FAILED, State.EXPIRED, State.UNKNOWN}
STUCK = Q(state__in=NEEDS_YOU)
LACKS_ADDRESS = Q(state__in=WAITING, reason=Reason.NO_IMPRINT)
REFUSED = Q(state=State.CANCELLED, reason=Reason.NOT_ALLOWED)  # by the one it was for
WAITS_FOR = {
    Reason.QUIET: _lazy("It waits for a decent hour."),
    Reason.TOO_OFTEN: _lazy("It waits, since another mail of yours went out not long ago."),
    Reason.NO_IMPRINT: _lazy("It waits for your name and address, which stand below each mail."),
    Reason.PUT_OFF: _lazy("The mail server does not take it just now. We keep trying."),
}
MAILBOX_FULL = 552


@dataclasses.dataclass(frozen=True)
class Row:
    id: uuid.UUID
    kind_label: str
    when_spoken: str
    status_word: str
    waits: bool
    needs_you: bool
    reason: str
    can_retry: bool
    doubts_address: bool  # whether the address to set right is the partner's own
    source_type: str
    source_id: str
    who: str = ""  # a person in the circle, where it is about one
    about: str = ""  # where to read on
    lacks_address: bool = False  # the partner's own, below the mail


# --- which rows --------------------------------------------------------------------------------


def told(partner: Partner) -> QuerySet[OutboxMessage]:
    """What a partner wants to know of, what needs them first.

    What was not needed in the end is left out, and what they have settled.
    """
    shown = partner.messages.filter(Q(state__in=[*WAITING, State.SENT]) | STUCK | REFUSED)
    settled = STUCK & Q(dismissed_at__isnull=False)
    return shown.exclude(settled).order_by(
        Case(When(STUCK | LACKS_ADDRESS, then=0), default=1), "-created_at", "pk"
    )


def count_needing(partner: Partner) -> int:
    return partner.messages.filter(STUCK | LACKS_ADDRESS, dismissed_at=None).count()


def mail_server_rests() -> bool:
    """Whether nothing leaves just now; why is the back office's business."""
    return MailGate.objects.filter(closed_at__isnull=False).exists()


def when_contact_broke(messages: Iterable[OutboxMessage]) -> Mapping[uuid.UUID, dt.datetime]:
    """When those that perhaps arrived unknown to us were last handed over without an answer."""
    doubtful = [message.pk for message in messages if message.ambiguous]
    if not doubtful:
        return {}
    unanswered = OutboxAttempt.objects.filter(
        message__in=doubtful, outcome__in=[Outcome.NO_ANSWER, Outcome.WORKER_DIED]
    )
    latest = unanswered.order_by("finished_at").values_list("message_id", "handoff_at")
    return {message: handoff_at for message, handoff_at in latest if handoff_at}


# --- in words ----------------------------------------------------------------------------------


def rows_of(found: Iterable[OutboxMessage], partner: Partner) -> list[Row]:
    messages = list(found)
    broke, about = when_contact_broke(messages), whom(messages, partner)
    return [
        row_of(message, partner, broke.get(message.pk), *about.get(message.pk, ()))
        for message in messages
    ]


def whom(messages: Iterable[OutboxMessage], partner: Partner) -> dict[Any, tuple[str, str]]:
    """Whom messages are about, as their kinds tell: each is asked once."""
    by_kind: dict[Any, list[OutboxMessage]] = {}
    for message in messages:
        kind = kinds.get(message.kind)
        if kind and kind.whom:
            by_kind.setdefault(kind.whom, []).append(message)
    return {pk: told for ask, rows in by_kind.items() for pk, told in ask(partner, rows).items()}


def row_of(
    message: OutboxMessage,
    partner: Partner,
    broke_at: dt.datetime | None,
    who: str = "",
    about: str = "",
) -> Row:
    in_time = message.expires_at is None or message.expires_at > clock.now()
    lacks_address = message.state in WAITING and message.reason == Reason.NO_IMPRINT
    return Row(
        id=message.pk,
        kind_label=label(message),
        when_spoken=moment(message.created_at, partner)
        if lacks_address
        else when(message, partner),
        status_word=_("needs you") if lacks_address else status_word(message),
        waits=message.state in WAITING,
        needs_you=message.state in NEEDS_YOU or lacks_address,
        reason=reason(message, moment(broke_at, partner) if broke_at else ""),
        can_retry=message.state in {State.FAILED, State.UNKNOWN} and in_time,
        doubts_address=doubts_address(message),
        source_type=message.source_type,
        source_id=message.source_id,
        who=who,
        about=about,
        lacks_address=lacks_address,
    )


def label(message: OutboxMessage) -> str:
    kind = kinds.get(message.kind)
    if kind and kind.label:
        return str(kind.label)
    return _("Account and sign-in") if message.mail_class == MailClass.SYSTEM else _("Message")


def when(message: OutboxMessage, partner: Partner) -> str:
    return moment(message.sent_at or message.due_at, partner)


def moment(at: dt.datetime, partner: Partner) -> str:
    return spoken.moment(at.astimezone(partner.zone), clock.today(partner.zone))


def status_word(message: OutboxMessage) -> str:
    if message.state in WAITING:
        return _("waits")
    if message.state == State.CANCELLED:
        return _("not sent")
    return _("needs you") if message.state in NEEDS_YOU else _("sent")


def reason(message: OutboxMessage, broke: str) -> str:
    """One sentence, only where there is something to explain; `broke` is when contact broke."""
    match message.state:
        case State.EXPIRED:
            return why_too_late(message)
        case State.UNKNOWN:
            return why_uncertain(message, broke)
        case State.FAILED:
            return why_failed(message)
        case State.CANCELLED:
            return _("It stayed here: they do not want mails like this.")
        case State.SENT:
            return why_twice(broke) if message.ambiguous else ""
    return why_waiting(message, broke)


def why_too_late(message: OutboxMessage) -> str:
    if message.mail_class == MailClass.SYSTEM:
        return _("It could not leave in time. If you still need it, please ask for it again.")
    if message.goes_to_a_guest:
        return _("It could not leave in time. Please get in touch yourself.")
    return _("It could not leave in time. What was due is on Today.")


def why_uncertain(message: OutboxMessage, broke: str) -> str:
    if message.reason == Reason.RESTORED:
        return _("It may have arrived already, before a backup was restored.")
    if broke:
        said = _("Contact to the mail server broke (%(when)s). It may have arrived all the same.")
        return said % {"when": broke}
    return _("We do not know whether it arrived.")


def doubts_address(message: OutboxMessage) -> bool:
    refused = message.state == State.FAILED and message.reason == Reason.REFUSED
    return refused and message.last_code != MAILBOX_FULL and not message.goes_to_a_guest


def why_failed(message: OutboxMessage) -> str:
    match message.reason:
        case Reason.REFUSED if message.last_code == MAILBOX_FULL:
            return _("The mail server refused it; the mailbox seems to be full.")
        case Reason.REFUSED if message.goes_to_a_guest:
            return _("The mail server refused it. Is the address right?")
        case Reason.REFUSED:
            return _("The mail server refused it. Is your e-mail address right?")
        case Reason.FAULT | Reason.WORKER_DIED:
            return _("We could not write it; that is our fault, not yours.")
    return _("The mail server did not take it, although we tried several times.")


def why_twice(broke: str) -> str:
    if not broke:
        return _("It may have arrived twice.")
    said = _("Contact to the mail server broke (%(when)s), so it may have arrived twice.")
    return said % {"when": broke}


def why_waiting(message: OutboxMessage, broke: str) -> str:
    if message.state == State.SENDING:
        return _("It is being sent right now.") if message.handoff_at else ""
    if broke:
        said = _("Contact to the mail server broke (%(when)s). We send it again.")
        return said % {"when": broke}
    return str(WAITS_FOR.get(Reason(message.reason), ""))


def reminder_of(partner: Partner, source_type: str, source_id: object) -> str:
    """What a partner reads where the reminder's subject is: that it has left, and when."""
    messages = partner.messages.filter(source_type=source_type, source_id=str(source_id))
    left = Q(state=State.SENT) | Q(state=State.SENDING, handoff_at__isnull=False)
    message = messages.filter(left).first()
    if message is None:
        return ""
    if message.state == State.SENDING:
        return _("The reminder is being sent right now.")
    return _("Reminder sent: %(when)s") % {"when": when(message, partner)}
