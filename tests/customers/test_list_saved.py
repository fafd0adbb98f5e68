"""Questions kept under a name, and the page of all tags."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from customers import actions
from partners import jobs
from partners.models import uuid7
from tests.customers.pages import LIST, toasts, undo
from tests.factories import CustomerFactory, SavedFilterFactory, TagFactory, TaggingFactory
from tests.harness.queries import costs

pytestmark = pytest.mark.usefixtures("english")

SAVE, TAGS = reverse("filter-save"), reverse("tag-list")


def save(client, name: str, query: str, **more):
    return client.post(SAVE, {"name": name, "query": query, "row_id": uuid7(), **more})


def kept(partner) -> list[tuple[str, str]]:
    return list(partner.savedfilters.values_list("name", "query"))


def test_a_question_is_kept_and_opened_with_its_count(as_anna, anna):
    CustomerFactory.create_batch(3, partner=anna, stage="guest")
    form = as_anna.get(f"{SAVE}?stage=guest&stage=x&sort=due&page=3").context["form"]

    response = save(as_anna, "Guests", form["query"].value())

    assert toasts(response) == ["“Guests” is kept."]
    assert response.url == f"{LIST}?stage=guest&sort=due"
    assert kept(anna) == [("Guests", "stage=guest&sort=due")]
    opened = as_anna.get(response.url)
    assert opened.context["opened"].name == "Guests"
    assert 'Guests <span class="chip-count">3</span>' in opened.content.decode()
    assert as_anna.get(LIST).context["opened"] is None
    undo(as_anna, response)
    assert kept(anna) == []


def test_the_same_name_overwrites_after_asking(as_anna, anna):
    SavedFilterFactory(partner=anna, name="Guests", query="stage=regular")

    asked = save(as_anna, "guests ", "stage=guest")
    assert asked.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Save again to replace it." in asked.content.decode()
    assert kept(anna) == [("Guests", "stage=regular")]
    sent = save(as_anna, "guests", "stage=guest", replace=asked.context["form"]["replace"].value())

    assert kept(anna) == [("guests", "stage=guest")]
    undo(as_anna, sent)
    assert kept(anna) == [("Guests", "stage=regular")]


def test_a_kept_question_is_renamed_and_deleted_with_undo(as_anna, anna):
    saved = SavedFilterFactory(partner=anna, name="Guests")
    SavedFilterFactory(partner=anna, name="Others")
    edit = reverse("filter-edit", args=[saved.pk])

    assert as_anna.post(edit, {"name": "others"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    renamed = as_anna.post(edit, {"name": "My guests"})
    assert sorted(name for name, _query in kept(anna)) == ["My guests", "Others"]
    undo(as_anna, renamed)
    deleted = as_anna.post(reverse("filter-delete", args=[saved.pk]))
    assert [name for name, _query in kept(anna)] == ["Others"]
    again = as_anna.post(reverse("filter-delete", args=[saved.pk]))
    assert again.status_code == HTTPStatus.FOUND
    undo(as_anna, deleted)
    assert sorted(name for name, _query in kept(anna)) == ["Guests", "Others"]


def test_the_same_form_sent_twice_keeps_one(as_anna, anna):
    row_id = uuid7()
    save(as_anna, "Guests", "stage=guest", row_id=row_id)
    again = save(as_anna, "Guests", "stage=guest", row_id=row_id)

    assert toasts(again)[-1] == "You had saved this already."
    assert len(kept(anna)) == 1


def test_strangers_questions_are_not_there(as_anna, anna, boris):
    saved = SavedFilterFactory(partner=boris, name="Secret")

    assert "Secret" not in as_anna.get(LIST).content.decode()
    for name in ("filter-edit", "filter-delete"):
        answer = as_anna.post(reverse(name, args=[saved.pk]), {"name": "x"})
        assert answer.status_code == HTTPStatus.NOT_FOUND


# --- tags ---------------------------------------------------------------------------------------


def tagged(partner, name: str, *people):
    tag = TagFactory(partner=partner, name=name)
    for person in people:
        TaggingFactory(customer=person, tag=tag)
    return tag


def by_tag(partner) -> dict[str, set[str]]:
    return {
        tag.name: set(
            tag.taggings.filter(deleted_at=None).values_list("customer__first_name", flat=True)
        )
        for tag in partner.tags.all()
    }


def people(partner, *names: str):
    return [CustomerFactory(partner=partner, first_name=name) for name in names]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_counts_people_at_the_same_price(as_anna, anna, count):
    for number in range(count):
        tagged(anna, f"Tag {number}", *people(anna, "Eva", "Ida"))

    with costs(3):
        page = as_anna.get(TAGS)
    assert [tag.people for tag in page.context["tags"]] == [2] * count


def test_a_renamed_tag_is_found_by_its_new_name_and_undone_by_the_old(as_anna, anna):
    tag = tagged(anna, "Garden", *people(anna, "Eva", "Ida"))

    response = as_anna.post(reverse("tag-edit", args=[tag.pk]), {"name": "Teehaus"})

    assert toasts(response) == ["The tag is called Teehaus now."]
    assert [anna.customers.search(q).count() for q in ("teehaus", "garden")] == [2, 0]
    undo(as_anna, response)
    assert anna.tags.get().folded == "garden"
    assert [anna.customers.search(q).count() for q in ("teehaus", "garden")] == [0, 2]


def test_a_name_that_another_tag_took_does_not_come_back(as_anna, anna):
    tag = tagged(anna, "Garden", *people(anna, "Eva"))
    renamed = as_anna.post(reverse("tag-edit", args=[tag.pk]), {"name": "Tea"})
    TagFactory(partner=anna, name="garden")

    said = toasts(undo(as_anna, renamed))[-1]

    assert said == "Another tag is called “garden” by now, so this one keeps its name."
    assert sorted(anna.tags.values_list("name", "folded")) == [("Tea", "tea"), ("garden", "garden")]
    assert anna.customers.search("tea").count() == 1


def test_two_tags_become_one_after_asking_and_two_again(as_anna, anna):
    eva, ida, otto = people(anna, "Eva", "Ida", "Otto")
    garden, roses = tagged(anna, "Garden", eva, ida), tagged(anna, "Roses", ida, otto)
    url = reverse("tag-edit", args=[roses.pk])

    asked = as_anna.post(url, {"name": "garden"})
    assert asked.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Make it part of “Garden”" in asked.content.decode()
    response = as_anna.post(
        url, {"name": "garden", "merge": asked.context["form"]["merge"].value()}
    )

    assert toasts(response) == ["Roses is now part of Garden."]
    assert by_tag(anna) == {"Garden": {"Eva", "Ida", "Otto"}}
    assert anna.customers.search("garden").count() == 3
    assert garden in anna.tags.all()
    as_anna.post(reverse("bulk-undo", args=[anna.bulkacts.get().pk]))
    assert by_tag(anna) == {"Garden": {"Eva", "Ida"}, "Roses": {"Ida", "Otto"}}
    assert anna.customers.search("roses").count() == 2


@pytest.mark.parametrize("names", [(), ("Eva", "Ida")])
def test_a_deleted_tag_leaves_everybody_and_comes_back(as_anna, anna, names):
    tag = tagged(anna, "Garden", *people(anna, *names))
    url = reverse("tag-delete", args=[tag.pk])

    response = as_anna.post(url)

    assert toasts(response) == ["The tag Garden is deleted."]
    assert (by_tag(anna), anna.customers.search("garden").count()) == ({}, 0)
    assert toasts(as_anna.post(url))[-1] == "This tag is gone already."
    as_anna.post(reverse("bulk-undo", args=[anna.bulkacts.get().pk]))
    assert by_tag(anna) == {"Garden": set(names)}


@pytest.mark.django_db(transaction=True)
def test_many_are_found_by_a_renamed_tag_after_a_while(as_anna, anna, monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    tag = tagged(anna, "Garden", *people(anna, "Eva", "Ida", "Otto", "Uwe", "Ute"))

    actions.rename_tag(anna, anna.user, tag, "Tea")
    while jobs.work():
        pass

    assert [anna.customers.search(query).count() for query in ("tea", "garden")] == [5, 0]


def test_strangers_tags_are_not_there(as_anna, anna, boris):
    tag = tagged(boris, "Secret")

    for name in ("tag-edit", "tag-delete"):
        answer = as_anna.post(reverse(name, args=[tag.pk]), {"name": "x"})
        assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "Secret" not in as_anna.get(TAGS).content.decode()
