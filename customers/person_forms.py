"""The whole person in one form: few fields first, all others behind "more"."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers import birthdays, own, way_fields
from customers.actions import WayWish
from customers.fields import LineField, ProseField
from customers.models import Customer, OwnField
from customers.models.customer import STAGE_WORDS
from customers.way_fields import KINDS, Kind, named
from partners import clock
from partners.owned_form import OwnedForm

LINES = (
    "first_name last_name title nickname company job_title website best_time source".split()  # noqa: SIM905
)
OWN = "own-"


class PersonForm(OwnedForm):
    birthday = LineField(
        label=gettext_lazy("Birthday"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("With or without the year: 12.4., 12.4.1980 or 12 April"),
    )

    class Meta:
        model = Customer
        fields = (
            "first_name",
            "last_name",
            "stage",
            "is_business",
            "salutation",
            "title",
            "nickname",
            "formality",
            "job_title",
            "company",
            "website",
            "preferred_channel",
            "best_time",
            "source_kind",
            "source",
            "satisfaction",
            "rank",
            "note",
        )
        field_classes = dict.fromkeys(LINES, LineField) | {"note": ProseField}
        widgets = {
            "note": forms.Textarea(attrs={"rows": 4}),
            "formality": forms.RadioSelect,
            "first_name": forms.TextInput(attrs={"autocomplete": "off"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "off"}),
            "satisfaction": forms.Select(
                choices=[("", "–"), *((number, "★" * number) for number in range(1, 6))]
            ),
        }
        help_texts = {
            "note": gettext_lazy("Write so that they may read it."),
            "is_business": gettext_lazy("Its name then stands in the first field."),
        }
        error_messages = {
            "first_name": {"required": gettext_lazy("A first name is enough, but it takes one.")},
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        born = (self.instance.birth_day, self.instance.birth_month, self.instance.birth_year)
        self.initial["birthday"] = birthdays.written(*born)
        if words := STAGE_WORDS.get(Customer.Salutation(self.instance.salutation)):
            stage: Any = self.fields["stage"]
            stage.choices = [(value, words[Customer.Stage(value)]) for value in words]
        self.rows: dict[str, list[int]] = {}
        self.stored = {
            kind.name: list(getattr(self.instance, kind.related).all()) for kind in KINDS
        }
        self.meant: dict[tuple[str, int], Any] = {}
        for kind in KINDS:
            self.add_rows(kind)
        self.own_fields = {f"{OWN}{field.pk}": field for field in self.partner.ownfields.all()}
        if self.own_fields:
            self.add_own_fields()

    def add_rows(self, kind: Kind) -> None:
        data, stored = (self.data if self.is_bound else None), self.stored[kind.name]
        self.rows[kind.name] = list(range(way_fields.row_count(kind, data, len(stored))))
        for number in self.rows[kind.name]:
            row = way_fields.row_meant(kind, number, data, stored)
            self.meant[kind.name, number] = row
            self.fields.update(way_fields.fields_of_row(kind, number))
            self.initial.update(way_fields.initial_of_row(kind, number, row))
        self.fields[f"{kind.name}_preferred"] = forms.CharField(required=False)
        preferred = [number for number, row in enumerate(stored) if row.is_preferred]
        self.initial[f"{kind.name}_preferred"] = str(preferred[0]) if preferred else ""

    def add_own_fields(self) -> None:
        values = {value.field_id: value.text for value in self.instance.own_values.all()}
        for name, field in self.own_fields.items():
            text = values.get(field.pk, "")
            self.fields[name] = own_field(field, text)
            self.initial[name] = own.written(field, text) if text else ""

    def clean_birthday(self) -> str:
        """Day, month and year go to `birth`; the text is what the form shows of a stored one."""
        today = clock.today(self.partner.zone)
        self.birth = birthdays.read(self.cleaned_data["birthday"], today)
        return birthdays.written(*self.birth)

    def clean(self):
        self.own_said = {}
        for name, field in self.own_fields.items():
            if name not in self.data or self.cleaned_data.get(name) == self.initial[name]:
                continue
            try:
                self.own_said[field] = own.read(field, self.cleaned_data.get(name) or "")
            except ValidationError as error:
                self.add_error(name, error)
        return super().clean()

    def differences(self) -> list[tuple[str, str, str]]:
        """What belongs to a row is named once: by its content, or else by its kind or label."""
        left_out = {"phone_preferred", "email_preferred", "address_preferred"}
        for kind in KINDS:
            for number in self.rows[kind.name]:
                names = [named(part, number) for part in kind.parts.values()]
                is_new = any(
                    (self.cleaned_data.get(name) or "") != (self.initial.get(name) or "")
                    for name in names
                )
                left_out.add(named(f"{kind.name}_id", number))
                if is_new or not self.initial.get(named(f"{kind.name}_id", number)):
                    left_out |= {named(f"{kind.name}_{part}", number) for part in ("kind", "label")}
        fields, self.fields = (
            self.fields,
            {name: field for name, field in self.fields.items() if name not in left_out},
        )
        try:
            return super().differences()
        finally:
            self.fields = fields

    @property
    def values(self) -> dict[str, Any]:
        """The customer's own columns."""
        day, month, year = self.birth
        values = {name: self.cleaned_data[name] for name in self._meta.fields or ()}
        return values | {"birth_day": day, "birth_month": month, "birth_year": year}

    @property
    def ways(self) -> list[WayWish]:
        return [wish for kind in KINDS for wish in self.wishes(kind)]

    def wishes(self, kind: Kind) -> Iterator[WayWish]:
        """The chosen one is preferred, or the one that was; of all new ones the first."""
        cleaned = self.cleaned_data
        filled = [
            number
            for number in self.rows[kind.name]
            if any(cleaned.get(named(part, number)) for part in kind.parts.values())
        ]
        chosen = cleaned.get(f"{kind.name}_preferred", "")
        is_chosen = [number for number in filled if str(number) == chosen]
        was_chosen = [n for n in filled if getattr(self.meant[kind.name, n], "is_preferred", False)]
        is_first = [] if self.stored[kind.name] else filled
        preferred = next(iter([*is_chosen, *was_chosen, *is_first]), None)
        for number in self.rows[kind.name]:
            row = self.meant[kind.name, number]
            yield way_fields.wish(kind, number, cleaned, row, is_preferred=number == preferred)

    # --- what the page shows, in its order ---

    @property
    def first(self) -> list[forms.BoundField]:
        return [self["first_name"], self["last_name"]]

    def way_rows(self, kind: Kind) -> list[dict[str, Any]]:
        preferred = self[f"{kind.name}_preferred"].value()
        return [
            way_row(self, kind, number, is_preferred=str(number) == preferred)
            for number in self.rows[kind.name]
        ]

    @property
    def reach(self) -> list[dict[str, Any]]:
        return [self.way_group(kind) for kind in KINDS[:2]]

    @property
    def address(self) -> dict[str, Any]:
        return self.way_group(KINDS[2])

    def way_group(self, kind: Kind) -> dict[str, Any]:
        rows = self.way_rows(kind)
        has_several = sum(not row["is_extra"] for row in rows) > 1
        return {"kind": kind.name, "rows": rows, "has_several": has_several, "next": len(rows)}

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        names = {
            _("Name and form of address"): "salutation title nickname formality is_business",
            _("Work"): "job_title company website",
            _("How to reach them"): "preferred_channel best_time",
            _("The two of you"): "source_kind source satisfaction rank",
        }
        groups = [(title, [self[name] for name in words.split()]) for title, words in names.items()]
        groups.append((_("Your own fields"), [self[name] for name in self.own_fields]))
        groups.append((_("For you alone"), [self["note"]]))
        return [(title, fields) for title, fields in groups if fields]

    @property
    def more_is_open(self) -> bool:
        """Where something went wrong, nothing is folded away."""
        shown = {"first_name", "last_name", "birthday", "stage", "__all__"}
        return any(
            name not in shown and not name.startswith(("phone", "email")) for name in self.errors
        )


