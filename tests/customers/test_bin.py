"""Who was deleted stays for thirty days, comes back whole, or goes for good."""

import datetime as dt
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone

from customers import actions
from customers.actions import erasing, merging
from customers.models import (
    Customer,
    FollowUp,
    Interaction,
    PersonalMail,
    Phone,
    Recommendation,
    Reference,
    Relation,
    hanging,
)
from partners import changes, housekeeping, walls
from partners.changes import Act
from partners.models import Change, Heartbeat
from tests.customers.pages import full_customer, toasts, undo
from tests.factories import (
    CustomerFactory,
    FollowUpFactory,
    InteractionFactory,
    NotDuplicateFactory,
    PhoneFactory,
    RelationFactory,
)
from tests.harness.queries import costs
from tests.harness.roles import as_app
from tests.trust_factories import PersonalMailFactory, RecommendationFactory, ReferenceFactory

BIN = "/customers/bin/"


@pytest.fixture
def petra(anna) -> Customer:
    return full_customer(anna)


def delete(*people: Customer) -> None:
    partner = people[0].partner
    with as_app(), walls.acting_for(partner):
        for customer in people:
            fresh = partner.customers.get(pk=customer.pk)
            actions.remove_customer(partner, partner.user, fresh)


def delete_together(*people: Customer) -> None:
    partner = people[0].partner
    act = Act(partner, partner.user, "bulk-delete")
    for customer in people:
        rows = [row for name in actions.HANGING for row in getattr(customer, name).all()]
        changes.remove(act, *rows, customer)


def restore_url(customer) -> str:
    return reverse("bin-restore", args=[customer.pk])


def delete_url(customer) -> str:
    return reverse("bin-delete", args=[customer.pk])


def test_the_bin_shows_who_was_deleted_and_for_how_long_they_stay(as_anna, petra, clock):
    delete(petra)
    clock.shift(18 * 24 * 60 * 60 + 60)

    page = as_anna.get(BIN).content.decode()

    assert "Petra Müller" in page
    assert "noch 12 Tage" in page


def test_an_empty_bin_says_so(as_anna, petra):
    assert "Der Papierkorb ist leer." in as_anna.get(BIN).content.decode()


def test_somebody_comes_back_with_everything(as_anna, petra):
    schedule = FollowUp.unscoped.get().schedule_version
    delete(petra)

    answer = as_anna.post(restore_url(petra))

    assert answer.headers["Location"] == petra.get_absolute_url()
    for model in (Customer, Phone, FollowUp, Interaction):
        assert model.unscoped.count() == 1
    petra.refresh_from_db()
    assert petra.next_due_at is not None
    assert "30231" in petra.search_text
    assert FollowUp.unscoped.get().schedule_version == schedule + 1  # reminded of anew
    undo(as_anna, answer)
    assert not Customer.unscoped.exists()


@pytest.mark.parametrize("together", [True, False])
def test_recommendations_references_and_mails_go_along_and_come_back(
    as_anna, anna, petra, together
):
    uwe = CustomerFactory(partner=anna, first_name="Uwe")
    RecommendationFactory(recommender=petra, recipient=uwe)
    RecommendationFactory(recommender=uwe, recipient=petra)
    RecommendationFactory(recommender=petra, recipient=None, recipient_name="Jana")
    ReferenceFactory(customer=petra)
    PersonalMailFactory(customer=petra, email=petra.emails.first())
    kinds = (Recommendation, Reference, PersonalMail)
    there = [model.unscoped.count() for model in kinds]
    (delete_together if together else delete)(petra)
    assert not any(model.unscoped.exists() for model in kinds)

    answer = as_anna.post(restore_url(petra))

    assert [model.unscoped.count() for model in kinds] == there == [3, 1, 1]
    undo(as_anna, answer)
    assert not any(model.unscoped.exists() for model in kinds)


@pytest.mark.parametrize("first", [0, 1])
def test_a_recommendation_comes_back_with_the_second_of_two(as_anna, anna, petra, first):
    uwe = CustomerFactory(partner=anna, first_name="Uwe")
    RecommendationFactory(recommender=petra, recipient=uwe)
    people = [petra, uwe]
    delete(*people)

    as_anna.post(restore_url(people[first]))
    assert not Recommendation.unscoped.exists()
    as_anna.post(restore_url(people[1 - first]))

    assert Recommendation.unscoped.count() == 1


def test_restoring_twice_is_restoring_once(as_anna, petra):
    delete(petra)
    as_anna.post(restore_url(petra))

    assert as_anna.post(restore_url(petra)).headers["Location"] == petra.get_absolute_url()


def test_what_was_deleted_before_stays_deleted(as_anna, anna, petra):
    act = Act(anna, anna.user, "customer-edit")
    changes.remove(act, Phone.unscoped.get())
    delete(petra)

    as_anna.post(restore_url(petra))

    assert not Phone.unscoped.exists()


