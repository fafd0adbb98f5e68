"""A stranger fills in his own forms with the ids of Anna's rows."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from customers.models import Customer, FollowUp
from partners.owned_form import OwnedForm
from tests.factories import PhoneFactory
from tests.project.crawl import ask
from tests.project.pages import PRIVATE
from tests.project.world import build, canaries, unknown_like

LOG = {"kind": "call", "outcome": "reached", "text": "Hello"}
PROMISE = {"what": "Call", "kind": "call", "nature": "promise", "when": "in 3 Tagen"}
PERSON = {"first_name": "Bea", "formality": "du", "stage": "prospect"}

# What is typed into which of Boris's own forms, and the field that carries an id of Anna's.
POISONED = {
    "a person under a foreign id": ("customer-add", PERSON, "row_id", "customer"),
    "a promise under a foreign id": ("follow-up-add", PROMISE, "row_id", "follow_up"),
    "a talk under a foreign id": ("interaction-add", LOG, "row_id", "interaction"),
    "a talk that settles a foreign promise": ("interaction-add", LOG, "settles", "follow_up"),
    "a first date with a foreign person": ("first-names", {}, "when-{}", "customer"),
}


@pytest.fixture
def worlds(clock, anna, boris):
    return build(anna), build(boris)


@pytest.mark.parametrize("case", POISONED)
def test_a_foreign_id_in_a_form_is_worth_as_much_as_an_invented_one(as_boris, worlds, case):
    name, typed, field, row = POISONED[case]
    of_anna, of_boris = worlds
    before = of_anna.fingerprint()
    foreign = getattr(of_anna, row).pk

    answers = []
    for key in (foreign, unknown_like(foreign)):
        carried = {field.format(key): key if "{}" not in field else "morgen"}
        url = PRIVATE[name].url(name, of_boris).partition("?")[0]
        answers.append(ask(as_boris, "POST", url, typed=typed | carried))

    assert answers[0].status < 500
    assert answers[0].comparable == answers[1].comparable
    assert of_anna.fingerprint() == before


def test_a_foreign_promise_in_the_address_is_not_the_one_talked_about(as_boris, worlds):
    of_anna, of_boris = worlds
    before = of_anna.fingerprint()
    url = PRIVATE["interaction-add"].url("interaction-add", of_boris).partition("?")[0]
    asked = f"{url}?follow_up={of_anna.follow_up.pk}"

    answers = [ask(as_boris, "GET", asked), ask(as_boris, "POST", asked, typed=LOG)]

    assert [answer.status for answer in answers] == [200, 302]
    assert not of_boris.customer.interactions.filter(follow_up=of_anna.follow_up).exists()
    assert of_anna.fingerprint() == before


def test_anna_s_names_do_not_show_in_the_first_names_of_a_stranger(as_boris, worlds):
    of_anna, of_boris = worlds
    mine, foreign = of_boris.customer.pk, of_anna.customer.pk

    both = ask(as_boris, "GET", f"/start/?who={mine},{foreign}")
    own = ask(as_boris, "GET", f"/start/?who={mine}")

    assert canaries(own.text)  # he sees his own circle
    assert both.comparable == own.comparable


class CarelessForm(OwnedForm):
    """Offers everybody's customers, as a hurried developer might."""

    whose = forms.ModelChoiceField(queryset=Customer.unscoped.all())

    class Meta:
        model = FollowUp
        fields = ("what",)


def test_a_careless_form_offers_one_s_own_rows_all_the_same(boris, worlds):
    of_anna, of_boris = worlds
    typed = {"what": "Call", "whose": of_anna.customer.pk}

    form = CarelessForm(typed, partner=boris)

    assert set(form.fields["whose"].queryset) == set(boris.customers.all())
    assert of_boris.customer in form.fields["whose"].queryset
    assert list(form.errors) == ["whose"]


def test_a_form_without_its_partner_is_a_mistake_and_not_a_leak():
    with pytest.raises(TypeError, match="partner"):
        CarelessForm()  # type: ignore[call-arg]


def test_a_row_refuses_to_mix_partners(boris, worlds):
    of_anna, _of_boris = worlds
    stray = PhoneFactory.build(partner=boris, customer=of_anna.customer)

    with pytest.raises(ValidationError, match="another partner"):
        stray.save()
