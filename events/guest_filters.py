"""Whom of the circle to ask to an evening: the questions of the customer list, and three of its own."""

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.filter_fields import Line, One
from customers.filters import CustomerFilter
from customers.models import Interest
from events.models import Event
from partners.models import Partner

FIRST = ("postcode", "city", "rank", "club", "evening", "interest", "tag", "stage")


class GuestFilter(CustomerFilter):
    interest = Line(label=_("Interest"), method="by_interest")
    club = One(
        label=_("Customer club"),
        method="by_club",
        says_it_all=True,
        choices=[("yes", _("members of the club")), ("no", _("not in the club"))],
    )
    evening = One(
        label=pgettext_lazy("filter", "Evenings"),
        method="by_evening",
        says_it_all=True,
        choices=[
            ("never", _("were at none yet")),
            ("been", _("were at one")),
            ("host", _("were hosts")),
        ],
    )

    def __init__(self, data: QueryDict, *, event: Event, partner: Partner):
        super().__init__(data, partner=partner, complete=True)
        for name in set(self.filters) - {"q", *FIRST}:
            del self.filters[name]
        asked = partner.eventguests.filter(event=event)
        there = partner.customers.filter(restricted_at=None)
        there = there.exclude(pk__in=asked.values("customer"))
        self.queryset = there.exclude(pk=event.host_id) if event.host_id else there

    @property
    def fields(self):
        return [self.form[name] for name in FIRST]

    def by_interest(self, customers, name, value):
        liked = self.partner.interests.filter(what__icontains=value)
        return customers.filter(pk__in=liked.exclude(kind=Interest.Kind.AVOIDS).values("customer"))

    def by_club(self, customers, name, value):
        members = self.partner.memberships.filter(until=None).values("customer")
        if value == "yes":
            return customers.filter(pk__in=members)
        return customers.exclude(pk__in=members)

    def by_evening(self, customers, name, value):
        if value == "host":
            held = self.partner.events.not_cancelled().exclude(host=None)
            return customers.filter(pk__in=held.values("host"))
        there = self.partner.eventguests.present().values("customer")
        if value == "been":
            return customers.filter(pk__in=there)
        return customers.exclude(pk__in=there)
