"""What all mails to people in a circle have in common: whom they reach, and whether they may go."""

import dataclasses
import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from customers import permissions
from customers.models import Customer, Email, Permission, PersonalMail
from customers.permissions import Decision, Known, Verdict
from customers.reminders.rechecking import unchanged
from partners import addresses, clock, outbox, profile
from partners.models import OutboxMessage, Partner, Profile, Reason

LOOK_AGAIN = dt.timedelta(minutes=5)
WAITS = {"quiet": Reason.QUIET, "too-often": Reason.TOO_OFTEN, "no-imprint": Reason.NO_IMPRINT}
EMAIL, ADVERTISING = Permission.Channel.EMAIL, Permission.Purpose.ADVERTISING


@dataclasses.dataclass(frozen=True)
class ToPerson:
    """What is written, to whom, and what is known of what they allow."""

    source: PersonalMail | Permission
    customer: Customer
    email: Email
    known: Known

    @property
    def profile(self) -> Profile:
        return self.known.profile


def by_partner(rows: Iterable[OutboxMessage]) -> Mapping[Partner, list[OutboxMessage]]:
    rows = list(rows)
    owners = {row.partner_id for row in rows}
    partners = Partner.objects.select_related("user").in_bulk(owners)
    found: dict[Partner, list[OutboxMessage]] = defaultdict(list)
    for row in rows:
        found[partners[row.partner_id]].append(row)
    return found


def known_of(partner: Partner, people: Collection[Customer]) -> Mapping[uuid.UUID, Known]:
    """Each person knows their partner, as much as their rows need."""
    for customer in people:
        customer.partner = partner
    return permissions.gather(partner, list(people))


def decision(customer: Customer, email: Email, known: Known) -> Decision:
    """Whether advertising may go to this very address."""
    return permissions.may_contact(customer, EMAIL, ADVERTISING, known=known, to=email.address)


def ruling(found: Decision) -> outbox.Ruling:
    """The decision, as the outbox understands it."""
    if found.verdict is Verdict.YES:
        return outbox.SEND
    if found.verdict is Verdict.NO:
        return outbox.Ruling(Reason.NOT_ALLOWED)
    reason = WAITS.get(found.code, Reason.QUIET)
    return outbox.Ruling(reason, found.not_before or clock.now() + LOOK_AGAIN)


def still_permitted(
    mails: Iterable[tuple[OutboxMessage, ToPerson]], permit: Any
) -> Collection[Any]:
    """Asked anew under lock: nothing of it has changed, and what they allow is read once more.

    Whoever says no locks the person first, so that either we see it or it comes after the mail.
    """
    mails = list(mails)
    same = unchanged((row, [mail.source, mail.customer, mail.email]) for row, mail in mails)
    people: dict[Partner, list[Customer]] = defaultdict(list)
    for _row, mail in mails:
        people[mail.customer.partner].append(mail.customer)
    known = {pk: known for group in people.items() for pk, known in known_of(*group).items()}
    going: dict[uuid.UUID, Any] = {}  # of several to one person only the first
    for row, mail in mails:
        anew = dataclasses.replace(mail, known=known[mail.customer.pk])
        if row.pk in same and permit(row, anew) == outbox.SEND:
            going.setdefault(mail.customer.pk, row.pk)
    return set(going.values())


def sender(mine: Profile) -> dict[str, Any]:
    """From and Reply-To: the partner's name on the operator's address, answers to the partner."""
    return {"sender_name": mine.name, "reply_to": mine.email or mine.partner.user.email}


def foot(mine: Profile) -> dict[str, Any]:
    return {"brand_name": mine.name, "imprint": profile.footer(mine)}


def whom(partner: Partner, messages: list[OutboxMessage]) -> Mapping[Any, tuple[str, str]]:
    """The name and the page of each one's reader, for the partner who looks at their messages."""
    ids = {uuid.UUID(message.recipient_id) for message in messages}
    people = partner.customers(manager="unscoped_with_hidden").in_bulk(ids)
    found = ((message.pk, people.get(uuid.UUID(message.recipient_id))) for message in messages)
    return {
        pk: (person.name, "" if person.is_hidden else addresses.of("customer-detail", person.pk))
        for pk, person in found
        if person
    }
