"""Who may be in the circle twice, and why."""

import pytest

from customers import duplicates
from partners import walls
from tests.factories import (
    AddressFactory,
    CustomerFactory,
    EmailFactory,
    NotDuplicateFactory,
    PhoneFactory,
)
from tests.harness.queries import costs
from tests.harness.roles import as_app


def someone(partner, name, *, place=("", ""), phone="", mail="", street="", **fields):
    first, _space, last = name.partition(" ")
    customer = CustomerFactory(partner=partner, first_name=first, last_name=last, **fields)
    if any(place) or street:
        AddressFactory(customer=customer, street=street, postcode=place[0], city=place[1])
    if phone:
        PhoneFactory(customer=customer, typed=phone)
    if mail:
        EmailFactory(customer=customer, typed=mail)
    return customer


def found(partner) -> list[set[str]]:
    with as_app(), walls.acting_for(partner):
        return [set(pair.signs) for pair in duplicates.find(partner)]


FULDA, KASSEL = ("36037", "Fulda"), ("34117", "Kassel")
BORN = {"birth_day": 12, "birth_month": 4}


@pytest.mark.parametrize(
    ("one", "other", "signs"),
    [
        (
            {"name": "Anna", "mail": "Anna@example.org"},
            {"name": "Anna Maier", "mail": "anna@example.org"},
            {"mail"},
        ),
        (
            {"name": "Anna Maier", "phone": "0170 9000911"},
            {"name": "Anna Maier", "phone": "+49 (0)170 90009-11"},
            {"number", "name"},
        ),
        (
            {"name": "Uwe Maier", "phone": "0170 9000911"},
            {"name": "Petra Maier", "phone": "01709000911"},
            {"number"},
        ),
        (
            {"name": "Änne Müller", "place": FULDA},
            {"name": "Aenne Mueller", "place": FULDA},
            {"name and place"},
        ),
        ({"name": "Anna Maier", "place": FULDA}, {"name": "Anna Maier"}, {"name"}),
        (
            {"name": "Anna Maier", "place": FULDA},
            {"name": "Anna Meyer", "place": FULDA},
            {"alike", "place"},
        ),
        (
            {"name": "Katharina Hofmann", "place": FULDA},
            {"name": "Katharina Hofrann", "place": FULDA},
            {"slip", "place"},
        ),
        ({"name": "Anna Frank"}, {"name": "Frank Anna"}, {"swapped"}),
        ({"name": "Anna", **BORN}, {"name": "Anna Maier", **BORN}, {"first name", "birthday"}),
        (
            {"name": "Anna Maier", "place": FULDA, "street": "Lindenweg 4"},
            {"name": "Anna", "place": FULDA, "street": "Lindenweg 4"},
            {"part", "address"},
        ),
    ],
)
def test_two_entries_may_be_one_person(anna, one, other, signs):
    someone(anna, **one)
    someone(anna, **other)

    assert found(anna) == [signs]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "Anna Maier", "place": FULDA}, {"name": "Anna Maier", "place": KASSEL}),
        ({"name": "Anna Maier", "place": FULDA}, {"name": "Bernd Maier", "place": FULDA}),
        ({"name": "Anna"}, {"name": "Anna"}),
        (
            {"name": "Uwe Maier", "phone": "0661 90009-11"},
            {"name": "Eva Maier", "phone": "0661 9000911"},
        ),
        (
            {"name": "Anna Maier", "place": FULDA, "street": "Lindenweg 4"},
            {"name": "Paul Maier", "place": FULDA, "street": "Lindenweg 4"},
        ),
        (
            {"name": "Anna Maier", "birth_year": 1980, **BORN},
            {"name": "Anna", "birth_year": 1990, **BORN},
        ),
        ({"name": "Anna Maier", **BORN}, {"name": "Anna Schulz", **BORN}),
    ],
)
def test_two_people_are_left_alone(anna, one, other):
    someone(anna, **one)
    someone(anna, **other)

    assert found(anna) == []


def test_the_most_alike_come_first(anna):
    someone(anna, "Anna Maier", place=FULDA)
    someone(anna, "Anna Meyer", place=FULDA)
    someone(anna, "Uwe Schulz", place=FULDA, mail="uwe@example.org")
    someone(anna, "Uwe Schulz", place=FULDA, mail="uwe@example.org")

    assert found(anna) == [{"mail", "name and place", "name"}, {"alike", "place"}]


def test_who_was_told_apart_is_not_proposed_again(anna):
    one, other = someone(anna, "Anna Maier", place=FULDA), someone(anna, "Anna Maier", place=FULDA)
    NotDuplicateFactory(customer=one, other=other)

    assert found(anna) == []


def test_who_lies_in_the_bin_and_who_is_a_strangers_is_nobodys_double(anna, boris):
    someone(anna, "Anna Maier", place=FULDA, mail="anna@example.org")
    someone(boris, "Anna Maier", place=FULDA, mail="anna@example.org")
    gone = someone(anna, "Anna Maier", place=FULDA)
    gone.deleted_at = gone.created_at
    gone.save(update_fields=["deleted_at"])

    assert found(anna) == []


def test_what_everybody_has_tells_nothing(anna, monkeypatch):
    monkeypatch.setattr(duplicates, "MOST_TOGETHER", 3)
    for name in ("Anna", "Bernd", "Clara", "Dora"):
        someone(anna, f"{name} Maier", mail="info@example.org", place=FULDA)

    assert found(anna) == []


def test_a_large_circle_costs_no_more_queries(anna):
    for _number in range(3):
        someone(anna, "Anna Maier", place=FULDA, street="Lindenweg 4", mail="anna@example.org")

    with costs(5):
        assert len(duplicates.find(anna)) == 3
