"""How to reach people with one tap; it leaves from the partner's own phone and is never locked."""

import dataclasses
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable

from customers.models import Customer, Email, Phone
from partners.models import Partner


@dataclasses.dataclass
class Channels:
    """Addresses for the programmes of the phone; empty where there is no way."""

    phone: str = ""
    sms: str = ""
    whatsapp: str = ""
    mail: str = ""


def of(phones: Collection[Phone], emails: Collection[Email]) -> Channels:
    """The first number, the first mobile and the first address of one person."""
    mobile = next((phone.number for phone in phones if phone.is_mobile), "")
    return Channels(
        phone=next((phone.href for phone in phones), ""),
        sms=f"sms:{mobile}" if mobile else "",
        whatsapp=f"https://wa.me/{mobile.removeprefix('+')}" if mobile else "",
        mail=next((email.href for email in emails), ""),
    )


def of_all(partner: Partner, customers: Iterable[Customer]) -> dict[uuid.UUID, Channels]:
    """The same for many, in two queries."""
    ids = {customer.pk for customer in customers}
    phones, emails = defaultdict(list), defaultdict(list)
    for phone in partner.phones.filter(customer__in=ids):
        phones[phone.customer_id].append(phone)
    for email in partner.emails.filter(customer__in=ids):
        emails[email.customer_id].append(email)
    return {pk: of(phones[pk], emails[pk]) for pk in ids}