def way_row(form: Any, kind: Kind, number: int, *, is_preferred: bool) -> dict[str, Any]:
    parts = {column: form[named(part, number)] for column, part in kind.parts.items()}
    return {
        "parts": parts,
        "kind": form[named(f"{kind.name}_kind", number)],
        "label": form[named(f"{kind.name}_label", number)],
        "id": form[named(f"{kind.name}_id", number)],
        "number": number,
        "is_preferred": is_preferred,
        "is_extra": not any(part.value() for part in parts.values()),
        "errors": [error for part in parts.values() for error in part.errors],
    }


class EmptyRowForm(forms.Form):
    """One more empty row, for whoever asks for it."""

    def __init__(self, kind: Kind, number: int):
        super().__init__()
        self.fields |= way_fields.fields_of_row(kind, number)
        self.row = way_row(self, kind, number, is_preferred=False)


def own_field(field: OwnField, stored: str) -> forms.Field:
    """A text field that is read as the field's kind, or a choice; what is stored stays choosable."""
    if field.kind == OwnField.Kind.YES_NO:
        pairs = [("", "–"), ("1", _("yes")), ("0", _("no"))]
        return forms.ChoiceField(label=field.name, choices=pairs, required=False)
    if field.kind == OwnField.Kind.CHOICE:
        kept = [stored] if stored and stored not in field.choices else []
        pairs = [("", "–"), *((choice, choice) for choice in [*field.choices, *kept])]
        return forms.ChoiceField(label=field.name, choices=pairs, required=False)
    return LineField(label=field.name, max_length=500, required=False)
