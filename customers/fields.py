"""What people type: text of one line or more, addresses, and days as one says them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers import text
from customers.when import NotUnderstood, When, parse
from partners import clock

TOO_LONG: dict[str, Any] = {
    "max_length": _(
        "That is too long: %(show_value)d characters, and at most %(limit_value)d fit in here."
    )
}


class LineField(forms.CharField):
    """One line, without breaks and without what nobody can see."""

    default_error_messages = TOO_LONG

    def to_python(self, value):
        return text.line(super().to_python(value) or "")


class ProseField(forms.CharField):
    """Several lines, as they were typed."""

    default_error_messages = TOO_LONG

    def to_python(self, value):
        return text.clean(super().to_python(value) or "")


class MailField(forms.EmailField):
    default_error_messages = TOO_LONG

    def to_python(self, value):
        return text.line(super().to_python(value) or "")


class WhenField(LineField):
    """A day as one says it; cleans to a `When`, seen from now in the active time zone."""

    default_error_messages = {
        "required": _("Please say when."),
        "max_length": _("Please say it shorter, like “fri 18”."),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault("label", _("When?"))
        example = {"autocomplete": "off", "placeholder": _("e.g. tomorrow, fri 18, 14.3.")}
        super().__init__(widget=forms.TextInput(attrs=example), **kwargs)
        # A day already promised stays acceptable, even if it has passed.
        self.promised: When | None = None

    def prepare_value(self, value):
        return str(value) if isinstance(value, When) else value

    def clean(self, value) -> When | None:
        typed = super().clean(value)
        if not typed:
            return None
        if typed == str(self.promised):
            return self.promised
        try:
            return parse(typed, timezone.localtime(clock.now()))
        except NotUnderstood as error:
            raise ValidationError(str(error)) from None
