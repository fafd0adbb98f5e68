"""A partner's own words to one person, by mail: they leave as soon as the person's wishes allow."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from customers import preference
from customers.models import Customer, PersonalMail
from customers.reminders import to_person
from customers.reminders.to_person import ToPerson
from partners import addresses, changes, clock, outbox, profile
from partners.changes import Act
from partners.letters import compose
from partners.models import MailClass, OutboxMessage, Partner, Profile, Reason, User

PERSONAL = "personal-mail"
BLANK_LINES = re.compile(r"\n\s*\n")


def register() -> None:
    outbox.register(
        PERSONAL,
        MailClass.MARKETING,
        load,
        still_wanted,
        render,
        permit=permit,
        recheck=as_loaded,
        whom=whom,
        label=_("Your mail"),
    )
    changes.follow(Profile, try_again)


def try_again(partner: Partner, profiles: list[Any]) -> None:
    """What waited for the partner's address is looked at as soon as that was saved."""
    outbox.wake(partner, Reason.NO_IMPRINT)


# --- from the partner ----------------------------------------------------------------------------


def key_of(mail: PersonalMail) -> str:
    return f"{PERSONAL}:{mail.pk.hex}"


@transaction.atomic
def send(partner: Partner, actor: User, mail: PersonalMail) -> Act:
    """Store a mail and let it go; taken back before it has left, it never will."""
    act = Act(partner, actor, "mail-send")
    mail.wanted_at = clock.now()
    changes.create(act, mail)
    row = outbox.message(
        PERSONAL,
        key=key_of(mail),
        recipient=partner.user,
        person=mail.customer_id,
        source_type=PERSONAL,
        source_id=str(mail.pk),
    )
    outbox.write([row])
    return act


@transaction.atomic
def take_back(partner: Partner, actor: User, mail: PersonalMail) -> Act:
    """A mail that waits shall not leave after all; one on its way can no longer be stopped."""
    act = Act(partner, actor, "mail-take-back")
    held = partner.personalmails.select_for_update(of=("self",)).filter(pk=mail.pk)
    if held.exists() and not has_left(message_of(partner, mail)):
        changes.remove(act, mail)
    return act


def message_of(partner: Partner, mail: PersonalMail) -> OutboxMessage | None:
    return partner.messages.filter(dedupe_key=key_of(mail)).first()


def has_left(message: OutboxMessage | None) -> bool:
    state = OutboxMessage.State
    return message is None or message.state == state.SENT or bool(message.handoff_at)


# --- the mail ------------------------------------------------------------------------------------


def load(rows: Iterable[OutboxMessage]) -> Mapping[Any, ToPerson]:
    """What was taken back, and whoever lies in the bin, is not found any more."""
    found: dict[Any, ToPerson] = {}
    for partner, messages in to_person.by_partner(rows).items():
        ids = {message.source_id for message in messages}
        here = {"customer__deleted_at": None, "email__deleted_at": None}
        mails = partner.personalmails.filter(pk__in=ids, email__customer=F("customer"), **here)
        stored = {str(mail.pk): mail for mail in mails.select_related("customer", "email")}
        known = to_person.known_of(partner, [mail.customer for mail in stored.values()])
        for message in messages:
            mail = stored.get(message.source_id)
            if mail and mail.email:
                about = known[mail.customer_id]
                found[message.pk] = ToPerson(mail, mail.customer, mail.email, about)
    return found


def still_wanted(row: OutboxMessage, mail: ToPerson) -> bool:
    return True


def permit(row: OutboxMessage, mail: ToPerson) -> outbox.Ruling:
    return to_person.ruling(to_person.decision(mail.customer, mail.email, mail.known))


def as_loaded(mails: Iterable[tuple[OutboxMessage, ToPerson]]) -> Collection[Any]:
    return to_person.still_permitted(mails, permit)


def render(row: OutboxMessage, mail: ToPerson) -> outbox.Mail:
    source: Any = mail.source
    return letter(source.subject, source.text, mail.customer, mail.email.typed, mail.profile)


def letter(subject: str, text: str, customer: Customer, to: str, mine: Profile) -> outbox.Mail:
    """As it is sent, and as the partner sees it beforehand."""
    return compose(
        "personal",
        {
            **to_person.foot(mine),
            "subject": subject,
            "text": text.strip(),
            "paragraphs": BLANK_LINES.split(text.strip()),
            "signature": profile.signature(mine),
            "preferences_url": preference.link(customer),
        },
        to=to,
        is_by_hand=True,
        headers=preference.headers(customer),
        **to_person.sender(mine),
    )


def whom(partner: Partner, messages: list[OutboxMessage]) -> Mapping[Any, tuple[str, str]]:
    """For the partner: the reader's name, and the mail itself."""
    pages = {message.pk: addresses.of("mail-detail", message.source_id) for message in messages}
    told = to_person.whom(partner, messages)
    return {pk: (name, pages[pk]) for pk, (name, _page) in told.items()}