def test_one_of_many_comes_back_alone(as_anna, anna, petra):
    uwe = CustomerFactory(partner=anna, first_name="Uwe")
    PhoneFactory(customer=uwe)
    delete_together(petra, uwe)

    as_anna.post(restore_url(petra))

    assert list(Customer.unscoped.all()) == [petra]
    assert Phone.unscoped.get().customer == petra


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("first", [0, 1])
def test_a_relation_comes_back_with_the_second_of_two(as_anna, anna, petra, together, first):
    uwe = CustomerFactory(partner=anna, first_name="Uwe")
    RelationFactory(customer=petra, other=uwe)
    people = [petra, uwe]
    if together:
        delete_together(*people)
    else:
        delete(*people)

    as_anna.post(restore_url(people[first]))
    assert not Relation.unscoped.exists()
    as_anna.post(restore_url(people[1 - first]))

    assert Relation.unscoped.count() == 1


def test_whoever_was_merged_is_not_in_the_bin(as_anna, anna, petra):
    uwe = CustomerFactory(partner=anna)
    merging.merge(anna, anna.user, petra, uwe, {})

    assert as_anna.get(BIN).context["count"] == 0
    assert as_anna.post(restore_url(uwe)).status_code == HTTPStatus.NOT_FOUND


def test_deleting_for_good_asks_first_and_leaves_nothing(as_anna, anna, petra):
    other = CustomerFactory(partner=anna)
    RelationFactory(customer=petra, other=other)
    NotDuplicateFactory(customer=petra, other=other)
    delete(petra)
    assert "Petra Müller endgültig löschen?" in as_anna.get(delete_url(petra)).content.decode()
    assert Customer.unscoped_with_bin.filter(pk=petra.pk).exists()

    answer = as_anna.post(delete_url(petra))

    assert toasts(answer) == ["Petra Müller ist endgültig gelöscht."]
    assert list(Customer.unscoped_with_bin.all()) == [other]
    for model in hanging.pointers():
        if model is not Customer:
            assert not model.unscoped_with_bin.exists(), model
    assert not said_in_changes("Müller", "23125", "clara", "Lindenweg", "daughter", "Call again")
    assert as_anna.post(delete_url(petra)).status_code == HTTPStatus.FOUND


def said_in_changes(*words: str) -> list[str]:
    said = [f"{row.before} {row.after}" for row in Change.unscoped.all()]
    return [text for text in said for word in words if word in text]


def test_whoever_was_merged_into_somebody_goes_with_them(anna, petra):
    uwe = CustomerFactory(partner=anna, first_name="Uwe")
    merging.merge(anna, anna.user, petra, uwe, {"company": "Geheim"})
    delete(petra)

    with as_app(), walls.acting_for(anna):
        erasing.forget(anna, [petra.pk])

    assert not Customer.unscoped_with_bin.exists()
    assert not said_in_changes("Geheim", "Uwe")


def test_nobody_still_there_can_be_deleted_for_good(as_anna, petra):
    assert as_anna.get(delete_url(petra)).status_code == HTTPStatus.NOT_FOUND
    as_anna.post(delete_url(petra))

    assert Customer.unscoped.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_bin_costs_the_same_for_one_and_for_many(as_anna, anna, rows):
    CustomerFactory.create_batch(rows, partner=anna, deleted_at=timezone.now())
    as_anna.get(BIN)

    with costs(4):
        as_anna.get(BIN)


# --- after thirty days ------------------------------------------------------------------------


def empty() -> int:
    Heartbeat.objects.all().delete()
    with as_app():
        return housekeeping.tidy()


def binned(partner, days: int, **fields) -> Customer:
    when = timezone.now() - dt.timedelta(days=days)
    customer = CustomerFactory.create(partner=partner, deleted_at=when, **fields)
    InteractionFactory(customer=customer, deleted_at=when)
    return customer


def test_after_thirty_days_they_go_for_good(anna, boris):
    young, old = binned(anna, 29), binned(anna, 31)
    foreign = binned(boris, 31)
    here = CustomerFactory(partner=anna)
    FollowUpFactory(customer=here)

    assert empty() == 2

    left = set(Customer.unscoped_with_bin.all())
    assert left == {young, here}
    assert old not in left
    assert foreign not in left
    assert [row.customer for row in Interaction.unscoped_with_bin.all()] == [young]


def test_many_go_in_chunks(anna, monkeypatch):
    monkeypatch.setattr(housekeeping, "AT_ONCE", 2)
    for _number in range(5):
        binned(anna, 31)

    assert empty() == 5
    assert not Customer.unscoped_with_bin.exists()


def test_whoever_was_merged_stays_as_long_as_the_one_who_stayed(anna):
    clara = CustomerFactory(partner=anna)
    merged = binned(anna, 400, merged_into=clara)

    assert empty() == 0
    assert merged in Customer.unscoped_with_bin.all()
