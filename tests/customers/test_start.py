"""An empty circle: one question, then when to get in touch with each."""

import time
from http import HTTPStatus

import pytest

from customers.actions import read_names
from partners.models import uuid7
from tests.customers.pages import toasts, undo
from tests.factories import CustomerFactory, FollowUpFactory
from tests.harness.queries import costs

pytestmark = pytest.mark.usefixtures("english", "clock")

START = "/start/"


def names(partner) -> list[str]:
    return [person.name for person in partner.customers.newest_first().reverse()]


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        ("Petra", [("Petra", "", "")]),
        ("Petra Müller 0661 12345", [("Petra", "Müller", "0661 12345")]),
        ("Petra, +49 661-123 45", [("Petra", "", "+49 661-123 45")]),
        ("Eva von der Heide;(0661)12345", [("Eva", "von der Heide", "(0661)12345")]),
        ("Eva (Nachbarin) 0661/12345", [("Eva", "(Nachbarin)", "0661/12345")]),
        ("- Petra\n* Eva\n• Ida", [("Petra", "", ""), ("Eva", "", ""), ("Ida", "", "")]),
        ("Petra\n\n  \nPetra\nEva", [("Petra", "", ""), ("Eva", "", "")]),
        ("0661 12345", [("0661 12345", "", "0661 12345")]),
        ("Petra 7", [("Petra", "7", "")]),
        ("\u200b\n\x00\n-", []),
    ],
)
def test_one_name_in_each_line_a_number_may_follow(lines, people):
    assert read_names(lines) == people


@pytest.mark.parametrize("line", ["a" + "," * 9998 + "b", "0 " * 5000 + "x", "a b " * 2500])
def test_no_line_keeps_it_busy(line):
    started = time.process_time()

    assert len(read_names(line)) == 1
    assert time.process_time() - started < 1


def test_a_new_partner_is_asked_one_question(as_anna, anna):
    html = as_anna.get("/").content.decode()
    assert "Who are you thinking of right now?" in html
    assert 'name="row_id"' in html

    CustomerFactory(partner=anna)
    assert "Who are you thinking of" not in as_anna.get("/").content.decode()


def test_the_names_become_people_and_are_asked_for_in_their_order(as_anna, anna):
    response = as_anna.post(START, {"names": "Petra 0661 12345\nEva Weiß\nAda", "row_id": uuid7()})

    assert sorted(names(anna)) == ["Ada", "Eva Weiß", "Petra"]
    assert {person.pk.version for person in anna.customers.all()} == {7}
    assert anna.phones.get().customer.name == "Petra"
    assert list(anna.customers.search("0661 weiss")) == []
    assert [person.name for person in anna.customers.search("weiss")] == ["Eva Weiß"]
    asked = as_anna.get(response.url).context["rows"]
    assert [row["customer"].name for row in asked] == ["Petra", "Eva Weiß", "Ada"]


def test_the_same_list_sent_twice_is_stored_once(as_anna, anna):
    data = {"names": "Petra\nEva", "row_id": uuid7()}

    first, second = as_anna.post(START, data), as_anna.post(START, data)

    assert sorted(names(anna)) == ["Eva", "Petra"]
    assert set(first.url) == set(second.url)
    assert anna.changes.count() == 2


def test_a_list_with_one_more_name_adds_that_one(as_anna, anna):
    row_id = uuid7()
    as_anna.post(START, {"names": "Petra\nEva", "row_id": row_id})

    as_anna.post(START, {"names": "Petra\nEva\nIda", "row_id": row_id})

    assert sorted(names(anna)) == ["Eva", "Ida", "Petra"]


def test_the_same_form_id_means_nothing_to_another_partner(as_anna, as_boris, anna, boris):
    data = {"names": "Petra", "row_id": uuid7()}

    as_boris.post(START, data)
    as_anna.post(START, data)

    assert names(anna) == names(boris) == ["Petra"]


def test_undo_takes_the_names_back_and_saving_again_brings_them(as_anna, anna):
    data = {"names": "Petra 0661 12345\nEva", "row_id": uuid7()}
    undo(as_anna, as_anna.post(START, data))
    assert not anna.customers.exists()
    assert not anna.phones.exists()

    as_anna.post(START, data)

    assert sorted(names(anna)) == ["Eva", "Petra"]
    assert anna.phones.count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "One name is enough to begin."),
        (" \n\u200b\n", "One name is enough to begin."),
        ("x" * 61, f"This is too long for a name: “{'x' * 60}…”"),
        ("Eva " + "x" * 200, f"This is too long for a name: “{'x' * 60}…”"),
        (
            "x" * 10_001,
            "That is too long: 10001 characters, and at most 10000 fit in here.",
        ),
        (
            "\n".join(map(str, range(101))),
            "That is a long list! Please take at most 100 names at a time.",
        ),
    ],
)
def test_a_list_that_does_not_fit_says_so_and_stores_nothing(as_anna, anna, typed, sentence):
    response = as_anna.post(START, {"names": typed})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert response.context["form"].errors["names"] == [sentence]
    assert response.context["form"]["names"].value() == typed
    assert not anna.customers.exists()


@pytest.mark.parametrize("count", [1, 20])
def test_a_list_costs_the_same_for_any_length(as_anna, count):
    with costs(9):  # session twice, user, people, traces, three inserts, who said no before
        as_anna.post(START, {"names": "\n".join(f"N{i} 0661 1234{i}" for i in range(count))})


def test_each_can_be_promised_a_first_talk(as_anna, anna):
    petra, eva, ida = [CustomerFactory(partner=anna, first_name=n) for n in ("Petra", "Eva", "Ida")]
    FollowUpFactory(customer=ida, what="Already promised")

    response = as_anna.post(
        START,
        {
            f"when-{petra.pk}": "tomorrow",
            f"when-{eva.pk}": "",
            f"when-{ida.pk}": "tonight",
            "when-nonsense": "tomorrow",
        },
    )

    assert response.url == "/"
    assert [row.customer for row in anna.followups.order_by("pk")] == [ida, petra]
    assert toasts(response) == ["Noted. We will remind you."]
    undo(as_anna, response)
    assert [row.customer for row in anna.followups.all()] == [ida]


def test_sent_twice_each_is_promised_once(as_anna, anna):
    petra = CustomerFactory(partner=anna)

    for _ in range(2):
        as_anna.post(START, {f"when-{petra.pk}": "in 3 days"})

    assert anna.followups.count() == 1


def test_nobody_can_be_promised_to_a_strangers_customer(as_anna, boris):
    foreign = CustomerFactory(partner=boris, first_name="Secret")

    as_anna.post(START, {f"when-{foreign.pk}": "tomorrow"})
    html = as_anna.get(f"{START}?who={foreign.pk},x,\x00").content.decode()

    assert not boris.followups.exists()
    assert "Secret" not in html
