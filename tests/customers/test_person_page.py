"""The page of a person: only what is known, read from both ends, at the same cost for any number."""

import datetime as dt
from http import HTTPStatus

import pytest
from django.urls import reverse

from customers import kin
from customers.models import Customer, Interest, Relation
from tests.factories import (
    AddressFactory,
    CustomerFactory,
    EmailFactory,
    FollowUpFactory,
    InteractionFactory,
    InterestFactory,
    LifeEventFactory,
    OwnFieldFactory,
    OwnValueFactory,
    PhoneFactory,
    RelationFactory,
    TagFactory,
    TaggingFactory,
)
from tests.harness.queries import costs

pytestmark = pytest.mark.usefixtures("english", "clock")


def facts(client, customer):
    return client.get(customer.get_absolute_url()).context["facts"]


def everything_about(customer, count=1):
    for number in range(count):
        PhoneFactory(customer=customer)
        EmailFactory(customer=customer)
        AddressFactory(customer=customer)
        InterestFactory(customer=customer)
        LifeEventFactory(customer=customer, text="to Kassel")
        TaggingFactory(customer=customer)
        RelationFactory(customer=customer)
        RelationFactory(other=customer, customer__partner=customer.partner)
        OwnValueFactory(customer=customer, field__position=number)
        InteractionFactory(customer=customer)
        FollowUpFactory(customer=customer)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_rows(as_anna, anna, count):
    petra = CustomerFactory(partner=anna)
    everything_about(petra, count)
    AddressFactory.create_batch(count, customer__partner=anna)

    with costs(7):  # one for their evenings, one for the club
        page = as_anna.get(petra.get_absolute_url())
    known = page.context["facts"]
    assert [len(known.ways), len(known.places), len(known.relations)] == [
        2 * count,
        count,
        2 * count,
    ]
    assert [len(known.tags), len(known.own), len(known.events)] == [count] * 3
    with costs(8):
        as_anna.get(reverse("customer-edit", args=[petra.pk]))
    for kind in ("tags", "relations", "interests", "events"):
        with costs({"tags": 4, "relations": 4}.get(kind, 3)):
            as_anna.get(reverse(f"person-{kind}", args=[petra.pk]))
    with costs(5):
        as_anna.get(reverse("remember", args=[petra.pk]), {"text": "sister of Clara"})
    with costs(7):
        as_anna.get(reverse("customer-near", args=[petra.pk]))
    with costs(3):
        as_anna.get(reverse("own-field-list"))


def test_of_somebody_with_a_name_alone_the_page_shows_no_empty_label(as_anna, anna):
    petra = CustomerFactory(partner=anna, first_name="Petra")

    html = as_anna.get(petra.get_absolute_url()).content.decode()

    for label in ("Address", "Satisfaction", "Nickname", "Website", "Work", "For you alone", "★"):
        assert f">{label}" not in html


def test_all_ways_are_shown_with_their_kind_and_the_preferred_one_first(as_anna, anna):
    petra = CustomerFactory(partner=anna, preferred_channel="whatsapp", best_time="in the evening")
    PhoneFactory(customer=petra, kind="home", typed="030 23125-100")
    PhoneFactory(customer=petra, kind="work", typed="030 23125-101", is_preferred=True)
    EmailFactory(customer=petra, typed="p@example.org", kind="work")
    AddressFactory(customer=petra, label="Holiday home")

    known = facts(as_anna, petra)

    assert [(way.name, way.is_preferred) for way in known.ways] == [
        ("Work", True),
        ("Home", False),
        ("E-mail (work)", False),
    ]
    assert known.ways[0].href == "tel:+493023125101"
    assert [way.name for way in known.places] == ["Holiday home"]
    assert known.words["reach"] == "Preferably by WhatsApp, in the evening"


@pytest.mark.parametrize(
    ("kind", "petra_is", "hers", "his"),
    [
        ("sibling", "ms", "Sister of Max", "Brother of Petra"),
        ("parent", "ms", "Mother of Max", "Son of Petra"),
        ("boss", "", "Boss of Max", "Works for Petra"),
        ("household", "ms", "Lives with Max", "Lives with Petra"),
    ],
)
def test_a_relation_is_read_from_both_ends(as_anna, anna, kind, *, petra_is, hers, his):
    petra = CustomerFactory(partner=anna, first_name="Petra", salutation=petra_is)
    max_ = CustomerFactory(partner=anna, first_name="Max", salutation="mr")
    RelationFactory(customer=petra, other=max_, kind=kind)

    assert [link.text for link in facts(as_anna, petra).relations] == [hers]
    assert [link.text for link in facts(as_anna, max_).relations] == [his]
    assert facts(as_anna, max_).relations[0].href == petra.get_absolute_url()


def test_in_german_a_relation_has_the_word_for_a_woman(as_anna, anna):
    anna.user.language = "de"
    anna.user.save()
    petra = CustomerFactory(partner=anna, salutation="ms")
    RelationFactory(customer=petra, other__first_name="Meike", kind="neighbour")

    assert facts(as_anna, petra).relations[0].text == "Nachbarin von Meike"


