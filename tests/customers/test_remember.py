"""The line "+ remember": one fact, one act, and back again."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from customers.models import Customer
from tests.customers.pages import toasts, undo
from tests.factories import (
    AddressFactory,
    CustomerFactory,
    OwnFieldFactory,
    PhoneFactory,
    TagFactory,
)

pytestmark = pytest.mark.usefixtures("english", "clock")


@pytest.fixture
def petra(anna):
    return CustomerFactory(partner=anna, first_name="Petra", note="Likes tea")


def url(customer):
    return reverse("remember", args=[customer.pk])


def remember(client, customer, text, **said):
    """As a browser sends it that shows the places: the first one is chosen, unless said."""
    page = client.get(url(customer), {"text": text})
    data = {
        "text": text,
        "read": text,
        "place": page.context["chosen"],
        "other": page.context["other"],
    }
    return client.post(url(customer), data | said)


def snapshot(partner):
    kinds = ["customers", "phones", "emails", "addresses", "relations"]
    kinds += ["tags", "taggings", "interests", "lifeevents", "own_values"]
    hidden = {"version", "updated_at"}
    return {
        kind: sorted(
            str({k: v for k, v in row.items() if k not in hidden})
            for row in getattr(partner, kind).values()
        )
        for kind in kinds
    }


@pytest.mark.parametrize(
    ("text", "column", "value"),
    [
        ("Geburtstag 12. April", "birth_month", 4),
        ("4 Sterne", "satisfaction", 4),
        ("am liebsten per WhatsApp, abends", "preferred_channel", "whatsapp"),
        ("am besten abends", "best_time", "abends"),
        ("arbeitet bei Müller GmbH", "company", "Müller GmbH"),
        ("genannt Hanni", "nickname", "Hanni"),
        ("per Sie", "formality", "sie"),
        ("www.example.org", "website", "www.example.org"),
        ("Braucht neue Vorhänge", "note", "Likes tea\nBraucht neue Vorhänge"),
    ],
)
def test_a_fact_goes_where_it_belongs_and_can_be_taken_back(
    as_anna, anna, petra, *, text, column, value
):
    before = snapshot(anna)

    response = remember(as_anna, petra, text)

    petra.refresh_from_db()
    assert getattr(petra, column) == value
    assert response.url == petra.get_absolute_url()
    undo(as_anna, response)
    assert snapshot(anna) == before


@pytest.mark.parametrize(
    ("text", "kind", "stored"),
    [
        ("Handy 0171 2345678", "phones", "0171 2345678"),
        ("petra@example.org", "emails", "petra@example.org"),
        ("Lindenweg 4, 36037 Fulda", "addresses", "Lindenweg 4, 36037 Fulda"),
        ("mag Lavendel", "interests", "Lavendel"),
        ("#stammtisch", "taggings", "stammtisch"),
        ("zieht nach Kassel", "life_events", "zieht nach Kassel"),
    ],
)
def test_a_row_comes_once_is_found_and_can_be_taken_back(
    as_anna, anna, petra, *, text, kind, stored
):
    before = snapshot(anna)

    response = remember(as_anna, petra, text)
    again = remember(as_anna, petra, text)

    assert [str(row) for row in getattr(petra, kind).all()] == [stored]
    assert toasts(again)[-1] == "You knew that already."
    if kind != "life_events":
        assert list(anna.customers.search(stored.replace(",", ""))) == [petra]
    undo(as_anna, response)
    assert snapshot(anna) == before


def test_without_a_script_the_place_is_chosen_in_a_second_step(as_anna, anna, petra):
    first = as_anna.post(url(petra), {"text": "mag Lavendel"})

    assert first.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not anna.interests.exists()
    html = first.content.decode()
    assert 'name="read" value="mag Lavendel"' in html
    assert '<input type="radio" name="place" value="likes" checked>' in html

    as_anna.post(url(petra), {"text": "mag Lavendel", "read": "mag Lavendel", "place": "likes"})
    assert anna.interests.get().what == "Lavendel"


def test_a_place_chosen_for_other_words_does_not_count(as_anna, anna, petra):
    data = {"text": "mag Lavendel und Rosen", "read": "mag", "place": "likes"}

    assert as_anna.post(url(petra), data).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not anna.interests.exists()


@pytest.mark.parametrize(
    ("place", "kind"), [("tags", "taggings"), ("avoids", "interests"), ("event", "life_events")]
)
def test_another_place_can_be_chosen(as_anna, anna, petra, place, kind):
    remember(as_anna, petra, "Garten", place=place)

    assert [str(row) for row in getattr(petra, kind).all()] == ["Garten"]


def test_the_preview_is_a_fragment(as_anna, petra):
    headers = {"HX-Request": "true", "HX-Target": "remember-preview"}
    html = as_anna.get(url(petra), {"text": "geb. 12.4.80"}, headers=headers).content.decode()

    assert "<html" not in html
    assert "12 April 1980, turns 47" in html


def test_nothing_typed_asks_for_one_fact(as_anna, petra):
    page = as_anna.post(url(petra), {"text": "  "})

    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert page.context["problem"].startswith("One fact is enough")


@pytest.mark.parametrize(
    ("text", "hers", "other_is"),
    [("Schwester von Meike", "ms", ""), ("Schwester Meike", "", "ms")],
)
def test_the_one_who_is_meant_is_found_and_the_word_tells_who_is_a_woman(
    as_anna, anna, petra, *, text, hers, other_is
):
    meike = CustomerFactory(partner=anna, first_name="Meike", last_name="Sommer")

    remember(as_anna, petra, text)

    relation = anna.relations.get()
    assert {relation.customer, relation.other} == {petra, meike}
    petra.refresh_from_db()
    meike.refresh_from_db()
    assert (petra.salutation, meike.salutation) == (hers, other_is)


def test_of_several_one_is_asked_whom_one_means(as_anna, anna, petra):
    first, second = (
        CustomerFactory(partner=anna, first_name="Meike", last_name=last) for last in ("A", "B")
    )

    asked = remember(as_anna, petra, "Schwester von Meike")
    assert asked.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert asked.context["problem"] == "Please say whom you mean."
    assert [person.pk for person in asked.context["offers"].people] == [first.pk, second.pk]

    remember(as_anna, petra, "Schwester von Meike", other=str(second.pk))
    assert anna.relations.get().other == second


@pytest.mark.parametrize("text", ["Nachbarin von Meike Sommer", "Tochter Meike Sommer"])
def test_whoever_is_not_there_yet_is_added_in_the_same_act(as_anna, anna, petra, text):
    before = snapshot(anna)

    response = remember(as_anna, petra, text)

    meike = anna.customers.get(first_name="Meike")
    relation = anna.relations.get()
    assert meike.last_name == "Sommer"
    assert {relation.customer, relation.other} == {petra, meike}
    undo(as_anna, response)
    assert snapshot(anna) == before


def test_the_same_relation_from_the_other_end_is_no_second_one(as_anna, anna, petra):
    meike = CustomerFactory(partner=anna, first_name="Meike")
    remember(as_anna, petra, "Mutter von Meike")
    remember(as_anna, meike, "Tochter von Petra")

    assert anna.relations.count() == 1


def test_a_stranger_of_that_name_is_never_offered(as_anna, anna, boris, petra):
    foreign = CustomerFactory(partner=boris, first_name="Meike")

    remember(as_anna, petra, "Schwester von Meike", other=str(foreign.pk))

    assert anna.relations.get().other.partner == anna


def test_who_lives_together_may_share_the_address(as_anna, anna, petra):
    jonas = AddressFactory(customer__partner=anna, customer__first_name="Jonas").customer

    response = remember(as_anna, petra, "wohnt mit Jonas", shares_address="on")

    assert str(petra.addresses.get()) == str(jonas.addresses.get())
    assert list(anna.customers.search("Fulda")) == sorted([petra, jonas], key=lambda p: p.sort_name)
    undo(as_anna, response)
    assert not petra.addresses.exists()


def test_a_business_in_the_circle_is_offered_as_the_place_of_work(as_anna, anna, petra):
    salon = CustomerFactory(partner=anna, first_name="Salon Schick", is_business=True)

    remember(as_anna, petra, "arbeitet bei Salon Schick")

    relation = anna.relations.get()
    assert (relation.customer, relation.kind, relation.other) == (petra, "employee", salon)


def test_an_address_is_completed_and_a_second_one_added(as_anna, anna, petra):
    for text in ("wohnt in Fulda", "Lindenweg 4, 36037 Fulda", "Am Dom 1, 36041 Hünfeld"):
        remember(as_anna, petra, text)

    assert [str(row) for row in petra.addresses.all()] == [
        "Lindenweg 4, 36037 Fulda",
        "Am Dom 1, 36041 Hünfeld",
    ]
    petra.refresh_from_db()
    assert petra.postcode == "36037"


def test_a_number_in_another_spelling_is_known_already(as_anna, anna, petra):
    PhoneFactory(customer=petra, typed="0171 2345678")

    answer = remember(as_anna, petra, "+49 171 2345678")

    assert toasts(answer)[-1] == "You knew that already."
    assert anna.phones.count() == 1


def test_a_tag_that_exists_is_taken_in_any_spelling(as_anna, anna, petra):
    tag = TagFactory(partner=anna, name="Gärten")

    remember(as_anna, petra, "#gaerten")

    assert anna.taggings.get().tag == tag
    assert anna.tags.count() == 1


def test_an_own_field_takes_its_value_or_says_what_does_not_fit(as_anna, anna, petra):
    OwnFieldFactory(partner=anna, name="Schuhgröße", kind="number")

    refused = remember(as_anna, petra, "Schuhgröße groß")
    assert refused.context["problem"] == "This takes a number, like 38 or 38,5."
    remember(as_anna, petra, "Schuhgröße 38,5")
    remember(as_anna, petra, "Schuhgröße 39")

    value = anna.own_values.get()
    assert (value.text, value.number) == ("39", 39)


def test_health_is_stored_only_after_a_second_tap(as_anna, anna, petra):
    first = remember(as_anna, petra, "hat eine Allergie")

    assert first.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "you would need their explicit consent" in first.content.decode()
    assert snapshot(anna)["interests"] == []
    assert Customer.unscoped.get(pk=petra.pk).note == "Likes tea"

    remember(as_anna, petra, "hat eine Allergie", place="note", sure="1")
    petra.refresh_from_db()
    assert petra.note == "Likes tea\nhat eine Allergie"


def test_a_full_note_says_so_and_loses_nothing(as_anna, anna, petra):
    petra.note = "x" * 4995
    petra.save()

    page = remember(as_anna, petra, "Braucht Vorhänge")

    assert page.context["problem"] == "The note is full. Please shorten it first."
    assert b"Braucht Vorh\xc3\xa4nge" in page.content


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{7*7}}", '" hx-get="/x'])
def test_what_is_typed_is_text(as_anna, petra, text):
    html = remember(as_anna, petra, text, place="").content.decode()

    assert "<script>alert" not in html
    assert '" hx-get="/x' not in html
