from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from customers.fields import LineField
from events.models import Feedback
from partners.owned_form import RowIdField

BEST = 5
CHOICES = [
    (number, ngettext_lazy("%(count)s star", "%(count)s stars", number) % {"count": number})
    for number in range(1, BEST + 1)
]
INFORMAL = {
    "text": pgettext_lazy("informal", "A sentence, if you like"),
    "name": pgettext_lazy("informal", "Your name, if you like"),
}
FORMAL = {
    "text": pgettext_lazy("formal", "A sentence, if you like"),
    "name": pgettext_lazy("formal", "Your name, if you like"),
}


class StarForm(forms.Form):
    """Guests fill it in with one hand; only the stars matter."""

    stars = forms.TypedChoiceField(
        label=_("Stars"),
        choices=CHOICES,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please tap one of the stars.")},
    )
    text = LineField(max_length=500, required=False)
    name = LineField(max_length=100, required=False)
    row_id = RowIdField()

    def __init__(self, *args: Any, is_formal: bool, knows_who: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, label in (FORMAL if is_formal else INFORMAL).items():
            self.fields[name].label = label
        if knows_who:
            del self.fields["name"]

    @property
    def feedback(self) -> Feedback:
        said = self.cleaned_data
        return Feedback(
            pk=said["row_id"], stars=said["stars"], text=said["text"], name=said.get("name", "")
        )
