"""Noting what somebody wants to happen to their data."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.fields import LineField
from customers.models import DataSubjectRequest
from customers.rights import WISHES
from partners import clock
from partners.owned_form import OwnedForm

Kind = DataSubjectRequest.Kind
NEEDS_IDENTITY = {Kind.ACCESS, Kind.ERASURE}
RECOGNISED = (
    gettext_lazy("told me face to face"),
    gettext_lazy("recognised by their voice"),
    gettext_lazy("wrote from the address I know"),
    gettext_lazy("called from the number I know"),
)


class RequestForm(OwnedForm):
    class Meta:
        model = DataSubjectRequest
        fields = ("kind", "received_on", "identity")
        field_classes = {"identity": LineField}
        widgets = {
            "kind": forms.RadioSelect,
            "received_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "identity": forms.TextInput(attrs={"autocomplete": "off", "list": "recognised"}),
        }
        labels = {
            "kind": gettext_lazy("What do they want?"),
            "received_on": gettext_lazy("When did they ask?"),
        }
        error_messages = {
            "kind": {"required": gettext_lazy("What do they want?")},
            "received_on": {"invalid": gettext_lazy("Please give a day.")},
        }
        help_texts = {
            "received_on": gettext_lazy("From this day on there is a month to answer."),
            "identity": gettext_lazy("So that nobody else gets to see or delete it."),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = list(WISHES.items())
        self.initial["received_on"] = clock.today(self.partner.zone)

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if day > clock.today(self.partner.zone):
            raise forms.ValidationError(_("This day is still to come."), code="future")
        return day

    def clean(self):
        cleaned = super().clean()
        needs_identity = self.cleaned_data.get("kind") in NEEDS_IDENTITY
        if needs_identity and not self.cleaned_data.get("identity") and not self.errors:
            self.add_error("identity", _("Please say how you know that it is really them."))
        return cleaned


class UnlockForm(forms.Form):
    why = LineField(
        label=gettext_lazy("Why may their data be used again?"),
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Please say why, in a few words.")},
    )
