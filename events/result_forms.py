"""Forms about the result of an evening: sums, costs, two questions, what comes next."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.fields import LineField, ProseField, WhenField
from customers.when import When
from events import result
from events.actions import closing
from events.aftercare import LONGEST, Proposal
from events.models import Event, EventGuest
from events.money import ZERO, AmountField
from partners.models import Partner
from partners.owned_form import OwnedForm, RowIdField

SUMS = (
    *("other_sales", "other_orders", "cost_goods", "cost_gift", "cost_catering"),
    *("kilometres", "per_kilometre", "hours", "share"),
)
MOST_ORDERS = 999
AMOUNTS = tuple(name for name in SUMS if name != "other_orders")


class GuestForm(forms.Form):
    """One line of the table. What it showed travels with it: only what was typed is changed, so
    that an old page undoes no tap at the door.
    """

    came = forms.BooleanField(required=False, show_hidden_initial=True, label=_("was there"))
    sales = AmountField(
        required=False,
        min_value=0,
        max_digits=8,
        decimal_places=2,
        show_hidden_initial=True,
        label=_("sum of orders"),
    )
    orders = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_ORDERS,
        show_hidden_initial=True,
        label=_("orders"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, data: Any, guest: EventGuest):
        self.guest = guest
        known = {"came": guest.has_come, "sales": guest.sales, "orders": guest.orders or None}
        super().__init__(data, prefix=guest.pk.hex, initial=known)
        for name in ("sales", "orders"):
            field = self.fields[name]
            field.widget.attrs["aria-label"] = f"{guest.customer.name}: {field.label}"

    @property
    def values(self) -> dict[str, Any]:
        """What was typed anew; a sum without a number of orders is one order."""
        new = {name: self.cleaned_data[name] for name in self.changed_data}
        if "orders" in new:
            new["orders"] = new["orders"] or 0
        if "sales" in new and not new.get("orders", self.cleaned_data["orders"]):
            new["orders"] = 1 if new["sales"] else 0
        if "came" in new:
            new |= closing.presence(new.pop("came"))
        return new


class ResultForm(OwnedForm):
    class Meta:
        model = Event
        fields = SUMS
        field_classes = dict.fromkeys(AMOUNTS, AmountField)
        labels = {
            "other_sales": _("Sum in €"),
            "other_orders": _("How many"),
            "share": _("My share in per cent"),
        }
        help_texts = {"other_sales": "", "share": _("of the sales")}

    def __init__(self, *args: Any, guests: list[EventGuest], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name in SUMS:
                field.required = False
        self.fields["other_orders"].validators.append(MaxValueValidator(MOST_ORDERS))
        for name in ("hours", "share"):
            amount: Any = self.fields[name]
            amount.empty = None
        self.initial["other_orders"] = self.instance.other_orders or None
        self.guests = [GuestForm(self.data if self.is_bound else None, guest) for guest in guests]

    @property
    def expected(self) -> list[GuestForm]:
        """Those who come first: they were there, had said yes, or ordered something."""
        return [form for form in self.guests if is_expected(form.guest)]

    @property
    def others(self) -> list[GuestForm]:
        return [form for form in self.guests if not is_expected(form.guest)]

    @property
    def others_matter(self) -> bool:
        return any(form.errors for form in self.others)

    def clean_other_orders(self) -> int:
        return self.cleaned_data["other_orders"] or 0

    def clean_per_kilometre(self):
        return self.cleaned_data["per_kilometre"] or self.instance.per_kilometre

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(form.is_valid() for form in self.guests)])

    @property
    def wrong(self) -> forms.BaseForm:
        """The first part with an error, if there is one."""
        return next((form for form in (self, *self.guests) if form.errors), self)

    @property
    def values(self) -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in SUMS}
        if values["other_sales"] > ZERO and not values["other_orders"]:
            values["other_orders"] = 1
        return values

    @property
    def wishes(self) -> list[tuple[EventGuest, dict[str, Any]]]:
        return [(form.guest, form.values) for form in self.guests]


def is_expected(guest: EventGuest) -> bool:
    return guest.answer == EventGuest.Answer.YES or guest.has_come or result.has_bought(guest)


class CloseForm(OwnedForm):
    class Meta:
        model = Event
        fields = ("went_well", "next_time")
        field_classes = {"went_well": ProseField, "next_time": ProseField}
        widgets = dict.fromkeys(fields, forms.Textarea(attrs={"rows": 3}))

    @property
    def values(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class ProposalForm(forms.Form):
    take = forms.BooleanField(required=False)
    what = LineField(
        label=_("What for?"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1}),
    )
    when = WhenField(required=False)
    row_id = RowIdField()

    def __init__(self, data: Any, proposal: Proposal):
        self.proposal = proposal
        first = {
            "take": proposal.is_chosen,
            "what": proposal.what,
            "when": When(proposal.day),
        }
        super().__init__(data, prefix=proposal.customer.pk.hex, initial=first)

    def clean(self):
        cleaned = super().clean() or {}
        if cleaned.get("take") and not cleaned.get("when") and "when" not in self.errors:
            self.add_error("when", _("Please say when."))
        return cleaned

    @property
    def is_chosen(self) -> bool:
        return bool(self.cleaned_data["take"])

    @property
    def wish(self) -> tuple[Any, str, When]:
        follow_up = self.proposal.follow_up
        follow_up.pk = self.cleaned_data["row_id"]
        return follow_up, self.cleaned_data["what"], self.cleaned_data["when"]


class ComparisonForm(forms.Form):
    """What evenings are compared by."""

    template: Any = forms.ModelChoiceField(
        queryset=None, required=False, empty_label=_("All templates"), label=_("template")
    )
    host: Any = forms.ModelChoiceField(
        queryset=None,
        required=False,
        empty_label=pgettext_lazy("filter", "All hosts"),
        label=_("host"),
    )

    def __init__(self, data: Any, partner: Partner):
        super().__init__(data)
        closed = partner.events.closed()
        templates: Any = self.fields["template"]
        hosts: Any = self.fields["host"]
        templates.queryset = partner.eventtemplates.filter(pk__in=closed.values("template"))
        hosts.queryset = partner.customers.filter(pk__in=closed.values("host")).by_name()
        hosts.label_from_instance = lambda person: person.name
        for field in (templates, hosts):
            field.widget.attrs["class"] = "form-select"

    @property
    def chosen(self) -> dict[str, Any]:
        """What is no choice of theirs filters nothing."""
        self.is_valid()
        return {name: row for name, row in self.cleaned_data.items() if row}
