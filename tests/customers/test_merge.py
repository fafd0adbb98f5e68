"""Two entries turn out to be one person: what hangs on them comes together, and can be parted."""

import datetime as dt
from typing import Any

import pytest

from customers import actions
from customers.actions import merging
from customers.models import (
    Address,
    Customer,
    Email,
    FollowUp,
    Interaction,
    Interest,
    NotDuplicate,
    OwnValue,
    Phone,
    Relation,
    Tagging,
    hanging,
)
from partners import walls
from partners.models import OwnedModel
from tests.factories import (
    AddressFactory,
    CustomerFactory,
    EmailFactory,
    FollowUpFactory,
    InteractionFactory,
    InterestFactory,
    NotDuplicateFactory,
    OwnFieldFactory,
    OwnValueFactory,
    PhoneFactory,
    RelationFactory,
    TagFactory,
    TaggingFactory,
)
from tests.harness.roles import as_app
from tests.trust_factories import RecommendationFactory

BOOKKEEPING = {"created_at", "updated_at", "version"}


@pytest.fixture
def clara(anna) -> Customer:
    return CustomerFactory.create(partner=anna, first_name="Clara", last_name="Maier")


@pytest.fixture
def double(anna) -> Customer:
    return CustomerFactory.create(partner=anna, first_name="Klara", last_name="Meier")


def merge(survivor: Customer, other: Customer, **values: Any):
    partner = survivor.partner
    with as_app(), walls.acting_for(partner):
        fresh = partner.customers.in_bulk([survivor.pk, other.pk])
        return merging.merge(
            partner,
            partner.user,
            fresh[survivor.pk],
            fresh[other.pk],
            values.pop("values", {}),
            **values,
        )


def undo(partner, act) -> int:
    with as_app(), walls.acting_for(partner):
        return actions.undo(partner, partner.user, act.id)


def circle(partner) -> dict[Any, dict[str, Any]]:
    """All rows of all people of a partner, the bin included, without bookkeeping."""
    rows: dict[Any, dict[str, Any]] = {}
    models: list[type[OwnedModel]] = [Customer, *hanging.pointers()]
    for model in models:
        for row in model.unscoped_with_bin.filter(partner=partner).values():
            rows[row["id"]] = {k: v for k, v in row.items() if k not in BOOKKEEPING}
    return rows


def on(customer: Customer, model) -> list[str]:
    return [str(row) for row in model.unscoped.filter(customer=customer).order_by("pk")]


def test_whatever_hangs_on_the_other_one_moves_over(clara, double):
    FollowUpFactory(customer=double, what="Bring the cream")
    InteractionFactory(customer=double)
    PhoneFactory(customer=double, typed="0661 90009-11")
    TaggingFactory(customer=double, tag__name="Garden")

    merge(clara, double)

    assert on(clara, FollowUp) == ["Bring the cream"]
    assert len(on(clara, Interaction)) == len(on(clara, Phone)) == len(on(clara, Tagging)) == 1
    clara.refresh_from_db()
    assert "garden" in clara.search_text
    assert clara.next_due_at is not None
    assert clara.last_contact_at is not None


def test_what_both_have_is_there_once(anna, clara, double):
    tag, shoes = TagFactory(partner=anna), OwnFieldFactory(partner=anna)
    for customer, number, mail in (
        (clara, "0661 90009-11", "Clara@example.org"),
        (double, "+49 661 9000911", "clara@example.org"),
    ):
        PhoneFactory(customer=customer, typed=number)
        EmailFactory(customer=customer, typed=mail)
        AddressFactory(customer=customer, street="Lindenweg 4")
        TaggingFactory(customer=customer, tag=tag)
        InterestFactory(customer=customer, what="Lavender")
        OwnValueFactory(customer=customer, field=shoes, text="38")

    merge(clara, double)

    for model in (Phone, Email, Address, Tagging, Interest, OwnValue):
        assert len(on(clara, model)) == 1, model
    assert on(clara, Email) == ["Clara@example.org"]


def test_one_preferred_number_stays_preferred(clara, double):
    PhoneFactory(customer=clara, typed="0661 90009-11", is_preferred=True)
    PhoneFactory(customer=double, typed="0170 9000912", is_preferred=True)

    merge(clara, double)

    preferred = Phone.unscoped.filter(customer=clara, is_preferred=True)
    assert [row.typed for row in preferred] == ["0661 90009-11"]


def test_what_a_double_knows_more_is_not_lost(clara, double):
    InterestFactory(customer=clara, what="Lavender")
    InterestFactory(customer=double, what="lavender", since=dt.date(2026, 4, 1))
    AddressFactory(customer=clara)
    AddressFactory(customer=double, country="Deutschland")

    merge(clara, double)

    assert Interest.unscoped.get(customer=clara).since == dt.date(2026, 4, 1)
    assert Address.unscoped.get(customer=clara).country == "Deutschland"


