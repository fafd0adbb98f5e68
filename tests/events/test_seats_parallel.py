"""Fifty answers at once for one seat: one yes, forty-nine who wait, on real connections."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from events.actions import answering
from events.models import EventGuest
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
def invited(anna) -> list[EventGuest]:
    evening = EventFactory.create(host__partner=anna, maximum=1)
    return EventGuestFactory.create_batch(AT_ONCE, event=evening)


@pytest.mark.django_db(transaction=True)
def test_fifty_answers_at_once_give_the_one_seat_to_one(anna, invited, on_disk):
    ready = threading.Barrier(AT_ONCE)

    def come(guest: EventGuest) -> str:
        connection.ensure_connection()
        try:
            ready.wait(30)
            with walls.acting_for(anna):
                return answering.answer(anna, guest, Answer.YES).answer
        finally:
            connection.close()

    def stored() -> Counter:
        try:
            with walls.acting_for(anna):
                return Counter(anna.eventguests.values_list("answer", flat=True))
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = Counter(pool.map(come, invited))
        kept = pool.submit(stored).result()

    assert told == kept == {Answer.YES: 1, Answer.WAITING: AT_ONCE - 1}
