"""What an erasure leaves to others: their numbers, their history, what they recommended."""

import time

import pytest
from django.urls import reverse

from customers import actions, own_words
from customers.actions import copies, erasing
from customers.imports import erased
from customers.models import BulkAct, Customer, Recommendation, SuppressionEntry
from partners import changes, walls
from partners.changes import Act
from tests.customers.imports.flows import card, plain_cards, read, verdicts
from tests.factories import (
    AddressFactory,
    BulkActFactory,
    CustomerFactory,
    EmailFactory,
    PhoneFactory,
)
from tests.harness.queries import costs
from tests.harness.roles import as_app
from tests.trust_factories import DataSubjectRequestFactory, RecommendationFactory

__all__ = ["plain_cards"]
pytestmark = pytest.mark.usefixtures("plain_cards", "no_mails")
LANDLINE = "0661 4711081"


@pytest.fixture
def no_mails(settings, tmp_path):
    settings.MAIL_DIR = tmp_path / "mail"


@pytest.fixture
def petra(anna) -> Customer:
    return CustomerFactory.create(partner=anna, first_name="Petra", last_name="Müller")


@pytest.fixture
def meike(anna) -> Customer:
    return CustomerFactory.create(partner=anna, first_name="Meike", last_name="Schulz")


def erase(person: Customer) -> None:
    partner = person.partner
    with as_app(), walls.acting_for(partner):
        erasing.erase(partner, partner.user, person)


def history_of(person: Customer) -> str:
    traces = person.partner.changes.filter(row_id=person.pk)
    return " ".join(f"{trace.before} {trace.after}" for trace in traces)


def test_it_cannot_be_taken_back(as_anna, anna, petra):
    erase(petra)
    act = anna.changes.filter(act=erasing.ERASE).values_list("act_id", flat=True).first()
    before = SuppressionEntry.unscoped.count()

    as_anna.post(reverse("undo", args=[act]))

    assert before == SuppressionEntry.unscoped.count() > 0


def test_twice_at_once_is_once(anna, petra):
    erase(petra)
    before = anna.changes.count()

    erase(petra)

    assert anna.changes.count() == before


# --- what the family shares -----------------------------------------------------------------------


def test_a_number_of_the_family_goes_on_reaching_the_others(anna, petra):
    uwe = CustomerFactory.create(partner=anna, first_name="Uwe", last_name="Müller")
    for person in (petra, uwe):
        PhoneFactory.create(customer=person, typed=LANDLINE)
        EmailFactory.create(customer=person, typed="familie@example.org")
    AddressFactory.create(customer=petra, city="Fulda")
    waiting = read(anna, card("Uwe Müller", phone=LANDLINE, company="Bau"), card("Petra Müller"))
    assert len(verdicts(waiting)) == 2

    erase(petra)

    waiting.refresh_from_db()
    assert verdicts(waiting) == ["changed"]
    again = read(
        anna,
        card("Uwe Müller", phone=LANDLINE, email="familie@example.org"),
        card("Petra Müller", phone=LANDLINE),
    )
    assert verdicts(again) == ["same"]


def test_an_address_that_merely_ends_like_theirs_is_another_one(anna, petra):
    EmailFactory.create(customer=petra, typed="anna@example.org")
    waiting = read(
        anna, card("Joanna", email="joanna@example.org"), card("X", email="anna@example.org")
    )

    erase(petra)

    waiting.refresh_from_db()
    assert verdicts(waiting) == ["new"]


# --- what the programme wrote down with others ------------------------------------------------------


def test_whoever_they_brought_no_longer_names_them_as_the_source(anna, petra, meike):
    act = Act(anna, anna.user, "customer-edit")
    changes.update(act, meike, source="Petra Müller", source_kind="recommendation", note="Tulips")
    RecommendationFactory.create(recommender=petra, recipient=meike)

    erase(petra)

    meike.refresh_from_db()
    assert (meike.source, meike.source_kind) == ("", "recommendation")
    assert "Petra" not in history_of(meike)
    assert "Tulips" in history_of(meike)


def test_a_single_name_goes_as_well(anna, meike):
    ute = CustomerFactory.create(partner=anna, first_name="Ute")
    act = Act(anna, anna.user, "customer-edit")
    changes.update(act, meike, source="Ute", source_kind="recommendation")
    RecommendationFactory.create(recommender=ute, recipient=meike)

    erase(ute)

    meike.refresh_from_db()
    assert not meike.source
    assert "Ute" not in history_of(meike)


