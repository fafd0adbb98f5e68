"""The seats of an evening: how many are left, and who of those waiting gets one."""

from collections.abc import Iterable

from events.models import Event, EventGuest

Answer = EventGuest.Answer


def left(event: Event, guests: Iterable[EventGuest]) -> int | None:
    """None where there is no limit."""
    if event.maximum is None:
        return None
    taken = sum(guest.seats for guest in guests if guest.answer == Answer.YES)
    return max(event.maximum - taken, 0)


def fits(guest: EventGuest, free: int | None) -> bool:
    return free is None or guest.seats <= free


def moving_up(event: Event, guests: Iterable[EventGuest]) -> list[EventGuest]:
    """In the order in which they began to wait; a party too large is passed over, and goes on
    waiting.
    """
    guests = list(guests)
    free = left(event, guests)
    waiting = [guest for guest in guests if guest.answer == Answer.WAITING]
    found = []
    for guest in sorted(waiting, key=lambda guest: (guest.waiting_since, guest.pk)):
        if fits(guest, free):
            found.append(guest)
            free = None if free is None else free - guest.seats
    return found
