"""The same for many: tag, stage, rank, follow-up, delete; and all of it taken back."""

import datetime as dt
from http import HTTPStatus

import pytest
from django.urls import reverse

from partners.models import uuid7
from tests.customers.many import FOLLOW_UP, everything, undo_url, url, who
from tests.customers.pages import LIST, full_customer, tags, toasts
from tests.factories import (
    BulkActFactory,
    CustomerFactory,
    TagFactory,
    TaggingFactory,
)
from tests.harness.queries import costs

pytestmark = pytest.mark.usefixtures("english")


def test_many_get_a_tag_and_lose_it_again(as_anna, anna):
    eva, ida, otto = [CustomerFactory(partner=anna, first_name=n) for n in ("Eva", "Ida", "Otto")]
    TaggingFactory(customer=otto, tag=TagFactory(partner=anna, name="Garten"))
    before = everything(anna)

    response = as_anna.post(url("tag"), {**who(eva, otto), "name": "garten "})

    assert toasts(response) == ["2 people now have the tag Garten."]
    assert set(anna.customers.search("garten")) == {eva, otto}
    assert anna.tags.count() == 1
    bulk = anna.bulkacts.get()
    assert tags(response) == [f"bulk-{bulk.pk}"]
    assert reverse("bulk-undo", args=[bulk.pk]) in as_anna.get(LIST).content.decode()

    assert toasts(as_anna.post(undo_url(bulk))) == ["Taken back."]
    assert everything(anna) == before
    assert ida not in anna.customers.search("garten")


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("tag", {"name": "Tee"}, "2 people now have the tag Tee."),
        ("stage", {"stage": "regular"}, "2 people have the stage regular customer now."),
        ("rank", {"rank": "A"}, "2 people have rank A now."),
        ("rank", {"rank": ""}, "2 people have no rank now."),
        ("follow-up", FOLLOW_UP, "2 follow-ups are noted."),
        ("delete", {}, "2 people are in the bin."),
    ],
)
def test_each_act_says_what_it_did_and_can_be_taken_back(as_anna, anna, kind, typed, sentence):
    people = [full_customer(anna), CustomerFactory(partner=anna, rank="B")]
    other = CustomerFactory(partner=anna)
    before = everything(anna)

    response = as_anna.post(url(kind), {**who(*people), **typed})

    assert toasts(response) == [sentence]
    assert everything(anna) != before
    assert anna.customers.get(pk=other.pk).version == 1
    as_anna.post(undo_url(anna.bulkacts.get()))
    assert everything(anna) == before


def test_all_of_a_filter_are_meant_not_only_the_page(as_anna, anna, boris):
    CustomerFactory.create_batch(30, partner=anna, stage="guest")
    CustomerFactory.create_batch(2, partner=anna, stage="regular")
    theirs = CustomerFactory(partner=boris, stage="guest")

    as_anna.post(url("stage"), {"query": "stage=guest", "stage": "prospect"})

    assert anna.customers.filter(stage="prospect").count() == 30
    assert boris.customers.get() == theirs
    as_anna.post(url("rank"), {"query": "", "rank": "A"})
    assert anna.customers.filter(rank="A").count() == 32


def test_nobody_changes_somebody_elses_people(as_anna, anna, boris):
    theirs = CustomerFactory(partner=boris, stage="guest")

    response = as_anna.post(url("stage"), {**who(theirs), "stage": "regular"})

    assert toasts(response) == ["Nobody was selected."]
    assert boris.customers.get().stage == "guest"
    tag = TagFactory(partner=boris)
    response = as_anna.post(url("untag"), {**who(CustomerFactory(partner=anna)), "tag": tag.pk})
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    bulk = BulkActFactory(partner=boris)
    assert as_anna.post(undo_url(bulk)).status_code == HTTPStatus.NOT_FOUND


def test_a_second_submit_does_nothing_more(as_anna, anna):
    typed = {**who(CustomerFactory(partner=anna)), **FOLLOW_UP, "row_id": uuid7()}

    as_anna.post(url("follow-up"), typed)
    again = as_anna.post(url("follow-up"), typed)

    assert toasts(again)[-1] == "You had saved this already."
    assert (anna.followups.count(), anna.bulkacts.count()) == (1, 1)


def test_what_was_so_already_offers_no_undo(as_anna, anna):
    person = CustomerFactory(partner=anna, rank="A")

    response = as_anna.post(url("rank"), {**who(person), "rank": "A"})

    assert toasts(response) == ["That was so already."]
    assert list(as_anna.get(reverse("bulk-list")).context["acts"]) == []


