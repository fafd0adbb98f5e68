"""Forms for one partner's rows. `FollowUpForm` stands for all of them."""

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
from django import forms
from django.utils import translation

from customers.actions import promise
from customers.follow_up_forms import FollowUpForm
from customers.models import FollowUp, Interaction
from customers.when import When
from partners.models import uuid7
from partners.owned_form import OwnedForm, sent_before, store_once
from tests.factories import CustomerFactory, FollowUpFactory, InteractionFactory

TOMORROW = When(dt.date(2026, 11, 24))
VALID = {"when": "morgen", "kind": "call", "nature": "promise"}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


class ChoiceForm(OwnedForm):
    """A form that forgets to narrow its choices."""

    class Meta:
        model = Interaction
        fields = ("follow_up",)


def test_a_form_without_a_partner_is_an_error():
    with pytest.raises(TypeError):
        FollowUpForm(VALID)


def test_choices_are_ones_own(anna, boris):
    his = InteractionFactory(customer__partner=boris)
    follow_up = FollowUpFactory(customer__partner=anna)

    form = ChoiceForm({"follow_up": follow_up.pk}, instance=his, partner=boris)

    assert not form.is_valid()
    assert [str(error) for error in form.errors["follow_up"]] == [
        forms.ModelChoiceField.default_error_messages["invalid_choice"]
    ]


def test_a_new_form_carries_an_id_and_each_page_another_one(anna):
    first, second = FollowUpForm(partner=anna), FollowUpForm(partner=anna)

    ids = [form["row_id"].value() for form in (first, second)]
    assert ids[0] != ids[1]
    assert [uuid.UUID(made).version for made in ids] == [7, 7]
    assert ids[0] in str(first["row_id"])


def test_the_id_becomes_the_rows(anna):
    row_id = uuid7()
    form = FollowUpForm(VALID | {"row_id": str(row_id)}, partner=anna)

    assert form.is_valid()
    assert form.instance.pk == row_id
    assert form.instance.partner == anna


@pytest.mark.parametrize("typed", ["", "x", "\x00", "00000000-0000-4000-8000-000000000000"])
def test_an_id_that_is_none_of_ours_is_replaced(anna, typed):
    form = FollowUpForm(VALID | {"row_id": typed}, partner=anna)

    assert form.is_valid()
    assert form.instance.pk.version == 7


def test_a_stale_form_shows_what_differs_in_the_words_of_the_page(anna):
    stored = FollowUpFactory(customer__partner=anna, what="theirs")
    data = VALID | {"what": "ours", "kind": "visit", "row_version": "0", "when": "1.12.2027"}

    form = FollowUpForm(data, instance=stored, partner=anna)

    assert not form.is_valid()
    assert form.conflict == [
        ("What for?", "theirs", "ours"),
        ("When?", "24.11.2026", "01.12.2027"),
        ("How?", "call", "visit"),
    ]
    assert form["row_version"].value() == "1"


def test_what_was_not_understood_is_shown_as_typed(anna):
    stored = FollowUpFactory(customer__partner=anna, what="same")
    data = VALID | {"what": "same", "row_version": "0", "when": "nonsense"}

    form = FollowUpForm(data, instance=stored, partner=anna)

    assert not form.is_valid()
    assert ("When?", "24.11.2026", "nonsense") in form.conflict


def test_an_empty_side_is_a_dash(anna):
    stored = FollowUpFactory(customer__partner=anna, what="")
    data = VALID | {"what": "ours", "row_version": "0", "when": "24.11.2026"}

    form = FollowUpForm(data, instance=stored, partner=anna)

    assert not form.is_valid()
    assert form.conflict == [("What for?", "–", "ours")]


@pytest.mark.parametrize("row_id", ["", "x", "\x00", "9" * 100])
def test_what_was_sent_before_is_found_by_its_id_alone(anna, boris, row_id):
    hers, his = CustomerFactory(partner=anna), CustomerFactory(partner=boris)

    found = [sent_before(anna.customers, {"row_id": sent}) for sent in (row_id, hers.pk.hex)]

    assert found == [None, hers]
    assert sent_before(anna.customers, {"row_id": str(his.pk)}) is None
    assert sent_before(anna.customers, {}) is None


def test_a_second_submit_that_was_faster_by_a_hair_wins(anna):
    first = FollowUpFactory(customer__partner=anna)
    second = FollowUp(pk=first.pk, customer=first.customer)

    act = store_once(anna.followups, second, lambda: promise(anna, anna.user, second, TOMORROW))

    assert act is None
    assert list(anna.followups.all()) == [first]


def test_an_id_that_a_stranger_has_gives_way_to_a_new_one(anna, boris):
    his = FollowUpFactory(customer__partner=boris)
    hers = FollowUp(pk=his.pk, customer=CustomerFactory(partner=anna))

    act = store_once(anna.followups, hers, lambda: promise(anna, anna.user, hers, TOMORROW))

    assert act.left_traces
    assert anna.followups.get().pk != his.pk
