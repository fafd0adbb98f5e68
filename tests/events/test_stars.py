"""Stars for an evening, from the code on the table or a guest's own link."""

import datetime as dt

import pytest

from events import links, stars
from events.evening import read
from partners.models import uuid7
from tests.event_factories import EventFactory, EventGuestFactory
from tests.events.test_door import guest_of
from tests.factories import LONG_AGO


@pytest.fixture
def evening(anna, clock):
    event = EventFactory.create(host__partner=anna, title="Autumn evening")
    clock.move_to(event.starts_at + dt.timedelta(hours=2))
    return event


def give(client, link, number, **words):
    return client.post(link, {"stars": number, "row_id": str(uuid7())} | words)


def test_stars_and_a_sentence_are_kept_for_the_event(client, anna, evening):
    answer = give(client, links.of_stars(evening), 5, text="Lovely", name="")

    given = anna.feedbacks.get()
    assert (given.event, given.stars, given.text, given.customer) == (evening, 5, "Lovely", None)
    assert "Herzlichen Dank!" in answer.content.decode()
    assert anna.followups.count() == 0


def test_a_double_tap_is_one_opinion_and_the_last_word_counts(client, anna, evening):
    words = {"row_id": str(uuid7())}
    for number in (5, 5, 4):
        give(client, links.of_stars(evening), number, **words)

    assert anna.feedbacks.get().stars == 4


def test_three_stars_of_a_guest_who_says_their_name_become_a_follow_up(client, anna, evening):
    ida = guest_of(evening, "Ida", customer__is_hidden=True, customer__stage="guest")
    guest_of(evening, "Ole")

    give(client, links.of_stars(evening), 3, text="Too loud", name=" ida ")

    call = anna.followups.get()
    assert call.customer_id == ida.customer_id
    assert "3 Sterne" in call.what
    assert "Too loud" in call.what
    assert anna.customers.filter(pk=ida.customer_id).exists()


def test_of_two_with_one_name_nobody_is_guessed(client, anna, evening):
    guest_of(evening, "Ida")
    guest_of(evening, "Ida")

    give(client, links.of_stars(evening), 1, name="Ida")

    assert anna.followups.count() == 0
    assert [one.stars for one in stars.summary(read(anna, evening.pk)).unhappy] == [1]


def test_who_lies_in_the_bin_is_neither_guessed_nor_called(client, anna, evening):
    guest_of(evening, "Ida", customer__deleted_at=LONG_AGO)
    ida = guest_of(evening, "Ida")

    give(client, links.of_stars(evening), 1, name="Ida")

    assert anna.followups.get().customer_id == ida.customer_id


def test_a_guest_with_a_link_of_their_own_has_one_opinion_and_one_call(client, anna, evening):
    ida = guest_of(evening, "Ida")

    for number in (2, 1):
        give(client, stars.of_guest(ida), number)

    assert (anna.feedbacks.get().stars, anna.feedbacks.get().customer) == (1, ida.customer)
    assert anna.followups.count() == 1


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_twenty_times_changes_nothing(client, anna, evening, method):
    for _time in range(20):
        answer = getattr(client, method)(links.of_stars(evening))

    assert answer.status_code in {200, 405}
    assert answer["Cache-Control"] == "no-store"
    assert anna.feedbacks.count() == 0


def test_without_stars_a_sentence_says_what_is_missing(client, anna, evening):
    answer = client.post(links.of_stars(evening), {"text": "Lovely"})

    assert answer.status_code == 422
    assert "Bitte einen der Sterne antippen." in answer.content.decode()
    assert 'value="Lovely"' in answer.content.decode()


def test_the_link_opens_with_the_doors_and_closes_after_two_weeks(client, anna, evening, clock):
    link = links.of_stars(evening)
    clock.move_to(evening.starts_at - dt.timedelta(days=1))
    early = give(client, link, 5)
    clock.move_to(evening.ends_at + dt.timedelta(days=15))
    late = give(client, link, 5)

    assert "Bis dahin!" in early.content.decode()
    assert late.status_code == 404
    assert anna.feedbacks.count() == 0


@pytest.mark.parametrize(
    "change", [{"link_version": 2}, {"state": "cancelled"}, {"deleted_at": LONG_AGO}]
)
def test_a_link_that_was_taken_back_is_a_page_without_names(client, evening, change):
    link = links.of_stars(evening)
    type(evening).unscoped.filter(pk=evening.pk).update(**change)

    answer = client.get(link)

    assert answer.status_code == 404
    assert "Autumn" not in answer.content.decode()


def test_a_link_leads_to_its_own_event_alone(client, anna, evening):
    EventGuestFactory.create(event=EventFactory.create(host__partner=anna))

    give(client, links.of_stars(evening), 5)

    assert anna.feedbacks.get().event_id == evening.pk
