"""Forms of the club: itself, a benefit, a membership, who joins."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.fields import LineField
from events.models import Benefit, Club, Membership
from events.money import AmountField
from events.plan_fields import DayInput
from partners.owned_form import OwnedForm

OFF = {"autocomplete": "off"}
MOST_BENEFITS = 40
DAY = {
    "required": gettext_lazy("Please say since when."),
    "invalid": gettext_lazy("Please write the day like 14.3.2027."),
}


class ValuesForm(OwnedForm):
    """Hands over what was typed; an action stores it."""

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class ClubForm(ValuesForm):
    class Meta:
        model = Club
        fields = ("name", "since", "motto")
        field_classes = {"name": LineField, "motto": LineField}
        widgets = {
            "name": forms.TextInput(attrs=OFF),
            "since": DayInput(),
            "motto": forms.TextInput(attrs=OFF),
        }
        labels = {
            "name": gettext_lazy("What is your club called?"),
            "since": gettext_lazy("Since when?"),
        }
        help_texts = {"motto": gettext_lazy("For example: good that you are with us.")}
        error_messages = {
            "name": {"required": gettext_lazy("A name, so that your guests know it.")},
            "since": DAY,
        }


class BenefitForm(ValuesForm):
    cost = AmountField(
        label=gettext_lazy("What does it cost you each time?"),
        required=False,
        min_value=0,
        max_digits=8,
        decimal_places=2,
        help_text=gettext_lazy("In euros. Only you see it."),
    )

    class Meta:
        model = Benefit
        fields = ("name", "occasion", "cost")
        field_classes = {"name": LineField, "occasion": LineField}
        widgets = {
            "name": forms.TextInput(
                attrs={**OFF, "placeholder": gettext_lazy("e.g. a little birthday present")}
            ),
            "occasion": forms.TextInput(
                attrs={**OFF, "placeholder": gettext_lazy("e.g. for the birthday")}
            ),
        }
        error_messages = {"name": {"required": gettext_lazy("Please say what your members get.")}}

    def clean(self):
        cleaned = super().clean()
        if self.is_new and self.partner.benefits.count() >= MOST_BENEFITS:
            raise ValidationError(_("Forty are the most: nobody remembers more."))
        return cleaned


class MembershipForm(ValuesForm):
    class Meta:
        model = Membership
        fields = ("number", "since", "note")
        field_classes = {"note": LineField}
        widgets = {
            "number": forms.NumberInput(attrs={**OFF, "min": 1}),
            "since": DayInput(),
            "note": forms.TextInput(attrs=OFF),
        }
        error_messages = {
            "number": {"required": gettext_lazy("Please say which number is on the card.")},
            "since": DAY,
        }

    def clean_number(self) -> int:
        """A number is given once, also if whoever had it is gone."""
        number = self.cleaned_data["number"]
        rows = self.partner.memberships(manager="unscoped_with_bin")
        if not 1 <= number <= 999_999:  # noqa: PLR2004 - fits on a card
            raise ValidationError(_("A number between 1 and 999999, please."))
        if (
            rows.filter(club=self.instance.club, number=number)
            .exclude(pk=self.instance.pk)
            .exists()
        ):
            raise ValidationError(_("Number %(number)d is taken.") % {"number": number})
        return number


class JoinForm(forms.Form):
    since = forms.DateField(
        label=gettext_lazy("Members since"), widget=DayInput(), error_messages=DAY
    )

    def __init__(self, data: Any, *, today: dt.date):
        super().__init__(data, initial={"since": today})
        self.today = today

    def clean_since(self) -> dt.date:
        since = self.cleaned_data["since"]
        if not dt.date(1900, 1, 1) <= since <= self.today:
            raise ValidationError(_("Nobody has joined on this day yet."))
        return since