def test_follow_ups_can_be_spread_five_a_day(as_anna, anna, clock):
    people = CustomerFactory.create_batch(12, partner=anna)

    as_anna.post(url("follow-up"), {**who(*people), **FOLLOW_UP, "spread": "on"})

    days = sorted(anna.followups.values_list("due_on", flat=True))
    first = dt.date(2026, 11, 26)
    assert days == [first] * 5 + [first + dt.timedelta(1)] * 5 + [first + dt.timedelta(2)] * 2
    assert {row.next_due_at.date() for row in anna.customers.all()} == {
        day - dt.timedelta(1)
        for day in days  # midnight in Berlin is still the day before in UTC
    }


def test_what_has_changed_since_stays_and_is_counted(as_anna, anna):
    eva, ida = [CustomerFactory(partner=anna, first_name=n) for n in ("Eva", "Ida")]
    as_anna.post(url("rank"), {**who(eva, ida), "rank": "A"})
    as_anna.post(url("rank"), {**who(eva), "rank": "C"})
    first = anna.bulkacts.order_by("pk").first()

    response = as_anna.post(undo_url(first))

    assert toasts(response)[-1] == "taken back; 1 thing has changed since and stays as it is"
    assert sorted(anna.customers.values_list("first_name", "rank")) == [("Eva", "C"), ("Ida", "")]
    assert anna.bulkacts.get(pk=first.pk).kept == 1


def test_what_was_put_back_by_hand_does_not_come_back_twice(as_anna, anna):
    tagging = TaggingFactory(customer__partner=anna)
    tag = tagging.tag
    as_anna.post(url("untag"), {**who(tagging.customer), "tag": tag.pk})
    bulk = anna.bulkacts.get()
    as_anna.post(url("tag"), {**who(tagging.customer), "name": tag.name})

    as_anna.post(undo_url(bulk))

    assert anna.taggings.count() == 1
    assert anna.bulkacts.get(pk=bulk.pk).kept == 1


def test_after_a_day_it_can_no_longer_be_taken_back(as_anna, anna, clock):
    person = CustomerFactory(partner=anna)
    as_anna.post(url("rank"), {**who(person), "rank": "A"})
    bulk = anna.bulkacts.get()
    clock.shift(dt.timedelta(days=1, minutes=1))

    response = as_anna.post(undo_url(bulk))

    assert toasts(response)[-1] == "That can no longer be taken back."
    assert anna.customers.get().rank == "A"
    assert list(as_anna.get(reverse("bulk-list")).context["acts"]) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_latest_changes_cost_the_same_for_any_number(as_anna, anna, count):
    for _bulk in range(count):
        as_anna.post(url("rank"), {**who(CustomerFactory(partner=anna)), "rank": "A"})
    as_anna.get(LIST)  # takes the toasts

    with costs(4):
        as_anna.get(reverse("bulk-list"))


@pytest.mark.parametrize("kind", ["tag", "untag", "stage", "rank", "follow-up", "delete"])
def test_the_page_says_to_whom_it_will_happen(as_anna, anna, kind):
    people = [CustomerFactory(partner=anna, first_name=f"Person{n}") for n in range(7)]

    page = as_anna.get(url(kind), who(*people)).content.decode()

    assert "7 people" in page
    assert "Person4" in page
    assert "and 2 more" in page
    assert "Nobody is chosen yet." in as_anna.get(url(kind), {"ids": "x,y"}).content.decode()
    assert as_anna.get(url("nonsense")).status_code == HTTPStatus.NOT_FOUND


def test_checkboxes_alone_are_enough_to_choose(as_anna, anna):
    eva, ida = CustomerFactory.create_batch(2, partner=anna)

    page = as_anna.get(url("rank"), {"ids": [str(eva.pk), str(ida.pk)], "next": "/customers/"})

    assert page.context["selection"] == who(eva, ida)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("/customers/?stage=guest", "/customers/?stage=guest"),
        ("https://evil.example", "/customers/"),
    ],
)
def test_the_way_back_stays_in_the_house(as_anna, anna, asked, shown):
    people = who(CustomerFactory(partner=anna))

    page = as_anna.get(url("rank"), {**people, "next": asked})

    assert page.context["back"] == shown


@pytest.mark.parametrize("kind", ["tag", "delete"])
def test_a_forged_question_with_what_no_database_stores_is_answered(as_anna, anna, kind):
    eva = CustomerFactory(partner=anna, first_name="Eva")
    CustomerFactory(partner=anna, first_name="Ida")

    for query in ("q=E\x00va", "q=E%00va", "stage=pro\x00spect&q=Eva"):
        response = as_anna.post(url(kind), {"query": query, "name": "Tee", "row_id": str(uuid7())})
        assert response.status_code == HTTPStatus.FOUND

    assert (
        eva not in anna.customers.all() if kind == "delete" else anna.taggings.get().customer == eva
    )
    assert anna.customers.filter(first_name="Ida").exists()
