"""How customers see a partner, asked at once or one field at a time."""

import re
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners import pictures
from partners.models import Profile
from partners.owned_form import TRAVELLING, OwnedForm

# What turns the direction of a line, and what is no text at all.
CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b-\u001f\u007f-\u009f]")
VAT_ID = re.compile(r"[A-Z]{2}[A-Z0-9]{2,13}|[0-9/]{5,18}")
FEWEST_DIGITS = 5
SECTION = '<div class="form-section"><h2>{}</h2>'
HINT = '<p class="form-text">{}</p>'
TIME = {
    "required": gettext_lazy("Please write the time like 20:00."),
    "invalid": gettext_lazy("Please write the time like 20:00."),
}
MOST_DAYS = 90  # as long as we know what was sent
DAYS = gettext_lazy("Please choose between 1 and 90 days. We look back no further than that.")


class ProfileForm(OwnedForm):
    class Meta:
        model = Profile
        fields = (
            "name", "business", "sentence", "signature", "street", "postcode", "city", "country",
            "phone", "email", "website", "vat_id", "notice_extra", "quiet_from", "quiet_until",
            "mail_gap",
        )  # fmt: skip
        labels = {
            "name": gettext_lazy("Your first and last name"),
            "business": gettext_lazy("Name of your business, if it has one"),
            "sentence": gettext_lazy("A sentence about you"),
            "signature": gettext_lazy("How your mails end"),
            "phone": gettext_lazy("Your phone number"),
            "email": gettext_lazy("Your e-mail address"),
            "notice_extra": gettext_lazy("Your own addition to the notice on data"),
            "quiet_from": gettext_lazy("No mail from"),
            "quiet_until": gettext_lazy("until"),
            "mail_gap": gettext_lazy("Days between two mails to the same person"),
        }
        help_texts = {
            "sentence": gettext_lazy("For example: scents and soaps for every day, from Fulda."),
            "email": gettext_lazy("Answers to your mails come here."),
            "notice_extra": gettext_lazy(
                "For example the company that gets the orders, or your tax adviser."
            ),
            "mail_gap": gettext_lazy("Only for what is advertising. Answers are never held back."),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "business": forms.TextInput(attrs={"autocomplete": "organization"}),
            "signature": forms.Textarea(attrs={"rows": 3}),
            "street": forms.TextInput(attrs={"autocomplete": "street-address"}),
            "postcode": forms.TextInput(
                attrs={"autocomplete": "postal-code", "inputmode": "numeric"}
            ),
            "city": forms.TextInput(attrs={"autocomplete": "address-level2"}),
            "country": forms.TextInput(attrs={"autocomplete": "country-name"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "website": forms.TextInput(attrs={"autocomplete": "url", "inputmode": "url"}),
            "notice_extra": forms.Textarea(attrs={"rows": 3}),
            "quiet_from": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "quiet_until": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "mail_gap": forms.NumberInput(
                attrs={"min": 1, "max": MOST_DAYS, "inputmode": "numeric"}
            ),
        }
        error_messages = {
            "name": {"required": gettext_lazy("Please tell us your name.")},
            "email": {"invalid": gettext_lazy("Please check this address, something is missing.")},
            "quiet_from": TIME,
            "quiet_until": TIME,
        }

    mail_gap = forms.IntegerField(
        label=Meta.labels["mail_gap"],
        help_text=Meta.help_texts["mail_gap"],
        widget=Meta.widgets["mail_gap"],
        min_value=1,
        max_value=MOST_DAYS,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), DAYS),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            *TRAVELLING,
            HTML(SECTION.format(_("About you"))),
            *("name", "business", "sentence"),
            HTML("</div>" + SECTION.format(_("How you can be reached"))),
            HTML(HINT.format(_("This stands below every mail that leaves from here."))),
            *("street", Div("postcode", "city", css_class="pair"), "phone", "email"),
            HTML("</div>" + SECTION.format(_("Your mails"))),
            "signature",
            Div("quiet_from", "quiet_until", css_class="pair"),
            "mail_gap",
            HTML(f'</div><details class="fold"><summary>{_("more")}</summary>'),
            *("website", "vat_id", "country", "notice_extra"),
            HTML("</details>"),
        )

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields if name not in TRAVELLING}

    def _clean_fields(self):
        """One line where there is one line, whatever was pasted: some of it goes into headers."""
        super()._clean_fields()  # type: ignore[misc]
        for name, value in self.cleaned_data.items():
            if isinstance(value, str):
                plain = CONTROLS.sub("", value)
                is_long = isinstance(self.fields[name].widget, forms.Textarea)
                self.cleaned_data[name] = plain.strip() if is_long else " ".join(plain.split())

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        if phone and sum(char.isdigit() for char in phone) < FEWEST_DIGITS:
            raise ValidationError(_("Please check this number, something is missing."))
        return phone

    def clean_website(self) -> str:
        website = self.cleaned_data["website"].strip()
        if website and "://" not in website:
            website = f"https://{website}"
        if website:
            said = _("Please write the address like www.example.org.")
            URLValidator(schemes=["http", "https"], message=said)(website)
        return website

    def clean_vat_id(self) -> str:
        """A VAT number, or the tax number of those who have none."""
        number = "".join(self.cleaned_data["vat_id"].upper().split())
        if number and not VAT_ID.fullmatch(number):
            raise ValidationError(_("Please write the number like DE123456789."))
        return number

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        if start is not None and start == end:
            self.add_error("quiet_until", _("Please leave some hours of quiet in between."))
        return cleaned


class ImprintForm(ProfileForm):
    """The one thing that a mail needs next."""

    REQUIRED: ClassVar[dict[str, Any]] = {
        "name": gettext_lazy("Please tell us your name."),
        "street": gettext_lazy("Please write street and number."),
        "postcode": gettext_lazy("Please write the postcode."),
        "city": gettext_lazy("Please write the place."),
        "email": gettext_lazy("Please write your e-mail address."),
        "phone": gettext_lazy("Please write your phone number."),
    }

    def __init__(self, *args: Any, asked: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in self.fields.keys() - {asked, *TRAVELLING}:
            del self.fields[name]
        field = self.fields[asked]
        field.required = True
        field.error_messages["required"] = self.REQUIRED[asked]
        field.widget.attrs["autofocus"] = True
        self.helper.layout = Layout(*TRAVELLING, asked)


class PictureForm(forms.Form):
    """A picture of the partner, as the phone gives it."""

    picture = forms.FileField(
        label=gettext_lazy("Your picture"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": gettext_lazy("Please choose a picture."),
            "empty": gettext_lazy("We cannot read this picture. A JPG always works."),
        },
    )

    def clean_picture(self) -> bytes:
        sent = self.cleaned_data["picture"]
        if sent.size > pictures.MOST_BYTES:
            raise ValidationError(_("This picture is too large. 15 MB is the most we take."))
        try:
            return pictures.face(sent)
        except pictures.NoPicture:
            said = _("We cannot read this picture. A JPG always works.")
            raise ValidationError(said) from None
