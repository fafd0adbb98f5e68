"""What a partner sets for themselves."""

from typing import Any
from zoneinfo import available_timezones

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from partners import clock
from partners.models import Partner, User

NEAR = {
    "Europe/Berlin": gettext_lazy("Berlin"),
    "Europe/Vienna": gettext_lazy("Vienna"),
    "Europe/Zurich": gettext_lazy("Zurich"),
    "Europe/Luxembourg": gettext_lazy("Luxembourg"),
    "Europe/Rome": gettext_lazy("Rome"),
}
DAYS = [(str(number + 1), name) for number, name in sorted(WEEKDAYS_ABBR.items())]
NO_DAY = gettext_lazy("Please write the day like 24.12.2026.")
SECTION = '<div class="form-section"><h2>{}</h2>'
HINT = '<p class="form-text">{}</p>'


def zone_choices() -> list[tuple[str, Any]]:
    """The zones of most partners first, then all there are."""
    near = list(NEAR.items())
    every = [(name, name.replace("_", " ")) for name in sorted(available_timezones())]
    return [(_("Near by"), near), (_("All over the world"), every)]


class SettingsForm(forms.ModelForm):
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=settings.LANGUAGES,
        error_messages={"invalid_choice": gettext_lazy("Please choose a language from the list.")},
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        choices=zone_choices,
        help_text=gettext_lazy("Your follow-ups move with you."),
        error_messages={"invalid_choice": gettext_lazy("Please choose a time zone from the list.")},
    )
    digest_weekdays = forms.MultipleChoiceField(
        label=pgettext_lazy("morning mail", "On these days"),
        choices=DAYS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Please choose days from the list.")},
    )

    class Meta:
        model = Partner
        fields = (
            "name",
            "time_zone",
            "digest_on",
            "digest_time",
            "digest_weekdays",
            "reminders_on",
            "reminder_lead",
            "absent_from",
            "absent_until",
        )
        labels = {
            "name": gettext_lazy("Your name"),
            "digest_on": gettext_lazy("Send me a morning mail when something is due"),
            "digest_time": pgettext_lazy("morning mail", "At"),
            "reminders_on": gettext_lazy("Remind me of what has a time"),
            "reminder_lead": gettext_lazy("How long before?"),
            "absent_from": gettext_lazy("First day away"),
            "absent_until": gettext_lazy("Last day away"),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "digest_time": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "absent_from": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "absent_until": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }
        error_messages = {
            "name": {"required": gettext_lazy("Please tell us what to call you.")},
            "digest_time": {
                "required": gettext_lazy("Please say when the mail should come, like 07:30."),
                "invalid": gettext_lazy("Please write the time like 07:30."),
            },
            "reminder_lead": {
                "required": gettext_lazy("Please choose how long before."),
                "invalid_choice": gettext_lazy("Please choose how long before from the list."),
            },
            "absent_from": {"invalid": NO_DAY},
            "absent_until": {"invalid": NO_DAY},
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user
        self.initial.update(
            language=user.language, digest_weekdays=list(self.instance.digest_weekdays)
        )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            HTML(SECTION.format(_("About you"))),
            "name",
            Div("language", "time_zone", css_class="pair"),
            HTML("</div>" + SECTION.format(_("Morning mail"))),
            "digest_on",
            "digest_time",
            Field("digest_weekdays", template="components/chip_choices.html"),
            HTML("</div>" + SECTION.format(_("Single reminders"))),
            "reminders_on",
            "reminder_lead",
            HTML("</div>" + SECTION.format(_("Holidays and absence"))),
            HTML(HINT.format(_("No mail comes meanwhile. Everything waits for you on Today."))),
            Div("absent_from", "absent_until", css_class="pair"),
            HTML("</div>"),
        )

    @property
    def moves_zone(self) -> bool:
        return "time_zone" in self.changed_data

    def clean_digest_weekdays(self) -> str:
        return "".join(sorted(self.cleaned_data["digest_weekdays"]))

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("digest_on") and not cleaned.get("digest_weekdays", "none chosen"):
            sentence = _("Choose at least one day, or switch the morning mail off.")
            self.add_error("digest_weekdays", sentence)
        self.clean_absence(cleaned)
        return cleaned

    def clean_absence(self, cleaned: dict[str, Any]) -> None:
        """A first and a last day, or neither; what was said before and is over is forgotten."""
        if {"absent_from", "absent_until"} & self.errors.keys():
            return
        first, last = cleaned["absent_from"], cleaned["absent_until"]
        if last and not first:
            self.add_error("absent_from", _("Please say the first day too."))
        elif first and not last:
            self.add_error("absent_until", _("Please say the last day too."))
        elif first and last < first:
            self.add_error("absent_until", _("The last day comes before the first."))
        elif last and last < clock.today(self.instance.zone):
            if {"absent_from", "absent_until"} & set(self.changed_data):
                self.add_error("absent_until", _("This absence is over already."))
            cleaned |= {"absent_from": None, "absent_until": None}

    def save(self, commit=True):
        """Only what stands on the page is written: what the office does meanwhile stays."""
        self.instance.save(update_fields=self.Meta.fields)
        self.user.name = self.cleaned_data["name"]
        self.user.language = self.cleaned_data["language"]
        self.user.save(update_fields=["name", "language"])
        return self.instance
