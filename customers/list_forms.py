"""What is asked when many are changed at once, a question is kept or a tag renamed."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from customers.fields import LineField, WhenField
from customers.models import Customer, FollowUp, SavedFilter, Tag
from partners.models import Partner
from partners.owned_form import RowIdField

NO_SUGGESTIONS = {"autocomplete": "off"}
ALONE = {**NO_SUGGESTIONS, "autofocus": True}  # the one thing a sheet asks


def name_field(label: Any, longest: int) -> LineField:
    return LineField(label=label, max_length=longest, widget=forms.TextInput(attrs=ALONE))


class AskingForm(forms.Form):
    """A form that asks before it does something: sent again, it may."""

    def ask(self, sentence: Any, agreed: str) -> None:
        self.add_error("name", sentence)
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        self.data = data | {agreed: "on"}


class SavedFilterForm(AskingForm):
    """`replace` is set once it was asked whether another one may go."""

    row_id = RowIdField()
    name = name_field(_("Name"), 60)
    query = forms.CharField(
        max_length=SavedFilter._meta.get_field("query").max_length, widget=forms.HiddenInput
    )
    replace = forms.BooleanField(required=False, widget=forms.HiddenInput)


class NameForm(forms.Form):
    name = name_field(_("Name"), 60)


class TagForm(AskingForm):
    """`merge` is set once it was asked whether two tags shall become one."""

    name = name_field(_("Name"), 40)
    merge = forms.BooleanField(required=False, widget=forms.HiddenInput)


class ManyForm(forms.Form):
    """What shall be done to all who are selected; `params` is what the act needs to know."""

    row_id = RowIdField()

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.partner = partner

    @property
    def params(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "row_id"}


class ManyTagForm(ManyForm):
    name = name_field(_("Tag"), 40)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.known = list(self.partner.tags.values_list("name", flat=True))
        self.fields["name"].widget.attrs["list"] = "known-tags"


class ManyUntagForm(ManyForm):
    tag: Any = forms.ModelChoiceField(
        label=_("Tag"),
        queryset=None,
        empty_label=None,
        error_messages={"required": _("You have no tags yet.")},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        tags: Any = self.fields["tag"]
        tags.queryset = self.partner.tags.all()

    @property
    def params(self) -> dict[str, Any]:
        tag: Tag = self.cleaned_data["tag"]
        return {"tag": str(tag.pk), "name": tag.name}


class ManyStageForm(ManyForm):
    stage = forms.ChoiceField(
        label=_("Stage"),
        choices=[(value, capfirst(label)) for value, label in Customer.Stage.choices],
        widget=forms.RadioSelect,
    )

    @property
    def params(self) -> dict[str, Any]:
        return {"values": super().params}


class ManyRankForm(ManyForm):
    rank = forms.ChoiceField(
        label=_("Rank"),
        choices=[*Customer.Rank.choices[1:], Customer.Rank.choices[0]],
        required=False,
        widget=forms.RadioSelect,
    )

    @property
    def params(self) -> dict[str, Any]:
        return {"values": super().params}


class ManyFollowUpForm(ManyForm):
    what = LineField(
        label=_("What for?"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=NO_SUGGESTIONS),
    )
    when = WhenField()
    kind = forms.ChoiceField(
        label=_("How?"),
        choices=FollowUp.Kind.choices,
        initial=FollowUp.Kind.CALL,
        widget=forms.RadioSelect,
    )
    spread = forms.BooleanField(
        label=_("Five a day, from that day on"), required=False, initial=True
    )

    @property
    def params(self) -> dict[str, Any]:
        given = super().params
        when = given.pop("when")
        time = when.time.isoformat() if when.time else ""
        return given | {"day": when.day.isoformat(), "time": time}


class ManyDeleteForm(ManyForm):
    pass


MANY: dict[str, type[ManyForm]] = {
    "tag": ManyTagForm,
    "untag": ManyUntagForm,
    "stage": ManyStageForm,
    "rank": ManyRankForm,
    "follow-up": ManyFollowUpForm,
    "delete": ManyDeleteForm,
}
