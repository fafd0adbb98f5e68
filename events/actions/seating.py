"""Seats while people go, come back, or become one: whoever waits moves up, and nobody sits down
where somebody else sits by now.
"""

import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from events import seats
from events.actions.answering import guests_of, move_up
from events.models import Event, EventGuest
from partners import changes, clock
from partners.changes import Act, Values

Answer = EventGuest.Answer


@contextmanager
def keep(act: Act, rows: Any) -> Iterator[list[str]]:
    """Whatever is done to these people or guests, the seats come out even."""
    of_rows = Q(guests__customer__in=rows) | Q(guests__in=rows)
    ahead = act.partner.events.ahead().filter(starts_at__gt=clock.now())
    full = ahead.exclude(maximum=None).filter(of_rows)
    ids = set(full.values_list("pk", flat=True))
    before = [guest for event in all_locked(act, ids) for guest in guests_of(event)]
    had = {guest.pk: guest.seats for guest in before if guest.answer == Answer.YES}
    said: list[str] = []
    yield said
    for event in all_locked(act, ids):
        said += settle(act, event, had)


def all_locked(act: Act, ids: Collection[uuid.UUID]) -> list[Event]:
    """Those of them that are still to take place, always in the same order."""
    if not ids:
        return []
    rows = act.partner.events.ahead().filter(pk__in=ids).order_by("pk")
    events = list(rows.select_for_update(of=("self",)))
    for event in events:
        event.partner = act.partner
    return events


def settle(act: Act, event: Event, had: dict[Any, int]) -> list[str]:
    """Whoever came back too late waits, or brings along as many as there is room for."""
    guests = guests_of(event)
    wishes = list(too_late(event, guests, had))
    changes.update_all(act, wishes)
    move_up(act, event, guests)
    names = [guest.customer.first_name for guest, _new in wishes if guest.answer == Answer.WAITING]
    sentence = _("All seats are taken: %(name)s is on the waiting list.")
    return [sentence % {"name": name} for name in names]


def too_late(
    event: Event, guests: list[EventGuest], had: dict[Any, int]
) -> Iterator[tuple[EventGuest, Values]]:
    coming = [guest for guest in guests if guest.answer == Answer.YES]
    late = [guest for guest in coming if guest.seats > had.get(guest.pk, 0)]
    seated = [guest for guest in coming if guest not in late]
    for guest in late:
        free = seats.left(event, seated)
        if seats.fits(guest, free):
            seated.append(guest)
        elif guest.pk in had:
            yield guest, {"companions": max((free or 0), had[guest.pk]) - 1}
            seated.append(guest)
        else:
            yield guest, {"answer": Answer.WAITING, "waiting_since": clock.now()}
