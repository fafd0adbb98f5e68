"""What the forms of an evening share: its day and hours, and the host by name."""

import datetime as dt
import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from customers.fields import LineField
from customers.models import Customer
from customers.naming import called
from events.actions import planning
from events.models import Event
from partners.owned_form import OwnedForm

OFF: dict[str, Any] = {"autocomplete": "off"}
NEW = "new"
FEWEST_YEARS, MOST_YEARS = 2000, 2100


def one_of(rows: Any, pk: Any) -> Any:
    """The row of that id, if it is one of these."""
    try:
        return rows.filter(pk=uuid.UUID(str(pk))).first() if pk else None
    except ValueError:
        return None


def is_near(day: dt.date | dt.datetime) -> bool:
    return FEWEST_YEARS <= day.year <= MOST_YEARS


class LinkField(forms.URLField):
    """Typed without https:// it means just that."""

    default_error_messages = {
        "invalid": gettext_lazy("Please write the link like https://meet.example.org/room.")
    }

    def __init__(self, **kwargs: Any):
        super().__init__(assume_scheme="https", **kwargs)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any):
        super().__init__(format="%Y-%m-%d", **kwargs)


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, **kwargs: Any):
        super().__init__(format="%Y-%m-%dT%H:%M", **kwargs)


class MomentField(forms.DateTimeField):
    """Its hours are those of `zone`."""

    widget = MomentInput
    zone: ZoneInfo | None = None

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(self.zone):
            return super().prepare_value(value)

    def to_python(self, value: Any) -> dt.datetime | None:
        with timezone.override(self.zone):
            return super().to_python(value)


class HourInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **kwargs: Any):
        super().__init__(format="%H:%M", **kwargs)


class EveningForm(OwnedForm):
    """The host is somebody of the circle, by name; who is meant is asked where several answer to it."""

    day = forms.DateField(
        label=gettext_lazy("Which day?"),
        widget=DayInput(),
        error_messages={
            "required": gettext_lazy("Please say on which day."),
            "invalid": gettext_lazy("Please write the day like 14.3.2027."),
        },
    )
    start = forms.TimeField(
        label=pgettext_lazy("time", "From"),
        widget=HourInput(),
        error_messages={
            "required": gettext_lazy("Please say when it begins."),
            "invalid": gettext_lazy("Please write the time like 19:30."),
        },
    )
    end = forms.TimeField(
        label=pgettext_lazy("time", "To"),
        required=False,
        widget=HourInput(),
        error_messages={"invalid": gettext_lazy("Please write the time like 22:00.")},
    )
    host_name = LineField(
        label=gettext_lazy("Who is the host?"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={**OFF, "placeholder": gettext_lazy("First name, or more")}),
    )
    other = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.people: list[Customer] = []
        self.host: Customer | None = None
        self.asks_who = False

    @property
    def zone(self) -> ZoneInfo:
        return self.partner.zone

    def clean_day(self) -> dt.date:
        day = self.cleaned_data["day"]
        if not is_near(day):
            raise ValidationError(_("This day is too far away."))
        return day

    def clean(self):
        cleaned = super().clean()
        said = self.cleaned_data
        if name := said.get("host_name"):
            self.find_host(name)
        elif not self.errors.get("host_name") and said.get("place") == Event.Place.HOST:
            self.add_error("host_name", _("Who opens their home? A first name is enough."))
        if said.get("place") == Event.Place.ONLINE and "online_link" in said:
            self.ask_for_link()
        if said.get("start") and said.get("start") == self.said_end:
            self.add_error("end", _("It would be over before it begins."))
        return cleaned

    def ask_for_link(self) -> None:
        if not self.cleaned_data["online_link"]:
            self.add_error("online_link", _("Please add the link, so that guests can join."))

    def find_host(self, name: str) -> None:
        known = self.instance.host
        chosen = self.cleaned_data.get("other", "")
        if known and name == known.name and not chosen:
            self.host = known
            return
        self.people = called(self.partner, name)
        self.host = next((one for one in self.people if str(one.pk) == chosen), None)
        if self.host is None and chosen != NEW and len(self.people) == 1:
            self.host = self.people[0]
        if self.host is None and chosen == NEW:
            first, _space, last = name.partition(" ")
            self.host = Customer(partner=self.partner, first_name=first[:100], last_name=last[:100])
        if self.host is None:
            self.asks_who = True
            self.add_error("host_name", self.question(name))

    def question(self, name: str) -> str:
        if self.people:
            return _("There are several. Whom do you mean?")
        return _("%(name)s is not in your circle yet. Add them?") % {"name": name}

    @property
    def said_end(self) -> dt.time | None:
        """Where the start alone is moved, the end goes along."""
        changed = self.changed_data
        goes_along = "start" in changed and "end" not in changed
        return None if goes_along else self.cleaned_data.get("end")

    def hours(self, minutes: int) -> dict[str, Any]:
        """The columns of the schedule; without an end it takes as long as is usual."""
        said = self.cleaned_data
        start = said["start"]
        usual = (dt.datetime.combine(said["day"], start) + dt.timedelta(minutes=minutes)).time()
        return planning.moved(said["day"], start, self.said_end or usual, self.zone)
