"""Labels: whom a letter reaches, what stands on each, and where on the sheet."""

import re
import zlib
from itertools import pairwise

import pytest
from django.utils import translation

from customers.exports import labels
from customers.exports.labels import Wish
from tests.factories import AddressFactory, CustomerFactory
from tests.harness.queries import costs


@pytest.fixture(autouse=True)
def _in_german():
    with translation.override("de"):
        yield


def lives(partner, first_name: str, last_name: str = "Schulz", *, where=(), **fields):
    customer = CustomerFactory(
        partner=partner, first_name=first_name, last_name=last_name, **fields
    )
    AddressFactory(customer=customer, **dict(where))
    return customer


def told(partner, **wish) -> list[list[str]]:
    people = partner.customers.order_by("pk").prefetch_related("addresses")
    reached, _missing = labels.addressed(people)
    return labels.labels(reached, Wish(**wish))


def test_a_label_has_the_lines_of_an_envelope(anna):
    where = {"extra": "Hinterhaus", "country": "Österreich"}
    lives(anna, "Erika", title="Dr.", salutation="ms", where=where)

    assert told(anna, salutation=True) == [
        ["Frau Dr. Erika Schulz", "Hinterhaus", "Lindenweg 4", "36037 Fulda", "ÖSTERREICH"]
    ]
    assert told(anna)[0][0] == "Dr. Erika Schulz"


@pytest.mark.parametrize("country", ["", "Deutschland", "Germany", "DE"])
def test_ones_own_country_is_not_said(anna, country):
    lives(anna, "Erika", where={"country": country})

    assert told(anna) == [["Erika Schulz", "Lindenweg 4", "36037 Fulda"]]


def test_who_has_no_whole_address_is_named(anna):
    CustomerFactory(partner=anna, first_name="Ohne")
    lives(anna, "Halb", where={"street": ""})
    lives(anna, "Ganz")

    reached, missing = labels.addressed(anna.customers.order_by("pk"))

    assert [customer.first_name for customer in reached] == ["Ganz"]
    assert [customer.first_name for customer in missing] == ["Ohne", "Halb"]


def test_the_preferred_address_is_taken(anna):
    customer = lives(anna, "Erika")
    AddressFactory(customer=customer, street="Neuer Weg 1", is_preferred=True)

    assert told(anna)[0][1] == "Neuer Weg 1"


def test_a_family_shares_one_label_if_wanted(anna):
    lives(anna, "Erika", "Müller")
    lives(anna, "Jonas", "Schulz")
    lives(anna, "Jan", "Mueller", where={"street": "Lindenweg  4"})
    lives(anna, "Ina", "Müller", where={"street": "Am Rain 6"})

    assert len(told(anna)) == 4
    assert [label[:2] for label in told(anna, families=True)] == [
        ["Familie Müller", "Lindenweg 4"],
        ["Jonas Schulz", "Lindenweg 4"],
        ["Ina Müller", "Am Rain 6"],
    ]


def test_a_company_stands_above_the_person_at_work(anna):
    lives(anna, "Erika", company="Salon Haarscharf", where={"kind": "work"})
    lives(anna, "Blumen Meier", "", is_business=True, salutation="ms")

    assert [label[:2] for label in told(anna, salutation=True)] == [
        ["Salon Haarscharf", "Erika Schulz"],
        ["Blumen Meier", "Lindenweg 4"],
    ]


def test_addresses_cost_two_queries_however_many(anna):
    for _round in range(2):
        lives(anna, "Erika")
        with costs(2):
            told(anna, families=True)


# --- the sheet ---------------------------------------------------------------------------------

PLACE = re.compile(rb"BT ([\d.]+) ([\d.]+) Td")
POINT = 72 / 25.4


def places(pdf: bytes) -> list[list[tuple[float, float]]]:
    """Where text begins on each page, in millimetres from the left and from the top."""
    streams = re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL)
    pages = []
    for stream in streams:
        try:
            content = zlib.decompress(stream)
        except zlib.error:
            continue
        if found := PLACE.findall(content):
            pages.append([(float(x) / POINT, 297 - float(y) / POINT) for x, y in found])
    return pages


def test_24_labels_fill_a_sheet_and_the_25th_begins_another():
    pages = places(labels.pdf([["A"]] * 25))

    assert [len(page) for page in pages] == [24, 1]
    columns = {round(x) for x, _y in pages[0]}
    rows = sorted({round(y, 1) for _x, y in pages[0]})
    assert columns == {6, 76, 146}
    assert {round(b - a, 1) for a, b in pairwise(rows)} == {37.0}
    assert all(row * 37 < y < (row + 1) * 37 for row, y in enumerate(rows))


def test_a_used_sheet_goes_on_where_it_ended():
    pages = places(labels.pdf([["A"], ["B"]], start=24))

    assert [len(page) for page in pages] == [1, 1]
    [(x, y)], [(left, top)] = pages
    assert (round(x), y > 259, round(left), top < 37) == (146, True, 6, True)


def test_a_long_name_is_broken_and_what_the_font_does_not_know_is_left_out():
    long = "Frau Dr. Anna Lena von der Mühlenberg-Hohenzollern-Sigmaringen zu Überlingen"

    [page] = places(labels.pdf([[long, "Łódź 🙂 Çağ"], ["x" * 500]]))

    assert len(page) == 4


def test_a_label_with_the_most_lines_stays_on_its_place():
    lines = ["Frau Dr. Anna Lena von der Mühlenberg-Hohenzollern zu Überlingen", *"abcdef"]

    [page] = places(labels.pdf([lines]))

    assert all(0 < y < 37 for _x, y in page)
