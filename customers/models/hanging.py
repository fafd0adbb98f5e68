"""Whatever hangs on a person: the rows of every model that points to a customer."""

import datetime as dt
from collections.abc import Collection
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from customers.models.customer import Customer
from customers.models.permitting import Permission
from partners.models import OwnedModel, Partner


def owned() -> list[type[OwnedModel]]:
    return [model for model in apps.get_models() if issubclass(model, OwnedModel)]


@cache
def pointers() -> dict[type[OwnedModel], tuple[str, ...]]:
    """By model its columns that name a customer, those of rooms above included."""
    found = {
        model: tuple(
            field.attname
            for field in model._meta.concrete_fields
            if field.is_relation and field.related_model is Customer
        )
        for model in owned()
    }
    return {model: columns for model, columns in found.items() if columns}


def rows(partner: Partner, model: Any, people: Collection[UUID]) -> Any:
    """Rows of a model that hang on these people, those in the bin included."""
    wanted = Q()
    for column in pointers()[model]:
        wanted |= Q(**{f"{column}__in": people})
    return model.unscoped_with_bin.filter(wanted, partner=partner).order_by("pk")


def live(partner: Partner, model: Any) -> Any:
    return model.unscoped_with_bin.filter(partner=partner, deleted_at=None).order_by("pk")


def people(partner: Partner) -> Any:
    """All people of a circle, those in the bin included."""
    found: Any = Customer
    return found.unscoped_with_bin.filter(partner=partner)


def deleted_before(moment: dt.datetime) -> Any:
    """People of all circles who went to the bin before; the planner sees their ids and dates."""
    found: Any = Customer
    return found.unscoped_with_bin.filter(deleted_at__lt=moment).order_by()


def proofs_before(day: dt.date) -> Any:
    """Statements of erased people that the law kept until a day before; the planner sees ids."""
    found: Any = Permission
    return found.unscoped_with_bin.filter(kept_until__lt=day).order_by()
