"""What guests thought of an evening: 1 to 5 stars, 5 is very good, and a sentence."""

import dataclasses
import datetime as dt

from events import invite, links
from events.actions.starring import FEW
from events.evening import DOORS_OPEN, Evening
from events.models import Event, EventGuest, Feedback
from partners import links as tokens

OPEN_FOR = dt.timedelta(days=14)


@dataclasses.dataclass(frozen=True)
class Stars:
    feedbacks: list[Feedback]

    @property
    def average(self) -> float | None:
        given = [feedback.stars for feedback in self.feedbacks]
        return round(sum(given) / len(given), 1) if given else None

    @property
    def unhappy(self) -> list[Feedback]:
        """Those of whom nobody knows who gave them, so that no follow-up could be made."""
        return [one for one in self.feedbacks if one.stars <= FEW and not one.customer_id]


@dataclasses.dataclass(frozen=True)
class Asked:
    """Whose opinion of which event a link asks for; anybody's, if no guest is named."""

    event: Event
    guest: EventGuest | None


def summary(evening: Evening) -> Stars:
    """A guest is named from the list, which is at hand already."""
    people = {guest.customer_id: guest.customer for guest in evening.guests}
    for feedback in evening.feedbacks:
        if feedback.customer_id in people:
            feedback.customer = people[feedback.customer_id]
            feedback.name = feedback.customer.name
    return Stars(evening.feedbacks)


def of_guest(guest: EventGuest) -> str:
    """The link for one guest: for a mail, whose reader need not say who they are."""
    token = links.of_guest(guest).rstrip("/").rpartition("/")[2]
    return tokens.absolute("event-stars", token)


def found(token: str) -> tuple[str, links.Found] | None:
    """The link on the table, or a guest's own."""
    for purpose in (links.STARS, links.GUEST):
        if link := links.found(purpose, token):
            return purpose, link
    return None


# --- inside the wall -----------------------------------------------------------------------------


def asked(purpose: str, link: links.Found) -> Asked | None:
    """Nothing once the link was revoked, the event is cancelled or in the bin."""
    guest = invite.guest_of(link) if purpose == links.GUEST else None
    event = guest.event if guest else None
    if purpose == links.STARS:
        event = invite.event_of(link)
    return None if event is None or event.is_cancelled else Asked(event, guest)


def is_early(event: Event, now: dt.datetime) -> bool:
    return now < event.starts_at - DOORS_OPEN


def is_over(event: Event, now: dt.datetime) -> bool:
    return now > event.ends_at + OPEN_FOR
