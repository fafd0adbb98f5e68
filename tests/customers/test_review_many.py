"""What could go wrong when much is done at once, in two tabs, or with questions that are gone."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from customers import actions
from customers.actions import binning, tags
from partners import jobs
from partners.changes import Act
from partners.models import uuid7
from tests.customers.many import FOLLOW_UP, everything, url, who
from tests.customers.pages import toasts
from tests.factories import (
    CustomerFactory,
    OwnFieldFactory,
    OwnValueFactory,
    TagFactory,
    TaggingFactory,
)

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def too_late(monkeypatch):
    """Another request has stored the names since we looked."""
    looks = iter([True])
    stored = tags.stored

    def unseen(rows, names):
        return rows.none() if next(looks, False) else stored(rows, names)

    monkeypatch.setattr(tags, "stored", unseen)


@pytest.mark.usefixtures("too_late")
def test_a_tag_that_another_request_made_just_now_is_taken(anna):
    eva, garden = CustomerFactory(partner=anna), TagFactory(partner=anna, name="Garten")

    actions.tag(anna, anna.user, eva, "garten", "Tee")

    assert set(eva.taggings.values_list("tag__name", flat=True)) == {"Garten", "Tee"}
    assert anna.tags.get(folded="garten") == garden


def test_a_long_tag_is_one_tag_however_often_it_comes(anna):
    act = Act(anna, anna.user, "tag-add")
    names = ["x" * 39 + " one", "x" * 39 + " two"]

    assert len(actions.tags_named(act, names)) == len(actions.tags_named(act, names)) == 1
    assert anna.tags.count() == 1


@pytest.mark.parametrize("kind", ["delete", "stage"])
@pytest.mark.parametrize("question", ["tag={}", "own-{}=1", "tag={}&stage=guest"])
def test_a_question_whose_tag_is_gone_means_nobody(as_anna, anna, kind, question):
    CustomerFactory(partner=anna, stage="guest")
    before = everything(anna)

    response = as_anna.post(
        url(kind), {"query": question.format(uuid7()), "stage": "regular", "next": "/customers/"}
    )

    assert toasts(response) == ["Nobody was selected."]
    assert everything(anna) == before


@pytest.mark.django_db(transaction=True)
def test_a_tag_that_goes_while_a_job_runs_stops_it(anna, monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    garden = TagFactory(partner=anna, name="Garten")
    people = CustomerFactory.create_batch(6, partner=anna)
    for person in people[:3]:
        TaggingFactory(customer=person, tag=garden)
    bulk = actions.change_many(anna, anna.user, "delete", {"query": f"tag={garden.pk}"}, {})
    garden.deleted_at = garden.created_at
    garden.save()

    while jobs.work():
        pass

    bulk.refresh_from_db()
    assert anna.customers.count() >= 3 + 3
    assert bulk.done == 0


def test_the_same_act_sent_twice_at_the_same_time_is_done_once(as_anna, anna, monkeypatch):
    eva = CustomerFactory(partner=anna)
    form = {**who(eva), **FOLLOW_UP, "row_id": str(uuid7())}
    as_anna.post(url("follow-up"), form)
    monkeypatch.setattr("customers.list_bulk_views.sent_before", lambda rows, data: None)

    response = as_anna.post(url("follow-up"), form)

    assert response.status_code == HTTPStatus.FOUND
    assert toasts(response)[-1] == "You had saved this already."
    assert anna.followups.count() == anna.bulkacts.count() == 1


def test_a_tag_whose_other_one_is_gone_meanwhile_stays(anna):
    garden, plants = TagFactory(partner=anna, name="Garten"), TagFactory(partner=anna, name="P")
    tagging = TaggingFactory(customer__partner=anna, tag=garden)
    actions.change_many(anna, anna.user, "tag-delete", {"ids": ""}, {"tag": str(plants.pk)})
    params = {"tag": str(garden.pk), "into": str(plants.pk)}

    actions.change_many(anna, anna.user, "tag-merge", {"query": f"tag={garden.pk}"}, params)

    assert anna.tags.get() == garden
    assert anna.taggings.get() == tagging


def test_whoever_comes_back_does_not_bring_what_was_deleted_meanwhile(as_anna, anna):
    eva, garden = CustomerFactory(partner=anna), TagFactory(partner=anna, name="Garten")
    TaggingFactory(customer=eva, tag=garden)
    shoes = OwnFieldFactory(partner=anna, name="Shoes")
    OwnValueFactory(customer=eva, field=shoes, text="38")
    act = actions.remove_customer(anna, anna.user, eva)
    as_anna.post(reverse("tag-delete", args=[garden.pk]))
    actions.remove_field(anna, anna.user, shoes)

    actions.undo(anna, anna.user, act.id)

    assert anna.customers.get() == eva
    assert not anna.taggings.exists()
    assert not anna.own_values.exists()
    eva.refresh_from_db()
    actions.remove_customer(anna, anna.user, eva)
    eva.refresh_from_db()
    binning.restore(anna, anna.user, eva)
    assert not anna.taggings.exists()
    assert not anna.own_values.exists()
    assert not anna.customers.search("garten").exists()


def test_taking_back_again_counts_anew_what_stays(anna):
    eva = CustomerFactory(partner=anna, stage="guest")
    bulk = actions.change_many(
        anna, anna.user, "stage", {"ids": str(eva.pk)}, {"values": {"stage": "regular"}}
    )
    anna.customers.update(stage="customer")
    bulk.kept = 1  # counted by a first try that was stopped
    bulk.save()

    assert actions.undo_many(anna, anna.user, bulk).kept == 1
