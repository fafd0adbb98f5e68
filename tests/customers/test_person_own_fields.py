"""Settings of own fields: each with its purpose, none for health by accident, all undone."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from customers.text import fold
from partners.models import uuid7
from tests.customers.pages import toasts, typed_over, undo
from tests.factories import OwnFieldFactory, OwnValueFactory

pytestmark = pytest.mark.usefixtures("english", "clock")

LIST, ADD = reverse("own-field-list"), reverse("own-field-add")


def new(**typed):
    return {"name": "Shoe size", "kind": "number", "purpose": "Slippers", "row_id": uuid7()} | typed


def one(name, field):
    return reverse(f"own-field-{name}", args=[field.pk])


def test_a_field_is_made_once_and_taken_back(as_anna, anna):
    data = new()

    response = as_anna.post(ADD, data)
    as_anna.post(ADD, data)

    field = anna.ownfields.get()
    assert (field.name, field.folded, field.kind) == ("Shoe size", fold("Shoe size"), "number")
    assert toasts(response) == ["“Shoe size” is ready."]
    undo(as_anna, response)
    assert not anna.ownfields.exists()


def test_every_field_says_what_it_is_needed_for(as_anna, anna):
    page = as_anna.post(ADD, new(purpose=""))

    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert list(page.context["form"].errors) == ["purpose"]
    assert not anna.ownfields.exists()


@pytest.mark.parametrize(
    "typed", [{"name": "Allergien"}, {"kind": "choice", "choices": "Migräne\nx"}]
)
def test_a_field_for_health_is_made_only_when_confirmed(as_anna, anna, typed):
    page = as_anna.post(ADD, new(**typed))

    assert list(page.context["form"].errors) == ["sure"]
    assert b"you would need their explicit consent" in page.content
    assert not anna.ownfields.exists()

    as_anna.post(ADD, new(**typed, sure="on"))
    assert anna.ownfields.count() == 1


def test_a_choice_needs_choices(as_anna, anna):
    page = as_anna.post(ADD, new(kind="choice", choices="red\n\nred"))
    assert list(page.context["form"].errors) == ["choices"]

    as_anna.post(ADD, new(kind="choice", choices="red\n blue \n"))
    assert anna.ownfields.get().choices == ["red", "blue"]


def test_two_fields_of_one_name_are_one_too_many(as_anna, anna):
    OwnFieldFactory(partner=anna, name="Größe")

    page = as_anna.post(ADD, new(name="groesse"))

    assert page.context["form"].errors["name"] == ["You have a field of this name already."]


def test_thirty_fields_are_the_most(as_anna, anna):
    OwnFieldFactory.create_batch(30, partner=anna)

    assert ADD not in as_anna.get(LIST).content.decode()
    assert as_anna.post(ADD, new()).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert anna.ownfields.count() == 30


def test_a_field_with_answers_keeps_its_kind(as_anna, anna):
    field = OwnValueFactory(customer__partner=anna, field__kind="text").field
    url = one("edit", field)

    as_anna.post(url, typed_over(as_anna, url, name="Size of shoes", kind="date"))

    field.refresh_from_db()
    assert (field.name, field.folded, field.kind) == (
        "Size of shoes",
        fold("Size of shoes"),
        "text",
    )


def test_deleting_a_field_takes_its_answers_along_and_undo_brings_them_back(as_anna, anna):
    value = OwnValueFactory(customer__partner=anna)
    other = OwnValueFactory(customer=value.customer)

    response = as_anna.post(one("remove", value.field))

    assert list(anna.own_values.all()) == [other]
    undo(as_anna, response)
    assert anna.own_values.count() == anna.ownfields.count() == 2


def test_fields_stand_in_the_order_that_one_gives_them(as_anna, anna):
    fields = [OwnFieldFactory(partner=anna, name=name) for name in "abc"]

    response = as_anna.post(one("move", fields[2]))
    assert [field.name for field in anna.ownfields.all()] == ["a", "c", "b"]

    undo(as_anna, response)
    assert [field.name for field in anna.ownfields.all()] == ["a", "b", "c"]
    as_anna.post(one("move", fields[0]))
    assert [field.name for field in anna.ownfields.all()] == ["a", "b", "c"]


def test_another_tab_is_noticed(as_anna, anna):
    field = OwnFieldFactory(partner=anna)
    url = one("edit", field)
    ours = typed_over(as_anna, url, purpose="ours")
    as_anna.post(url, typed_over(as_anna, url, purpose="theirs"))

    assert as_anna.post(url, ours).status_code == HTTPStatus.CONFLICT


def test_settings_lead_to_the_fields(as_anna):
    assert LIST in as_anna.get(reverse("settings")).content.decode()
    assert "No fields of your own yet." in as_anna.get(LIST).content.decode()


def test_fields_of_another_partner_are_not_there(as_boris, anna):
    field = OwnFieldFactory(partner=anna)

    assert as_boris.get(one("edit", field)).status_code == HTTPStatus.NOT_FOUND
    for name in ("move", "remove"):
        assert as_boris.post(one(name, field)).status_code == HTTPStatus.NOT_FOUND
    assert anna.ownfields.count() == 1
