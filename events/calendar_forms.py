"""For which device a calendar address is, and what it tells."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.fields import LineField
from events.models import CalendarFeed
from partners.owned_form import OwnedForm

MOST_FEEDS = 10


class FeedForm(OwnedForm):
    class Meta:
        model = CalendarFeed
        fields = ("name", "with_follow_ups")
        field_classes = {"name": LineField}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "off"})}
        help_texts = {"name": gettext_lazy("My phone, the family calendar, …")}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["name"].error_messages["required"] = _("A word, so that you know it again.")

    def clean(self):
        cleaned = super().clean()
        if self.is_new and self.partner.calendarfeeds.count() >= MOST_FEEDS:
            raise ValidationError(_("Ten are the most. Delete one that you no longer use."))
        return cleaned
