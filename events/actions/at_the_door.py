"""What was tapped on the phones of one evening, at once or hours later: the later tap counts."""

import dataclasses
import datetime as dt
import enum
import uuid
from typing import Any

from django.db import IntegrityError, transaction

from events.actions import guesting
from events.models import Event, EventGuest
from partners import changes, clock
from partners.changes import Act
from partners.models import Partner, User

ADDED = ("interest", "wishes")
LONGEST = 300  # of each


class Kind(enum.StrEnum):
    PRESENCE = "presence"
    WALK_IN = "walk-in"
    NOTE = "note"


@dataclasses.dataclass(frozen=True)
class Tap:
    """One deed on a phone; its id is the phone's own, `guest` may be of a guest it has made."""

    id: str
    kind: Kind
    guest: uuid.UUID
    at: dt.datetime
    presence: str = ""
    name: str = ""
    interest: str = ""
    wishes: str = ""
    wants_evening: bool = False


@dataclasses.dataclass(frozen=True)
class Lost:
    """A tap that does not count, and what counts instead; nobody if the guest is gone."""

    tap: Tap
    guest: EventGuest | None


@transaction.atomic
def take(partner: Partner, actor: User, event: Event, taps: list[Tap]) -> list[Lost]:
    """A tap that comes twice changes nothing the second time."""
    event = partner.events.select_for_update(of=("self",)).get(pk=event.pk)
    lost = []
    for tap in sorted(taps, key=lambda tap: tap.at):
        if tap.kind == Kind.WALK_IN:
            guest, counts = welcome(partner, actor, event, tap), True
        else:
            here = partner.eventguests.filter(event=event).select_related("customer")
            guest = here.filter(pk=tap.guest).first()
            note = settle if tap.kind == Kind.PRESENCE else add
            counts = guest is not None and note(partner, actor, guest, tap)
        if guest is None or not counts:
            lost.append(Lost(tap, guest))
    return lost


def welcome(partner: Partner, actor: User, event: Event, tap: Tap) -> EventGuest | None:
    try:
        with transaction.atomic():
            return guesting.walk_in(partner, actor, event, tap.name, not_ahead(tap), pk=tap.guest)
    except IntegrityError:  # an id of somebody else's
        return None


def settle(partner: Partner, actor: User, guest: EventGuest, tap: Tap) -> bool:
    """False if somebody tapped later, and something else."""
    guesting.set_presence(partner, actor, guest, tap.presence, not_ahead(tap))
    return guest.presence == tap.presence


def add(partner: Partner, actor: User, guest: EventGuest, tap: Tap) -> bool:
    """What was noted without a connection comes to what is there, and replaces nothing."""
    values: dict[str, Any] = {
        name: joined(guest, name, getattr(tap, name)) for name in ADDED if getattr(tap, name)
    }
    if tap.wants_evening:
        values["wants_evening"] = True
    note(partner, actor, guest, values)
    return True


def joined(guest: EventGuest, name: str, new: str) -> str:
    stored = getattr(guest, name)
    if new in stored:
        return stored
    return (f"{stored}; {new}" if stored else new)[:LONGEST]


@transaction.atomic
def note(partner: Partner, actor: User, guest: EventGuest, values: dict[str, Any]) -> Act:
    """What a guest likes, wishes and ordered."""
    act = Act(partner, actor, "guest-note")
    changes.update(act, guest, **values)
    return act


def not_ahead(tap: Tap) -> dt.datetime:
    """A phone whose clock is fast does not win for ever."""
    return min(tap.at, clock.now())
