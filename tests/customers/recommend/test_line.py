"""Somebody new in ten seconds, with and without JavaScript."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from tests.customers.pages import toasts, undo
from tests.factories import CustomerFactory, PhoneFactory

pytestmark = pytest.mark.usefixtures("english", "clock")
LINE = "/recommendations/line/"
SAID = "Meike Schulz 0661 12345 von Petra"


@pytest.fixture
def petra(anna):
    return CustomerFactory(partner=anna, first_name="Petra", last_name="Vogel")


def send(client, text=SAID, **chosen):
    """The line with what was seen below it."""
    return client.post(LINE, {"text": text, "read": text, **chosen})


def meike(anna):
    return anna.customers.get(first_name="Meike")


def test_the_page_behind_plus_begins_with_the_line(as_anna):
    page = as_anna.get(reverse("customer-add"))

    assert 'action="/recommendations/line/"' in page.content.decode()


def test_first_it_shows_what_it_understood_and_stores_nothing(as_anna, anna, petra):
    page = as_anna.post(LINE, {"text": SAID})

    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Meike Schulz" in page.content.decode()
    assert "0661 12345" in page.content.decode()
    assert f'value="{petra.pk}" checked' in page.content.decode()
    assert anna.customers.count() == 1


def test_as_one_types_only_the_part_below_the_line_comes(as_anna, petra):
    headers = {"HX-Request": "true", "HX-Target": "line-preview"}
    part = as_anna.get(LINE, {"text": SAID}, headers=headers).content.decode()

    assert "Petra Vogel" in part
    assert "<html" not in part


def test_seen_and_sent_it_stores_the_person_and_the_recommendation(as_anna, anna, petra):
    answer = send(as_anna)

    new = meike(anna)
    [recommendation] = anna.recommendations.all()
    assert answer.url == new.get_absolute_url()
    assert (new.name, new.source_kind, new.source) == (
        "Meike Schulz",
        "recommendation",
        "Petra Vogel",
    )
    assert new.phones.get().number == "+4966112345"
    assert (recommendation.recommender, recommendation.recipient) == (petra, new)
    assert (recommendation.motive, recommendation.thanks) == ("friendly", "due")
    assert toasts(answer) == ["Meike Schulz is in, recommended by Petra Vogel."]


def test_it_can_be_taken_back_as_one(as_anna, anna, petra):
    undo(as_anna, send(as_anna))

    assert list(anna.customers.all()) == [petra]
    assert not anna.recommendations.exists()


def test_words_that_were_changed_after_they_were_shown_are_shown_again(as_anna, anna, petra):
    answer = as_anna.post(LINE, {"text": "Eva von Petra", "read": SAID, "by": str(petra.pk)})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert anna.customers.count() == 1


def test_of_several_petras_one_is_chosen(as_anna, anna, petra):
    other = CustomerFactory(partner=anna, first_name="Petra", last_name="Adler")

    asked = send(as_anna)
    assert asked.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Please say who recommended them." in asked.content.decode()
    assert anna.customers.count() == 2

    send(as_anna, by=str(other.pk))
    assert anna.recommendations.get().recommender == other


def test_of_several_the_one_named_in_full_is_meant(as_anna, anna, petra):
    CustomerFactory(partner=anna, first_name="Petra", last_name="Vogelsang")

    send(as_anna, "Meike Schulz 0661 12345 von Petra Vogel")

    assert anna.recommendations.get().recommender == petra


def test_a_recommender_not_in_the_circle_becomes_a_contact(as_anna, anna):
    send(as_anna, "Meike Schulz 0661 12345 von Petra Vogel", by="new")

    assert anna.recommendations.get().recommender.name == "Petra Vogel"
    assert meike(anna).source == "Petra Vogel"


def test_or_stays_a_word(as_anna, anna):
    send(as_anna, f"{SAID}, sucht ein Messer", by="source")

    new = meike(anna)
    assert (new.source_kind, new.source, new.note) == (
        "recommendation",
        "Petra",
        "sucht ein Messer",
    )
    assert not anna.recommendations.exists()
    assert anna.customers.count() == 1


def test_or_belongs_to_the_name(as_anna, anna):
    asked = send(as_anna, "Ursula von Leyen")
    assert asked.status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    send(as_anna, "Ursula von Leyen", by="name")

    assert [person.name for person in anna.customers.all()] == ["Ursula von Leyen"]
    assert anna.customers.get().source == ""


def test_a_noble_name_asks_nothing_unless_somebody_is_called_so(as_anna, anna):
    send(as_anna, "Anna von der Heide 0661 12345")
    assert anna.customers.get().last_name == "von der Heide"

    CustomerFactory(partner=anna, first_name="Heide", last_name="Witzka")
    send(as_anna, "Eva von der Heide", by=str(anna.customers.get(first_name="Heide").pk))
    assert anna.recommendations.get().recommender.first_name == "Heide"


def test_a_petra_of_somebody_else_is_nobody(as_anna, boris, anna):
    stranger = CustomerFactory(partner=boris, first_name="Petra", last_name="Fremd")

    page = as_anna.post(LINE, {"text": SAID})
    assert "Fremd" not in page.content.decode()

    assert send(as_anna, by=str(stranger.pk)).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not anna.customers.exists()


def test_whoever_is_there_already_is_not_stored_twice(as_anna, anna, petra):
    known = CustomerFactory(partner=anna, first_name="Meike", last_name="Schulz", source="")
    answer = send(as_anna)

    assert toasts(answer) == ["Noted: recommended by Petra Vogel."]
    assert anna.recommendations.get().recipient == known
    assert known.phones.get().typed == "0661 12345"
    assert anna.customers.get(pk=known.pk).source == "Petra Vogel"
    assert anna.customers.count() == 2


def test_the_same_recommendation_said_again_is_known(as_anna, anna, petra):
    send(as_anna)
    answer = send(as_anna, who=str(meike(anna).pk))

    assert toasts(answer)[-1] == "You knew that already."
    assert anna.recommendations.count() == 1


def test_unless_it_is_somebody_else(as_anna, anna, petra):
    known = CustomerFactory(partner=anna, first_name="Meike", last_name="Schulz")
    send(as_anna, who="new")

    assert anna.recommendations.get().recipient != known


def test_nobody_recommends_themselves(as_anna, anna, petra):
    PhoneFactory(customer=petra, typed="0661 12345")
    answer = send(as_anna, who=str(petra.pk))

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Nobody recommends themselves" in answer.content.decode()


def test_getting_in_touch_is_planned_where_that_was_chosen(as_anna, anna, petra):
    send(as_anna, when="tomorrow")

    follow_up = meike(anna).follow_ups.get()
    assert str(follow_up.due_on) == "2026-11-24"
    assert (follow_up.kind, follow_up.what) == ("call", "Recommended by Petra Vogel")


def test_and_else_it_is_not(as_anna, anna, petra):
    send(as_anna)

    assert not anna.followups.exists()


def test_a_neighbour_of_petra_is_one(as_anna, anna, petra):
    send(as_anna, "Meike Schulz 0661 12345, Nachbarin von Petra")

    relation = anna.relations.get()
    assert (relation.customer.first_name, relation.kind, relation.other) == (
        "Meike",
        "neighbour",
        petra,
    )
    assert relation.customer.salutation == "ms"


def test_a_line_without_recommendation_is_somebody_new(as_anna, anna):
    answer = send(as_anna, "Meike Schulz 0661 12345, mag Lavendel")

    assert toasts(answer) == ["Meike Schulz is in."]
    assert (meike(anna).source_kind, meike(anna).note) == ("", "mag Lavendel")


def test_the_same_form_sent_twice_stores_once(as_anna, anna, petra):
    row_id = as_anna.get(LINE).context["form"]["row_id"].value()
    first, second = (send(as_anna, row_id=str(row_id)) for _ in range(2))

    assert first.url == second.url
    assert (anna.customers.count(), anna.recommendations.count()) == (2, 1)


@pytest.mark.parametrize("text", ["", "   ", ", ,"])
def test_an_empty_line_says_what_would_be_enough(as_anna, anna, text):
    answer = as_anna.post(LINE, {"text": text})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "enough" in answer.content.decode()
    assert not anna.customers.exists()