def test_nobody_becomes_their_own_neighbour(anna, clara, double):
    RelationFactory(customer=clara, other=double)
    meike = CustomerFactory(partner=anna, first_name="Meike")
    RelationFactory(customer=meike, other=double, kind=Relation.Kind.PARENT)
    RelationFactory(customer=clara, other=meike, kind=Relation.Kind.CHILD)
    NotDuplicateFactory(customer=clara, other=double)

    merge(clara, double)

    relations = Relation.unscoped.filter(partner=anna)
    assert [(row.customer, row.kind, row.other) for row in relations] == [(clara, "child", meike)]
    assert not NotDuplicate.unscoped.exists()


def test_a_recommendation_to_a_mere_name_is_not_lost(anna, clara, double):
    word = RecommendationFactory.create(recommender=double, recipient=None, recipient_name="Jana")
    own = RecommendationFactory.create(recommender=double, recipient=clara)

    merge(clara, double)

    word.refresh_from_db()
    own.refresh_from_db()
    assert (word.recommender_id, word.deleted_at) == (clara.pk, None)
    assert own.deleted_at is not None


def test_two_people_stay_two_people_after_one_of_them_was_merged(anna, clara, double):
    stranger = CustomerFactory(partner=anna)
    NotDuplicateFactory(customer=double, other=stranger)

    merge(stranger, CustomerFactory(partner=anna))
    merge(clara, double)

    pair = NotDuplicate.unscoped.get()
    assert {pair.customer, pair.other} == {clara, stranger}
    assert pair.customer_id < pair.other_id


def test_the_chosen_values_are_taken(anna, clara, double):
    shoes = OwnFieldFactory(partner=anna)
    OwnValueFactory(customer=clara, field=shoes, text="38")
    OwnValueFactory(customer=double, field=shoes, text="39")

    merge(clara, double, values={"last_name": "Meier"}, own_fields=[shoes.pk])

    clara.refresh_from_db()
    assert clara.name == "Clara Meier"
    assert clara.sort_name == "meier clara"
    assert on(clara, OwnValue) == ["39"]


def test_the_other_entry_lies_in_the_bin_and_says_where_it_went(anna, clara, double):
    Customer.unscoped.filter(pk=double.pk).update(uid="card-7")

    merge(clara, double)

    double = Customer.unscoped_with_bin.get(pk=double.pk)
    assert double.deleted_at is not None
    assert merging.survivor_of(anna, double.pk) == clara
    assert merging.survivors_by_uid(anna, ["card-7", "card-8"]) == {"card-7": clara.pk}


def test_a_chain_of_merges_ends_at_the_last_one(anna, clara, double):
    first = CustomerFactory(partner=anna)
    merge(double, first)

    merge(clara, double)

    assert merging.survivor_of(anna, first.pk) == clara


def test_what_lies_in_the_bin_moves_as_well(anna, clara, double):
    """Else taking back its removal would bring it to somebody who is gone."""
    phone = PhoneFactory(customer=double)
    with walls.acting_for(anna):
        act = merging.Act(anna, anna.user, "customer-edit")
        merging.changes.remove(act, phone)

    merge(clara, double)
    undo(anna, act)

    assert on(clara, Phone) == ["030 23125100"]


def test_a_merge_taken_back_leaves_all_as_it_was(anna, clara, double):
    FollowUpFactory(customer=double)
    PhoneFactory(customer=clara)
    PhoneFactory(customer=double)
    RelationFactory(customer=clara, other=double)
    before = circle(anna)

    act = merge(clara, double, values={"last_name": "Meier", "note": "both"})
    assert circle(anna) != before
    assert undo(anna, act) == 0

    assert circle(anna) == before


def test_what_came_since_stays_with_the_one_who_stayed(anna, clara, double, clock):
    PhoneFactory(customer=double, typed="0661 90009-11")
    act = merge(clara, double)
    clock.shift(60)
    PhoneFactory(customer=clara, typed="0170 9000912")

    assert undo(anna, act) == 1

    assert on(clara, Phone) == ["0170 9000912"]
    assert on(double, Phone) == ["0661 9000911"]


def test_an_undone_merge_reminds_nobody_twice(anna, clara, double):
    follow_up = FollowUpFactory(customer=double)
    act = merge(clara, double)

    undo(anna, act)

    follow_up.refresh_from_db()
    assert follow_up.schedule_version == 1


def test_two_circles_are_never_merged(anna, boris, clara):
    stranger = CustomerFactory(partner=boris)

    with as_app(), walls.acting_for(anna), pytest.raises(Exception, match=r"another partner|Stale"):
        merging.merge(anna, anna.user, clara, stranger, {})


@pytest.mark.parametrize("model", hanging.pointers(), ids=lambda model: model.__name__)
def test_whatever_points_to_a_person_declares_what_a_merge_does(model):
    assert model.merging is not None, f"{model.__name__} says nothing about merging"


@pytest.mark.parametrize("model", hanging.pointers(), ids=lambda model: model.__name__)
def test_nothing_hangs_on_a_row_that_a_merge_may_drop_as_double(model):
    """Whoever adds such a relation must say where it goes when its row is the double."""
    if model.merging.how != "move":
        others = [relation.related_model for relation in model._meta.related_objects]
        assert [other for other in others if issubclass(other, OwnedModel)] == []
