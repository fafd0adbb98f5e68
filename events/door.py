"""The list at the door: who is expected, who may come, who is there."""

import dataclasses

from events.evening import Evening
from events.models import EventGuest

Answer = EventGuest.Answer


@dataclasses.dataclass(frozen=True)
class Door:
    """`expected` are those who said yes or came along; each list is in the order of names."""

    expected: list[EventGuest]
    perhaps: list[EventGuest]
    declined: list[EventGuest]

    @property
    def groups(self) -> list[tuple[str, list[EventGuest]]]:
        named = [("expected", self.expected), ("perhaps", self.perhaps), ("no", self.declined)]
        return [(name, guests) for name, guests in named if guests]

    @property
    def everyone(self) -> list[EventGuest]:
        return [*self.expected, *self.perhaps, *self.declined]

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
    return Door(**lists)
