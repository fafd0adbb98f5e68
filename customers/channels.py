"""How to reach people with one tap; it leaves from the partner's own phone and is never locked."""

import dataclasses
import uuid
from collections.abc import Collection
from typing import Any

from customers.models import Customer, Email, Phone
from customers.models.whole import rows, with_ways
from partners import addresses, questions
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


def of_row(row: Any) -> Channels:
    """Of whom a row read `with_ways` speaks."""
    return of(rows(row, "phones"), rows(row, "emails"))


def of_one(partner: Partner, customer: Customer) -> Channels:
    return next(map(of_row, reachable(partner, customer.pk)), Channels())


@questions.written_once
def reachable(partner: Partner, pk: uuid.UUID):
    return with_ways(partner.customers.filter(pk=pk).only("partner"))
