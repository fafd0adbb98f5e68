"""The words with a guest's own link, in the host's voice or the partner's, to send by hand."""

import dataclasses
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from customers.channels import ASKED_ABOUT, Channels
from customers.recommend_share import greeting
from events import invite, links
from events.models import Event, EventGuest
from partners import profile

HOST, ME = "host", "me"


@dataclasses.dataclass(frozen=True)
class Share:
    """The words, and before which words each programme of the phone wants them."""

    text: str
    link: str
    ways: list[tuple[str, str, str, str]]  # name, icon, label, beginning of the address

    @property
    def quoted(self) -> str:
        return quote(self.text)


def share(event: Event, guest: EventGuest, reach: Channels, voice: str = HOST) -> Share:
    link = links.of_guest(guest)
    said = {
        "whatsapp": ("whatsapp", "WhatsApp", f"{reach.whatsapp or 'https://wa.me/'}?text="),
        "sms": ("chat", "SMS", f"{reach.sms or 'sms:'}?&body="),
        "mail": ("envelope", _("E-mail"), f"{reach.mail}?subject={quote(event.title)}&body="),
    }
    declined = {name for name in said if guest.customer.has_declined(ASKED_ABOUT[name])}
    if not reach.mail:
        declined.add("mail")
    ways = [(name, *way) for name, way in said.items() if name not in declined]
    return Share(words(event, guest, link, voice), link, ways)


def words(event: Event, guest: EventGuest, link: str, voice: str) -> str:
    """As one writes it oneself; what the partner wrote as the invitation stands in the middle."""
    card = invite.card(event)
    person = guest.customer
    person.formality = event.formality
    speaks = voice == HOST and event.host
    said = {
        "hello": greeting(person),
        "title": event.title,
        "when": card.when,
        "where": at_my_home(event, card.where) if speaks else card.where,
        "host": card.inviter,
        "link": link,
        "me": event.host.first_name if speaks and event.host else profile.of(event.partner).name,
    }
    if event.invitation_text.strip():
        said["words"] = event.invitation_text.strip()
        return "{hello},\n\n{words}\n\n{when}, {where}\n{link}\n\n{me}".format(**said)
    return (in_host_voice(event) if speaks or not event.host else in_own_voice(event)) % said


def at_my_home(event: Event, where: str) -> str:
    """As the host says it."""
    if event.place != Event.Place.HOST:
        return where
    return ", ".join(filter(None, (_("at my home"), where.partition(", ")[2])))


def in_host_voice(event: Event) -> str:
    if event.is_formal:
        return pgettext(
            "Sie",
            "%(hello)s,\n\nI would like to invite you: “%(title)s”, %(when)s (%(where)s)."
            " I would be very glad if you came. One tap is enough to answer:\n%(link)s\n\n"
            "Kind regards\n%(me)s",
        )
    return pgettext(
        "du",
        "%(hello)s,\n\nI would like to invite you: “%(title)s”, %(when)s (%(where)s)."
        " I would be so glad if you came! One tap is enough to answer:\n%(link)s\n\n%(me)s",
    )


def in_own_voice(event: Event) -> str:
    if event.is_formal:
        return pgettext(
            "Sie",
            "%(hello)s,\n\n%(host)s invites you to “%(title)s”, %(when)s (%(where)s), and I bring"
            " everything along. One tap is enough to answer:\n%(link)s\n\nKind regards\n%(me)s",
        )
    return pgettext(
        "du",
        "%(hello)s,\n\n%(host)s invites you to “%(title)s”, %(when)s (%(where)s), and I bring"
        " everything along. One tap is enough to answer:\n%(link)s\n\nSee you soon! %(me)s",
    )
