"""A help for talks: what kind it is, a heading, and the words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.fields import LineField, ProseField
from customers.models import TalkNote
from partners.owned_form import OwnedForm

MOST_NOTES = 60


class TalkNoteForm(OwnedForm):
    class Meta:
        model = TalkNote
        fields = ("kind", "title", "text")
        field_classes = {"title": LineField, "text": ProseField}
        widgets = {
            "kind": forms.RadioSelect,
            "title": forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
            "text": forms.Textarea(attrs={"rows": 6}),
        }
        labels = {
            "kind": gettext_lazy("What is it for?"),
            "title": gettext_lazy("In short"),
            "text": gettext_lazy("Your words"),
        }
        help_texts = {
            "text": gettext_lazy("As you would say it. What somebody told you belongs with them."),
        }
        error_messages = {
            "title": {"required": gettext_lazy("A few words, so that you find it again.")}
        }

    def clean(self):
        cleaned = super().clean()
        if self.is_new and self.partner.talknotes.count() >= MOST_NOTES:
            raise ValidationError(
                _("Sixty are the most: nobody finds more in the middle of a talk.")
            )
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("kind", "title", "text")}
