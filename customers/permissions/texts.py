"""What somebody agrees to, word by word; a changed text gets another version."""

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from customers.models import Customer, Permission
from partners.models import Profile

VERSION = "2026-11"

Channel, Purpose = Permission.Channel, Permission.Purpose


def wording(channel: str, purpose: str, customer: Customer, profile: Profile) -> tuple[str, str]:
    """In the person's own voice, so that it fits du and Sie; and the version of the text."""
    text = said(channel, purpose) % {"sender": sender(profile)}
    return f"{text} {ending()}", version()


def ending() -> str:
    return gettext("I can take this back at any time; a word is enough.")


def said(channel: str, purpose: str) -> str:
    texts = APPOINTMENT if purpose == Purpose.APPOINTMENT else ADVERTISING
    return str(texts[Channel(channel)])


def version() -> str:
    return f"{VERSION} {get_language()}"


def sender(profile: Profile) -> str:
    return ", ".join(filter(None, (profile.name, profile.business)))


def sender_in_full(profile: Profile) -> str:
    """To whom it was said, with an address where papers can be served."""
    place = f"{profile.postcode} {profile.city}".strip()
    return ", ".join(filter(None, (sender(profile), profile.street, place)))[:500]


def person_in_full(customer: Customer) -> str:
    address = customer.addresses.first()
    name = f"{customer.title} {customer.name}".strip()
    return ", ".join(filter(None, (name, str(address or ""))))[:500]


ADVERTISING = {
    Channel.PHONE: _("Yes, %(sender)s may call me with news and offers."),
    Channel.EMAIL: _("Yes, %(sender)s may send me news and offers by e-mail."),
    Channel.SMS: _("Yes, %(sender)s may send me news and offers by SMS."),
    Channel.MESSENGER: _("Yes, %(sender)s may send me news and offers by messenger."),
    Channel.LETTER: _("Yes, %(sender)s may send me news and offers by letter."),
    Channel.VISIT: _("Yes, %(sender)s may drop in with news and offers."),
}
APPOINTMENT = {
    Channel.PHONE: _("Yes, %(sender)s may call to remind me of an appointment."),
    Channel.EMAIL: _("Yes, %(sender)s may remind me of an appointment by e-mail."),
    Channel.SMS: _("Yes, %(sender)s may remind me of an appointment by SMS."),
    Channel.MESSENGER: _("Yes, %(sender)s may remind me of an appointment by messenger."),
    Channel.LETTER: _("Yes, %(sender)s may remind me of an appointment by letter."),
    Channel.VISIT: _("Yes, %(sender)s may drop in to remind me of an appointment."),
}
