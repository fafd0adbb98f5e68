"""What somebody said about being written to and called, as a partner notes it."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.models import Permission
from customers.permit import NAMES
from partners import clock
from partners.models import Partner

Purpose, Says, How = Permission.Purpose, Permission.Says, Permission.How

WORDS = {
    "yes": (Purpose.ADVERTISING, Says.YES, _("Yes, gladly with news and offers")),
    "no": (Purpose.ADVERTISING, Says.NO, _("No news and offers")),
    "never": (Purpose.ANYTHING, Says.NO, _("Please not at all")),
    "again": (Purpose.ANYTHING, Says.YES, _("All right again")),
    "remind": (Purpose.APPOINTMENT, Says.YES, _("Please remind me of appointments")),
    "no-remind": (Purpose.APPOINTMENT, Says.NO, _("No reminders of appointments")),
}
NOON, END_OF_DAY = dt.time(12), dt.time(23, 59, 59)
SAID_HOW = (How.SPOKEN, How.PHONE, How.PAPER, How.MESSAGE)


class SayingForm(forms.Form):
    channels = forms.MultipleChoiceField(
        label=_("On which way?"),
        choices=list(NAMES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one.")},
    )
    says = forms.ChoiceField(
        label=_("What did they say?"),
        choices=[(word, label) for word, (_purpose, _says, label) in WORDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what they said.")},
    )
    how = forms.ChoiceField(
        label=_("How?"),
        choices=[(how, how.label) for how in SAID_HOW],
        widget=forms.RadioSelect,
        initial=How.SPOKEN,
    )
    day = forms.DateField(
        label=_("When?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Please say when.")},
    )

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.partner = partner
        self.initial.setdefault("day", clock.today(partner.zone))

    def clean_day(self) -> dt.date:
        day = self.cleaned_data["day"]
        if day > clock.today(self.partner.zone):
            raise forms.ValidationError(_("This day is still to come."))
        return day

    @property
    def said(self) -> dict[str, Any]:
        """As it is written down; of an earlier day nobody knows the hour, so a no ends it."""
        purpose, says, _label = WORDS[self.cleaned_data["says"]]
        day, zone = self.cleaned_data["day"], self.partner.zone
        is_today = day == clock.today(zone)
        hour = END_OF_DAY if says == Says.NO else NOON
        return {
            "channels": self.cleaned_data["channels"],
            "purpose": purpose,
            "says": says,
            "how": self.cleaned_data["how"],
            "at": clock.now() if is_today else clock.moment(day, hour, zone),
        }
