"""What a partner can choose about a file, and about a sheet of labels."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.exports import labels


class ExportForm(forms.Form):
    FORMATS: ClassVar = (
        ("xlsx", _("Excel")),
        ("csv", _("CSV table")),
        ("vcard", _("Address book (vCard)")),
        ("vcard3", _("vCard for older devices (3.0)")),
    )
    COLUMNS: ClassVar = (
        ("everything", _("everything, can be read in again")),
        ("letters", _("name, address and greeting, for letters")),
    )

    format = forms.ChoiceField(
        label=_("As what?"), choices=FORMATS, widget=forms.RadioSelect, initial="xlsx"
    )
    columns = forms.ChoiceField(
        label=_("Columns of a table"),
        choices=COLUMNS,
        widget=forms.RadioSelect,
        initial="everything",
        required=False,
    )

    def clean_columns(self) -> str:
        return self.cleaned_data["columns"] or "everything"

    @property
    def wish(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("format", "columns")}


class LabelForm(forms.Form):
    families = forms.BooleanField(
        label=_("One label for a family"),
        help_text=_("Same last name, same address"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    salutation = forms.BooleanField(
        label=_("With Ms or Mr before the name"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    start = forms.TypedChoiceField(
        label=_("Which is the first label that is left on your sheet?"),
        choices=[(number, str(number)) for number in range(1, labels.ON_A_SHEET + 1)],
        coerce=int,
        initial=1,
        widget=forms.RadioSelect,
    )

    @property
    def wish(self) -> labels.Wish:
        return labels.Wish(**self.cleaned_data)
