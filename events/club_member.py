"""One member with what they received, and who may still join."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Collection
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, Q, Sum, When

from customers.models import Customer
from events.models import Benefit, BenefitUse, Membership
from partners.models import Partner

AT_ONCE = 40
NOTHING = Decimal()


@dataclasses.dataclass
class Card:
    partner: Partner
    membership: Membership
    today: dt.date

    @cached_property
    def benefits(self) -> list[Benefit]:
        return list(self.partner.benefits.all())

    @cached_property
    def uses(self) -> list[BenefitUse]:
        return list(
            self.partner.benefituses.filter(customer=self.membership.customer)
            .select_related("benefit")
            .order_by("-given_on", "-pk")[:AT_ONCE]
        )

    @cached_property
    def evenings(self) -> dict[str, Any]:
        came = self.partner.eventguests.filter(
            customer=self.membership.customer, event__deleted_at=None
        ).present()
        return came.aggregate(
            count=Count("pk"),
            club=Count("pk", filter=Q(event__kind="club")),
            sales=Sum("sales", default=NOTHING),
        )


@dataclasses.dataclass
class Candidates:
    """People of the circle who are no members now."""

    partner: Partner
    query: str = ""

    @property
    def everybody(self) -> Any:
        members = self.partner.memberships.filter(until=None).order_by().values("customer")
        people = self.partner.customers.exclude(pk__in=members)
        return people.filter(is_business=False, restricted_at=None)

    @cached_property
    def shown(self) -> list[Customer]:
        """Whoever answers to what was typed; one more than the page has tells of more."""
        found = self.everybody.search(self.query).by_name() if self.query else self.likely
        return list(found.defer("note", "search_text", "sounds")[: AT_ONCE + 1])

    @property
    def likely(self) -> Any:
        """Regular customers first."""
        stages = (Customer.Stage.REGULAR, Customer.Stage.CUSTOMER)
        whens = [When(stage=stage, then=place) for place, stage in enumerate(stages)]
        return self.everybody.order_by(Case(*whens, default=len(stages)), "sort_name", "pk")

    @property
    def rows(self) -> list[Customer]:
        return self.shown[:AT_ONCE]

    @property
    def has_more(self) -> bool:
        return len(self.shown) > AT_ONCE

    def chosen(self, ids: Collection[uuid.UUID]) -> list[Customer]:
        return list(self.everybody.filter(pk__in=ids).by_name())
