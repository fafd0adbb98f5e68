"""The partner's own fields: what they are called, what goes in, and what they are needed for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers import health
from customers.fields import LineField, ProseField
from customers.models import OwnField
from customers.text import fold, line
from partners.owned_form import OwnedForm

MOST_FIELDS, MOST_CHOICES, LONGEST_CHOICE = 30, 50, 80
FEWEST_CHOICES = 2


class OwnFieldForm(OwnedForm):
    choices = ProseField(
        label=gettext_lazy("The choices"),
        max_length=5000,
        required=False,
        help_text=gettext_lazy("One in each line."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    sure = forms.BooleanField(
        label=gettext_lazy("I have their explicit consent and need this field."), required=False
    )

    class Meta:
        model = OwnField
        fields = ("name", "purpose", "kind")
        field_classes = {"name": LineField, "purpose": LineField}
        widgets = {
            "kind": forms.RadioSelect,
            "name": forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
            "purpose": forms.TextInput(attrs={"autocomplete": "off"}),
        }
        labels = {"kind": gettext_lazy("What goes in?")}
        help_texts = {
            "purpose": gettext_lazy("Keep only what you need. One sentence is enough."),
        }
        error_messages = {
            "name": {"required": gettext_lazy("How shall the field be called?")},
            "purpose": {
                "required": gettext_lazy(
                    "Please say what you need it for: the law wants a purpose."
                )
            },
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [choice for choice in kind.choices if choice[0]]
        self.initial["choices"] = "\n".join(self.instance.choices)
        self.is_used = not self.is_new and self.instance.values.filter(deleted_at=None).exists()
        if self.is_used:
            kind.disabled = True
            kind.help_text = _("There are answers already, so the kind stays.")

    @property
    def smells_of_health(self) -> bool:
        """Then the page asks once more before it is stored."""
        typed = self["name"].value() or ""
        return health.smells_of_health(f"{typed} {self['choices'].value() or ''}")

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        others = self.partner.ownfields.exclude(pk=self.instance.pk)
        if others.filter(folded=fold(name)[:90]).exists():
            raise ValidationError(_("You have a field of this name already."))
        if self.is_new and others.count() >= MOST_FIELDS:
            raise ValidationError(_("Thirty fields are the most. Perhaps a tag will do?"))
        return name

    def clean_choices(self) -> list[str]:
        lines = map(line, self.cleaned_data["choices"].splitlines())
        choices = list({fold(choice): choice for choice in lines if choice}.values())
        if len(choices) > MOST_CHOICES or any(len(choice) > LONGEST_CHOICE for choice in choices):
            raise ValidationError(_("At most 50 choices, each at most 80 characters long."))
        return choices

    def clean(self):
        cleaned = super().clean() or {}
        is_choice = cleaned.get("kind") == OwnField.Kind.CHOICE
        if is_choice and len(cleaned.get("choices") or ()) < FEWEST_CHOICES:
            self.add_error("choices", _("A choice needs at least two choices."))
        if self.smells_of_health and not cleaned.get("sure"):
            self.add_error("sure", _("Please read this once before you save."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        names = ("name", "purpose", "kind", "choices")
        return {name: self.cleaned_data[name] for name in names}
