"""Filters for the partner's own fields; in the address bar they are called own-<id>."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from customers.filter_fields import Asked, Day, Line, Number, One, Several, alike, from_, up_to
from customers.models import OwnField
from partners.models import Partner

PREFIX = "own-"
Kind = OwnField.Kind


def filters_of(partner: Partner) -> dict[str, Asked]:
    return {
        name: asked for field in partner.ownfields.all() for name, asked in of_field(field).items()
    }


def of_field(field: OwnField) -> dict[str, Asked]:
    name, label = f"{PREFIX}{field.pk}", field.name
    match field.kind:
        case Kind.CHOICE:
            choices = [(choice, choice) for choice in field.choices]
            return {name: Several(label=label, choices=choices, method=Values(field, "text__in"))}
        case Kind.YES_NO:
            choices = [("1", _("yes")), ("0", _("no"))]
            return {name: One(label=label, choices=choices, method=Values(field, "text"))}
        case Kind.NUMBER | Kind.DATE:
            kind, column = (Number, "number") if field.kind == Kind.NUMBER else (Day, "date")
            return {
                f"{name}-from": kind(label=from_(label), method=Values(field, f"{column}__gte")),
                f"{name}-to": kind(label=up_to(label), method=Values(field, f"{column}__lte")),
            }
        case _:
            return {name: Line(label=label, method=Values(field, "alike"))}


class Values:
    """Narrows a list to those of whom a field says this."""

    def __init__(self, field: OwnField, lookup: str):
        self.field = field
        self.lookup = lookup

    def __deepcopy__(self, memo: Any) -> "Values":
        return self

    def __call__(self, customers, name: str, value: Any):
        said = self.field.partner.own_values.filter(field=self.field)
        if self.lookup == "alike":
            texts = said.order_by("text").values_list("text", flat=True).distinct()
            said = said.filter(text__in=alike(texts, value))
        else:
            said = said.filter(**{self.lookup: value})
        return customers.filter(pk__in=said.values("customer"))
