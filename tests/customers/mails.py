"""Clara, who can be written to, and what tests about mails do."""

import re

from customers.actions import permitting
from customers.models import Customer, Permission, PersonalMail
from customers.reminders import opting_in, personal
from partners import clock, outbox, walls
from partners.models import OutboxMessage, Partner
from tests.factories import CustomerFactory, EmailFactory
from tests.harness.roles import as_app
from tests.trust_factories import ProfileFactory

State, Says, How, Channel = (
    OutboxMessage.State,
    Permission.Says,
    Permission.How,
    Permission.Channel,
)
LINK = re.compile(r"http://testserver(/\S+)")
ABOUT_MAIL = (Channel.EMAIL, Permission.Purpose.ADVERTISING)


def person(partner: Partner, name: str = "Clara", address: str = "", **columns) -> Customer:
    customer = CustomerFactory.create(partner=partner, first_name=name, **columns)
    EmailFactory.create(customer=customer, typed=address or f"{name}@example.net")
    return customer


def with_imprint(partner: Partner, **columns) -> Partner:
    ProfileFactory.create(partner=partner, **columns)
    return partner


def says_yes(customer: Customer, **more) -> None:
    row = (Says.YES, How.OPT_IN)
    permitting.record(
        customer.partner, None, customer, *ABOUT_MAIL, *row, confirmed_at=clock.now(), **more
    )


def says_no(customer: Customer) -> None:
    """In the midst of a delivery too, which may touch no private table by itself."""
    with walls.acting_for(customer.partner):
        permitting.object_to(customer.partner, None, customer, [Channel.EMAIL])


def written(customer: Customer, subject: str = "The lavender is back") -> PersonalMail:
    mail = PersonalMail(
        customer=customer,
        partner=customer.partner,
        email=customer.emails.first(),
        subject=subject,
        text="Dear Clara,\n\nyou asked for it in spring.",
    )
    personal.send(customer.partner, customer.partner.user, mail)
    return mail


def asked(customer: Customer, how: str = How.SPOKEN) -> OutboxMessage:
    email = customer.emails.first()
    opting_in.ask(customer.partner, customer.partner.user, customer, email, how)
    return customer.partner.messages.get(kind=opting_in.OPT_IN, state=State.PENDING)


def deliver() -> int:
    OutboxMessage.objects.update(next_attempt_at=None)
    with as_app():
        return outbox.deliver_due()


def fate(mail: PersonalMail) -> tuple[str, str]:
    message = personal.message_of(mail.partner, mail)
    return message.state, message.reason


def links_in(mail) -> list[str]:
    """The paths that a mail's text leads to; of Django's mail or of the server's."""
    text = mail.body() if callable(mail.body) else mail.body
    return LINK.findall(text)


def link_for(mail, start: str = "/p/") -> str:
    return next(link for link in links_in(mail) if link.startswith(start))
