"""What is asked when duties are settled: for many with one button, for one with day and way."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from customers.actions import informing
from customers.list_forms import ManyForm
from customers.models import Customer
from partners import clock
from partners.models import Partner

Informed = Customer.Informed
HOWS = (Informed.SPOKEN, Informed.LINK, Informed.PRINTED, Informed.DISMISSED)
WORDS = [(how.value, capfirst(how.label)) for how in HOWS]


class SettleForm(ManyForm):
    """`do` is the button that was pressed: how they were told, or that they stay or go."""

    do = forms.ChoiceField(
        choices=[
            *WORDS,
            ("keep", pgettext_lazy("somebody stays", "Keep")),
            ("delete", gettext_lazy("To the bin")),
        ]
    )

    @property
    def kind(self) -> str:
        done = self.cleaned_data["do"]
        return done if done in {"keep", "delete"} else "inform"

    @property
    def params(self) -> dict[str, Any]:
        if self.kind != "inform":
            return {}
        return informing.words(self.partner, self.cleaned_data["do"])


class InformedForm(forms.Form):
    how = forms.ChoiceField(
        label=gettext_lazy("How do they know?"),
        choices=WORDS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose one.")},
    )
    day = forms.DateField(
        label=gettext_lazy("When?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.today = clock.today(partner.zone)

    def clean_day(self) -> dt.date:
        day = self.cleaned_data["day"]
        if day > self.today:
            raise ValidationError(_("That day has not come yet."))
        return day
