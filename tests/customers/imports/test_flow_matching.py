"""Who is new, who is known, and when we would rather ask."""

import pytest

from customers.cards import Number, Place
from tests.customers.imports.flows import BROKEN, card, plain_cards, read, rows_of, verdicts
from tests.factories import AddressFactory, CustomerFactory, EmailFactory, PhoneFactory
from tests.harness.queries import costs

__all__ = ["plain_cards"]
pytestmark = pytest.mark.usefixtures("plain_cards")


@pytest.fixture
def clara(anna):
    clara = CustomerFactory(partner=anna, first_name="Clara", last_name="Möller", uid="card-7")
    PhoneFactory(customer=clara, typed="0661 12345")
    EmailFactory(customer=clara, typed="Clara@Example.org")
    AddressFactory(customer=clara, street="", postcode="36037", city="Fulda")
    return clara


@pytest.mark.parametrize(
    ("entry", "verdict"),
    [
        (card("Meike Schulz", phone="0171 5556677"), "new"),
        (card("Clara Moeller", phone="+49 661 12345"), "same"),
        (card("Möller Clara", email="clara@example.org"), "same"),
        (card("Clara", phone="0661/12345"), "same"),
        (card("Clara Möller", city="Fulda"), "same"),
        (card("Clara Möller"), "same"),
        (card("Clara Möller", phone="0661 12345", email="new@example.org"), "changed"),
        (card("Clara Schmidt", uid="card-7"), "changed"),
        (card("Peter Möller", phone="0661 12345"), "doubtful"),
        (card("Clara Möller", phone="0171 5556677"), "doubtful"),
        (card("Hugo Unbekannt", uid="card-7"), "doubtful"),
        (BROKEN, "failed"),
    ],
)
def test_an_entry_is_judged_by_what_it_shares_with_the_circle(anna, clara, entry, verdict):
    assert verdicts(read(anna, entry)) == [verdict]


def test_doubt_names_its_reason_and_who_could_be_meant(anna, clara):
    rows = rows_of(
        read(anna, card("Peter Beck", phone="0661 12345"), card("Clara Möller", city="Kassel"))
    )

    assert [(row["why"], row["who"]) for row in rows] == [
        ("phone", [str(clara.pk)]),
        ("name", [str(clara.pk)]),
    ]


def test_two_who_could_surely_be_meant_are_a_doubt(anna, clara):
    twin = CustomerFactory(partner=anna, first_name="Clara", last_name="Möller")
    EmailFactory(customer=twin, typed="clara@example.org")

    (row,) = rows_of(read(anna, card("Clara Möller", email="clara@example.org")))

    assert row["why"] == "several"
    assert set(row["who"]) == {str(clara.pk), str(twin.pk)}


def test_our_own_cards_are_known_by_the_persons_own_id(anna):
    doris = CustomerFactory(partner=anna, first_name="Doris")

    (row,) = rows_of(read(anna, card("Doris", uid=doris.pk.urn, job_title="Baker")))

    assert (row["v"], row["who"]) == ("changed", [str(doris.pk)])


def test_what_is_empty_is_filled_and_a_disagreement_is_shown(anna, clara):
    clara.birth_day, clara.birth_month = 12, 4
    clara.nickname = "Clärchen"
    clara.save()
    wish = card(
        "Clara Möller", phone="0661 12345", nickname="Claire", company="Bakery",
        birth_day=13, birth_month=4, birth_year=1980,
    )  # fmt: skip

    (row,) = rows_of(read(anna, wish))

    assert row["adds"] == [["company", "Bakery"]]
    assert row["clash"] == {
        "nickname": ["Clärchen", "Claire"],
        "birthday": ["12.4.", "13.4.1980"],
    }


def test_the_year_alone_completes_a_birthday(anna, clara):
    clara.birth_day, clara.birth_month = 12, 4
    clara.save()

    (row,) = rows_of(
        read(anna, card("Clara Möller", birth_day=12, birth_month=4, birth_year=1980, city="Fulda"))
    )

    assert (row["v"], row["adds"]) == ("changed", [["birthday", "12.4.1980"]])


def test_the_same_person_twice_in_a_file_is_one(anna):
    first = card("Ida Falk", phone="0171 5556677")
    again = card("Ida Falk", phone="+49 171 5556677")
    more = card("Falk Ida", phone="01715556677", email="ida@example.org")
    husband = card("Jan Falk", phone="0171 5556677")

    rows = rows_of(read(anna, first, again, more, husband))

    assert [row["v"] for row in rows] == ["new", "same", "changed", "new"]
    assert rows[2]["twin"] == 1


def test_a_place_of_which_more_is_known_adds_nothing(anna, clara):
    known = card("Clara Möller", phone="0661 12345")
    known.addresses = [Place(city="FULDA")]
    known.phones += [Number("+49 661 12345", kind="work")]

    assert verdicts(read(anna, known)) == ["same"]


def test_strangers_of_another_circle_are_unknown_here(boris, clara):
    assert verdicts(read(boris, card("Clara Möller", phone="0661 12345", uid="card-7"))) == ["new"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_as_many_queries_for_one_row_as_for_three(anna, clara, count):
    names = ["Anna", "Bea", "Clara"][:count]
    cards = [
        card(f"{name} Möller", phone="0661 12345", email="clara@example.org", uid=f"u{name}")
        for name in names
    ]
    with costs(31):
        read(anna, *cards)
