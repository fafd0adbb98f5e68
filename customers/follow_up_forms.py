"""Forms about promises and talks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers import permit
from customers.actions import Next
from customers.fields import LineField, ProseField, WhenField
from customers.models import Customer, FollowUp, Interaction
from customers.when import When
from partners import clock, spoken
from partners.owned_form import OwnedForm


class MoveForm(forms.Form):
    when = WhenField()


class FollowUpForm(OwnedForm):
    when = WhenField()

    class Meta:
        model = FollowUp
        fields = ("what", "kind", "nature")
        field_classes = {"what": LineField}
        widgets = {
            "kind": forms.RadioSelect,
            "nature": forms.RadioSelect,
            "what": forms.TextInput(attrs={"autocomplete": "off"}),
        }
        labels = {"what": _("What for?"), "nature": _("How firm?"), "kind": _("How?")}

    field_order = ("what", "when", "kind", "nature")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_new:
            when: Any = self.fields["when"]
            when.promised = When(self.instance.due_on, self.instance.due_time)
            self.initial["when"] = when.promised

    @classmethod
    def with_trouble(cls, follow_up: FollowUp, typed: str) -> "FollowUpForm":
        """The form as stored, but with a day that was not understood, and why."""
        stored = cls(instance=follow_up, partner=follow_up.partner)
        data = {field.html_name: field.value() for field in stored}
        return cls(data | {"when": typed}, instance=follow_up, partner=follow_up.partner)

    @property
    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class LogForm(OwnedForm):
    """What happened, what it settled, and what comes next: one sheet, three taps."""

    settles: Any = forms.ModelMultipleChoiceField(
        label=_("Does that settle it?"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    news = forms.ChoiceField(
        label=_("Are calls with news all right?"),
        choices=[("yes", _("said yes")), ("no", _("said no"))],
        required=False,
        widget=forms.RadioSelect,
    )
    next_when = WhenField(label=_("When again?"), required=False)
    next_what = LineField(
        label=_("What for?"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    class Meta:
        model = Interaction
        fields = ("kind", "outcome", "text")
        field_classes = {"text": ProseField}
        widgets = {
            "kind": forms.RadioSelect,
            "outcome": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {"kind": _("How?"), "outcome": _("Reached?")}

    def __init__(self, *args, customer: Customer, follow_up: FollowUp | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.customer, self.follow_up = customer, follow_up
        self.instance.customer, self.instance.follow_up = customer, follow_up
        outcome: Any = self.fields["outcome"]
        outcome.choices = [choice for choice in Interaction.Outcome.choices if choice[0]]
        self.offer_to_settle()
        if not permit.may_ask(customer):
            del self.fields["news"]

    def offer_to_settle(self) -> None:
        """Logged from elsewhere, the sheet asks which open follow-ups the talk was about."""
        settles: Any = self.fields["settles"]
        settles.queryset = open_ones = self.customer.follow_ups.alive(clock.now()).oldest_first()
        today = clock.today(self.partner.zone)
        settles.label_from_instance = lambda row: f"{row.title} ({spoken.day(row.due_on, today)})"
        if self.follow_up is not None or not open_ones:
            del self.fields["settles"]

    def clean(self):
        cleaned = super().clean()
        has_when = self.cleaned_data.get("next_when") or "next_when" in self.errors
        if self.cleaned_data.get("next_what") and not has_when:
            self.add_error("next_when", _("Please say when."))
        return cleaned

    @property
    def was_missed(self) -> bool:
        return self.cleaned_data["outcome"] == Interaction.Outcome.MISSED

    @property
    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    @property
    def settled(self) -> list[FollowUp]:
        """Opened from a follow-up, only “not reached” keeps it open."""
        if self.follow_up is None:
            return list(self.cleaned_data.get("settles") or ())
        return [] if self.was_missed else [self.follow_up]

    @property
    def advertising(self) -> str:
        """What they said to calls with news; only who was called can have been asked."""
        was_called = self.cleaned_data["kind"] == Interaction.Kind.CALL and not self.was_missed
        return self.cleaned_data.get("news", "") if was_called else ""

    @property
    def moved(self) -> FollowUp | None:
        """Nobody was reached: the promise itself gets the next day."""
        is_open = self.follow_up is not None and self.follow_up.is_open
        return self.follow_up if is_open and self.was_missed else None

    @property
    def following(self) -> Next | None:
        when = self.cleaned_data.get("next_when")
        if when is None:
            return None
        kind = self.follow_up.kind if self.follow_up else FollowUp.Kind.CALL
        return Next(kind=kind, what=self.cleaned_data["next_what"], when=when)
