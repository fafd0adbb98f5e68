"""Invitations and thanks by mail: advertising in the law's eyes, so only to those who allow it."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers import preference
from events import saying, stars
from events.actions import guesting
from events.models import Event, EventGuest
from events.reminders import to_guest
from events.reminders.answered import FORMAL, INFORMAL
from events.reminders.to_guest import ToGuest
from partners import clock, outbox
from partners.changes import Act, mention
from partners.models import MailClass, OutboxMessage, Partner, User

INVITATION, THANKS, BY_MAIL = "event-invitation", "event-thanks", "mail"
ASKED = {
    FORMAL: pgettext_lazy("formal", "%(host)s invites you"),
    INFORMAL: pgettext_lazy("informal", "%(host)s invites you"),
}
COME = {
    FORMAL: pgettext_lazy(
        "formal", "A good evening in pleasant company. It would be nice if you came."
    ),
    INFORMAL: pgettext_lazy(
        "informal", "A good evening in pleasant company. It would be nice if you came."
    ),
}
ONE_TAP = {
    FORMAL: pgettext_lazy("formal", "One tap is enough to answer, without signing in."),
    INFORMAL: pgettext_lazy("informal", "One tap is enough to answer, without signing in."),
}
ANSWER = _("Answer the invitation")
THANK_YOU = {
    FORMAL: pgettext_lazy("formal", "Thank you for coming"),
    INFORMAL: pgettext_lazy("informal", "Thank you for coming"),
}
GLAD = {
    FORMAL: pgettext_lazy("formal", "It was lovely that you were there. How did you like it?"),
    INFORMAL: pgettext_lazy("informal", "It was lovely that you were there. How did you like it?"),
}


def register() -> None:
    for name, wanted, render, label in (
        (INVITATION, is_open, invitation, _("Invitation")),
        (THANKS, was_there, thanks, _("Thank-you mail")),
    ):
        outbox.register(
            name,
            MailClass.MARKETING,
            to_guest.load,
            wanted,
            render,
            permit=to_guest.permit_advertising,
            recheck=to_guest.rechecked_by(to_guest.permit_advertising),
            whom=to_guest.whom,
            label=label,
        )


# --- from the partner ----------------------------------------------------------------------------


@transaction.atomic
def invite(partner: Partner, actor: User, event: Event, guests: Collection[EventGuest]) -> Act:
    """By mail; taken back before it has left, it never will."""
    act = Act(partner, actor, "event-invite")
    fresh = [guest for guest in guests if not guest.invited_at]
    guesting.mark_invited(act, event, fresh, BY_MAIL)
    outbox.write(
        to_guest.message(
            INVITATION,
            guest,
            partner,
            str(guest.version),
            source_version=stamp(guest),
            expires_at=event.answer_until or event.starts_at,
        )
        for guest in fresh
    )
    return act


@transaction.atomic
def thank(partner: Partner, actor: User, event: Event, guests: Collection[EventGuest]) -> Act:
    """Each once, however often it is asked for."""
    act = Act(partner, actor, "event-thank")
    rows = [to_guest.message(THANKS, guest, partner, "1") for guest in guests if guest.has_come]
    if outbox.write(rows):
        mention(act, event)
    return act


def stamp(guest: EventGuest) -> str:
    return f"{guest.invited_at:%Y%m%d%H%M%S%f}"


# --- the mails -----------------------------------------------------------------------------------


def is_open(row: OutboxMessage, mail: ToGuest) -> bool:
    """Not to whoever has answered, and not if it was taken back."""
    guest, event = mail.guest, mail.event
    is_meant = guest.invited_at and row.source_version == stamp(guest)
    return bool(is_meant and not guest.answer and event.is_ahead and event.starts_at > clock.now())


def was_there(row: OutboxMessage, mail: ToGuest) -> bool:
    return mail.guest.has_come


def words(event: Event) -> tuple[str, ...]:
    """The partner's own, or ours."""
    if event.invitation_text.strip():
        return (*paragraphs(event.invitation_text), str(ONE_TAP[event.is_formal]))
    return (str(COME[event.is_formal]), str(ONE_TAP[event.is_formal]))


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def invitation(row: OutboxMessage, mail: ToGuest) -> outbox.Mail:
    event, mine = mail.event, mail.profile
    host = saying.host_name(event) or mine.name
    headline = ASKED[event.is_formal] % {"host": host}
    return advertising(mail, headline, *words(event), button=ANSWER)


def thanks(row: OutboxMessage, mail: ToGuest) -> outbox.Mail:
    event = mail.event
    texts = paragraphs(event.thanks_text) or [str(GLAD[event.is_formal])]
    link = stars.of_guest(mail.guest)
    headline = THANK_YOU[event.is_formal]
    return advertising(mail, headline, *texts, button=_("Give stars"), link=link)


def advertising(mail: ToGuest, headline: Any, *texts: Any, **more: Any) -> outbox.Mail:
    return to_guest.letter(
        mail,
        headline,
        *texts,
        headers=preference.headers(mail.customer),
        unsubscribe=preference.link(mail.customer),
        **more,
    )
