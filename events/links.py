"""The links of an evening: a guest's invitation, the open one, the host's page, stars.

Each names its row and that row's `link_version`: a higher one revokes it. Finding the partner
happens outside, reading the row inside of the partner's wall, which the view enters.
"""

import uuid
from typing import NamedTuple

from events.models import Event, EventGuest
from partners import links
from partners.models import Partner

GUEST, OPEN, HOST, STARS = "guest", "event", "host", "stars"
PAGES = {GUEST: "invitation", OPEN: "event-open", HOST: "host-page", STARS: "event-stars"}


class Found(NamedTuple):
    """Whose evening a link leads to, and the row it names."""

    partner: Partner
    pk: uuid.UUID
    version: int


def of_guest(guest: EventGuest) -> str:
    return address(GUEST, guest)


def of_event(event: Event) -> str:
    """Anybody who has it may sign up."""
    return address(OPEN, event)


def of_host(event: Event) -> str:
    return address(HOST, event)


def of_stars(event: Event) -> str:
    return address(STARS, event)


def address(purpose: str, row: Event | EventGuest) -> str:
    token = links.token(purpose, f"{row.partner_id}-{row.pk.hex}", row.link_version)
    return links.absolute(PAGES[purpose], token)


def found(purpose: str, token: str) -> Found | None:
    """Nothing unless it is such a link of ours."""
    try:
        said = links.read(purpose, token)
    except links.BadLink:
        return None
    owner, _dash, pk = said.identifier.partition("-")
    partner = Partner.objects.filter(pk=owner).select_related("user").first()
    return Found(partner, uuid.UUID(pk), said.version) if partner else None
