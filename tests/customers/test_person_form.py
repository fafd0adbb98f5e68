"""The form of a whole person: several numbers, own fields, nothing lost, all of it undone."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from tests.customers.pages import edit_url, toasts, typed_over, undo
from tests.customers.test_remember import snapshot
from tests.factories import (
    AddressFactory,
    CustomerFactory,
    EmailFactory,
    OwnFieldFactory,
    OwnValueFactory,
    PhoneFactory,
    TaggingFactory,
)

pytestmark = pytest.mark.usefixtures("english", "clock")


@pytest.fixture
def petra(anna):
    person = CustomerFactory(partner=anna, first_name="Petra")
    PhoneFactory(customer=person, typed="030 23125-100", kind="home", is_preferred=True)
    PhoneFactory(customer=person, typed="030 23125-101", kind="work", label="Desk")
    EmailFactory(customer=person, typed="petra@example.org")
    AddressFactory(customer=person)
    return person


def edit(client, customer, **typed):
    return client.post(edit_url(customer), typed_over(client, edit_url(customer), **typed))


def numbers(customer):
    return [(phone.typed, phone.kind, phone.is_preferred) for phone in customer.phones.all()]


def test_there_is_one_empty_row_more_of_each_kind(as_anna, petra):
    form = as_anna.get(edit_url(petra)).context["form"]

    assert [len(group["rows"]) for group in (*form.reach, form.address)] == [3, 2, 2]
    assert [form[name].value() for name in ("phone", "phone_1", "phone_1_label")[:2]] == [
        "030 23125-100",
        "030 23125-101",
    ]


def test_saving_what_is_there_changes_nothing(as_anna, anna, petra):
    before = snapshot(anna)

    edit(as_anna, petra)

    assert snapshot(anna) == before
    assert not anna.changes.exists()


def test_rows_are_added_changed_preferred_and_removed_in_one_act(as_anna, anna, petra):
    before = snapshot(anna)

    response = edit(
        as_anna,
        petra,
        phone="",
        phone_1="030 23125-102",
        phone_2="0171 2345678",
        phone_preferred="2",
        email_1="work@example.org",
        email_kind_1="work",
        city="Hünfeld",
    )

    assert numbers(petra) == [("0171 2345678", "mobile", True), ("030 23125-102", "work", False)]
    assert petra.phones.last().label == "Desk"
    assert [email.kind for email in petra.emails.all()] == ["private", "work"]
    assert list(anna.customers.search("0171 2345678 work@ hunfeld")) == [petra]
    assert list(anna.customers.search("03023125100")) == []
    undo(as_anna, response)
    assert snapshot(anna) == before
    assert list(anna.customers.search("03023125100")) == [petra]


def test_an_edit_keeps_the_tags_by_which_one_is_found(as_anna, anna, petra):
    TaggingFactory(customer=petra, tag__name="Garden")

    edit(as_anna, petra, last_name="Weiß")

    assert list(anna.customers.search("garden weiss")) == [petra]


def test_a_mistake_keeps_all_that_was_typed(as_anna, anna, petra):
    page = edit(
        as_anna, petra, phone_2="ask her", email_1="x@y", nickname="Hanni", birthday="31.2."
    )

    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    html = page.content.decode()
    assert all(words in html for words in ("ask her", "x@y", "Hanni", "31.2."))
    assert "A phone number needs digits." in html
    assert numbers(petra)[0][0] == "030 23125-100"


def test_one_tab_adds_while_the_other_saves(as_anna, anna, petra):
    ours = typed_over(as_anna, edit_url(petra), phone_2="0171 2345678")
    edit(as_anna, petra, phone="", nickname="Hanni")

    asked = as_anna.post(edit_url(petra), ours)
    assert asked.status_code == HTTPStatus.CONFLICT
    assert sorted(row[0] for row in asked.context["conflict"]) == [
        "Nickname",
        "Phone number",
        "Phone number",
    ]
    again = ours | {"row_version": asked.context["form"]["row_version"].value()}
    as_anna.post(edit_url(petra), again)

    assert sorted(numbers(petra)) == [
        ("0171 2345678", "mobile", False),
        ("030 23125-100", "home", True),
        ("030 23125-101", "work", False),
    ]


def test_a_row_of_somebody_else_is_not_touched(as_anna, anna, boris, petra):
    foreign = PhoneFactory(customer__partner=boris, typed="030 23125-999")

    edit(as_anna, petra, phone_id=str(foreign.pk), phone="030 1")

    foreign.refresh_from_db()
    assert foreign.typed == "030 23125-999"


def test_words_for_a_birthday_are_understood(as_anna, petra):
    edit(as_anna, petra, birthday="12. April")

    petra.refresh_from_db()
    assert (petra.birth_day, petra.birth_month, petra.birth_year) == (12, 4, None)


def test_a_business_and_all_the_rest_behind_more(as_anna, petra):
    edit(
        as_anna,
        petra,
        is_business="on",
        title="Dr.",
        company="Schick",
        satisfaction="5",
        preferred_channel="visit",
        source_kind="fair",
        website="www.example.org",
    )

    petra.refresh_from_db()
    said = (petra.is_business, petra.title, petra.satisfaction, petra.preferred_channel)
    assert said == (True, "Dr.", 5, "visit")


def test_one_more_row_comes_by_the_button(as_anna, petra):
    url = reverse("way-row", args=[petra.pk])

    html = as_anna.get(url, {"kind": "email", "number": 4}).content.decode()

    assert 'name="email_4"' in html
    assert "number=5" in html
    assert 'href="#plus-lg"' not in html, "the next button keeps its icon"
    for wrong in ({"kind": "x", "number": 1}, {"kind": "phone", "number": "30"}):
        assert as_anna.get(url, wrong).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("kind", "typed", "stored", "shown"),
    [
        ("text", "Lavender", "Lavender", "Lavender"),
        ("number", "1.234,50", "1234.5", "1234.5"),
        ("number", "38,5", "38.5", "38.5"),
        ("date", "14.3.2026", "2026-03-14", "14.3.2026"),
        ("date", "14. März 2026", "2026-03-14", "14.3.2026"),
        ("yes-no", "1", "1", "1"),
        ("choice", "red", "red", "red"),
    ],
)
def test_own_fields_are_read_as_typed_and_shown_again(
    as_anna, anna, petra, *, kind, typed, stored, shown
):
    field = OwnFieldFactory(partner=anna, kind=kind, choices=["red", "blue"])
    name = f"own-{field.pk}"
    before = snapshot(anna)

    response = edit(as_anna, petra, **{name: typed})

    assert anna.own_values.get().text == stored
    assert as_anna.get(edit_url(petra)).context["form"][name].value() == shown
    edit(as_anna, petra)
    assert anna.changes.filter(act_id=anna.changes.last().act_id).exists()
    undo(as_anna, response)
    assert snapshot(anna) == before


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("number", "many"),
        ("number", "1e400"),
        ("number", "NaN"),
        ("date", "soon"),
        ("date", "31.2.2026"),
    ],
)
def test_what_does_not_fit_an_own_field_says_so_beside_it(as_anna, anna, petra, kind, typed):
    field = OwnFieldFactory(partner=anna, kind=kind)

    page = edit(as_anna, petra, **{f"own-{field.pk}": typed})

    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert list(page.context["form"].errors) == [f"own-{field.pk}"]
    assert page.context["form"].more_is_open
    assert not anna.own_values.exists()


def test_emptying_an_own_field_forgets_it(as_anna, anna, petra):
    value = OwnValueFactory(customer=petra)

    response = edit(as_anna, petra, **{f"own-{value.field.pk}": ""})

    assert not anna.own_values.exists()
    assert toasts(response) == ["Saved."]
    undo(as_anna, response)
    assert anna.own_values.get() == value
