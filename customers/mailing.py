"""A mail to one person, before and after: may it leave, when, and what became of it."""

import dataclasses
import datetime as dt
import uuid
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from customers.models import Customer, Email, Permission, PersonalMail
from customers.models.whole import lists, read
from customers.permissions import Decision, Known, Verdict
from customers.reminders import opting_in, personal, to_person
from customers.timeline import Entry
from partners import addresses, clock, outbox, sent, spoken
from partners.models import OutboxMessage, Partner
from partners.sent import Row

State = OutboxMessage.State


@dataclasses.dataclass(frozen=True)
class Outlook:
    """What would become of a mail to this person, written now."""

    customer: Customer
    known: Known
    email: Email
    decision: Decision
    question: Permission | None  # asked within the week, and not answered

    @property
    def is_welcome(self) -> bool:
        """It leaves, at once or later."""
        return self.decision.verdict is not Verdict.NO

    @property
    def leaves_now(self) -> bool:
        return self.decision.verdict is Verdict.YES

    @property
    def lacks_imprint(self) -> bool:
        return self.decision.code == "no-imprint"

    @property
    def may_be_asked(self) -> bool:
        return self.question is None and opting_in.may_be_asked(self.decision)

    @property
    def when(self) -> str:
        """“Monday, 08:00”, in the partner's zone; nothing where that is not known."""
        if self.decision.not_before is None:
            return ""
        zone = self.customer.partner.zone
        return spoken.moment(self.decision.not_before.astimezone(zone), clock.today(zone))

    @property
    def asked_spoken(self) -> str:
        zone = self.customer.partner.zone
        asked_on = self.question.said_at.astimezone(zone).date() if self.question else None
        return spoken.day(asked_on, clock.today(zone)) if asked_on else ""

    @property
    def said(self) -> str:
        """Where the yes was said that waits for its confirmation."""
        evidence = self.decision.evidence
        return evidence.how if evidence and evidence.says == Permission.Says.YES else ""


def outlook(partner: Partner, customer: Customer) -> Outlook | None:
    """For the address to which they said yes, or else the preferred one; nothing without any."""
    emails = list(customer.emails.all())
    if not emails:
        return None
    known = to_person.known_of(partner, [customer])[customer.pk]
    found = [(email, to_person.decision(customer, email, known)) for email in emails]
    welcome = (pair for pair in found if pair[1].verdict is not Verdict.NO)
    email, decision = next(welcome, found[0])
    return Outlook(customer, known, email, decision, opting_in.open_question(known, email))


def example(looks: Outlook, subject: str, text: str) -> outbox.Mail:
    return personal.letter(subject, text, looks.customer, looks.email.typed, looks.known.profile)


# --- afterwards ----------------------------------------------------------------------------------


def told(partner: Partner, mail: PersonalMail) -> Row | None:
    """What became of it, as the partner's list of messages says it."""
    message = personal.message_of(partner, mail)
    return next(iter(sent.rows_of([message], partner)), None) if message else None


def can_be_stopped(partner: Partner, mail: PersonalMail) -> bool:
    return not personal.has_left(personal.message_of(partner, mail))


def entries(customer: Customer, today: dt.date) -> list[Entry]:
    """Mails in the story of a person fetched whole: those that left, and those that wait."""
    return [
        entry(row, today)
        for row in lists(customer, "personal_mails")
        if row[3] in {State.PENDING, State.SENDING, State.SENT}
    ]


def entry(row: list[Any], today: dt.date) -> Entry:
    pk, subject, wanted_at, state, sent_at = row
    at = timezone.localtime(read("created_at", sent_at or wanted_at))
    return Entry(
        at=at,
        when_spoken=spoken.moment(at, today),
        icon="envelope",
        title=_("Mail: %(subject)s") % {"subject": subject},
        href=addresses.of("mail-detail", uuid.UUID(pk)),
        outcome="" if state == State.SENT else _("waits"),
    )
