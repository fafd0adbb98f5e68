"""What a mail to one person says, and where they said yes to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.fields import LineField, ProseField
from customers.models import Permission, PersonalMail
from partners.owned_form import OwnedForm

How = Permission.How


class MailForm(OwnedForm):
    class Meta:
        model = PersonalMail
        fields = ("subject", "text")
        field_classes = {"subject": LineField, "text": ProseField}
        widgets = {
            "subject": forms.TextInput(attrs={"autocomplete": "off"}),
            "text": forms.Textarea(attrs={"rows": 9}),
        }
        error_messages = {
            "subject": {"required": _("A few words, so that they know what it is about.")},
            "text": {"required": _("There is nothing in it yet.")},
        }


class AskForm(forms.Form):
    """A yes that was said somewhere else; the mail lets them confirm it."""

    HOW = (How.SPOKEN, How.PHONE, How.PAPER, How.MESSAGE)
    how: Any = forms.ChoiceField(
        label=_("Where did they say yes?"),
        choices=[(how.value, how.label) for how in HOW],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose: nobody is asked out of the blue.")},
    )
