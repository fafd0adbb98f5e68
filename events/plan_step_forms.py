"""One step of a checklist, in a template or of an evening."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from customers.fields import LineField
from events.models import EventStep, EventTemplate, TemplateStep
from events.plan_fields import OFF, HourInput
from events.plan_forms import LINES, PROSE
from partners.owned_form import OwnedForm

BEFORE, AFTER = "before", "after"
STEP = ("text", "part", "for_host")


class StepForm(OwnedForm):
    """The day is told as people do: so many days before or after."""

    number = forms.IntegerField(
        label=gettext_lazy("Days"),
        min_value=0,
        max_value=365,
        initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=gettext_lazy("0 is the day itself"),
    )
    side = forms.ChoiceField(
        label=gettext_lazy("When?"),
        choices=[
            (BEFORE, gettext_lazy("before the evening")),
            (AFTER, gettext_lazy("after the evening")),
        ],
        initial=BEFORE,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = EventStep
        fields = STEP
        field_classes = {"text": LineField}
        widgets = {"part": forms.RadioSelect, "text": forms.TextInput(attrs=OFF)}
        error_messages = {"text": {"required": gettext_lazy("Please say what is to do.")}}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not self.is_new:
            days = self.instance.days
            self.initial.update(number=abs(days), side=AFTER if days > 0 else BEFORE)

    @property
    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        days = said["number"] if said["side"] == AFTER else -said["number"]
        return {name: said[name] for name in STEP} | {"days": days}

    def new_step(self) -> Any:
        step = self.save(commit=False)
        step.days = self.values["days"]
        return step


class TemplateStepForm(StepForm):
    class Meta(StepForm.Meta):
        model = TemplateStep  # type: ignore[assignment]


class TemplateForm(OwnedForm):
    class Meta:
        model = EventTemplate
        fields = ("name", "title", "kind", "start_time", "minutes", *EventTemplate.SHARED[1:])
        field_classes = LINES | PROSE | {"name": LineField}
        widgets = {
            "kind": forms.RadioSelect,
            "start_time": HourInput(),
            **{
                name: forms.Textarea(attrs={"rows": 3})
                for name in EventTemplate.WORDS
                if name != "theme"
            },
        }
        help_texts = {"title": gettext_lazy("Guests read it on the invitation.")}
        error_messages = {"name": {"required": gettext_lazy("A name, so that you find it again.")}}

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    @property
    def first(self) -> list[Any]:
        return [
            self[name] for name in ("name", "title", "kind", "start_time", "minutes", "maximum")
        ]

    @property
    def more(self) -> list[Any]:
        return [self[name] for name in EventTemplate.WORDS]


class KeepForm(OwnedForm):
    """This evening, as a template for the next."""

    MOST: Any = EventTemplate._meta.get_field("name").max_length

    class Meta:
        model = EventTemplate
        fields = ("name", "title")
        field_classes = {"name": LineField, "title": LineField}
        error_messages = {"name": {"required": gettext_lazy("A name, so that you find it again.")}}
