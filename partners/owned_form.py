"""A form for one partner's row: its owner is set, its choices are the owner's, and nobody's
change is lost.
"""

import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from partners.models import OwnedModel, Partner, uuid7

TRAVELLING = ("row_id", "row_version")
VERSION_OF_IDS = 7
T = TypeVar("T")


class RowIdField(forms.UUIDField):
    """Carries the id of the row that a form will make; what is no id of ours becomes a new one."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any):
        super().__init__(required=False, initial=uuid7, **kwargs)

    def clean(self, value: Any) -> uuid.UUID:
        try:
            row_id = super().clean(value)
        except ValidationError:
            row_id = None
        return row_id if row_id and row_id.version == VERSION_OF_IDS else uuid7()


class OwnedForm(forms.ModelForm):
    """`partner` is required, so that leaving it out is an error and not a leak.

    A new row's id travels with the form: a second submit finds the first result. An existing
    row's version travels too: if it changed meanwhile, `conflict` holds what differs
    (label, theirs, yours), and saving again then means to overwrite.
    """

    row_id = RowIdField()
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.partner = partner
        self.conflict: list[tuple[str, str, str]] = []
        self.is_new = self.instance._state.adding
        self.instance.partner = partner
        self.fields["row_version"].initial = self.instance.version
        if not self.is_new:
            self.fields["row_id"].initial = self.instance.pk
        field: Any
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs.pop("maxlength", None)  # a long text is not cut, but refused
            queryset = getattr(field, "queryset", None)
            if queryset is not None and issubclass(queryset.model, OwnedModel):
                field.queryset = queryset.filter(partner=partner)

    def _get_validation_exclusions(self):
        """Check unique constraints that involve the owner, though no field shows it."""
        return super()._get_validation_exclusions() - {"partner"}  # type: ignore[misc]

    def clean(self):
        cleaned = super().clean()
        if self.is_new:
            self.instance.pk = self.cleaned_data["row_id"]
        elif self.cleaned_data.get("row_version") != self.instance.version:
            self.conflict = self.differences()
        if self.conflict:
            data: Any = self.data.copy()  # type: ignore[attr-defined]
            data[self.add_prefix("row_version")] = str(self.instance.version)
            self.data = data
            raise ValidationError(
                _(
                    "This was changed elsewhere in the meantime. What you typed is still here; "
                    "save again to keep it."
                ),
                code="stale",
            )
        return cleaned

    def differences(self) -> list[tuple[str, str, str]]:
        """What the stored row says against what was typed, for the fields that differ."""
        return [
            (str(field.label), self.as_shown(name, stored), self.as_shown(name, typed))
            for name, field in self.fields.items()
            if name not in TRAVELLING
            for stored in [self.initial.get(name)]
            for typed in [self.cleaned_data.get(name, self[name].data)]
            if typed != stored and (typed or stored)
        ]

    def as_shown(self, name: str, value: Any) -> str:
        field = self.fields[name]
        choices = dict(getattr(field, "choices", ()))
        return str(choices.get(value, field.prepare_value(value)) or "–")


def sent_before(rows: Any, data: Any) -> Any:
    """The row an earlier submit of the same form made, if there is one."""
    try:
        return rows.filter(pk=uuid.UUID(data.get("row_id", ""))).first()
    except ValueError:
        return None


def store_once(rows: Any, row: OwnedModel, store: Callable[[], T]) -> T | None:
    """Store a form's new row; None if a second submit of it was faster by a hair.

    An id that is taken otherwise, by a stranger or in the bin, gives way to a new one.
    """
    try:
        return store()
    except IntegrityError:
        if rows.filter(pk=row.pk).exists():
            return None
        row.pk = uuid7()
        return store()
