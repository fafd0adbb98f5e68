"""What an import asks: a file, what its columns hold, and what all who come shall share."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.fields import LineField
from customers.imports import picked, reading
from customers.imports.tables import DELIMITERS, ENCODINGS
from customers.models import Customer, Import
from partners.owned_form import RowIdField

LARGEST = 32 << 20  # bytes


class UploadForm(forms.Form):
    row_id = RowIdField()
    file = forms.FileField(
        label=gettext_lazy("Your file"),
        error_messages={
            "required": gettext_lazy("Please choose a file first."),
            "empty": gettext_lazy("This file is empty. Please export your contacts once more."),
        },
        widget=forms.ClearableFileInput(
            attrs={
                "class": "drop-input",
                "accept": ".csv,.txt,.tsv,.xlsx,.vcf,.vcard,text/csv,text/vcard,text/x-vcard",
            }
        ),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(
                _("This file is larger than 32 MB. Export your contacts without photos, please.")
            )
        return file


class PickedForm(forms.Form):
    """Filled by the phone's own contact picker."""

    row_id = RowIdField()
    picked = forms.CharField(widget=forms.HiddenInput)

    def clean_picked(self):
        posted = self.cleaned_data["picked"]
        if not picked.read(posted):
            raise ValidationError(_("Nobody was picked. Please try again."))
        return posted


class ColumnsForm(forms.Form):
    """How a table is read; one field for each of its columns."""

    encoding = forms.ChoiceField(label=gettext_lazy("Letters"))
    delimiter = forms.ChoiceField(label=gettext_lazy("Columns are divided by"))
    has_header = forms.BooleanField(
        label=gettext_lazy("The first line is a header"), required=False
    )

    def __init__(self, data: Any, *, found: dict[str, Any], own: list[str], **kwargs: Any):
        super().__init__(data, **kwargs)
        self.found = found
        for name, known in (("encoding", ENCODINGS), ("delimiter", DELIMITERS)):
            present = {found[name]: found[name]} if found.get(name) else {}
            self.field(name).choices = (present | known).items()
            self.initial[name] = found.get(name)
        self.initial["has_header"] = found.get("has_header")
        choices = reading.field_choices(own, found["columns"])
        for at, key in enumerate(found["columns"]):
            field = forms.ChoiceField(choices=choices, required=False, label=self.heading(at))
            self.fields[f"column-{at}"] = field
            self.initial[f"column-{at}"] = key

    def field(self, name: str) -> Any:
        return self.fields[name]

    def heading(self, at: int) -> str:
        header = self.found.get("header") or []
        name = header[at] if at < len(header) else ""
        return name or _("Column %(number)d") % {"number": at + 1}

    @property
    def columns(self) -> list[str]:
        return [self.cleaned_data[f"column-{at}"] for at in range(len(self.found["columns"]))]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(key in NAMING for key in self.columns):
            raise ValidationError(_("Please say which column holds the name."), code="no-name")
        return cleaned


# Whoever has one of these has something to be called by.
NAMING = {"name", "first_name", "last_name", "nickname", "company", "phone", "email"} | {
    f"phone.{kind}" for kind in ("mobile", "home", "work", "other", "1")
}


class OptionsForm(forms.Form):
    """What everybody who comes by this import shall share."""

    tag = LineField(
        label=gettext_lazy("A tag for all of them"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("By it you find them again."),
    )
    stage = forms.ChoiceField(label=gettext_lazy("Stage of the new ones"), required=False)
    source_kind = forms.ChoiceField(label=gettext_lazy("Source of the new ones"), required=False)
    source = LineField(
        label=gettext_lazy("How do you know each other?"), max_length=200, required=False
    )

    def __init__(self, *args: Any, run: Import, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.run = run
        stage: Any = self.fields["stage"]
        stage.choices = Customer.Stage.choices
        source: Any = self.fields["source_kind"]
        source.choices = Customer.Source.choices
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("tag", "stage", "source_kind", "source")
