"""What guests write on their page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers import text
from events.models import EventGuest
from partners.owned_form import RowIdField

ANSWERS = ("yes", "no", "maybe")


class AnswerForm(forms.Form):
    says = forms.ChoiceField(choices=[(says, says) for says in ANSWERS])


class CompanionsForm(forms.Form):
    companions = forms.IntegerField(min_value=0, max_value=9)


class PrivatelyForm(forms.Form):
    wants_privately = forms.BooleanField(required=False)


class MessageForm(forms.Form):
    message = forms.CharField(
        required=False, max_length=EventGuest._meta.get_field("message").max_length
    )

    def clean_message(self) -> str:
        return text.line(self.cleaned_data["message"])


class WaysForm(forms.Form):
    """An address or number, asked for only where we have none."""

    email = forms.EmailField(
        required=False,
        max_length=254,
        error_messages={"invalid": _("Something is missing in this e-mail address.")},
    )
    phone = forms.CharField(required=False, max_length=60)

    def clean_phone(self) -> str:
        phone = text.line(self.cleaned_data["phone"])
        if phone and not text.e164(phone):
            raise forms.ValidationError(_("This does not look like a phone number."))
        return phone


class ReminderForm(WaysForm):
    wants_reminder = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, knows_mailbox: bool):
        super().__init__(data)
        self.knows_mailbox = knows_mailbox

    def clean(self) -> None:
        said = self.cleaned_data
        lacks = not self.knows_mailbox and not said.get("email") and "email" not in self.errors
        if said.get("wants_reminder") and lacks:
            self.add_error("email", _("Which address shall the reminder come to?"))


class PermissionForm(WaysForm):
    channel = forms.MultipleChoiceField(required=False)

    def __init__(
        self, data: Any = None, *, channels: list[str], knows_mailbox: bool, knows_number: bool
    ):
        super().__init__(data)
        self.fields["channel"].choices = [(name, name) for name in channels]  # type: ignore[attr-defined]
        self.knows = {"email": knows_mailbox, "phone": knows_number}

    def clean(self) -> None:
        wanted = set(self.cleaned_data.get("channel", ()))
        if "email" in wanted:
            self.need("email", _("Which address shall the mails come to?"))
        if wanted - {"email"}:
            self.need("phone", _("Which number is meant?"))

    def need(self, name: str, question: Any) -> None:
        if not (self.knows[name] or self.cleaned_data.get(name) or name in self.errors):
            self.add_error(name, question)


class SignUpForm(WaysForm):
    row_id = RowIdField()
    first_name = forms.CharField(
        max_length=100, error_messages={"required": _("A first name is enough.")}
    )
    last_name = forms.CharField(required=False, max_length=100)

    def clean_first_name(self) -> str:
        name = text.line(self.cleaned_data["first_name"])
        if not name:
            raise forms.ValidationError(self.fields["first_name"].error_messages["required"])
        return name

    def clean_last_name(self) -> str:
        return text.line(self.cleaned_data["last_name"])


class HostMailForm(WaysForm):
    """Whether a host gets mails, and where to if we do not know it."""

    mails = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, knows_mailbox: bool):
        super().__init__(data)
        self.knows_mailbox = knows_mailbox

    def clean(self) -> None:
        said = self.cleaned_data
        lacks = not self.knows_mailbox and not said.get("email") and "email" not in self.errors
        if said.get("mails") and lacks:
            self.add_error("email", _("Which address shall the mails come to?"))
