"""An evening as guests see it: the card, what they may still say, and what is asked next.

All but `is_at_work` and `room` happens inside the partner's wall, which the view enters.
"""

import dataclasses
import datetime as dt
import enum
import uuid
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from customers import text
from events import seats
from events.actions import answering
from events.links import Found
from events.models import Event, EventGuest
from partners import clock, profile, spoken, walls
from partners.models import Partner, Profile
from partners.models.identifiers import uuid7_like

Answer = EventGuest.Answer
Place = Event.Place
MAP = "https://www.openstreetmap.org/search?query="
AFTER: dict[str, tuple[str, ...]] = {  # what is asked after each answer, one thing at a time
    Answer.YES: ("companions", "message", "reminder", "permissions"),
    Answer.WAITING: ("companions", "message", "reminder", "permissions"),
    Answer.MAYBE: ("message", "permissions"),
    Answer.NO: ("privately", "message", "permissions"),
}


class Stand(enum.StrEnum):
    """What can still be said."""

    OPEN = "open"
    LATE = "late"
    OVER = "over"
    CANCELLED = "cancelled"


def is_at_work(partner: Partner) -> bool:
    return partner.user.is_active and not partner.is_paused


def room(partner: Partner, *, to_act: bool) -> AbstractContextManager[None]:
    """Reading on SQLite needs no transaction, and one would take the only write lock."""
    only_looks = not to_act and not walls.has_second_wall()
    return nullcontext() if only_looks else walls.acting_for(partner)


def event_of(link: Found) -> Event | None:
    found = link.partner.events.select_related("host")
    event = found.filter(pk=link.pk, link_version=link.version).first()
    if event:
        event.partner = link.partner
    return event


def guest_of(link: Found) -> EventGuest | None:
    """Whose two entries became one keeps both links."""
    everybody = link.partner.eventguests(manager="unscoped_with_bin")
    rows = everybody.select_related("event__host", "customer")
    guest = rows.filter(pk=link.pk, link_version=link.version).first()
    if guest and guest.customer.merged_into_id:
        same = {"event": guest.event_id, "customer": guest.customer.merged_into_id}
        guest = rows.filter(**same, deleted_at=None).first()
    if guest is None or any(row.deleted_at for row in (guest, guest.event, guest.customer)):
        return None
    guest.partner = guest.event.partner = guest.customer.partner = link.partner
    return guest


def stand(event: Event) -> Stand:
    if event.is_cancelled:
        return Stand.CANCELLED
    if not event.is_ahead or clock.now() > event.ends_at:
        return Stand.OVER
    return Stand.OPEN if answering.takes_answers(event) else Stand.LATE


def next_step(event: Event, guest: EventGuest, after: str = "") -> str:
    """The next question, or nothing when all was asked."""
    asked = [step for step in AFTER.get(guest.answer, ()) if is_asked(step, event)]
    rest = asked[asked.index(after) + 1 :] if after in asked else asked
    return rest[0] if rest else ""


def meaning(guest: EventGuest) -> str:
    """Which sentence of the page tells what their answer means."""
    has_moved_up = guest.answer == Answer.YES and guest.waiting_since
    return "moved_up" if has_moved_up else guest.answer


def is_asked(step: str, event: Event) -> bool:
    if step == "reminder":
        soonest = dt.timedelta(minutes=min(event.reminders, default=0))
        return bool(event.reminders) and event.starts_at - clock.now() > soonest
    return bool(event.companions_allowed) if step == "companions" else True


def own_id(event: Event, row_id: uuid.UUID, *words: str) -> uuid.UUID:
    """The id that a form brings, as one that only this evening, and these words, can have."""
    return uuid7_like(row_id, event.pk, *(text.fold(word) for word in words))


# --- the card ----------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Card:
    """What an invitation card holds, and what a link unfolds into."""

    event: Event
    me: Profile

    @property
    def day(self) -> str:
        return formats.date_format(self.event.local_start, pgettext("invitation", "l, j F Y"))

    @property
    def time(self) -> str:
        return _("%(start)s to about %(end)s") % {
            "start": f"{self.event.local_start:%H:%M}",
            "end": f"{self.event.local_end:%H:%M}",
        }

    @property
    def when(self) -> str:
        time = _("at %(time)s") % {"time": f"{self.event.local_start:%H:%M}"}
        return f"{self.day}, {time}"

    @property
    def where(self) -> str:
        """As much as an invitation card says; the street comes with a yes."""
        event = self.event
        match event.place:
            case Place.ONLINE:
                return pgettext("place", "online")
            case Place.HOST if event.host:
                name = at_home(event.host.first_name)
            case Place.OWN | Place.HOST:
                name = at_home(self.first_name)
            case _:
                name = event.place_name
        town = event.city or (event.host.city if event.place == Place.HOST and event.host else "")
        return ", ".join(filter(None, (name, town)))

    @property
    def inviter(self) -> str:
        return self.event.host.first_name if self.event.host else self.first_name

    @property
    def first_name(self) -> str:
        return first_word(self.me.name)

    @property
    def phone(self) -> str:
        return text.e164(self.me.phone)

    @property
    def has_host(self) -> bool:
        return self.event.host is not None

    @cached_property
    def face(self) -> str:
        return profile.face(self.me)

    @cached_property
    def address(self) -> list[str]:
        """Line by line."""
        event, place = self.event, where_it_is(self.event, self.me)
        town = f"{place.postcode} {place.city}".strip() if place else ""
        return [*filter(None, (event.place_name, place.street if place else "", town))]

    @property
    def map_link(self) -> str:
        lines = self.address[1:] if self.event.place_name else self.address
        return f"{MAP}{quote(', '.join(lines))}" if lines else ""

    @property
    def deadline(self) -> str:
        """Spoken, where there is one before the evening itself."""
        until = self.event.answer_until
        return self.spoken(until) if until and until < self.event.starts_at else ""

    def spoken(self, moment: dt.datetime) -> str:
        zone = ZoneInfo(self.event.zone)
        return spoken.moment(moment.astimezone(zone), clock.today(zone))


def card(event: Event) -> Card:
    return Card(event, profile.of(event.partner))


def where_it_is(event: Event, me: Profile) -> Any:
    """The row that knows the street: the event, else whoever's home it is."""
    if event.street or event.place not in {Place.HOST, Place.OWN}:
        return None if event.place == Place.ONLINE else event
    if event.place == Place.HOST and event.host:
        return event.host.addresses.first() or event
    return me


def at_home(name: str) -> str:
    return _("at %(name)s’s home") % {"name": name}


def first_word(name: str) -> str:
    return next(iter(name.split()), "")


def is_full(event: Event, guest: EventGuest | None = None) -> bool:
    """Whether a yes would have to wait."""
    if event.maximum is None:
        return False
    coming = event.partner.eventguests.filter(event=event, customer__deleted_at=None).coming()
    others = [row for row in coming if guest is None or row.pk != guest.pk]
    return seats.left(event, others) == 0


def former_start(guest: EventGuest) -> dt.datetime | None:
    """When the evening was to begin as they last heard of it, if it was moved since."""
    event = guest.event
    if not event.sequence:
        return None
    heard = guest.answered_at or guest.invited_at or guest.created_at
    moved = event.partner.changes.filter(row_id=event.pk, created_at__gt=heard)
    first = moved.filter(before__has_key="starts_at").order_by("created_at", "pk").first()
    if first is None or not first.before:
        return None
    former = dt.datetime.fromisoformat(first.before["starts_at"])
    return former if former != event.starts_at else None
