"""How to reach people with one tap; it leaves from the partner's own phone and is never locked."""

import dataclasses
import uuid
from collections.abc import Collection, Iterable

from customers.models import Customer, Email, Phone
from customers.models.whole import EVERYTHING, rows
from partners import addresses
from partners.models import Partner


@dataclasses.dataclass
class Channels:
    """Addresses for the programmes of the phone; empty where there is no way.

    Where somebody asked not to be contacted this way, a page asks once more.
    """

    phone: str = ""
    sms: str = ""
    whatsapp: str = ""
    mail: str = ""
    declined: str = ""


# What a person may have declined, by the name of the way here.
ASKED_ABOUT = {"phone": "phone", "sms": "sms", "whatsapp": "messenger", "mail": "email"}


def of(phones: Collection[Phone], emails: Collection[Email]) -> Channels:
    """The first number, the first mobile and the first address of one person."""
    mobile = next((phone.number for phone in phones if phone.is_mobile), "")
    return Channels(
        phone=next((phone.href for phone in phones), ""),
        sms=f"sms:{mobile}" if mobile else "",
        whatsapp=f"https://wa.me/{mobile.removeprefix('+')}" if mobile else "",
        mail=next((email.href for email in emails), ""),
    )


def asking(channels: Channels, customer: Customer) -> Channels:
    """The same, yet what they asked for is not overlooked."""
    asked = {
        name: once_more(customer, channel)
        for name, channel in ASKED_ABOUT.items()
        if customer.has_declined(channel) and getattr(channels, name)
    }
    return dataclasses.replace(channels, declined=customer.declined, **asked)


def once_more(customer: Customer, channel: str) -> str:
    return f"{addresses.of('permission-once-more', customer.pk)}?channel={channel}"


def of_all(partner: Partner, customers: Iterable[Customer]) -> dict[uuid.UUID, Channels]:
    """The same for many, in one query."""
    ids = {customer.pk for customer in customers}
    ways = {name: EVERYTHING[name] for name in ("all_phones", "all_emails")}
    people = partner.customers.filter(pk__in=ids).only("partner").annotate(**ways).order_by()
    found = {person.pk: of(rows(person, "phones"), rows(person, "emails")) for person in people}
    return {pk: found.get(pk, Channels()) for pk in ids}
