"""What a clerk types: a search, a new partner."""

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners import actions, office
from partners.models import Partner, User

STATES = {
    "invited": Q(paused_at=None, user__invited_at__isnull=False),
    "active": Q(paused_at=None, user__invited_at=None),
    "paused": Q(paused_at__isnull=False),
}

INHABITED = tuple(
    f"{part}/"
    for part in [
        "Africa",
        "America",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    ]
)


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("invited", _("invited")),
            ("active", _("active")),
            ("paused", _("paused")),
        ],
    )

    def results(self):
        found = office.partners()
        self.is_valid()
        if text := self.cleaned_data.get("q"):
            found = found.filter(Q(name__icontains=text) | Q(user__email__icontains=text))
        if state := self.cleaned_data.get("state"):
            found = found.filter(STATES[state])
        return found


def zone_choices() -> list[tuple[str, str]]:
    """Places a person can live in, without the old names and the bare offsets."""
    names = sorted(zone for zone in available_timezones() if zone.startswith(INHABITED))
    return [(name, name.replace("_", " ")) for name in names]


class PartnerForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The invitation goes to this address."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=zone_choices, initial=settings.TIME_ZONE
    )

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean(self):
        """The same form sent twice is no mistake; another partner's address is one."""
        user = User.objects.filter(email__iexact=self.cleaned_data.get("email", "")).first()
        if user and not (user.invited_at and user.name == self.cleaned_data.get("name")):
            self.add_error("email", _("This address already belongs to an account."))

    def save(self) -> Partner:
        return actions.create_partner(**self.cleaned_data)