def test_a_name_taken_out_of_a_note_before_is_not_left_in_its_history(anna, petra, meike):
    for note in ("Came with Petra Müller", "Came with a friend"):
        act = Act(anna, anna.user, "customer-edit")
        changes.update(act, meike, note=note, last_name=note[-6:])

    erase(petra)

    assert "Petra" not in history_of(meike)
    assert "Müller" in history_of(meike)  # which is her own
    with as_app(), walls.acting_for(anna):
        actions.undo(anna, anna.user, act.id)
    meike.refresh_from_db()
    assert meike.note == "Came with a friend"  # and no empty one


def test_a_question_that_still_works_does_not_come_to_mean_everybody(anna, petra, meike):
    who = {"query": "q=Petra+Müller"}
    bulk = BulkActFactory.create(
        partner=anna, state=BulkAct.State.RUNNING, params={"who": who, "values": {"stage": "guest"}}
    )

    erase(petra)

    bulk.refresh_from_db()
    assert bulk.params == {"who": {"ids": ""}, "values": {"stage": "guest"}}


@pytest.mark.parametrize("stage", ["prospect", "customer"])
def test_what_many_are_is_no_word_of_theirs(anna, stage):
    person = CustomerFactory.create(partner=anna, stage=stage)
    bulk = BulkActFactory.create(partner=anna, params={"values": {"stage": stage}})

    erase(person)

    bulk.refresh_from_db()
    assert bulk.params == {"values": {"stage": stage}}


# --- recommendations and requests -------------------------------------------------------------------


def test_what_was_said_about_a_shop_stays_without_the_shop(anna, petra, meike):
    shop = CustomerFactory.create(partner=anna, first_name="Bakery", is_business=True)
    word = RecommendationFactory.create(recommender=petra, recipient=meike, business=shop)

    erase(shop)

    assert [(row.pk, row.business) for row in Recommendation.unscoped.all()] == [(word.pk, None)]


def test_a_request_of_somebody_who_is_gone_is_not_answered_any_more(as_anna, anna, petra):
    request = DataSubjectRequestFactory.create(customer=petra)
    with as_app(), walls.acting_for(anna):
        erasing.forget(anna, [petra.pk])

    assert as_anna.post(reverse("right-done", args=[request.pk])).status_code == 404
    assert not as_anna.get(reverse("duties")).context["requests"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_locked_are_known_in_a_fixed_number_of_queries(anna, count, clock):
    for _number in range(count):
        person = CustomerFactory.create(
            partner=anna, restricted_at="2026-01-01T00:00Z", deleted_at="2026-01-01T00:00Z"
        )
        PhoneFactory.create(customer=person)

    with costs(4):
        assert erased.digests_of_locked(anna)


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_is_asked_once_however_long_it_is(anna, petra, meike, count):
    for number in range(count):
        changes.update(Act(anna, anna.user, "edit"), meike, note=f"Petra Müller {number}")
    words = own_words.of_people(anna, [petra.pk])

    with costs(3):
        copies.clean_others(anna, words, [meike.pk])

    assert "Müller" not in history_of(meike)


def test_many_who_leave_the_bin_at_once_are_looked_up_and_not_gone_through(anna):
    """Five hundred at a time, in imports of thousands of rows."""
    people = [(f"vor{number}", f"nach{number}") for number in range(5_000)]
    words = own_words.OwnWords(
        names=frozenset(people),
        points=frozenset(f"{first}@example.org" for first, _last in people),
        numbers=frozenset(str(66_100_000 + number) for number in range(5_000)),
    )
    began = time.process_time()
    for number in range(1_000):
        told = [f"Somebody {number}", f"0661 {number}99999", f"x{number}@example.org"]
        assert not words.are_in_row(told)
        assert not words.are_in(told[0])
        assert not words.is_name(told[0])

    assert time.process_time() - began < 1
    assert words.are_in_row(["Nach7", "vor7"])
    assert words.are_in("Call Vor7 Nach7 again")
    assert words.are_in_row(["x", "+49 66100007"])
    assert words.reach("<VOR7@example.org>.")


def test_taking_back_an_edit_never_names_somebody_erased_again(anna, petra, meike):
    baker, butcher = CustomerFactory.create_batch(2, partner=anna, is_business=True)
    said = RecommendationFactory(recommender=petra, recipient=meike, business=baker)
    act = Act(anna, anna.user, "recommendation-edit")
    changes.update(act, said, business=butcher)
    erase(baker)

    kept = actions.undo(anna, anna.user, act.id)

    said.refresh_from_db()
    assert (kept, said.business) == (1, butcher)
