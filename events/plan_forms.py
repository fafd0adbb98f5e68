"""An evening is planned in two fields, changed in full, copied, called off with a reason."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.fields import LineField, ProseField
from events.models import Event, EventTemplate, Setting
from events.plan_fields import OFF, EveningForm, LinkField, MomentField, is_near, one_of
from events.templating import STARTERS
from partners import clock

WHERE = ("place", "place_name", "street", "postcode", "city", "online_link", "directions")
PLACE = ("place_name", "street", "postcode", "city", "directions")
GUESTS = ("maximum", "companions_allowed", "formality", "is_open", "host_wants_mail")
COPIED = (
    *("title", "template", *WHERE, *Setting.SHARED, "companions_allowed", "formality", "is_open"),
    *("reminders", "host_wants_mail"),
)
USUAL = 150  # minutes
GOES_ALONG = gettext_lazy("Goes along if only the start changes.")
PROSE = dict.fromkeys([*Setting.WORDS, "note", "directions"], ProseField)
LINES: dict[str, Any] = {
    **dict.fromkeys(["title", "theme", "place_name", "street", "postcode", "city"], LineField),
    "online_link": LinkField,
}


class TemplateField(forms.ModelChoiceField):
    """One of the partner's templates; a kind of evening means the first of that kind."""

    def to_python(self, value: Any) -> EventTemplate | None:
        if value in Setting.Kind.values:
            return self.queryset.filter(kind=value).first()  # type: ignore[union-attr]
        return super().to_python(value)


class BookedField(forms.ModelChoiceField):
    """Hidden: an evening that was deleted meanwhile stops nobody."""

    def to_python(self, value: Any) -> Event | None:
        return one_of(self.queryset, value)


