"""Guests written down, and what is known of one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from customers.actions import MOST_NAMES, read_names
from customers.fields import LineField, MailField, ProseField
from events.models import Event, EventGuest
from partners.owned_form import RowIdField

Answer = EventGuest.Answer
LONGEST_NAME = 60
ANSWERS = [
    (Answer.NONE, pgettext_lazy("guest", "No answer yet")),
    (Answer.YES, pgettext_lazy("guest", "Is coming")),
    (Answer.MAYBE, pgettext_lazy("guest", "Does not know yet")),
    (Answer.NO, pgettext_lazy("guest", "Cannot come")),
]
PERSON = ("first_name", "last_name", "phone", "email")


class NamesForm(forms.Form):
    """One in each line; sent twice, they are noted once."""

    row_id = RowIdField()
    names = ProseField(
        label=gettext_lazy("Who shall come?"),
        help_text=gettext_lazy("One name in each line; a number may stand behind it."),
        error_messages={"required": gettext_lazy("A first name is enough, but it takes one.")},
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )

    def clean_names(self) -> str:
        lines = str(self.cleaned_data["names"])
        people = read_names(lines)
        if not people:
            raise ValidationError(_("A first name is enough, but it takes one."))
        if len(people) > MOST_NAMES:
            raise ValidationError(
                _("These are %(count)d names. Please write at most %(most)d at once.")
                % {"count": len(people), "most": MOST_NAMES}
            )
        for first, last, _number in people:
            if max(len(first), len(last)) > LONGEST_NAME:
                raise ValidationError(
                    _("“%(name)s” is very long for a name.") % {"name": first[:30]}
                )
        return lines


class GuestForm(forms.Form):
    """What the partner says of a guest. `was` carries the answer that the page showed: an answer
    that came in meanwhile is not overwritten by whoever changed something else.
    """

    answer = forms.ChoiceField(
        label=gettext_lazy("Answer"), choices=ANSWERS, required=False, widget=forms.RadioSelect
    )
    companions = forms.IntegerField(label=gettext_lazy("Brings along"), min_value=0, required=False)
    was = forms.CharField(required=False, widget=forms.HiddenInput)
    first_name = LineField(label=gettext_lazy("First name"), max_length=100)
    last_name = LineField(label=gettext_lazy("Last name"), max_length=100, required=False)
    phone = LineField(
        label=gettext_lazy("Phone number"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "inputmode": "tel"}),
        validators=[RegexValidator(r"\d", gettext_lazy("A phone number needs digits."))],
    )
    email = MailField(label=gettext_lazy("E-mail"), max_length=254, required=False)

    def __init__(self, *args: Any, guest: EventGuest, event: Event, **kwargs: Any):
        person = guest.customer
        says = Answer.YES if guest.answer == Answer.WAITING else guest.answer
        phone, email = person.phones.first(), person.emails.first()
        initial = {
            "answer": says,
            "companions": guest.companions,
            "was": f"{guest.answer}-{guest.companions}",
            "first_name": person.first_name,
            "last_name": person.last_name,
            "phone": phone.typed if phone else "",
            "email": email.typed if email else "",
        }
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.guest = guest
        most = event.companions_allowed
        self.fields["companions"].widget.attrs |= {"max": most, "inputmode": "numeric"}
        if not most and not guest.companions:
            del self.fields["companions"]
        if not person.is_hidden:
            for name in PERSON:
                del self.fields[name]

    @property
    def answer_is_new(self) -> bool:
        """Whether the partner changed it, compared with what the page showed."""
        was, _dash, brought = str(self.cleaned_data["was"]).rpartition("-")
        was = Answer.YES if was == Answer.WAITING else was
        said = (self.cleaned_data["answer"], str(self.cleaned_data.get("companions") or 0))
        return said != (was, brought or "0")

    @property
    def person(self) -> dict[str, str]:
        """Empty for somebody of the circle, who has a page of their own."""
        return {name: self.cleaned_data[name] for name in PERSON if name in self.fields}
