"""What all mails to guests have in common: whom they reach, whether they may go, how they begin."""

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from copy import copy
from typing import Any

from customers import permissions
from customers.exports.columns import greeting
from customers.models import Customer, Email, Permission
from customers.permissions import Decision, Known, Verdict
from customers.reminders import to_person
from customers.reminders.rechecking import unchanged
from events import entries, ical, links, saying
from events.models import Event, EventGuest
from partners import addresses, outbox, profile
from partners.letters import compose
from partners.models import OutboxMessage, Partner, Profile

Answer = EventGuest.Answer
EMAIL, ANYTHING = Permission.Channel.EMAIL, Permission.Purpose.ANYTHING


@dataclasses.dataclass(frozen=True)
class ToGuest:
    """One guest of one evening, with the address they are written to."""

    guest: EventGuest
    customer: Customer
    email: Email
    known: Known
    before: Mapping[str, Any] = dataclasses.field(default_factory=dict)  # what was told earlier
    last_answer: Any = None  # the mail about what they said last

    @property
    def event(self) -> Event:
        return self.guest.event

    @property
    def profile(self) -> Profile:
        return self.known.profile


def message(kind: str, guest: EventGuest, partner: Partner, key: str, **fields: Any):
    """A row about a guest, as long as the evening is ahead."""
    return outbox.message(
        kind,
        key=f"{kind}:{guest.pk.hex}:{key}",
        recipient=partner.user,
        person=guest.customer_id,
        source_type=kind,
        source_id=str(guest.pk),
        **fields,
    )


def load(rows: Iterable[OutboxMessage]) -> Mapping[Any, ToGuest]:
    """Guests whose evening, person or address is gone are not found any more."""
    found: dict[Any, ToGuest] = {}
    for partner, messages in to_person.by_partner(rows).items():
        guests = guests_of(partner, [message.source_id for message in messages])
        known = to_person.known_of(partner, [guest.customer for guest in guests.values()])
        for message in messages:
            guest = guests.get(message.source_id)
            email = guest and address_of(guest.customer, known[guest.customer_id])
            if guest and email:
                about = known[guest.customer_id]
                found[message.pk] = ToGuest(guest, guest.customer, email, about)
    return found


def guests_of(partner: Partner, ids: Collection[Any]) -> dict[str, EventGuest]:
    here = {"customer__deleted_at": None, "event__deleted_at": None}
    guests = partner.eventguests.filter(pk__in=ids, **here)
    found = {str(guest.pk): guest for guest in guests.select_related("customer", "event__host")}
    for guest in found.values():
        guest.partner = guest.event.partner = partner
    return found


def address_of(customer: Customer, known: Known) -> Email | None:
    """The one to which they said yes, or else the preferred one."""
    emails = list(customer.emails.all())
    welcome = (
        email
        for email in emails
        if to_person.decision(customer, email, known).verdict is not Verdict.NO
    )
    return next(welcome, next(iter(emails), None))


# --- may it go ---------------------------------------------------------------------------------


def about_the_evening(mail: ToGuest) -> Decision:
    """An answer to what they said themselves, without advertising."""
    return permissions.may_contact(
        mail.customer, EMAIL, ANYTHING, known=mail.known, to=mail.email.address,
        answering=mail.guest,
    )  # fmt: skip


def permit(row: OutboxMessage, mail: ToGuest) -> outbox.Ruling:
    return to_person.ruling(about_the_evening(mail))


def permit_advertising(row: OutboxMessage, mail: ToGuest) -> outbox.Ruling:
    return to_person.ruling(to_person.decision(mail.customer, mail.email, mail.known))


def rechecked_by(ask: Any) -> Any:
    def recheck(mails: Iterable[tuple[OutboxMessage, ToGuest]]) -> Collection[Any]:
        """Asked anew under lock: nothing has changed, and what they allow is read once more."""
        mails = list(mails)
        same = unchanged(
            (row, [mail.event, mail.guest, mail.customer, mail.email]) for row, mail in mails
        )
        people: dict[Partner, list[Customer]] = defaultdict(list)
        for _row, mail in mails:
            people[mail.customer.partner].append(mail.customer)
        known = {
            pk: known
            for group in people.items()
            for pk, known in to_person.known_of(*group).items()
        }
        return {
            row.pk
            for row, mail in mails
            if row.pk in same
            and ask(row, dataclasses.replace(mail, known=known[mail.customer.pk])) == outbox.SEND
        }

    return recheck


# --- how it reads ------------------------------------------------------------------------------


def hello(event: Event, customer: Customer) -> str:
    """Du or Sie as the evening says, not as the partner speaks with them otherwise."""
    them = copy(customer)
    them.formality = event.formality
    return greeting(them)  # type: ignore[arg-type]


def letter(
    mail: ToGuest,
    subject: Any,
    *paragraphs: Any,
    method: str = "",
    is_off: bool = False,
    after: Any = "",
    button: Any = "",
    link: str = "",
    was: Mapping[str, str] | None = None,
    why: Any = "",
    headers: Mapping[str, str] | None = None,
    unsubscribe: str = "",
) -> outbox.Mail:
    """`after` follows the facts, `was` is what they said before, `why` stands below: for what reason this mail comes."""
    event, mine = mail.event, mail.profile
    context = {
        **to_person.foot(mine),
        "greeting": hello(event, mail.customer),
        "subject": str(subject),
        "paragraphs": [str(text) for text in paragraphs if text],
        "after": str(after),
        "signature": profile.signature(mine),
        "title": event.title,
        "when": saying.day_and_time(event.local_start),
        "where": saying.place(event, in_full=mail.guest.answer == Answer.YES),
        "was": was or {},
        "is_off": is_off,
        "button": str(button),
        "link": link or links.of_guest(mail.guest),
        "why": str(why),
        "unsubscribe": unsubscribe,
    }
    return compose(
        "event_guest",
        context,
        to=mail.email.typed,
        entries=(entry(mail, method),) if method else (),
        headers=headers or {},
        **to_person.sender(mine),
    )


def entry(mail: ToGuest, method: str) -> outbox.Entry:
    mine = mail.profile
    organizer = (mine.name, mine.email or mine.partner.user.email)
    theirs = entries.of_guest(mail.guest, organizer, (mail.customer.name, mail.email.typed))
    return outbox.Entry("termin.ics", ical.calendar([theirs], method), method)


def whom(partner: Partner, messages: list[OutboxMessage]) -> Mapping[Any, tuple[str, str]]:
    """For the partner: the guest's name, and the page with the mails of that evening."""
    guests = guests_of(partner, {message.source_id for message in messages})
    found = ((message.pk, guests.get(message.source_id)) for message in messages)
    return {
        pk: (guest.customer.name, addresses.of("event-mails", guest.event_id))
        for pk, guest in found
        if guest
    }
