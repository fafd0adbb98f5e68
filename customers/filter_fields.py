"""Kinds of filters for the customer list; each knows how to say what was chosen."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from customers import text
from customers.fields import LineField

NOTHING = "-"  # in the address bar, for “not said”


class SeveralField(forms.MultipleChoiceField):
    """Several of the choices; what is none of them is left out, and `has_strangers` says so."""

    has_strangers = False

    def clean(self, value: Any) -> list[str]:
        typed = self.to_python(value)
        known = [choice for choice in typed if self.valid_value(choice)]
        self.has_strangers = len(known) < len(typed)
        if typed and not known:
            raise ValidationError(_("This is no longer a choice."))
        return known


class Asked(django_filters.Filter):
    """A filter in whose chip the label stands before the value, unless the value says it all."""

    def __init__(self, *args: Any, says_it_all: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.says_it_all = says_it_all

    def spoken(self, value: Any) -> str:
        choices = {str(key): label for key, label in getattr(self.field, "choices", ())}
        said = choices.get(str(value), value)
        if isinstance(said, dt.date):
            said = formats.date_format(said, "SHORT_DATE_FORMAT")
        return str(said) if self.says_it_all else f"{self.label}: {said}"


class Line(Asked):
    field_class = LineField

    def __init__(self, *args: Any, **kwargs: Any):
        plain = {"autocomplete": "off", "class": "form-control"}
        kwargs.setdefault("widget", forms.TextInput(attrs=plain))
        super().__init__(*args, **kwargs)


class One(Asked):
    field_class = forms.ChoiceField

    def __init__(self, *args: Any, choices: Iterable[Any], **kwargs: Any):
        with_all = [("", gettext_lazy("all")), *choices]
        super().__init__(*args, choices=with_all, **kwargs)


class Several(Asked):
    """Any of what was chosen."""

    field_class = SeveralField

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(*args, **kwargs)

    def filter(self, qs, value):
        if not value:
            return qs
        wanted = ["" if choice == NOTHING else choice for choice in value]
        return qs.filter(**{f"{self.field_name}__in": wanted})


class Number(Asked):
    field_class = forms.DecimalField

    def __init__(self, *args: Any, **kwargs: Any):
        widget = forms.NumberInput(attrs={"class": "form-control", "step": "any"})
        super().__init__(*args, widget=widget, max_digits=18, decimal_places=4, **kwargs)


class Day(Asked):
    field_class = forms.DateField

    def __init__(self, *args: Any, **kwargs: Any):
        widget = forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")
        patterns = ["%Y-%m-%d", "%d.%m.%Y"]
        super().__init__(*args, widget=widget, input_formats=patterns, **kwargs)


def from_(label: Any):
    return format_lazy("{} {}", label, pgettext_lazy("range", "from"))


def up_to(label: Any):
    return format_lazy("{} {}", label, pgettext_lazy("range", "up to"))


def alike(values: Iterable[str], typed: str) -> list[str]:
    """Those of the values that contain what was typed, in any spelling."""
    wanted = text.fold(typed)
    return [value for value in values if wanted in text.fold(value)]
