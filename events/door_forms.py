"""What phones say of an evening, checked tap by tap."""

import datetime as dt
import json
from typing import Any

from django import forms

from customers.fields import LineField
from events.actions.at_the_door import Kind, Tap
from events.models import EventGuest

MOST = 200  # taps at once
LONGEST_ID, LONGEST_NAME, LONGEST_NOTE = 64, 120, 300
EARLIEST, LATEST = 0, 4_102_444_800_000  # milliseconds: 1970 to 2100


class NoTaps(ValueError):
    """Not what our own pages send."""


class TapForm(forms.Form):
    id = forms.CharField(max_length=LONGEST_ID)
    kind = forms.ChoiceField(choices=[(kind.value, kind.value) for kind in Kind])
    guest = forms.UUIDField()
    at = forms.IntegerField(min_value=EARLIEST, max_value=LATEST)
    presence = forms.ChoiceField(choices=EventGuest.Presence.choices, required=False)
    name = LineField(max_length=LONGEST_NAME, required=False)
    interest = LineField(max_length=LONGEST_NOTE, required=False)
    wishes = LineField(max_length=LONGEST_NOTE, required=False)
    wants_evening = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == Kind.WALK_IN and not cleaned.get("name"):
            raise forms.ValidationError("somebody without a name")
        return cleaned

    @property
    def tap(self) -> Tap:
        values = self.cleaned_data
        at = dt.datetime.fromtimestamp(values["at"] / 1000, dt.UTC)
        return Tap(**values | {"kind": Kind(values["kind"]), "at": at})


class WalkInForm(forms.Form):
    """Without JavaScript."""

    name = LineField(max_length=LONGEST_NAME)
    guest = forms.UUIDField()


def read(body: bytes) -> list[Tap]:
    """The taps that make sense; NoTaps where nothing does."""
    try:
        rows = json.loads(body)["taps"]
        told = [TapForm(row) for row in rows[:MOST] if isinstance(row, dict)]
    except (ValueError, TypeError, KeyError) as error:
        raise NoTaps from error
    return [form.tap for form in told if form.is_valid()]
