"""Many at once for one seat: one yes, all others wait, on real connections."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection

from events.actions import answering
from events.models import Event, EventGuest
from partners import walls
from tests.event_factories import EventFactory, EventGuestFactory

AT_ONCE = 50
Answer = EventGuest.Answer


@pytest.fixture
def on_disk(tmp_path) -> Iterator[None]:
    """The suite's SQLite lives in memory, where connections get in each other's way as files do
    not: those of threads that start now share a copy on disk.
    """
    if connection.vendor == "postgresql":
        yield
        return
    settings, memory = connection.settings_dict, connection.settings_dict["NAME"]
    file = str(tmp_path / "evening.sqlite3")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [file])
    settings["NAME"] = file
    yield
    settings["NAME"] = memory


@pytest.fixture
def evening(anna) -> Event:
    return EventFactory.create(host__partner=anna, maximum=1)


@pytest.fixture
def invited(evening) -> list[EventGuest]:
    return EventGuestFactory.create_batch(AT_ONCE, event=evening)


def at_once(anna, *deeds: Callable[[], EventGuest]) -> tuple[Counter, Counter]:
    """What each was told, and what is stored."""
    ready = threading.Barrier(len(deeds))

    def do(deed: Callable[[], EventGuest]) -> str:
        connection.ensure_connection()
        try:
            ready.wait(30)
            with walls.acting_for(anna):
                return deed().answer
        finally:
            connection.close()

    def stored() -> Counter:
        try:
            with walls.acting_for(anna):
                return Counter(anna.eventguests.values_list("answer", flat=True))
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        told = Counter(pool.map(do, deeds))
        return told, pool.submit(stored).result()


@pytest.mark.django_db(transaction=True)
def test_fifty_answers_at_once_give_the_one_seat_to_one(anna, invited, on_disk):
    told, kept = at_once(
        anna, *(partial(answering.answer, anna, guest, Answer.YES) for guest in invited)
    )

    assert told == kept == {Answer.YES: 1, Answer.WAITING: AT_ONCE - 1}


@pytest.mark.django_db(transaction=True)
def test_ten_sign_ups_at_once_give_the_one_seat_to_one(anna, evening, on_disk):
    """Of those who come new nothing can be held but the evening itself."""
    names = [f"Guest {number}" for number in range(10)]

    told, kept = at_once(anna, *(partial(answering.sign_up, anna, evening, name) for name in names))

    assert told == kept == {Answer.YES: 1, Answer.WAITING: 9}
