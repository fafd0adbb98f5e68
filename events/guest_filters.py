"""Whom of the circle to ask to an evening: the questions of the customer list, and one of its own."""

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.filter_fields import Asked, Line, One
from customers.filters import CustomerFilter
from customers.models import Interest
from events.models import Event
from partners.models import Partner

FIRST = ("postcode", "city", "rank", "club", "evening", "interest", "tag", "stage")


def of_circle(partner: Partner) -> dict[str, Asked]:
    """Asked of the whole circle as well."""

    def by_club(customers, name, value):
        members = Q(pk__in=partner.memberships.filter(until=None).values("customer"))
        return customers.filter(members if value == "yes" else ~members)

    def by_evening(customers, name, value):
        if value == "host":
            held = partner.events.not_cancelled().exclude(host=None)
            return customers.filter(pk__in=held.values("host"))
        there = Q(pk__in=partner.eventguests.present().values("customer"))
        return customers.filter(there if value == "been" else ~there)

    return {
        "club": One(
            label=_("Customer club"),
            method=by_club,
            says_it_all=True,
            choices=[("yes", _("members of the club")), ("no", _("not in the club"))],
        ),
        "evening": One(
            label=pgettext_lazy("filter", "Evenings"),
            method=by_evening,
            says_it_all=True,
            choices=[
                ("never", _("were at none yet")),
                ("been", _("were at one")),
                ("host", _("were hosts")),
            ],
        ),
    }


class GuestFilter(CustomerFilter):
    interest = Line(label=_("Interest"), method="by_interest")

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
