"""Mails to people: one that left, one that waits its fortnight, and a question to confirm."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from customers.models import Email, Permission, PersonalMail
from customers.permissions import texts
from customers.reminders import opting_in, personal
from mlmcrm.demo.rows import Teller
from partners import outbox, profile
from partners.models import OutboxMessage, Reason

Says, How, State = Permission.Says, Permission.How, OutboxMessage.State
SAID = {"channel": Permission.Channel.EMAIL, "purpose": Permission.Purpose.ADVERTISING}
AT = dt.time(9, 40)
ANNA = "anna@example.org"
READER, ASKED = "Petra Hahner", "Tanja Möller"
GAP = 14
SENT, WRITTEN, QUESTION = 10, 1, 2  # days ago
FIRST = "Der Lavendel ist wieder da"
FIRST_TEXT = (
    "Liebe Petra,\n\ndu hattest im Frühjahr danach gefragt: Die Lavendelseife ist wieder da. "
    "Ich lege dir gern ein Stück zurück."
)
SECOND = "Adventsabend am Lindenweg"
SECOND_TEXT = (
    "Liebe Petra,\n\nim Advent zeige ich bei mir die neuen Düfte, mit Plätzchen und Zeit zum "
    "Riechen. Magst du kommen?"
)


def tell(teller: Teller) -> None:
    """Once, when the demo is new: what left cannot be told anew."""
    if teller.user.email != ANNA:
        return
    people = {customer.name: customer for customer in teller.customers}
    emails = {email.customer_id: email for email in teller.emails}
    if not {READER, ASKED} <= people.keys():
        return
    yes = said(teller, emails[people[READER].pk], 40, Says.YES, How.OPT_IN)
    yes.confirmed_at = yes.said_at
    question = said(teller, emails[people[ASKED].pk], QUESTION, Says.ASKED, How.SPOKEN)
    teller.partner.permissions.bulk_create([yes, question])
    first = mail(teller, emails[people[READER].pk], SENT, FIRST, FIRST_TEXT)
    second = mail(teller, emails[people[READER].pk], WRITTEN, SECOND, SECOND_TEXT)
    teller.partner.personalmails.bulk_create([first, second])
    outbox.write(messages(teller, first, second, question))


def said(teller: Teller, email: Email, days_ago: int, says: str, how: str) -> Permission:
    customer = email.customer
    mine = profile.of(teller.partner)
    row = Permission(**teller.owned(days_ago, "permission", customer.name, says), **SAID)
    row.text, row.text_version = texts.wording(row.channel, row.purpose, customer, mine)
    row.customer, row.says, row.how = customer, says, how
    row.said_at, row.point = teller.moment(-days_ago, AT), email.address
    row.person, row.sender = customer.name, texts.sender_in_full(mine)
    return row


def mail(teller: Teller, email: Email, days_ago: int, subject: str, text: str) -> PersonalMail:
    owned = teller.owned(days_ago, "mail", subject)
    wanted_at = teller.moment(-days_ago, AT)
    return PersonalMail(
        **owned,
        customer=email.customer,
        email=email,
        subject=subject,
        text=text,
        wanted_at=wanted_at,
    )


def messages(
    teller: Teller, first: PersonalMail, second: PersonalMail, question: Permission
) -> Iterator[OutboxMessage]:
    sent_at = teller.moment(-SENT, AT)
    left: dict[str, Any] = {
        "state": State.SENT,
        "attempts": 1,
        "handoff_at": sent_at,
        "sent_at": sent_at,
    }
    waits: dict[str, Any] = {"reason": Reason.TOO_OFTEN, "due_at": teller.moment(GAP - SENT, AT)}
    asked_at = question.said_at
    asked = left | {"due_at": asked_at, "handoff_at": asked_at, "sent_at": asked_at}
    for row, fields in ((first, left | {"due_at": sent_at}), (second, waits)):
        yield outbox.message(
            personal.PERSONAL,
            key=personal.key_of(row),
            recipient=teller.user,
            person=row.customer_id,
            source_type=personal.PERSONAL,
            source_id=str(row.pk),
            **fields,
        )
    yield outbox.message(
        opting_in.OPT_IN,
        key=f"{opting_in.OPT_IN}:{question.pk.hex}",
        recipient=teller.user,
        person=question.customer_id,
        source_type=opting_in.OPT_IN,
        source_id=str(question.pk),
        **asked,
    )
