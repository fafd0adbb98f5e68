"""Small forms in sheets: a tag, a relation, an interest, a life event."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers import kin, own
from customers.fields import LineField
from customers.models import Customer, Interest, LifeEvent, Relation
from customers.naming import called
from customers.remembering.habits import first_day_of
from partners.models import Partner

LONGEST_TAG = 40
NEW = "new"
OFF: dict[str, Any] = {"autocomplete": "off"}


class TagForm(forms.Form):
    """Tags that exist already are offered, new words make new ones."""

    names = LineField(
        label=gettext_lazy("Tag"),
        max_length=200,
        help_text=gettext_lazy("Several with commas between them."),
        widget=forms.TextInput(attrs={**OFF, "list": "known-tags", "autofocus": True}),
        error_messages={"required": gettext_lazy("One word is enough.")},
    )

    def clean_names(self) -> list[str]:
        names = [name.strip(" #") for name in self.cleaned_data["names"].split(",")]
        names = [name for name in names if name]
        if any(len(name) > LONGEST_TAG for name in names):
            raise ValidationError(_("A tag is short: at most 40 characters."))
        return names


class RelationForm(forms.Form):
    """Somebody is named; who is meant is asked only where several answer to the name."""

    kind = forms.ChoiceField(label=gettext_lazy("Relation"))
    name = LineField(
        label=gettext_lazy("Whose?"),
        max_length=120,
        widget=forms.TextInput(attrs={**OFF, "placeholder": gettext_lazy("Name")}),
        error_messages={"required": gettext_lazy("Please say whom you mean.")},
    )
    other = forms.CharField(required=False, widget=forms.HiddenInput)
    shares_address = forms.BooleanField(
        label=gettext_lazy("Same address: whoever has none takes over the other's"), required=False
    )

    def __init__(self, *args: Any, partner: Partner, customer: Customer, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.partner, self.customer = partner, customer
        self.people: list[Customer] = []
        self.meant: Customer | None = None
        self.asks_who = False
        kind: Any = self.fields["kind"]
        kind.choices = [
            (value, kin.spoken(value, customer.salutation, "…")) for value in Relation.Kind.values
        ]

    def clean(self):
        cleaned = super().clean() or {}
        if name := cleaned.get("name"):
            self.people = called(self.partner, name, besides=self.customer)
            chosen = cleaned["other"]
            self.meant = next((one for one in self.people if str(one.pk) == chosen), None)
            if not chosen and len(self.people) == 1:
                self.meant = self.people[0]
            if self.meant is None and chosen != NEW:
                self.asks_who = True
                self.add_error("name", self.question(name))
        return cleaned

    def question(self, name: str) -> str:
        if self.people:
            return _("There are several. Whom do you mean?")
        return _("%(name)s is not in your circle yet. Add them?") % {"name": name}


class InterestForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("How?"),
        choices=[
            (Interest.Kind.LIKES, gettext_lazy("likes")),
            (Interest.Kind.OWNS, Interest.Kind.OWNS.label),
            (Interest.Kind.AVOIDS, Interest.Kind.AVOIDS.label),
        ],
        initial=Interest.Kind.LIKES,
        widget=forms.RadioSelect,
    )
    what = LineField(
        label=gettext_lazy("What?"),
        max_length=120,
        widget=forms.TextInput(attrs={**OFF, "autofocus": True}),
        error_messages={"required": gettext_lazy("One word is enough.")},
    )
    since = forms.RegexField(
        regex=r"^\d{4}$",
        label=gettext_lazy("Since which year?"),
        required=False,
        widget=forms.TextInput(attrs={**OFF, "inputmode": "numeric", "maxlength": 4}),
        error_messages={"invalid": gettext_lazy("A year has four digits.")},
    )

    def clean_since(self):
        typed = self.cleaned_data["since"]
        if not typed:
            return None
        since = first_day_of(int(typed))
        if since is None:
            raise ValidationError(_("This year is too far away."))
        return since


class EventForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What was it?"),
        choices=LifeEvent.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please say what it was.")},
    )
    text = LineField(
        label=gettext_lazy("In your words"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=OFF),
    )
    happened_on = LineField(
        label=gettext_lazy("When was it?"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("e.g. 14.3.2026; empty if you do not know"),
        widget=forms.TextInput(attrs=OFF),
    )

    def clean_happened_on(self):
        typed = self.cleaned_data["happened_on"]
        return own.read_day(typed) if typed else None

    def clean(self):
        cleaned = super().clean() or {}
        if cleaned.get("kind") == LifeEvent.Kind.OTHER and not cleaned.get("text"):
            self.add_error("text", _("Please say what it was."))
        return cleaned
