"""What recommendations tell on the pages of those whom they concern, and the thank-you."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from customers import recommend
from customers.actions import bulk_steps, recommending
from partners.changes import Act
from tests.customers.pages import toasts, typed_over, undo
from tests.factories import CustomerFactory
from tests.harness.queries import FRAME
from tests.trust_factories import RecommendationFactory, ReferenceFactory

pytestmark = pytest.mark.usefixtures("english", "clock")
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def petra(anna):
    return CustomerFactory(partner=anna, first_name="Petra", last_name="Vogel")


def recommended(petra, name="Meike", **values):
    person = CustomerFactory(partner=petra.partner, first_name=name, last_name="", source="")
    return RecommendationFactory(recommender=petra, recipient=person, **values)


def page_of(client, customer) -> str:
    return client.get(customer.get_absolute_url()).content.decode()


def thank(client, customer, how):
    return client.post(reverse("recommendation-thanks", args=[customer.pk]), {"thanks": how})


def test_petras_page_tells_whom_one_knows_through_her(as_anna, petra):
    for name in ("Meike", "Jonas", "Eva"):
        recommended(petra, name)

    page = page_of(as_anna, petra)

    assert "Through Petra you know 3 people" in page
    assert "Petra recommended you to" in page
    assert all(name in page for name in ("Meike", "Jonas", "Eva"))


def test_and_theirs_who_recommended_them(as_anna, petra):
    assert "Recommended by Petra Vogel" in page_of(as_anna, recommended(petra).recipient)


def test_somebody_known_by_two_recommendations_counts_once(as_anna, petra):
    recommendation = recommended(petra)
    RecommendationFactory(recommender=petra, recipient=recommendation.recipient)

    assert "Through Petra you know 1 person" in page_of(as_anna, petra)


def test_a_mere_name_is_told_but_nobody_one_knows(as_anna, petra):
    RecommendationFactory(recommender=petra, recipient=None, recipient_name="The baker")

    page = page_of(as_anna, petra)

    assert "Petra recommends you" in page
    assert "The baker" in page


def test_whoever_lies_in_the_bin_is_not_told(as_anna, anna, petra):
    meike = recommended(petra).recipient
    as_anna.post(reverse("customer-delete", args=[meike.pk]))

    assert as_anna.get(petra.get_absolute_url()).context["story"].given == []
    assert not anna.recommendations.exists()


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_no_query_more_for_it(as_anna, petra, many):
    before = queries_of(as_anna, petra)
    for number in range(many):
        recommended(petra, f"Person {number}")
        ReferenceFactory(customer=petra)

    assert queries_of(as_anna, petra) == before <= 10


def queries_of(client, customer) -> int:
    with CaptureQueriesContext(connection) as captured:
        page_of(client, customer)
    return len([query for query in captured if not FRAME.search(query["sql"])])


def test_a_strangers_recommendations_are_not_there(as_boris, petra):
    recommendation = recommended(petra)

    for name in ("recommendation-edit", "recommendation-status", "recommendation-remove"):
        answer = as_boris.post(reverse(name, args=[recommendation.pk]), {"status": "no"})
        assert answer.status_code == 404
    recommendation.refresh_from_db()
    assert (recommendation.status, recommendation.deleted_at) == ("passed-on", None)


# --- thanks ---


def test_thanks_are_asked_for_once_for_all(as_anna, anna, petra):
    recommended(petra, "Meike")
    recommended(petra, "Jonas")
    assert "Did you say thank you?" in page_of(as_anna, petra)

    answer = thank(as_anna, petra, "given")

    assert toasts(answer) == ["Lovely."]
    assert "Did you say thank you?" not in page_of(as_anna, petra)
    assert set(anna.recommendations.values_list("thanks", "thanked_on")) == {("given", TODAY)}


def test_or_are_not_needed(as_anna, anna, petra):
    recommended(petra)
    thank(as_anna, petra, "none")

    assert anna.recommendations.values_list("thanks", "thanked_on").get() == ("none", None)
    assert "Did you say thank you?" not in page_of(as_anna, petra)


def test_a_reminder_comes_once_and_thanks_are_still_due(as_anna, anna, petra):
    recommended(petra)
    for _tap in range(2):
        thank(as_anna, petra, "later")

    follow_up = anna.followups.get(customer=petra)
    assert (follow_up.what, follow_up.due_on) == ("Say thank you", dt.date(2026, 11, 24))
    assert list(recommend.to_thank(anna)) == list(anna.recommendations.all())
    assert "Did you say thank you?" not in page_of(as_anna, petra)


def test_a_new_recommendation_is_a_new_reason(as_anna, petra):
    recommended(petra)
    thank(as_anna, petra, "given")
    recommended(petra, "Jonas")

    assert "Petra recommended you to Jonas. Did you say thank you?" in page_of(as_anna, petra)


def test_thanks_can_be_taken_back(as_anna, anna, petra):
    recommended(petra)
    undo(as_anna, thank(as_anna, petra, "given"))

    assert anna.recommendations.get().thanks == "due"
    assert "Did you say thank you?" in page_of(as_anna, petra)


# --- asking ---


@pytest.mark.parametrize(("stars", "asks"), [(None, False), (3, False), (4, True), (5, True)])
def test_only_of_happy_people_a_recommendation_is_asked(as_anna, petra, stars, asks):
    petra.satisfaction = stars
    petra.save()

    assert ("To whom might they recommend you?" in page_of(as_anna, petra)) is asks


def test_but_not_again_soon_after_one(as_anna, anna, petra):
    petra.satisfaction = 5
    petra.save()
    recommended(petra, thanks="given", recommended_on=TODAY - dt.timedelta(days=30))
    assert "To whom might" not in page_of(as_anna, petra)

    anna.recommendations.update(recommended_on=TODAY - dt.timedelta(days=200))
    assert "To whom might" in page_of(as_anna, petra)


def test_not_now_means_not_for_a_season_whoever_signs_in_where(as_anna, anna, petra, clock):
    petra.satisfaction = 5
    petra.save()
    as_anna.post(reverse("recommend-ask-later", args=[petra.pk]))

    as_anna.logout()
    as_anna.force_login(anna.user)
    assert "To whom might" not in page_of(as_anna, petra)

    clock.shift(dt.timedelta(days=92))
    as_anna.force_login(anna.user)
    assert "To whom might" in page_of(as_anna, petra)


# --- what came of it ---


def test_the_status_changes_with_one_tap_and_back(as_anna, anna, petra):
    recommendation = recommended(petra)
    url = reverse("recommendation-status", args=[recommendation.pk])

    answer = as_anna.post(url, {"status": "in-touch"})
    assert anna.recommendations.values_list("status", "status_on").get() == ("in-touch", TODAY)

    undo(as_anna, answer)
    assert anna.recommendations.get().status == "passed-on"


def test_whoever_became_a_customer_is_one(as_anna, anna, petra):
    recommendation = recommended(petra)
    answer = as_anna.post(
        reverse("recommendation-status", args=[recommendation.pk]), {"status": "customer"}
    )

    assert toasts(answer) == ["How nice: Meike became a customer."]
    assert anna.customers.get(first_name="Meike").stage == "customer"


def test_and_whoever_is_made_a_customer_makes_the_recommendation_come_true(as_anna, anna, petra):
    meike = recommended(petra).recipient
    url = reverse("customer-edit", args=[meike.pk])

    answer = as_anna.post(url, typed_over(as_anna, url, stage="customer"))

    assert anna.recommendations.values_list("status", "status_on").get() == ("customer", TODAY)
    undo(as_anna, answer)
    assert anna.recommendations.get().status == "passed-on"
    assert anna.customers.get(pk=meike.pk).stage == "prospect"


def test_what_came_to_nothing_stays_so(as_anna, anna, petra):
    meike = recommended(petra, status="no").recipient
    url = reverse("customer-edit", args=[meike.pk])
    as_anna.post(url, typed_over(as_anna, url, stage="customer"))

    assert anna.recommendations.get().status == "no"


def test_many_at_once_likewise(anna, petra):
    people = [recommended(petra, name).recipient for name in ("Meike", "Jonas")]
    bulk_steps.update(Act(anna, anna.user, "bulk"), people, {"values": {"stage": "regular"}})

    assert set(anna.recommendations.values_list("status", flat=True)) == {"customer"}


def test_a_customer_who_is_recommended_counts_as_one(anna, petra):
    regular = CustomerFactory(partner=anna, stage="regular", source="The fair")
    recommendation = RecommendationFactory.build(
        partner=anna, recommender=petra, recipient=regular, recommended_on=TODAY
    )
    recommending.recommend(anna, anna.user, recommendation)

    assert anna.recommendations.get().status == "customer"
    assert anna.customers.get(pk=regular.pk).source == "The fair"


# --- history ---


def test_the_history_names_both_ends_and_no_column_that_only_we_read(as_anna, anna, petra):
    recommended(petra)
    send = {"text": "Jonas 0661 12345 von Petra", "read": "Jonas 0661 12345 von Petra"}
    as_anna.post(reverse("recommend-line"), send)
    as_anna.post(
        reverse("recommendation-status", args=[petra.recommendations.first().pk]), {"status": "no"}
    )
    thank(as_anna, petra, "given")

    page = as_anna.get(reverse("customer-history", args=[petra.pk])).content.decode()

    assert "Petra Vogel → Jonas" in page
    assert "Recommendation noted" in page
    assert "Thank-you" in page
    assert "reminded" not in page.lower()
    assert str(petra.pk) not in page.replace(f"/customers/{petra.pk}", "")
