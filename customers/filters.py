"""What a partner can ask of the customer list; all of it stands in the address bar."""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.db.models import Q
from django.http import QueryDict
from django.utils.dates import MONTHS
from django.utils.functional import cached_property
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers import duties, filters_above, own_filters
from customers.filter_fields import NOTHING, Line, One, Several, alike
from customers.models import Customer
from customers.permissions.asking import permitted
from partners import clock
from partners.models import Partner

REACHES = (("phone", "phones"), ("email", "emails"), ("address", "addresses"))
STAGES = [(value, capfirst(label)) for value, label in Customer.Stage.choices]
SOURCES = [(value or NOTHING, label) for value, label in Customer.Source.choices]
RANKS = [(value or NOTHING, label) for value, label in Customer.Rank.choices if value]
RANKS += [(NOTHING, Customer.Rank.NONE.label)]


class CustomerFilter(django_filters.FilterSet):
    """Only what is asked is built, unless `complete`; what makes no sense is left out."""

    FIRST = ("stage", "tag", "follow_up", "contact", "postcode", "city")

    q = Line(label=_("Search"), method="search")
    stage = Several(label=_("Stage"), choices=STAGES, says_it_all=True)
    tag = Several(label=_("Tag"), method="by_tag", says_it_all=True)
    follow_up = One(
        label=_("Follow-up"),
        method="by_follow_up",
        choices=[
            ("without", _("nothing promised")),
            ("with", _("something promised")),
            ("overdue", _("overdue")),
        ],
    )
    contact = One(
        label=_("Last contact"),
        method="by_contact",
        choices=[
            ("1", _("longer ago than a month")),
            ("3", _("longer ago than 3 months")),
            ("6", _("longer ago than half a year")),
            ("12", _("longer ago than a year")),
            ("never", pgettext_lazy("contact", "never")),
        ],
    )
    postcode = Line(label=_("Postcode area"), method="by_postcode")
    city = Line(label=_("Place"), method="by_city")
    rank = Several(label=_("Rank"), choices=RANKS)
    source = Several(label=_("Source"), field_name="source_kind", choices=SOURCES)
    satisfaction = One(
        label=_("Satisfaction"),
        method="by_satisfaction",
        choices=[
            ("5", _("5 of 5")),
            *[(str(n), format_lazy(_("at least {number}"), number=n)) for n in (4, 3, 2)],
            ("unknown", _("not known")),
        ],
    )
    birthday = One(
        label=_("Birthday"),
        field_name="birth_month",
        choices=[(str(month), name) for month, name in MONTHS.items()],
    )
    reach = Several(
        label=_("Can be reached"),
        method="by_reach",
        says_it_all=True,
        choices=[
            ("phone", _("with a phone number")),
            ("email", _("with an e-mail address")),
            ("address", _("with a postal address")),
            ("none", _("not at all so far")),
        ],
    )
    kind = One(
        label=_("Kind"),
        method="by_kind",
        says_it_all=True,
        choices=[("person", _("people")), ("business", _("businesses"))],
    )

    permission = One(
        label=_("News and offers"),
        method="by_permission",
        choices=[
            ("email", _("yes to e-mails")),
            ("phone", _("yes to calls")),
            ("asked", _("asked, no answer yet")),
            ("unasked", _("not asked yet")),
            ("no", _("said no")),
            ("declined", _("please do not call")),
        ],
    )
    duty = One(
        label=pgettext_lazy("duty", "To settle"),
        method="by_duty",
        says_it_all=True,
        choices=[
            ("untold", _("do not know yet that you noted them")),
            ("silent", _("not heard of for long")),
            ("unanswering", _("never answered your mail")),
            ("unseen", _("guests who never came")),
        ],
    )

    class Meta:
        model = Customer
        fields = ()

    def __init__(self, data: QueryDict, *, partner: Partner, complete: bool = False):
        self.partner = partner
        names = {name for name in data if any(data.getlist(name))}
        filters: dict[str, Any] = dict(self.base_filters)  # type: ignore[has-type]
        filters |= filters_above.filters_of(partner)
        if complete or any(name.startswith(own_filters.PREFIX) for name in names):
            filters |= own_filters.filters_of(partner)
        self.unknown = any(name.startswith(own_filters.PREFIX) for name in names - filters.keys())
        if not complete:
            filters = {name: filters[name] for name in filters if name in names}
        self.base_filters = filters
        # Nobody hidden is found, unless they are what is asked for.
        is_of_hidden = data.get("duty") == "unseen"
        manager = "unscoped_with_hidden" if is_of_hidden else "unscoped"
        super().__init__(data, queryset=partner.customers(manager=manager).all())
        if complete and not is_of_hidden:  # no list shows them, so nobody is to look for them here
            choices = self.filters["duty"].extra["choices"]
            self.filters["duty"].extra["choices"] = [one for one in choices if one[0] != "unseen"]
        if "tag" in filters:
            tags = partner.tags.values_list("pk", "name")
            self.filters["tag"].extra["choices"] = [(str(pk), name) for pk, name in tags]

    # --- what is asked ---------------------------------------------------------------------

    def search(self, customers, name, value):
        return customers.search(value)

    def by_tag(self, customers, name, value):
        tagged = self.partner.taggings.filter(tag__in=value)
        return customers.filter(pk__in=tagged.values("customer"))

    def by_postcode(self, customers, name, value):
        begins = {"postcode__startswith": value}
        if value.isdecimal():  # behind the second wall, PostgreSQL counts and finds a range alone
            begins = {"postcode__range": (value, f"{value}zz")}
        there = self.partner.addresses.filter(**begins)
        return customers.filter(pk__in=there.values("customer"))

    def by_city(self, customers, name, value):
        places = self.partner.addresses.order_by("city").values_list("city", flat=True).distinct()
        there = self.partner.addresses.filter(city__in=alike(places, value))
        return customers.filter(pk__in=there.values("customer"))

    def by_satisfaction(self, customers, name, value):
        if value == "unknown":
            return customers.filter(satisfaction=None)
        return customers.filter(satisfaction__gte=int(value))

    def by_contact(self, customers, name, value):
        if value == "never":
            return customers.filter(last_contact_at=None)
        return customers.filter(last_contact_at__lt=months_ago(self.partner, int(value)))

    def by_follow_up(self, customers, name, value):
        now, today = clock.now(), clock.today(self.partner.zone)
        alive = self.partner.followups.alive(now)
        if value == "overdue":
            alive = alive.filter(due_at__lt=clock.moment(today, dt.time(), self.partner.zone))
        wanted = Q(pk__in=alive.values("customer"))
        return customers.filter(~wanted if value == "without" else wanted)

    def by_reach(self, customers, name, value):
        ways = {kind: getattr(self.partner, rows).values("customer") for kind, rows in REACHES}
        for kind, reachable in ways.items():
            if kind in value:
                customers = customers.filter(pk__in=reachable)
            if "none" in value:
                customers = customers.exclude(pk__in=reachable)
        return customers

    def by_kind(self, customers, name, value):
        return customers.filter(is_business=value == "business")

    def by_permission(self, customers, name, value):
        return permitted(self.partner, customers, value)

    def by_duty(self, customers, name, value):
        meant = duties.GROUPS[value](self.partner, clock.today(self.partner.zone))
        return customers.filter(pk__in=meant.order_by().values("pk"))

    # --- what is said of it ----------------------------------------------------------------

    @cached_property
    def understood(self) -> list[tuple[str, Any]]:
        """Name and value of all that is asked and makes sense, several values one by one."""
        return list(self.each_value())

    def each_value(self) -> Iterator[tuple[str, Any]]:
        if self.form.errors or self.form.cleaned_data:
            for name in self.filters:
                value = self.form.cleaned_data.get(name)
                for one in value if isinstance(value, list) else [value]:
                    if one not in ("", None):
                        yield name, one

    @property
    def misunderstood(self) -> list[str]:
        """What makes no sense, by its label."""
        fields = self.form.fields
        odd = [
            str(fields[name].label)
            for name in fields
            if name in self.form.errors or getattr(fields[name], "has_strangers", False)
        ]
        return [*odd, str(_("a field of your own that is gone"))] if self.unknown else odd

    def query(self, *, without: tuple[str, Any] | None = None) -> str:
        """What is asked, as it best stands in an address."""
        return urlencode([pair for pair in self.understood if pair != without])


def months_ago(partner: Partner, months: int) -> dt.datetime:
    today = clock.today(partner.zone)
    years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    day = min(today.day, monthrange(years, month + 1)[1])
    return clock.moment(dt.date(years, month + 1, day), dt.time(), partner.zone)
