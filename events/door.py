"""The list at the door: who is expected, who may come, who is there."""

import dataclasses
import uuid
from collections.abc import Iterable
from functools import cached_property
from typing import TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _

from events.evening import Evening
from events.models import EventGuest
from partners import addresses

Answer = EventGuest.Answer


class Row(TypedDict):
    """One guest as ready words; `leaves` and `notes` are what two of the buttons are called."""

    pk: uuid.UUID | str
    name: str
    presence: str
    seats: int
    companions: int
    leaves: str
    notes: str
    address: str


@dataclasses.dataclass(frozen=True)
class Door:
    """`expected` are those who said yes or came along; each list is in the order of names."""

    event_id: uuid.UUID
    expected: list[EventGuest]
    perhaps: list[EventGuest]
    declined: list[EventGuest]

    @property
    def everyone(self) -> list[EventGuest]:
        return [*self.expected, *self.perhaps, *self.declined]

    @cached_property
    def groups(self) -> dict[str, list[Row]]:
        back = reverse("event-door", args=[self.event_id])
        return {
            "expected": rows(self.expected, back),
            "perhaps": rows(self.perhaps, back),
            "declined": rows(self.declined, back),
        }

    @property
    def blank(self) -> list[Row]:
        """Of somebody whom the phone adds itself; it puts the name before the words."""
        return [
            {
                "pk": "",
                "name": "",
                "presence": "",
                "seats": 1,
                "companions": 0,
                "leaves": _("%(name)s does not come after all") % {"name": ""},
                "notes": _("Note something"),
                "address": "",
            }
        ]

    @property
    def came(self) -> int:
        """With those whom they bring along."""
        return sum(guest.seats for guest in self.everyone if guest.has_come)

    @property
    def coming(self) -> int:
        return sum(guest.seats for guest in self.expected if guest.answer == Answer.YES)

    @property
    def is_complete(self) -> bool:
        """Somebody is there, and nobody who said yes is still missing without a word."""
        return bool(self.came) and all(guest.presence for guest in self.expected)


def door(evening: Evening) -> Door:
    came_along = EventGuest.Origin.WALK_IN
    lists: dict[str, list[EventGuest]] = {"expected": [], "perhaps": [], "declined": []}
    for guest in evening.guests:
        if guest.answer == Answer.YES or guest.origin == came_along:
            lists["expected"].append(guest)
        else:
            lists["declined" if guest.answer == Answer.NO else "perhaps"].append(guest)
    return Door(evening.event.pk, **lists)


def rows(guests: Iterable[EventGuest], back: str) -> list[Row]:
    leaves, notes = _("%(name)s does not come after all"), _("Note something for %(name)s")
    return [
        {
            "pk": guest.pk,
            "name": guest.customer.name,
            "presence": guest.presence,
            "seats": guest.seats,
            "companions": guest.companions,
            "leaves": leaves % {"name": guest.customer.first_name},
            "notes": notes % {"name": guest.customer.first_name},
            "address": f"{addresses.of('evening-guest', guest.pk)}?next={back}",
        }
        for guest in guests
    ]
