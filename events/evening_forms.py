from typing import Any

from django.utils.translation import gettext_lazy as _

from customers.fields import LineField
from events.models import EventGuest
from partners.owned_form import OwnedForm

NUMBERS = ("companions", "sales", "orders")
NOTED = ("interest", "wishes", "wants_evening", *NUMBERS)


class GuestNoteForm(OwnedForm):
    """What a guest says on the evening."""

    interest = LineField(label=_("Interested in"), max_length=300, required=False)
    wishes = LineField(label=_("Wishes"), max_length=300, required=False)

    class Meta:
        model = EventGuest
        fields = NOTED
        localized_fields = ("sales",)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["sales"].widget.attrs["inputmode"] = "decimal"
        for name in NUMBERS:  # nobody has to delete a zero first
            self.fields[name].required = False
            self.initial[name] = self.initial[name] or None

    @property
    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {name: said[name] for name in NOTED} | {name: said[name] or 0 for name in NUMBERS}
