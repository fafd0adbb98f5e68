"""Forms about recommendations: the line that captures one, one in full, and what somebody said."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers import agenda, own, when
from customers.actions import Next, Ways
from customers.actions.recommending import Capture, Person
from customers.fields import LineField, ProseField
from customers.models import Customer, FollowUp, Recommendation, Reference
from customers.naming import called
from customers.recommend_line import NAME, NEW, SOURCE, Understood, as_name, understood
from customers.recommend_reading import LONGEST, Line
from partners import clock
from partners.models import Partner
from partners.owned_form import OwnedForm, RowIdField

OFF: dict[str, Any] = {"autocomplete": "off"}
DATES = (
    ("", gettext_lazy("not planned")),
    ("tomorrow", gettext_lazy("tomorrow")),
    ("in 3 days", gettext_lazy("in 3 days")),
    ("next week", gettext_lazy("next week")),
)


class LineForm(forms.Form):
    """“Meike Schulz 0661 12345 von Petra”; what was chosen for other words was not chosen."""

    row_id = RowIdField()
    text = LineField(
        label=gettext_lazy("In one line"),
        max_length=LONGEST,
        error_messages={
            "required": gettext_lazy("One line is enough: a name, a number, and from whom.")
        },
    )
    read = LineField(required=False)
    who = forms.CharField(required=False)
    by = forms.CharField(required=False)
    when = forms.ChoiceField(choices=DATES, required=False)

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.partner = partner
        self.found: Understood | None = None
        self.known: Customer | None = None
        self.recommender: Person = ""

    def clean(self):
        cleaned = super().clean() or {}
        if not cleaned.get("text"):
            return cleaned
        self.found = found = understood(self.partner, cleaned["text"])
        if not found.has_somebody:
            raise ValidationError(_("Whom do you want to note? A first name is enough."))
        if cleaned.get("read") != cleaned["text"]:
            raise ValidationError("", code="unread")
        self.known = self.whom_of(found, cleaned.get("who") or found.lone_known)
        self.recommender = self.from_whom(found, cleaned.get("by") or found.lone_recommender)
        if self.known and self.known == self.recommender:
            raise ValidationError(_("Nobody recommends themselves. Please say who it was."))
        return cleaned

    @staticmethod
    def whom_of(found: Understood, who: str) -> Customer | None:
        """Somebody who is there already, or nobody: then somebody new."""
        known = {str(person.pk): person for person in found.known}
        if who not in {NEW, *known}:
            raise ValidationError(_("There are several. Whom do you mean?"))
        return known.get(who)

    @staticmethod
    def from_whom(found: Understood, by: str) -> Person:
        """Somebody of the circle, or how the name is meant."""
        people = {str(person.pk): person for person in found.people}
        others = {NEW, SOURCE} if found.line.is_sure else {NEW, SOURCE, NAME}
        if found.line.recommender and by not in others | people.keys():
            raise ValidationError(_("Please say who recommended them."))
        return people.get(by, by)

    @property
    def asks_in_words(self) -> str:
        """The one sentence that says what is missing, if one does."""
        return next(filter(None, [*self.errors.get("text", []), *self.non_field_errors()]), "")

    def capture(self, known: Customer | None) -> Capture:
        assert self.found is not None  # noqa: S101 - the form is valid
        line = as_name(self.found.line) if self.recommender == NAME else self.found.line
        is_new = self.recommender == NEW and line.recommender
        by = line.recommender if is_new else self.recommender
        is_somebody = is_new or isinstance(by, Customer)
        name = by.name if isinstance(by, Customer) else line.recommender
        return Capture(
            customer=known or self.new_customer(line),
            is_new=known is None,
            ways=Ways(phone=line.phone[:60], email=line.email[:254], **line.place),
            by=by if is_somebody else None,
            source=line.recommender,
            kind=line.kind,
            why=line.why,
            next=self.following(line.phone, name),
        )

    def new_customer(self, line: Line) -> Customer:
        name = line.name
        return Customer(
            pk=self.cleaned_data["row_id"],
            partner=self.partner,
            salutation=name.salutation,
            title=name.title[:40],
            first_name=name.first[:100],
            last_name=name.last[:100],
            is_business=name.is_business,
        )

    def following(self, phone: str, recommender: str) -> Next | None:
        if not self.cleaned_data["when"]:
            return None
        day = when.parse(self.cleaned_data["when"], agenda.local_now(self.partner))
        kind = FollowUp.Kind.CALL if phone else FollowUp.Kind.MESSAGE
        what = _("Recommended by %(name)s") % {"name": recommender} if recommender else ""
        return Next(kind, what[:200], day)


class DayField(LineField):
    """A day as one writes it, 14.3.2026; empty means today."""

    def __init__(self, **kwargs: Any):
        super().__init__(max_length=40, required=False, widget=forms.TextInput(attrs=OFF), **kwargs)

    def prepare_value(self, value):
        return f"{value.day}.{value.month}.{value.year}" if isinstance(value, dt.date) else value

    def clean(self, value):
        typed = super().clean(value)
        return own.read_day(typed) if typed else None


class RecommendationForm(OwnedForm):
    """One end is the person on whose page it opens, the other is named."""

    name = LineField(
        max_length=120,
        widget=forms.TextInput(attrs={**OFF, "placeholder": gettext_lazy("Name")}),
        error_messages={"required": gettext_lazy("Please say whom you mean.")},
    )
    other = forms.CharField(required=False, widget=forms.HiddenInput)
    recommended_on = DayField(label=gettext_lazy("When?"))

    class Meta:
        model = Recommendation
        fields = ("about", "what", "why", "status", "recommended_on", "place", "motive")
        field_classes = {"what": LineField, "why": LineField, "place": LineField}
        widgets = {
            "about": forms.RadioSelect,
            "status": forms.RadioSelect,
            "motive": forms.RadioSelect,
            "what": forms.TextInput(attrs=OFF),
            "why": forms.TextInput(attrs=OFF),
            "place": forms.TextInput(attrs=OFF),
        }
        labels = {"what": gettext_lazy("Which one? (if it is not about you)")}
        help_texts = {
            "motive": gettext_lazy("Whoever gets a reward for it should say so to the other."),
        }

    field_order = ("name", "about", "what", "why", "status", "recommended_on", "place", "motive")

    def __init__(self, *args: Any, end: str = "", customer: Customer | None = None, **kwargs: Any):
        """`end` is the one to be named, "recipient" or "recommender"; none if both are known."""
        super().__init__(*args, **kwargs)
        self.end, self.customer = end, customer
        self.people: list[Customer] = []
        self.meant: Person | None = None
        self.asks_who = False
        if not end:
            del self.fields["name"], self.fields["other"]
        elif end == "recommender":
            self.fields["name"].label = _("Who recommended them?")
        else:
            self.fields["name"].label = _("To whom?")
            self.initial.setdefault("name", self.instance.recipient_name)
            if not self.is_new:  # so far only a name
                self.initial["other"] = NAME
                self.people = called(self.partner, self.instance.recipient_name, besides=customer)

    def clean(self):
        cleaned = super().clean() or {}
        if cleaned.get("about") == Recommendation.About.ME:
            cleaned["what"] = ""
        if not cleaned.get("recommended_on"):
            cleaned["recommended_on"] = clock.today(self.partner.zone)
        if cleaned.get("name"):
            self.find(cleaned["name"], cleaned.get("other", ""))
        return cleaned

    def find(self, name: str, chosen: str) -> None:
        self.people = called(self.partner, name, besides=self.customer)
        self.meant = next((one for one in self.people if str(one.pk) == chosen), None)
        if not chosen and len(self.people) == 1:
            self.meant = self.people[0]
        elif chosen == NEW:
            self.meant = name
        if self.meant is None and not self.keeps_name:
            self.asks_who = True
            sentence = _("There are several. Whom do you mean?")
            if not self.people:
                sentence = _("%(name)s is not in your circle yet. Add them?") % {"name": name}
            self.add_error("name", sentence)

    @property
    def shows_who(self) -> bool:
        return self.asks_who or bool(self.end and not self.is_new)

    @property
    def keeps_name(self) -> bool:
        """The recipient may stay a name."""
        return self.end == "recipient" and self.cleaned_data.get("other") == NAME

    @property
    def values(self) -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in self._meta.fields or ()}
        business = None
        if values["about"] == Recommendation.About.BUSINESS and values["what"]:
            found = [one for one in called(self.partner, values["what"]) if one.is_business]
            business = found[0] if len(found) == 1 else None
        return values | {"business": business}

    @property
    def ends(self) -> dict[str, Person]:
        """For `recommend`: who is at the other end, by its name there."""
        if self.meant is None:
            return {}
        return {"by" if self.end == "recommender" else "to": self.meant}

    @property
    def new_end(self) -> dict[str, Any]:
        """What a recommendation to a mere name says of it from now on."""
        return {"recipient_name": self.cleaned_data["name"]} if self.keeps_name else {}

    def new_recommendation(self) -> Recommendation:
        recommendation = self.instance
        for name, value in self.values.items():
            setattr(recommendation, name, value)
        if self.end == "recipient":
            recommendation.recommender = self.customer
            recommendation.recipient_name = self.cleaned_data["name"] if self.keeps_name else ""
        else:
            recommendation.recipient = self.customer
        return recommendation


class ReferenceForm(OwnedForm):
    said_on = DayField(label=gettext_lazy("When?"))

    class Meta:
        model = Reference
        fields = ("text", "about", "quoting", "where", "said_on")
        field_classes = {"text": ProseField, "about": LineField, "where": LineField}
        widgets = {
            "text": forms.Textarea(attrs={"rows": 4}),
            "quoting": forms.RadioSelect,
            "about": forms.TextInput(attrs=OFF),
            "where": forms.TextInput(attrs=OFF),
        }
        labels = {
            "text": gettext_lazy("What did they say?"),
            "where": gettext_lazy("Where may it be quoted?"),
        }
        help_texts = {
            "quoting": gettext_lazy("Without a yes it is kept for you alone."),
            "where": gettext_lazy("e.g. on a flyer, at an evening, in a message"),
        }
        error_messages = {"text": {"required": gettext_lazy("What did they say?")}}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.may_be_used:
            said = _("The yes is one to these very words. If you change them, please ask again.")
            self.fields["quoting"].help_text = said

    def clean_said_on(self):
        return self.cleaned_data["said_on"] or clock.today(self.partner.zone)

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}
