"""What guests may allow at the end, each channel by a tick of its own, none of them set before."""

import dataclasses
from collections.abc import Collection

from customers import preference
from customers.models import Customer, Permission
from customers.permissions import Known, Verdict, may_contact, standing, texts
from customers.reminders import opting_in
from events.actions import receiving
from partners.models import Partner

Channel, Purpose, Says, How = (
    Permission.Channel,
    Permission.Purpose,
    Permission.Says,
    Permission.How,
)
OFFERED = (Channel.EMAIL, Channel.PHONE, Channel.MESSENGER, Channel.SMS)
BY_NUMBER = {Channel.PHONE.value, Channel.MESSENGER.value, Channel.SMS.value}


@dataclasses.dataclass(frozen=True)
class Offer:
    """A channel with the words that are agreed to, but for those all of them end with (`always`);
    `waits` for the click in a mail.
    """

    channel: str
    text: str
    is_on: bool
    waits: bool = False


def offers(partner: Partner, customer: Customer) -> list[Offer]:
    known = preference.known_of(partner, customer)
    found = [offer(customer, channel, known) for channel in OFFERED]
    return [one for one in found if one is not None]


def always() -> str:
    return texts.ending()


def offer(customer: Customer, channel: Permission.Channel, known: Known) -> Offer | None:
    """Nothing for a child, nor where only a mailbox could answer that we must not write to."""
    decision = may_contact(customer, channel, Purpose.ADVERTISING, known=known)
    if decision.code == "child":
        return None
    sender = {"sender": texts.sender(known.profile)}
    text = texts.said(channel, Purpose.ADVERTISING) % sender
    if channel != Channel.EMAIL:
        says = standing(known.statements, channel, Purpose.ADVERTISING).says
        return Offer(channel.value, text, says == Says.YES)
    if decision.verdict is not Verdict.NO:
        return Offer(channel.value, text, is_on=True)
    if not opting_in.may_be_asked(decision):
        return None
    email = customer.emails.first()
    waits = bool(email and opting_in.open_question(known, email))
    return Offer(channel.value, text, is_on=False, waits=waits)


def choose(partner: Partner, customer: Customer, ticked: Collection[str]) -> None:
    """Write down what is new, either way; a mailbox is asked to confirm."""
    now = {one.channel: one for one in offers(partner, customer)}
    fresh = {channel for channel, one in now.items() if channel in ticked and not one.is_on}
    refused = [channel for channel, one in now.items() if one.is_on and channel not in ticked]
    preference.refuse(partner, customer, refused, how=How.PAGE)
    receiving.allow(partner, customer, sorted(fresh & BY_NUMBER))
    email = customer.emails.first() if Channel.EMAIL in fresh else None
    if email and not now[Channel.EMAIL].waits:
        opting_in.ask(partner, None, customer, email, How.PAGE)
