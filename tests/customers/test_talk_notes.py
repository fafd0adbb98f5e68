"""Helps for talks: a few honest ones to start from, and everything about them is one's own."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from customers.talk_starters import STARTERS
from partners.models import uuid7
from tests.customers.pages import toasts, typed_over, undo
from tests.factories import CustomerFactory
from tests.harness.queries import costs
from tests.trust_factories import TalkNoteFactory

pytestmark = pytest.mark.usefixtures("english", "clock")

LIST, ADD, START = map(reverse, ("talk-note-list", "talk-note-add", "talk-note-start"))


def one(name, note):
    return reverse(f"talk-note-{name}", args=[note.pk])


def titles(partner, kind):
    return [note.title for note in partner.talknotes.filter(kind=kind)]


def test_who_has_none_may_take_a_few_to_start_from_once(as_anna, anna):
    page = as_anna.get(LIST).content.decode()
    assert all(str(title) in page for _kind, title, _text in STARTERS)
    assert not anna.talknotes.exists()

    response = as_anna.post(START)
    again = as_anna.post(START)

    assert anna.talknotes.count() == len(STARTERS)
    assert toasts(again)[-1] == "You have talk notes already."
    undo(as_anna, response)
    assert not anna.talknotes.exists()


def test_they_come_in_the_partners_language(as_anna, anna):
    anna.user.language = "de"
    anna.user.save()

    as_anna.post(START)

    assert "Ein Nein ist ein Nein" in titles(anna, "asking")


def test_a_note_is_written_once_and_comes_last_of_its_kind(as_anna, anna):
    TalkNoteFactory(partner=anna, kind="worry", title="First", position=4)
    data = {"kind": "worry", "title": "Second", "text": "Take your time.", "row_id": uuid7()}

    response = as_anna.post(ADD, data)
    as_anna.post(ADD, data)

    assert titles(anna, "worry") == ["First", "Second"]
    undo(as_anna, response)
    assert titles(anna, "worry") == ["First"]


def test_a_heading_is_all_that_a_note_needs(as_anna, anna):
    page = as_anna.post(ADD, {"kind": "worry", "title": " ", "text": "x"})

    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert list(page.context["form"].errors) == ["title"]


def test_sixty_are_the_most(as_anna, anna):
    TalkNoteFactory.create_batch(60, partner=anna)

    assert ADD not in as_anna.get(LIST).content.decode()
    page = as_anna.post(ADD, {"kind": "worry", "title": "One more"})
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_note_that_changes_its_kind_comes_last_there(as_anna, anna):
    note = TalkNoteFactory(partner=anna, kind="worry", title="Moves", position=1)
    TalkNoteFactory(partner=anna, kind="asking", title="There", position=3)

    as_anna.post(one("edit", note), typed_over(as_anna, one("edit", note), kind="asking"))

    assert titles(anna, "asking") == ["There", "Moves"]


def test_what_another_tab_changed_is_not_overwritten_unseen(as_anna, anna):
    note = TalkNoteFactory(partner=anna)
    stale = typed_over(as_anna, one("edit", note), text="Mine")
    as_anna.post(one("edit", note), typed_over(as_anna, one("edit", note), text="Theirs"))

    page = as_anna.post(one("edit", note), stale)

    assert page.status_code == HTTPStatus.CONFLICT
    assert anna.talknotes.get().text == "Theirs"


def test_a_note_moves_up_among_its_kind_and_back(as_anna, anna):
    notes = [
        TalkNoteFactory(partner=anna, title=title, position=position)
        for position, title in enumerate("ABC", 1)
    ]
    other = TalkNoteFactory(partner=anna, kind="asking", title="Other", position=2)

    response = as_anna.post(one("move", notes[2]))

    assert titles(anna, "worry") == ["A", "C", "B"]
    other.refresh_from_db()
    assert other.position == 2
    undo(as_anna, response)
    assert titles(anna, "worry") == ["A", "B", "C"]


def test_a_deleted_note_comes_back_and_a_second_tap_is_harmless(as_anna, anna):
    note = TalkNoteFactory(partner=anna)

    response = as_anna.post(one("remove", note))
    again = as_anna.post(one("remove", note))

    assert not anna.talknotes.exists()
    assert again.status_code == HTTPStatus.FOUND
    undo(as_anna, response)
    assert anna.talknotes.get() == note


def test_a_foreign_note_is_not_there(as_boris, anna):
    note = TalkNoteFactory(partner=anna)

    for name in ("edit", "move", "remove"):
        assert as_boris.post(one(name, note)).status_code == HTTPStatus.NOT_FOUND
    assert anna.talknotes.get().version == 1


def test_to_read_in_a_talk_there_is_nothing_to_press(as_anna, anna):
    note = TalkNoteFactory(partner=anna, text="Ten <b>minutes</b>\nnext week")

    page = as_anna.get(LIST, {"read": ""}).content.decode()

    assert "Ten &lt;b&gt;minutes&lt;/b&gt;<br>next week" in page
    assert one("edit", note) not in page
    assert one("move", note) not in page


def test_they_are_one_tap_away_on_the_person_and_while_a_talk_is_logged(as_anna, anna):
    customer = CustomerFactory(partner=anna)

    for address in (
        customer.get_absolute_url(),
        reverse("interaction-add", args=[customer.pk]),
    ):
        assert f'"{LIST}?read"' in as_anna.get(address).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_or_many(as_anna, anna, number):
    TalkNoteFactory.create_batch(number, partner=anna)

    with costs(3):
        as_anna.get(LIST)
