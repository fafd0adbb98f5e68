"""For whom invitations are printed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.evening import Evening
from events.models import EventGuest

MOST = 40
ASK = _("Tick somebody, or say how many cards without a name.")
ASK_NAMES = _("Tick somebody.")


class InvitationForm(forms.Form):
    guests = forms.MultipleChoiceField(
        label=_("Cards with a name"), required=False, widget=forms.CheckboxSelectMultiple
    )
    blank = forms.IntegerField(
        label=_("Cards without a name"),
        help_text=_("Whoever takes one signs up by it. Four fit on a sheet."),
        min_value=0,
        max_value=MOST,
        required=False,
        widget=forms.NumberInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    note = forms.BooleanField(
        label=_("Note them as invited by card"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(self, *args: Any, evening: Evening, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.evening = evening
        self.wanted = evening.who_said(
            EventGuest.Answer.NONE, EventGuest.Answer.MAYBE, EventGuest.Answer.YES
        )
        guests: Any = self.fields["guests"]
        guests.choices = [(str(guest.pk), guest.customer.name) for guest in self.wanted]
        guests.initial = [
            str(guest.pk) for guest in self.wanted if not guest.answer and not guest.invited_at
        ]
        self.fields["note"].initial = True
        if not evening.event.is_open:
            del self.fields["blank"]
        else:
            self.fields["blank"].initial = 0 if guests.initial else 4

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.cleaned_data["guests"] and not self.without_name:
            self.add_error(None, ASK if "blank" in self.fields else ASK_NAMES)
        return cleaned

    @property
    def without_name(self) -> int:
        return self.cleaned_data.get("blank") or 0

    @property
    def chosen(self) -> list[EventGuest]:
        ticked = set(self.cleaned_data["guests"])
        return [guest for guest in self.wanted if str(guest.pk) in ticked]
