"""To guests about their own answer: confirmed, or a seat that has become free."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events import ical
from events.models import EventGuest
from events.reminders import to_guest
from events.reminders.to_guest import ToGuest
from partners import clock, outbox
from partners.models import MailClass, OutboxMessage, Partner

ANSWER, MOVED_UP = "event-answer", "event-moved-up"
Answer = EventGuest.Answer
FORMAL, INFORMAL = True, False
SAID: dict[tuple[str, bool], tuple[Any, Any]] = {
    (Answer.YES, FORMAL): (
        pgettext_lazy("formal", "How nice that you are coming"),
        pgettext_lazy("formal", "Your yes is noted. The entry for your calendar is attached."),
    ),
    (Answer.YES, INFORMAL): (
        pgettext_lazy("informal", "How nice that you are coming"),
        pgettext_lazy("informal", "Your yes is noted. The entry for your calendar is attached."),
    ),
    (Answer.WAITING, FORMAL): (
        pgettext_lazy("formal", "You are on the waiting list"),
        pgettext_lazy("formal", "All seats are taken just now. You hear at once if one is free."),
    ),
    (Answer.WAITING, INFORMAL): (
        pgettext_lazy("informal", "You are on the waiting list"),
        pgettext_lazy("informal", "All seats are taken just now. You hear at once if one is free."),
    ),
    (Answer.MAYBE, FORMAL): (
        pgettext_lazy("formal", "You are still thinking it over"),
        pgettext_lazy("formal", "That is fine. Tell us as soon as you know, with one tap."),
    ),
    (Answer.MAYBE, INFORMAL): (
        pgettext_lazy("informal", "You are still thinking it over"),
        pgettext_lazy("informal", "That is fine. Tell us as soon as you know, with one tap."),
    ),
    (Answer.NO, FORMAL): (
        pgettext_lazy("formal", "What a pity that you cannot come"),
        pgettext_lazy("formal", "Thank you for letting us know. Should that change, one tap is enough."),
    ),
    (Answer.NO, INFORMAL): (
        pgettext_lazy("informal", "What a pity that you cannot come"),
        pgettext_lazy("informal", "Thank you for letting us know. Should that change, one tap is enough."),
    ),
}  # fmt: skip
SEAT = {
    FORMAL: (
        pgettext_lazy("formal", "A seat is free for you"),
        pgettext_lazy("formal", "You moved up from the waiting list. How nice to see you there!"),
        pgettext_lazy(
            "formal", "If it no longer suits you, please say so: then the seat is free again."
        ),
    ),
    INFORMAL: (
        pgettext_lazy("informal", "A seat is free for you"),
        pgettext_lazy("informal", "You moved up from the waiting list. How nice to see you there!"),
        pgettext_lazy(
            "informal", "If it no longer suits you, please say so: then the seat is free again."
        ),
    ),
}
CHANGE = _("See or change the answer")


def register() -> None:
    shared = {
        "permit": to_guest.permit,
        "recheck": to_guest.rechecked_by(to_guest.permit),
        "whom": to_guest.whom,
    }
    for name, render, label in (
        (ANSWER, confirmation, _("Answer confirmed")),
        (MOVED_UP, free_seat, _("Seat has become free")),
    ):
        outbox.register(
            name,
            MailClass.TRANSACTIONAL,
            load,
            still_wanted,
            render,
            label=label,
            **shared,
        )


def load(rows: Iterable[OutboxMessage]) -> Mapping[Any, ToGuest]:
    """With the mail about what each guest said last: yes, no, and yes again are one."""
    found = to_guest.load(rows)
    last: dict[str, Any] = {}
    for partner in {mail.customer.partner for mail in found.values()}:
        guests = [str(mail.guest.pk) for mail in found.values()]
        about = partner.messages.filter(kind__in=[ANSWER, MOVED_UP], source_id__in=guests)
        last |= dict(about.order_by("created_at", "pk").values_list("source_id", "pk"))
    return {
        pk: replace(mail, last_answer=last.get(str(mail.guest.pk))) for pk, mail in found.items()
    }


def confirm(partner: Partner, guest: EventGuest, before: str, key: str = "") -> OutboxMessage:
    """What they said just now; the row knows nothing of it but whether it still holds."""
    kind = MOVED_UP if before == Answer.WAITING and guest.answer == Answer.YES else ANSWER
    told = "off" if before == Answer.YES and guest.answer != Answer.YES else ""
    return to_guest.message(
        kind,
        guest,
        partner,
        key or str(guest.version),
        source_version=":".join([stand(guest), told]),
        expires_at=max(guest.event.starts_at, clock.now()),
    )


def stand(guest: EventGuest) -> str:
    return f"{guest.answer}:{guest.companions}"


def still_wanted(row: OutboxMessage, mail: ToGuest) -> bool:
    """The last answer alone is confirmed, and only what is going to take place."""
    said = row.source_version.rpartition(":")[0]
    is_last = row.pk == mail.last_answer
    return mail.event.is_ahead and is_last and said == stand(mail.guest)


def confirmation(row: OutboxMessage, mail: ToGuest) -> outbox.Mail:
    guest = mail.guest
    headline, text = SAID[guest.answer, mail.event.is_formal]
    method = ical.REQUEST if guest.answer == Answer.YES else ""
    if row.source_version.endswith(":off"):
        method = ical.CANCEL
    count = guest.companions
    seats = _("Noted for %(count)d people.") % {"count": guest.seats} if count else ""
    return to_guest.letter(mail, headline, text, seats, method=method, button=CHANGE)


def free_seat(row: OutboxMessage, mail: ToGuest) -> outbox.Mail:
    headline, *texts = SEAT[mail.event.is_formal]
    lead, after = texts
    return to_guest.letter(mail, headline, lead, method=ical.REQUEST, after=after, button=CHANGE)
