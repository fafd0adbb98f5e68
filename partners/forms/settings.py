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

from partners.models import Partner, User

NEAR = {
    "Europe/Berlin": gettext_lazy("Berlin"),
    "Europe/Vienna": gettext_lazy("Vienna"),
    "Europe/Zurich": gettext_lazy("Zurich"),
    "Europe/Luxembourg": gettext_lazy("Luxembourg"),
    "Europe/Rome": gettext_lazy("Rome"),
}
DAYS = [(str(number + 1), name) for number, name in sorted(WEEKDAYS_ABBR.items())]
SECTION = '<div class="form-section"><h2>{}</h2>'


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
        fields = ("name", "time_zone", "digest_on", "digest_time", "digest_weekdays")
        labels = {
            "name": gettext_lazy("Your name"),
            "digest_on": gettext_lazy("Send me a morning mail when something is due"),
            "digest_time": pgettext_lazy("morning mail", "At"),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "digest_time": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        }
        error_messages = {
            "name": {"required": gettext_lazy("Please tell us what to call you.")},
            "digest_time": {
                "required": gettext_lazy("Please say when the mail should come, like 07:30."),
                "invalid": gettext_lazy("Please write the time like 07:30."),
            },
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
        return cleaned

    def save(self, commit=True):
        """Only what stands on the page is written: what the office does meanwhile stays."""
        self.instance.save(update_fields=self.Meta.fields)
        self.user.name = self.cleaned_data["name"]
        self.user.language = self.cleaned_data["language"]
        self.user.save(update_fields=["name", "language"])
        return self.instance
