"""One tier of the host's thank-you."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.fields import LineField
from events.models import RewardTier
from events.money import AmountField
from events.rewards import HUNDRED
from partners.owned_form import OwnedForm

MOST_TIERS = 20
Kind = RewardTier.Kind


class RewardForm(OwnedForm):
    class Meta:
        model = RewardTier
        fields = ("min_sales", "min_buyers", "kind", "value", "item")
        field_classes = {"min_sales": AmountField, "value": AmountField, "item": LineField}
        widgets = {
            "kind": forms.RadioSelect,
            "item": forms.TextInput(attrs={"autocomplete": "off"}),
        }
        labels = {
            "min_sales": gettext_lazy("From sales in €"),
            "min_buyers": gettext_lazy("Buyers from"),
            "kind": gettext_lazy("Then there is"),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["min_sales"].required = self.fields["min_buyers"].required = False
        self.initial["min_buyers"] = self.instance.min_buyers or None
        value: Any = self.fields["value"]
        value.empty = None

    def clean_min_buyers(self) -> int:
        return self.cleaned_data["min_buyers"] or 0

    def clean(self):
        cleaned = super().clean() or {}
        kind, value = cleaned.get("kind"), cleaned.get("value")
        if kind == Kind.ITEM:
            cleaned["value"] = None
            if not cleaned.get("item"):
                self.add_error("item", _("What do you give? “a scented candle”, for example."))
        elif kind:
            cleaned["item"] = ""
            if not value and "value" not in self.errors:
                self.add_error("value", _("Please say how much."))
            elif kind == Kind.PERCENT and value and value > HUNDRED:
                self.add_error("value", _("More than 100 per cent would be more than everything."))
        if self.is_new and self.partner.rewardtiers.count() >= MOST_TIERS:
            raise ValidationError(_("Twenty tiers are the most: nobody remembers more."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}
