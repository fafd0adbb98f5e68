"""Sheets on a person's page: tags, relations, interests, life events; in two taps, and back."""

import datetime as dt
from http import HTTPStatus

import pytest
from django.urls import reverse

from tests.customers.pages import toasts, undo
from tests.customers.test_remember import snapshot
from tests.factories import (
    AddressFactory,
    CustomerFactory,
    InterestFactory,
    LifeEventFactory,
    RelationFactory,
    TagFactory,
    TaggingFactory,
)

pytestmark = pytest.mark.usefixtures("english", "clock")


@pytest.fixture
def petra(anna):
    return CustomerFactory(partner=anna, first_name="Petra", salutation="ms")


def url(kind, customer):
    return reverse(f"person-{kind}", args=[customer.pk])


def add(client, kind, customer, /, **typed):
    return client.post(url(kind, customer), typed)


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("tags", {"names": "Garden, #Soap"}, "taggings"),
        ("interests", {"kind": "owns", "what": "Blender", "since": "2021"}, "interests"),
        (
            "events",
            {"kind": "move", "text": "to Kassel", "happened_on": "14.3.2026"},
            "life_events",
        ),
        ("relations", {"kind": "sibling", "name": "Meike", "other": "new"}, "relations"),
    ],
)
def test_something_is_added_once_and_taken_back(as_anna, anna, petra, *, kind, typed, stored):
    before = snapshot(anna)

    response = add(as_anna, kind, petra, **typed)
    count = getattr(petra, stored).count()
    assert count == (2 if kind == "tags" else 1)
    assert response.url == petra.get_absolute_url()
    if kind != "relations":
        assert toasts(add(as_anna, kind, petra, **typed))[-1] == "You knew that already."
    assert getattr(petra, stored).count() == count

    undo(as_anna, response)
    assert snapshot(anna) == before


def test_what_is_added_is_found_by_the_search(as_anna, anna, petra):
    add(as_anna, "tags", petra, names="Garden")
    add(as_anna, "interests", petra, kind="likes", what="Lavender")

    assert list(anna.customers.search("garden lavender")) == [petra]


def test_the_sheet_offers_the_tags_that_exist(as_anna, anna, petra):
    TagFactory(partner=anna, name="Garden")

    html = as_anna.get(url("tags", petra)).content.decode()

    assert '<option value="Garden">' in html


def test_each_thing_can_be_taken_away_and_brought_back(as_anna, anna, petra):
    rows = {
        "tags": TaggingFactory(customer=petra),
        "interests": InterestFactory(customer=petra),
        "events": LifeEventFactory(customer=petra),
        "relations": RelationFactory(other=petra, customer__partner=anna),
    }
    before = snapshot(anna)
    for kind, row in rows.items():
        assert str(row.pk) in as_anna.get(url(kind, petra)).content.decode()
        forget = reverse("forget", args=[petra.pk, kind, row.pk])

        response = as_anna.post(forget)
        assert type(row).unscoped.filter(pk=row.pk).count() == 0
        assert as_anna.post(forget).status_code == HTTPStatus.FOUND

        undo(as_anna, response)
        assert snapshot(anna) == before


def test_what_belongs_to_another_person_is_not_taken_away_here(as_anna, anna, petra):
    row = InterestFactory(customer__partner=anna)

    as_anna.post(reverse("forget", args=[petra.pk, "interests", row.pk]))
    as_anna.post(reverse("forget", args=[petra.pk, "nonsense", row.pk]))

    assert anna.interests.count() == 1


def test_a_tag_taken_away_no_longer_finds_the_person(as_anna, anna, petra):
    tagging = TaggingFactory(customer=petra, tag__name="Garden")

    as_anna.post(reverse("forget", args=[petra.pk, "tags", tagging.pk]))

    assert list(anna.customers.search("garden")) == []


@pytest.mark.parametrize("count", [0, 2])
def test_a_relation_asks_who_is_meant(as_anna, anna, petra, count):
    CustomerFactory.create_batch(count, partner=anna, first_name="Meike")

    page = add(as_anna, "relations", petra, kind="sibling", name="Meike")

    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert page.content.count(b'name="other"') == count + 1
    assert not anna.relations.exists()

    chosen = str(anna.customers.filter(first_name="Meike").last().pk) if count else "new"
    add(as_anna, "relations", petra, kind="sibling", name="Meike", other=chosen)
    assert anna.relations.get().other.first_name == "Meike"
    assert anna.customers.filter(first_name="Meike").count() == max(count, 1)


def test_the_only_one_of_that_name_is_meant(as_anna, anna, petra):
    meike = CustomerFactory(partner=anna, first_name="Meike", last_name="Sommer")

    add(as_anna, "relations", petra, kind="sibling", name="meike so")

    assert anna.relations.get().other == meike


def test_a_household_takes_over_the_address(as_anna, anna, petra):
    jonas = AddressFactory(customer__partner=anna, customer__first_name="Jonas").customer

    add(as_anna, "relations", petra, kind="household", name="Jonas", shares_address="on")

    petra.refresh_from_db()
    assert (str(petra.addresses.get()), petra.city) == (str(jonas.addresses.get()), "Fulda")


def test_nobody_is_related_to_oneself(as_anna, anna, petra):
    page = add(as_anna, "relations", petra, kind="sibling", name="Petra")

    assert b"is not in your circle yet" in page.content


@pytest.mark.parametrize(
    ("kind", "typed", "field"),
    [
        ("tags", {"names": ""}, "names"),
        ("tags", {"names": "x" * 41}, "names"),
        ("interests", {"kind": "likes", "what": ""}, "what"),
        ("interests", {"kind": "likes", "what": "Tea", "since": "21"}, "since"),
        ("interests", {"kind": "likes", "what": "Tea", "since": "1066"}, "since"),
        ("events", {"text": "to Kassel"}, "kind"),
        ("events", {"kind": "other"}, "text"),
        ("events", {"kind": "move", "happened_on": "soon"}, "happened_on"),
        ("relations", {"kind": "sibling", "name": ""}, "name"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field(as_anna, petra, kind, typed, field):
    page = add(as_anna, kind, petra, **typed)

    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert list(page.context["form"].errors) == [field]


def test_a_day_that_was_said_is_kept(as_anna, anna, petra):
    add(as_anna, "events", petra, kind="birth", happened_on="3. Mai 2026")

    assert anna.lifeevents.get().happened_on == dt.date(2026, 5, 3)


def test_a_stranger_finds_no_sheet(as_boris, petra):
    for kind in ("tags", "relations", "interests", "events"):
        assert as_boris.get(url(kind, petra)).status_code == HTTPStatus.NOT_FOUND
        assert add(as_boris, kind, petra, names="x").status_code == HTTPStatus.NOT_FOUND