@pytest.mark.parametrize("kind", Relation.Kind.values)
@pytest.mark.parametrize("salutation", Customer.Salutation.values)
def test_every_relation_has_words_for_everybody(kind, salutation):
    assert "Meike" in kin.spoken(kind, salutation, "Meike")
    assert kin.back(kin.back(kind)) == kind


def test_whoever_lies_in_the_bin_is_nobodys_sister(as_anna, anna):
    relation = RelationFactory(customer__partner=anna)
    petra, other = relation.customer, relation.other
    other.deleted_at = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    other.save()

    assert facts(as_anna, petra).relations == []


def test_a_business_has_a_sign_and_people_who_work_there(as_anna, anna):
    salon = CustomerFactory(partner=anna, first_name="Salon Schick", is_business=True)
    RelationFactory(
        customer=CustomerFactory(partner=anna, first_name="Eva"), other=salon, kind="employee"
    )

    page = as_anna.get(salon.get_absolute_url())

    assert [link.text for link in page.context["facts"].relations] == ["Eva works here"]
    assert page.context["headline"] == "Business · prospect"
    assert b"avatar-business" in page.content


def test_the_head_says_in_one_line_who_this_is(as_anna, anna):
    petra = CustomerFactory(
        partner=anna, title="Dr.", job_title="Baker", company="Schick", stage="regular", salutation="ms"
    )  # fmt: skip
    AddressFactory(customer=petra)

    page = as_anna.get(petra.get_absolute_url())

    assert page.context["headline"] == "regular customer · Baker at Schick · Fulda"
    assert f"<h1>Dr. {petra.first_name}</h1>" in page.content.decode()


def test_likes_stars_and_own_fields_are_said_in_words(as_anna, anna):
    petra = CustomerFactory(partner=anna, satisfaction=4)
    InterestFactory(customer=petra, what="Lavender")
    InterestFactory(
        customer=petra, what="Blender", kind=Interest.Kind.OWNS, since=dt.date(2021, 1, 1)
    )
    field = OwnFieldFactory(partner=anna, name="Shoe size", kind="number")
    OwnValueFactory(customer=petra, field=field, text="38.5")

    known = facts(as_anna, petra)

    assert [(title, chips[0].text) for title, chips in known.interests] == [
        ("Likes", "Lavender"),
        ("Has already", "Blender, since 2021"),
    ]
    assert known.words["stars"] == "★★★★☆ satisfied"
    assert known.own == [("Shoe size", "38.5")]
    anna.user.language = "de"
    anna.user.save()
    assert facts(as_anna, petra).own == [("Shoe size", "38,5")]


def test_a_tag_leads_to_all_who_have_it(as_anna, anna):
    tag = TagFactory(partner=anna, name="Garden")
    petra = TaggingFactory(customer__partner=anna, tag=tag).customer
    CustomerFactory(partner=anna)

    found = as_anna.get(facts(as_anna, petra).tags[0].href)

    assert [row.customer for row in found.context["rows"]] == [petra]


def test_life_events_are_part_of_the_story(as_anna, anna):
    petra = CustomerFactory(partner=anna)
    InteractionFactory(customer=petra, text="Long ago")
    LifeEventFactory(customer=petra, kind="move", text="to Kassel", happened_on=dt.date(2025, 3, 1))
    LifeEventFactory(customer=petra, kind="birth")

    story = as_anna.get(petra.get_absolute_url()).context["timeline"]

    assert [(entry.title, entry.text) for entry in story] == [
        ("Had a child", ""),
        ("Call", "Long ago"),
        ("Moved house", "to Kassel"),
    ]


def test_rank_and_note_stay_folded(as_anna, anna):
    petra = CustomerFactory(partner=anna, rank="C", note="talks a lot")

    html = as_anna.get(petra.get_absolute_url()).content.decode()

    fold = html[html.index('<details class="fold">\n      <summary>For you alone') :]
    assert "talks a lot" in fold[: fold.index("</details>")]
    assert html.count("talks a lot") == 1


@pytest.mark.parametrize(
    "website", ["javascript:alert(1)", "www.example.org", "http://example.org"]
)
def test_a_website_opens_as_a_page_and_nothing_else(as_anna, anna, website):
    petra = CustomerFactory(partner=anna, website=website)

    assert facts(as_anna, petra).website.startswith(("https://", "http://"))


def test_deleting_takes_all_that_is_known_along(as_anna, anna):
    petra = CustomerFactory(partner=anna)
    everything_about(petra)
    kinds = (
        "phones",
        "addresses",
        "interests",
        "lifeevents",
        "taggings",
        "relations",
        "own_values",
    )

    response = as_anna.post(reverse("customer-delete", args=[petra.pk]))
    assert [getattr(anna, kind).count() for kind in kinds] == [0] * len(kinds)

    act = list(response.wsgi_request._messages)[-1].extra_tags.removeprefix("undo-")
    as_anna.post(reverse("undo", args=[act]))
    assert [getattr(anna, kind).count() for kind in kinds] == [1, 1, 1, 1, 1, 2, 1]
    assert as_anna.get(petra.get_absolute_url()).status_code == HTTPStatus.OK
