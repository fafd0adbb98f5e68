"""What one can say on the page behind a mail's link."""

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.fields import ProseField
from customers.models import Interaction


class FromMailForm(forms.Form):
    """Which button, and perhaps a note, as long as any that is logged."""

    days = forms.TypedChoiceField(choices=[(0, ""), (1, ""), (3, "")], coerce=int)
    note = ProseField(
        label=_("A short note, if you like"),
        max_length=Interaction._meta.get_field("text").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A long text is not cut, but refused.
        self.fields["note"].widget.attrs.pop("maxlength", None)
