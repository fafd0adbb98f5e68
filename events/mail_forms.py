"""When an evening reminds, and whether its host is kept informed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext

from events.reminders.requested import CHOICES, DAY, HOUR


def before(minutes: int) -> str:
    """“2 days before”, “1 hour before”."""
    if minutes >= DAY:
        count = minutes // DAY
        words = npgettext("reminder", "%(count)d day before", "%(count)d days before", count)
    else:
        count = minutes // HOUR
        words = npgettext("reminder", "%(count)d hour before", "%(count)d hours before", count)
    return words % {"count": count}


class RemindersForm(forms.Form):
    reminders: Any = forms.TypedMultipleChoiceField(
        label=_("Remind guests who asked for it"),
        choices=(),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever answers later gets those that are still ahead."),
    )
    host_wants_mail = forms.BooleanField(
        label=_("Mails to the host: who answered, and on the day before who is coming"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["reminders"]
        chosen.choices = [(minutes, before(minutes)) for minutes in CHOICES]

    @property
    def values(self) -> dict[str, Any]:
        chosen = sorted(self.cleaned_data["reminders"], reverse=True)
        return {"reminders": chosen, "host_wants_mail": self.cleaned_data["host_wants_mail"]}
