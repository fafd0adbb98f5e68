"""Each column of the house says whether it tells of a person, and what becomes of it.

A field, a relation or a model that declares nothing turns this red: then say in its `privacy`
what it is, so that erasure, the access package and the export know.
"""

import pytest
from django.apps import apps
from django.db import models

from customers.actions.copies import CLEANERS
from customers.models import Customer, Phone, hanging
from partners.models import OwnedModel, Privacy
from partners.models.leases import Leased

HOUSE = ("partners", "customers", "events")
OF_ALL = {"id", "partner", "created_at", "updated_at", "version", "deleted_at"}
MODELS = [model for app in HOUSE for model in apps.get_app_config(app).get_models()]


def undeclared(model) -> set[str]:
    """Columns of which a model does not say what they are."""
    privacy = getattr(model, "privacy", Privacy())
    leases = {field.name for field in Leased._meta.fields} if issubclass(model, Leased) else set()
    return {
        field.name
        for field in model._meta.concrete_fields
        if field.name not in {*OF_ALL, *leases, *privacy.personal, *privacy.technical}
        and field.related_model is not Customer
    }


@pytest.mark.parametrize("model", MODELS)
def test_every_column_is_declared_once_and_exists(model):
    assert undeclared(model) == set()
    named = [*model.privacy.personal, *model.privacy.technical]
    assert len(named) == len(set(named))
    assert {model._meta.get_field(name).name for name in named} == set(named)


def test_a_column_that_declares_nothing_is_noticed(monkeypatch):
    monkeypatch.setattr(Phone, "privacy", Privacy(personal=("kind", "number", "label")))

    assert undeclared(Phone) == {"typed", "is_preferred"}


def relations() -> list[models.ForeignKey]:
    return [
        field
        for model in MODELS
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is Customer
    ]


@pytest.mark.parametrize("field", relations(), ids=str)
def test_what_hangs_on_a_person_does_at_an_erasure_what_it_declares(field):
    model = field.model
    if model is Customer:
        return  # those merged into somebody go along with them
    assert model.merging is not None
    assert model.privacy.words == "none"
    if model.privacy.on_erasure == "delete":
        assert field.remote_field.on_delete is models.CASCADE
    else:
        assert field.null
        assert field.remote_field.on_delete is models.SET_NULL
        assert model.privacy.reason_to_keep


@pytest.mark.parametrize("model", MODELS)
def test_what_hangs_on_nobody_says_how_it_comes_by_the_words_of_a_person(model):
    if model in hanging.pointers() or not model.privacy.personal:
        return
    is_about_the_partner = model.privacy.on_erasure == "keep"
    assert model.privacy.words != "none" or is_about_the_partner


def test_every_copy_has_a_cleaner():
    copied = {model for model in MODELS if model.privacy.words == "copied"}

    assert {model for cleaner in CLEANERS for model in cleaner.models} == copied


@pytest.mark.parametrize("model", [model for model in MODELS if issubclass(model, OwnedModel)])
def test_what_is_kept_says_why(model):
    assert bool(model.privacy.reason_to_keep) == (model.privacy.on_erasure != "delete")
