"""Rows of a form for several numbers, e-mail addresses and postal addresses of one person.

The first row of a kind is named plainly (`phone`), each further one carries its number (`phone_1`).
There is always one empty row more, so that it works without JavaScript; an emptied row is removed.
"""

import dataclasses
import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from customers.actions import WayWish
from customers.fields import LineField, MailField
from customers.models import Address, Email, Phone

MOST_ROWS = 30
BY_NUMBER = ("", _("by its number"))


@dataclasses.dataclass(frozen=True)
class Kind:
    """`parts` are the fields of a row by the column they fill."""

    name: str
    related: str
    model: Any
    parts: dict[str, str]

    @property
    def choices(self) -> list[tuple[Any, Any]]:
        first = [BY_NUMBER] if self.model is Phone else []
        return first + list(self.model.Kind.choices)


PLACE = {
    "extra": "address_extra",
    "street": "street",
    "postcode": "postcode",
    "city": "city",
    "region": "region",
    "country": "country",
}
PHONE = Kind("phone", "phones", Phone, {"typed": "phone"})
EMAIL = Kind("email", "emails", Email, {"typed": "email"})
ADDRESS = Kind("address", "addresses", Address, PLACE)
KINDS = (PHONE, EMAIL, ADDRESS)


def named(part: str, number: int) -> str:
    return f"{part}_{number}" if number else part


def field_for(kind: Kind, column: str) -> forms.Field:
    if kind is PHONE:
        return phone_field()
    if kind is EMAIL:
        return MailField(label=_("E-mail"), max_length=254, required=False)
    label, longest = PLACE_FIELDS[column]
    return LineField(label=label, max_length=longest, required=False)


PLACE_FIELDS = {
    "extra": (_("Address line"), 120),
    "street": (_("Street and number"), 120),
    "postcode": (_("Postcode"), 10),
    "city": (_("Place"), 80),
    "region": (_("Region"), 80),
    "country": (_("Country"), 60),
}


def phone_field() -> LineField:
    return LineField(
        label=_("Phone number"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "inputmode": "tel"}),
        validators=[RegexValidator(r"\d", _("A phone number needs digits."))],
    )


def fields_of_row(kind: Kind, number: int) -> dict[str, forms.Field]:
    """All that one row asks, the content first."""
    fields = {named(part, number): field_for(kind, column) for column, part in kind.parts.items()}
    return fields | {
        named(f"{kind.name}_kind", number): forms.ChoiceField(
            label=_("Kind"), choices=kind.choices, required=False
        ),
        named(f"{kind.name}_label", number): LineField(
            label=_("Name of this entry"), max_length=60, required=False
        ),
        named(f"{kind.name}_id", number): forms.UUIDField(required=False, widget=forms.HiddenInput),
    }


def initial_of_row(kind: Kind, number: int, row: Any) -> dict[str, Any]:
    if row is None:
        return {}
    initial = {named(part, number): getattr(row, column) for column, part in kind.parts.items()}
    return initial | {
        named(f"{kind.name}_kind", number): row.kind,
        named(f"{kind.name}_label", number): row.label,
        named(f"{kind.name}_id", number): row.pk,
    }


def row_count(kind: Kind, data: Mapping[str, Any] | None, stored: int) -> int:
    """As many as are stored and one more, or as many as were sent."""
    if data is None:
        return min(stored + 1, MOST_ROWS)
    sent = [
        number
        for number in range(MOST_ROWS)
        if any(named(part, number) in data for part in kind.parts.values())
    ]
    return max(sent, default=0) + 1


def row_meant(kind: Kind, number: int, data: Mapping[str, Any] | None, stored: list[Any]) -> Any:
    """The stored row to which a row of the form belongs, if it still exists."""
    key = named(f"{kind.name}_id", number)
    if data is None or key not in data:
        return stored[number] if number < len(stored) else None
    try:
        pk = uuid.UUID(data[key])
    except ValueError:
        return None
    return next((row for row in stored if row.pk == pk), None)


def wish(
    kind: Kind, number: int, cleaned: dict[str, Any], row: Any, *, is_preferred: bool
) -> WayWish:
    content = {column: cleaned.get(named(part, number), "") for column, part in kind.parts.items()}
    return WayWish(
        row=row,
        model=kind.model,
        content=content if any(content.values()) else {},
        kind=cleaned.get(named(f"{kind.name}_kind", number), ""),
        label=cleaned.get(named(f"{kind.name}_label", number), ""),
        is_preferred=is_preferred,
    )
