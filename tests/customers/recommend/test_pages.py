"""Noting, changing and removing recommendations and references; text, link and card to share."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from customers import recommend, recommend_share
from tests.customers.pages import toasts, typed_over, undo
from tests.factories import CustomerFactory, PhoneFactory
from tests.trust_factories import ProfileFactory, RecommendationFactory, ReferenceFactory

pytestmark = pytest.mark.usefixtures("english", "clock")


@pytest.fixture
def petra(anna):
    return CustomerFactory(partner=anna, first_name="Petra", last_name="Vogel", source="")


def add(client, customer, query="", **typed):
    url = reverse("recommendation-add", args=[customer.pk]) + query
    return client.post(url, typed_over(client, url, **typed))


def test_noting_whom_petra_told_of_me(as_anna, anna, petra):
    CustomerFactory(partner=anna, first_name="Meike", last_name="Schulz", source="")
    add(as_anna, petra, name="Meike", why="same kitchen")

    recommendation = anna.recommendations.get()
    assert (recommendation.recommender, str(recommendation)) == (petra, "Meike Schulz")
    assert (recommendation.why, str(recommendation.recommended_on)) == (
        "same kitchen",
        "2026-11-23",
    )
    assert anna.customers.get(first_name="Meike").source == "Petra Vogel"


def test_or_who_told_petra(as_anna, anna, petra):
    meike = CustomerFactory(partner=anna, first_name="Meike", last_name="Schulz")
    add(as_anna, petra, "?by=1", name="Meike Schulz")

    recommendation = anna.recommendations.get()
    assert (recommendation.recommender, recommendation.recipient) == (meike, petra)


@pytest.mark.parametrize(("other", "people"), [("new", 2), ("name", 1)])
def test_a_name_nobody_has_becomes_a_contact_or_stays_a_name(as_anna, petra, other, people):
    asked = add(as_anna, petra, name="Meike Schulz")
    assert asked.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "is not in your circle yet" in asked.content.decode()

    add(as_anna, petra, name="Meike Schulz", other=other)

    assert petra.partner.customers.count() == people
    assert str(petra.recommendations.get()) == "Meike Schulz"


def test_of_several_one_is_chosen(as_anna, anna, petra):
    one, other = (CustomerFactory(partner=anna, first_name="Meike") for _ in range(2))
    assert add(as_anna, petra, name="Meike").status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    add(as_anna, petra, name="Meike", other=str(other.pk))

    assert anna.recommendations.get().recipient == other != one


def test_a_recommended_business_of_the_circle_is_linked(as_anna, anna, petra):
    baker = CustomerFactory(
        partner=anna, first_name="Bäckerei Krume", last_name="", is_business=True
    )
    add(as_anna, petra, name="Meike", other="name", about="business", what="Bäckerei Krume")

    assert anna.recommendations.get().business == baker


def test_sent_twice_it_is_noted_once(as_anna, anna, petra):
    url = reverse("recommendation-add", args=[petra.pk])
    data = typed_over(as_anna, url, name="Meike", other="name")
    for _twice in range(2):
        as_anna.post(url, data)

    assert anna.recommendations.count() == 1


def test_it_can_be_changed_and_a_name_becomes_a_person(as_anna, anna, petra):
    recommendation = RecommendationFactory(
        recommender=petra, recipient=None, recipient_name="Meike"
    )
    url = reverse("recommendation-edit", args=[recommendation.pk])

    as_anna.post(url, typed_over(as_anna, url, why="likes soap"))
    recommendation.refresh_from_db()
    assert (recommendation.why, recommendation.recipient_name) == ("likes soap", "Meike")

    as_anna.post(url, typed_over(as_anna, url, other="new"))
    recommendation.refresh_from_db()
    assert (recommendation.recipient.name, recommendation.recipient_name) == ("Meike", "")
    assert recommendation.recipient.source == "Petra Vogel"


def test_a_name_that_turns_out_to_be_a_customer_came_true(as_anna, anna, petra):
    meike = CustomerFactory(partner=anna, first_name="Meike", stage="customer")
    word = RecommendationFactory(recommender=petra, recipient=None, recipient_name="Meike")
    url = reverse("recommendation-edit", args=[word.pk])

    as_anna.post(url, typed_over(as_anna, url, other=str(meike.pk)))

    word.refresh_from_db()
    assert (word.recipient, word.status) == (meike, "customer")


def test_a_change_made_elsewhere_is_shown_before_it_is_overwritten(as_anna, petra):
    recommendation = RecommendationFactory(recommender=petra)
    url = reverse("recommendation-edit", args=[recommendation.pk])
    data = typed_over(as_anna, url, why="mine")
    as_anna.post(url, data | {"why": "theirs"})

    answer = as_anna.post(url, data)

    assert answer.status_code == HTTPStatus.CONFLICT
    assert "theirs" in answer.content.decode()


def test_it_can_be_taken_away_and_back(as_anna, anna, petra):
    recommendation = RecommendationFactory(recommender=petra)
    url = reverse("recommendation-remove", args=[recommendation.pk])

    answer = as_anna.post(url)
    assert not anna.recommendations.exists()
    as_anna.post(url)

    undo(as_anna, answer)
    assert anna.recommendations.exists()


def test_the_form_needs_no_person_of_another_partner(as_anna, boris, petra):
    stranger = CustomerFactory(partner=boris, first_name="Meike")
    answer = add(as_anna, petra, name="Meike", other=str(stranger.pk))

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


# --- references ---


def say(client, customer, **typed):
    url = reverse("reference-add", args=[customer.pk])
    return client.post(url, typed_over(client, url, text="The best soap I ever had", **typed))


def test_what_she_says_is_kept_in_her_words_and_for_me_alone(as_anna, anna, petra):
    answer = say(as_anna, petra)

    assert toasts(answer) == ["Kept, in their own words."]
    assert anna.references.get().allowed_on is None
    assert not recommend.usable_references(anna).exists()
    assert "The best soap I ever had" in as_anna.get(petra.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("quoting", "usable"),
    [("", False), ("no", False), ("nameless", True), ("first-name", True), ("full-name", True)],
)
def test_only_with_her_yes_it_is_offered_for_use(as_anna, anna, petra, quoting, usable):
    say(as_anna, petra, quoting=quoting)

    assert recommend.usable_references(anna).exists() is usable
    assert (anna.references.get().allowed_on is not None) is usable


def test_a_yes_taken_back_is_none(as_anna, anna, petra):
    reference = ReferenceFactory(customer=petra, quoting="full-name", allowed_on="2026-01-05")
    url = reverse("reference-edit", args=[reference.pk])
    as_anna.post(url, typed_over(as_anna, url, quoting="no"))

    assert anna.references.get().allowed_on is None
    assert not recommend.usable_references(anna).exists()


def test_a_yes_is_one_to_the_very_words(as_anna, anna, petra):
    reference = ReferenceFactory(
        customer=petra, text="Just lovely.", quoting="first-name", allowed_on="2026-01-05"
    )
    url = reverse("reference-edit", args=[reference.pk])
    assert "one to these very words" in as_anna.get(url).content.decode()

    as_anna.post(url, typed_over(as_anna, url, text="Just  lovely.\n", about="soap"))
    assert anna.references.values_list("quoting", "about").get() == ("first-name", "soap")

    answer = as_anna.post(url, typed_over(as_anna, url, text="The best there is."))
    assert toasts(answer) == ["Saved. The words are new, so please ask once more."]
    assert anna.references.values_list("quoting", "allowed_on").get() == ("", None)
    assert not recommend.usable_references(anna).exists()

    undo(as_anna, answer)
    said = anna.references.get()
    assert (said.text.split(), said.quoting) == (["Just", "lovely."], "first-name")
    assert str(said.allowed_on) == "2026-01-05"


def test_a_new_yes_to_new_words_counts_from_today(as_anna, anna, petra):
    reference = ReferenceFactory(customer=petra, quoting="nameless", allowed_on="2026-01-05")
    url = reverse("reference-edit", args=[reference.pk])

    as_anna.post(url, typed_over(as_anna, url, text="Other words.", quoting="first-name"))

    said = anna.references.get()
    assert (said.quoting, str(said.allowed_on)) == ("first-name", "2026-11-23")


def test_a_reference_can_be_taken_away_and_back(as_anna, anna, petra):
    reference = ReferenceFactory(customer=petra)
    answer = as_anna.post(reverse("reference-remove", args=[reference.pk]))
    assert not anna.references.exists()

    undo(as_anna, answer)
    assert anna.references.exists()


# --- text, link, card ---


@pytest.mark.parametrize(
    ("values", "begins"),
    [
        ({"formality": "du"}, "Hello Petra,"),
        ({"formality": "sie", "salutation": "ms"}, "Good day Ms Vogel,"),
        ({"formality": "sie", "salutation": "mr", "title": "Dr."}, "Good day Mr Dr. Vogel,"),
        ({"formality": "sie"}, "Good day Petra Vogel,"),
    ],
)
def test_the_text_addresses_her_as_one_does(as_anna, anna, petra, values, begins):
    ProfileFactory(partner=anna)
    PhoneFactory(customer=petra, typed="0171 2345678")
    for name, value in values.items():
        setattr(petra, name, value)
    petra.save()

    share = as_anna.get(reverse("recommend-share", args=[petra.pk])).context["share"]

    assert share.text.startswith(begins)
    assert recommend_share.link(anna) in share.text
    assert share.whatsapp.startswith("https://wa.me/491712345678?text=")
    assert share.sms.startswith("sms:+491712345678?&body=")


def test_an_empty_card_is_to_be_filled_first(as_anna, anna, petra):
    url = reverse("recommend-share", args=[petra.pk])
    assert reverse("profile") in as_anna.get(url).content.decode()

    ProfileFactory(partner=anna)
    assert f"{reverse('profile')}?next" not in as_anna.get(url).content.decode()


def test_the_card_tells_how_the_partner_is_reached_and_nothing_of_the_circle(client, anna, petra):
    ProfileFactory(partner=anna, phone="0171 9000900")
    answer = client.get(recommend_share.link(anna))

    page = answer.content.decode()
    assert "Anna Berger" in page
    assert "https://wa.me/491719000900?text=" in page
    assert "Petra" not in page
    assert answer["Referrer-Policy"] == "no-referrer"


def test_the_account_alone_shows_no_address(client, anna):
    page = client.get(recommend_share.link(anna)).content.decode()

    assert "anna@example.org" not in page
    assert client.get(f"{recommend_share.link(anna)}card.vcf").status_code == 404


def test_the_card_goes_into_an_address_book(client, anna):
    ProfileFactory(partner=anna, phone="0171 9000900", sentence="Soap that smells of lemon")
    answer = client.get(f"{recommend_share.link(anna)}card.vcf")

    assert answer["Content-Type"] == "text/vcard; charset=utf-8"
    assert "FN:Anna Berger" in answer.content.decode()


def test_a_paused_partner_has_no_card(client, anna):
    link = recommend_share.link(anna)
    anna.user.is_active = False
    anna.user.save()

    assert client.get(link).status_code == 404
