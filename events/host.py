"""What a host may know of their evening: numbers, first names of those who answered, what to do."""

import dataclasses
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from events import evening, invite, links
from events.evening import Evening
from events.guest_share import at_my_home
from events.invite import Card
from events.links import Found
from events.models import Event, EventGuest, EventStep
from partners import qr

Answer = EventGuest.Answer


@dataclasses.dataclass(frozen=True)
class Group:
    """Those who gave one answer: how many seats or people, and who."""

    title: str
    guests: list[str]


@dataclasses.dataclass(frozen=True)
class Share:
    """Words with the open link, and the programmes of the host's own phone with them."""

    text: str
    link: str

    @property
    def whatsapp(self) -> str:
        return f"https://wa.me/?text={quote(self.text)}"

    @property
    def sms(self) -> str:
        return f"sms:?&body={quote(self.text)}"

    @property
    def qr(self) -> str:
        return qr.svg(self.link)


def evening_of(link: Found) -> Evening | None:
    """Only where there is a host for whom it is."""
    found = evening.read(link.partner, link.pk)
    if found is None or found.event.link_version != link.version or found.event.host is None:
        return None
    host = found.event.host
    host.partner = link.partner
    return None if host.deleted_at else found


def groups(found: Evening) -> list[Group]:
    """The answers that came, in the order that matters for the chairs."""
    titles = {
        Answer.YES: coming_in_words(found.seats_taken, found.event),
        Answer.WAITING: _("On the waiting list"),
        Answer.MAYBE: _("Do not know yet"),
        Answer.NO: _("Cannot come"),
    }
    there = ((title, found.who_said(answer)) for answer, title in titles.items())
    return [
        Group(counted(title, len(guests)), [line(guest) for guest in guests])
        for title, guests in there
        if guests
    ]


def counted(title: str, count: int) -> str:
    """With its number, unless it begins with that of the chairs."""
    return title if title[0].isdecimal() else f"{title}: {count}"


def coming_in_words(seats: int, event: Event) -> str:
    if invite.stand(event) in {invite.Stand.CANCELLED, invite.Stand.OVER}:
        return _("Had said yes")
    return ngettext("%(count)d is coming", "%(count)d are coming", seats) % {"count": seats}


def line(guest: EventGuest) -> str:
    """A first name, whom they bring, and what they wrote to the host."""
    name = guest.customer.first_name
    more = f" + {guest.companions}" if guest.companions else ""
    return f"{name}{more}: {guest.message}" if guest.message else f"{name}{more}"


def open_answers(found: Evening) -> int:
    """Nobody is waited for once it is called off."""
    return 0 if found.event.is_cancelled else len(found.who_said(Answer.NONE))


def steps(found: Evening) -> list[EventStep]:
    return [step for step in found.steps if step.for_host]


def share(card: Card) -> Share | None:
    """Nothing while nobody can sign up."""
    event = card.event
    if not event.is_open or invite.stand(event) is not invite.Stand.OPEN:
        return None
    link = links.of_event(event)
    return Share(text_for_all(card, link), link)


def text_for_all(card: Card, link: str) -> str:
    """In the host's own voice, to whomever they send it."""
    event = card.event
    said = {
        "title": event.title,
        "when": card.when,
        "where": at_my_home(event, card.where),
        "link": link,
        "name": card.inviter,
        "words": event.invitation_text.strip(),
    }
    if said["words"]:
        return "{words}\n\n{when}\n{link}\n\n{name}".format(**said)
    if event.is_formal:
        return (
            pgettext(
                "Sie",
                "Good day,\n\nI am having guests: “%(title)s”, %(when)s (%(where)s). I would be"
                " glad if you came! One tap here is enough to answer:\n%(link)s\n\n"
                "Kind regards\n%(name)s",
            )
            % said
        )
    return (
        pgettext(
            "du",
            "Hello,\n\nI am having guests: “%(title)s”, %(when)s (%(where)s). I would be glad if"
            " you came! One tap here is enough to answer:\n%(link)s\n\n%(name)s",
        )
        % said
    )
