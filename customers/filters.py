"""What a partner can ask of the customer list."""

from typing import ClassVar

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from customers.fields import LineField
from customers.models import Customer
from partners import clock


class LineFilter(django_filters.Filter):
    field_class = LineField


class CustomerFilter(django_filters.FilterSet):
    SORTS = (
        ("name", _("by name")),
        ("newest", _("newest first")),
        ("due", _("next follow-up first")),
        ("contact", _("longest without contact")),
    )

    q = LineFilter(method="search")
    stage = django_filters.ChoiceFilter(
        label=_("Stage"), choices=Customer.Stage.choices, empty_label=_("all")
    )
    rank = django_filters.ChoiceFilter(
        label=_("Rank"), choices=[c for c in Customer.Rank.choices if c[0]], empty_label=_("all")
    )
    follow_up = django_filters.ChoiceFilter(
        label=_("Follow-up"),
        choices=[("without", _("nothing promised"))],
        empty_label=_("all"),
        method="by_follow_up",
    )
    sort = django_filters.ChoiceFilter(
        label=_("Sort by"),
        choices=SORTS,
        method="in_order",
        empty_label=None,
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    form_class: ClassVar[type[forms.Form] | None] = None

    class Meta:
        model = Customer
        fields = ("q", "stage", "rank", "follow_up", "sort")

    def get_form_class(self):
        """One class for all requests; a form copies its fields, so nothing is shared."""
        if self.form_class is None:
            type(self).form_class = super().get_form_class()
        return self.form_class

    def search(self, customers, name, value):
        return customers.search(value)

    def by_follow_up(self, customers, name, value):
        return customers.without_follow_up(clock.now())

    def in_order(self, customers, name, value):
        return customers

    def filter_queryset(self, queryset):
        found = super().filter_queryset(queryset)
        match self.form.cleaned_data.get("sort"):
            case "newest":
                return found.newest_first()
            case "due":
                return found.by_next_follow_up()
            case "contact":
                return found.by_last_contact()
            case _:
                return found.by_name()