class AddForm(EveningForm):
    """A day and a host are enough, the rest comes from the template."""

    template: Any = TemplateField(
        label=gettext_lazy("What kind of evening?"),
        queryset=None,
        required=False,
        widget=forms.RadioSelect,
    )
    booked_from: Any = BookedField(queryset=None, required=False, widget=forms.HiddenInput)

    class Meta:
        model = Event
        fields = ("title", "place", "online_link", "maximum")
        field_classes = LINES
        widgets = {"place": forms.RadioSelect, "title": forms.TextInput(attrs=OFF)}
        help_texts = {
            "title": gettext_lazy("Guests read it on the invitation. Empty: as in the template."),
            "maximum": gettext_lazy("Empty: as in the template."),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["title"].required = False
        fields["booked_from"].queryset = self.partner.events.all()
        fields["template"].queryset = self.partner.eventtemplates.order_by("-kind", "name", "pk")
        self.templates = list(fields["template"].queryset)
        named = [(one.pk, one.name) for one in self.templates]
        starters = [(one.said["kind"], one.said["name"]) for one in STARTERS]
        without = ("", _("without a template"))
        fields["template"].choices = [*(named or starters), without]
        self.propose()

    def propose(self) -> None:
        """The template that was tapped, its hours, and who is named in the address."""
        said, chosen = self.initial, self.chosen_template
        said.setdefault("place", Event.Place.HOST)
        said.setdefault("template", chosen.pk if chosen else STARTERS[0].said["kind"])
        starts = {one.said["kind"]: one.said["start_time"] for one in STARTERS}
        usual = starts.get(said["template"], starts[Setting.Kind.PRESENTATION])
        said.setdefault("start", chosen.start_time if chosen else usual)
        host = one_of(self.partner.customers, said.get("host"))
        if host is not None:
            said.update(host_name=host.name, other=str(host.pk))

    @property
    def chosen_template(self) -> EventTemplate | None:
        """What was tapped, else the first; none if none is wanted."""
        asked = self.data.get("template", self.initial.get("template"))
        if asked is None:
            return self.templates[0] if self.templates else None
        chosen = (one for one in self.templates if asked in {str(one.pk), one.kind})
        return next(chosen, None)

    @property
    def leads_here(self) -> Event | None:
        return one_of(self.partner.events, self["booked_from"].value())

    def _post_clean(self):
        """The title may come from the template."""
        super()._post_clean()  # type: ignore[misc]
        if not self.cleaned_data.get("title"):
            self.errors.pop("title", None)

    def new_event(self) -> Event:
        event, said = self.save(commit=False), self.cleaned_data
        template, host = said["template"], self.host
        event.zone = self.zone.key
        for name, value in self.hours(template.minutes if template else USUAL).items():
            setattr(event, name, value)
        event.host, event.booked_from = host, said["booked_from"]
        if host is not None:
            event.formality = host.formality
        if not event.title and template is None:
            event.title = (
                _("Evening at %(name)s") % {"name": host.first_name} if host else _("Evening")
            )
        return event

    def span(self) -> tuple[dt.datetime, dt.datetime] | None:
        """From when to when, as far as that is said."""
        try:
            day = self.fields["day"].to_python(self["day"].value())
            start = self.fields["start"].to_python(self["start"].value())
        except ValidationError:
            return None
        if not (day and start and is_near(day)):
            return None
        at = clock.moment(day, start, self.zone)
        return at, at + dt.timedelta(minutes=USUAL)


class EditForm(EveningForm):
    class Meta:
        model = Event
        fields = (*("title", "kind", *WHERE, *GUESTS, "answer_until", *Setting.WORDS, "note"),)
        field_classes = LINES | PROSE | {"answer_until": MomentField}
        widgets = {
            "place": forms.RadioSelect,
            "kind": forms.RadioSelect,
            "formality": forms.RadioSelect,
            **{name: forms.Textarea(attrs={"rows": 3}) for name in PROSE if name != "theme"},
        }
        help_texts = {
            "maximum": gettext_lazy("Empty: as many as like to come."),
            "answer_until": gettext_lazy("Empty: until it begins."),
            "is_open": gettext_lazy("Whoever has the link or the QR code may sign up."),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        event, fields = self.instance, self.fields
        fields["answer_until"].zone = self.zone  # type: ignore[attr-defined]
        fields["end"].help_text = GOES_ALONG
        self.initial.update(
            day=event.day,
            start=event.local_start.time(),
            end=event.local_end.time(),
            host_name=event.host.name if event.host else "",
        )

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.instance.zone)

    def clean_answer_until(self) -> dt.datetime | None:
        until = self.cleaned_data["answer_until"]
        if until and not is_near(until):
            raise ValidationError(_("This day is too far away."))
        return until

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """What stands behind “more”, in the order in which one thinks of it."""
        words = [name for name in Setting.WORDS if not name.endswith("_text")]
        named = [
            (_("Guests"), [*GUESTS, "answer_until"]),
            (_("Setting"), words),
            (_("Words to the guests"), ["invitation_text", "thanks_text"]),
            (_("Notes for yourself"), ["note"]),
        ]
        return [(title, [self[name] for name in names]) for title, names in named]

    @property
    def values(self) -> dict[str, Any]:
        event = self.instance
        minutes = int((event.ends_at - event.starts_at).total_seconds()) // 60
        said = {name: self.cleaned_data[name] for name in self._meta.fields or ()}
        return said | self.hours(minutes) | {"host": self.host}


class CopyForm(EveningForm):
    """The same evening on another day, with this host or another one."""

    class Meta:
        model = Event
        fields = ("place",)
        widgets = {"place": forms.HiddenInput}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["end"].help_text = GOES_ALONG

    def copied(self, like: Event) -> Event:
        """The setting and what is offered to guests; the place only where nobody else hosts it."""
        event = self.save(commit=False)
        is_same = self.host is not None and self.host.pk == like.host_id
        moved = () if is_same or like.place != Event.Place.HOST else PLACE
        for name in COPIED:
            if name not in moved:
                setattr(event, name, getattr(like, name))
        event.host, event.zone = self.host, self.zone.key
        minutes = int((like.ends_at - like.starts_at).total_seconds()) // 60
        for name, value in self.hours(minutes).items():
            setattr(event, name, value)
        return event


class CancelForm(forms.Form):
    why = LineField(
        label=gettext_lazy("Why? Guests who were asked read this sentence."),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={**OFF, "placeholder": gettext_lazy("e.g. Petra is ill")}),
    )
