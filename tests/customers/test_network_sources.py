"""What a recommendation is worth: who became a customer, by where they come from."""

import pytest
from django.urls import reverse

from customers.network_sources import sources
from partners import clock
from tests.factories import CustomerFactory
from tests.harness.queries import costs
from tests.trust_factories import RecommendationFactory

pytestmark = pytest.mark.usefixtures("english", "clock")

PAGE, LIST = reverse("recommendation-sources"), reverse("recommendation-list")


def know(partner, source, people, customers=0, **values):
    for number in range(people):
        stage = "customer" if number < customers else "prospect"
        CustomerFactory(partner=partner, source_kind=source, stage=stage, **values)


def figures(partner):
    return {row.kind: (row.people, row.customers) for row in sources(partner).rows}


def test_each_source_says_how_many_became_customers(anna):
    know(anna, "recommendation", 5, 2)
    know(anna, "fair", 3, 1)
    CustomerFactory(partner=anna, source_kind="fair", stage="regular")

    assert figures(anna) == {"recommendation": (5, 2), "fair": (4, 2)}


def test_whoever_was_recommended_came_so_unless_something_else_is_noted(anna):
    ends = {"recommender__partner": anna, "recommender__source_kind": "other"}
    RecommendationFactory(**ends, recipient__source_kind="")
    RecommendationFactory(**ends, recipient__source_kind="event")
    RecommendationFactory(**ends, recipient=None, recipient_name="Uli")
    CustomerFactory(partner=anna, source_kind="")

    found = figures(anna)

    assert (found["recommendation"][0], found["event"][0], found[""][0]) == (1, 1, 1)


def test_a_recommendation_is_compared_with_all_else(as_anna, anna):
    know(anna, "recommendation", 5, 2)
    know(anna, "fair", 4)
    know(anna, "online", 6, 1)
    know(anna, "", 9, 9)

    sentence = "Of ten people who were recommended to you, 4 became customers; of ten others 1."
    assert sources(anna).worth == sentence
    for address in (PAGE, LIST):
        assert as_anna.get(address).context.get("worth", sentence) == sentence


@pytest.mark.parametrize(("recommended", "others"), [(4, 9), (9, 4)])
def test_few_people_prove_nothing(anna, recommended, others):
    know(anna, "recommendation", recommended, 1)
    know(anna, "fair", others, 1)

    assert sources(anna).worth == ""


def test_of_few_people_no_share_is_told(as_anna, anna):
    know(anna, "fair", 4, 4)
    know(anna, "online", 5, 1)

    page = as_anna.get(PAGE).content.decode()

    assert "20 %" in page
    assert "100 %" not in page
    assert "too few to say" in page


def test_the_best_come_first_and_the_few_last(anna):
    know(anna, "fair", 4, 4)
    know(anna, "online", 5, 1)
    know(anna, "recommendation", 5, 4)
    know(anna, "", 5, 5)

    found = sources(anna)

    assert [row.kind for row in found.known] == ["recommendation", "online", "fair"]
    assert found.unknown.people == 5


def test_who_was_deleted_or_locked_is_not_counted(anna, boris):
    know(anna, "fair", 1, deleted_at=clock.now())
    know(anna, "fair", 1, restricted_at=clock.now())
    know(boris, "fair", 1)

    assert figures(anna) == {}


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_or_many(as_anna, anna, number):
    know(anna, "fair", number)
    know(anna, "online", number)

    with costs(3):
        as_anna.get(PAGE)
