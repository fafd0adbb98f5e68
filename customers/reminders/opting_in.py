"""The mail that asks somebody to confirm what they said: neutral, its link works once, for a week."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from customers import preference
from customers.actions import permitting
from customers.exports.columns import greeting
from customers.models import Customer, Email, Permission
from customers.permissions import Decision, Known
from customers.reminders import to_person
from customers.reminders.to_person import ToPerson
from partners import clock, outbox
from partners.changes import Act
from partners.letters import compose
from partners.models import MailClass, OutboxMessage, Partner, Reason, User

OPT_IN = "opt-in"
Says, Channel = Permission.Says, Permission.Channel
ASKABLE = {"no-consent", "asked", "unconfirmed", "other-address"}


def register() -> None:
    outbox.register(
        OPT_IN,
        MailClass.TRANSACTIONAL,
        load,
        still_wanted,
        render,
        permit=permit,
        recheck=as_loaded,
        whom=to_person.whom,
        label=_("Please confirm"),
    )


# --- from the partner ----------------------------------------------------------------------------


def may_be_asked(found: Decision) -> bool:
    """Who said no is not asked again by us; a yes said later is their own doing."""
    return found.code in ASKABLE


def is_about_mail(row: Permission) -> bool:
    return row.channel == Channel.EMAIL and row.purpose == Permission.Purpose.ADVERTISING


def open_question(known: Known, email: Email) -> Permission | None:
    """What this address was asked within the last week, and has not been answered."""
    asked = [row for row in known.statements if is_about_mail(row) and row.says == Says.ASKED]
    last = asked[-1] if asked else None
    if last is None or last.point != email.address or is_over(last, known):
        return None
    return last


def is_over(asked: Permission, known: Known) -> bool:
    is_old = asked.said_at + preference.OPT_IN_LASTS <= clock.now()
    return is_old or preference.is_answered(asked, known.statements)


@transaction.atomic
def ask(partner: Partner, actor: User | None, customer: Customer, email: Email, how: str) -> Act:
    """Note that they said yes, and let their mailbox confirm it."""
    question = (Channel.EMAIL, Permission.Purpose.ADVERTISING, Says.ASKED)
    act = permitting.record(partner, actor, customer, *question, how, point=email.address)
    asked: Any = customer.permissions.filter(says=Says.ASKED, channel=Channel.EMAIL).last()
    row = outbox.message(
        OPT_IN,
        key=f"{OPT_IN}:{asked.pk.hex}",
        recipient=partner.user,
        person=customer.pk,
        expires_at=asked.said_at + preference.OPT_IN_LASTS,
        source_type=OPT_IN,
        source_id=str(asked.pk),
    )
    outbox.write([row])
    return act


# --- the mail ------------------------------------------------------------------------------------


def load(rows: Iterable[OutboxMessage]) -> Mapping[Any, ToPerson]:
    found: dict[Any, ToPerson] = {}
    for partner, messages in to_person.by_partner(rows).items():
        ids = {message.source_id for message in messages}
        asked = partner.permissions.filter(pk__in=ids, customer__deleted_at=None)
        stored = {str(row.pk): row for row in asked.select_related("customer")}
        people = [row.customer for row in stored.values() if row.customer]
        known = to_person.known_of(partner, people)
        there = partner.emails.filter(customer__in=people)
        emails: dict[Any, Email] = {(email.customer_id, email.address): email for email in there}
        for message in messages:
            row = stored.get(message.source_id)
            email = row and emails.get((row.customer_id, row.point))
            if row and row.customer and email:
                about = known[row.customer.pk]
                found[message.pk] = ToPerson(row, row.customer, email, about)
    return found


def still_wanted(row: OutboxMessage, mail: ToPerson) -> bool:
    """Not where a yes has come already, on their own page perhaps."""
    asked: Any = mail.source
    yes = [said for said in mail.known.statements if said.says == Says.YES]
    return not preference.is_answered(asked, yes)


def permit(row: OutboxMessage, mail: ToPerson) -> outbox.Ruling:
    found = to_person.decision(mail.customer, mail.email, mail.known)
    if not may_be_asked(found):
        return outbox.Ruling(Reason.NOT_ALLOWED)
    if not mail.profile.is_complete:
        return outbox.Ruling(Reason.NO_IMPRINT, clock.now() + to_person.LOOK_AGAIN)
    return outbox.SEND


def as_loaded(mails: Iterable[tuple[OutboxMessage, ToPerson]]) -> Collection[Any]:
    return to_person.still_permitted(mails, permit)


def render(row: OutboxMessage, mail: ToPerson) -> outbox.Mail:
    asked: Any = mail.source
    mine = mail.profile
    return compose(
        "opt_in",
        {
            **to_person.foot(mine),
            "greeting": greeting(mail.customer),  # type: ignore[arg-type]
            "is_formal": mail.customer.formality == Customer.Formality.FORMAL,
            "name": mine.name,
            "words": asked.text,
            "confirm_url": preference.opt_in_link(asked, mail.customer),
        },
        to=mail.email.typed,
        **to_person.sender(mine),
    )
