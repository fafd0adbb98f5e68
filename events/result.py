"""What an evening brought: who came, who bought, what it cost and what remains."""

import dataclasses
from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Q

from events import rewards
from events.evening import Evening
from events.models import Event, EventGuest, RewardTier
from events.money import ZERO, cents
from partners.models import Partner

HUNDRED = 100
# What the columns of a closed evening hold; nobody sells so much, whatever was mistyped.
MOST, MOST_SALES, MOST_WORTH = 32_767, Decimal("99999999.99"), Decimal("999999.99")


@dataclasses.dataclass(frozen=True)
class Result:
    """Computed from the guests as they are, also from what is typed and not yet stored."""

    event: Event
    guests: list[EventGuest]
    tiers: list[RewardTier] = dataclasses.field(default_factory=list)

    @property
    def present(self) -> list[EventGuest]:
        return [guest for guest in self.guests if guest.has_come]

    @property
    def came(self) -> int:
        """With those whom they brought along."""
        return self._kept("came", sum(guest.seats for guest in self.present))

    @property
    def buyers(self) -> int:
        bought = sum(1 for guest in self.guests if has_bought(guest))
        return self._kept("buyers", bought + self.event.other_orders)

    @property
    def orders(self) -> int:
        ordered = sum(guest.orders for guest in self.guests)
        return self._kept("orders", ordered + self.event.other_orders)

    @cached_property
    def sales(self) -> Decimal:
        sold = sum((guest.sales for guest in self.guests), ZERO)
        return self._kept("sales", sold + self.event.other_sales)

    def _kept(self, name: str, now: Any) -> Any:
        """Of a closed evening what it said when it was closed."""
        kept = getattr(self.event, name) if self.event.is_closed else None
        return now if kept is None else kept

    @property
    def per_guest(self) -> Decimal | None:
        return cents(self.sales / self.came) if self.came else None

    @property
    def per_order(self) -> Decimal | None:
        return cents(self.sales / self.orders) if self.orders else None

    @property
    def mileage(self) -> Decimal:
        return cents(self.event.kilometres * self.event.per_kilometre)

    @property
    def costs(self) -> Decimal:
        event = self.event
        return event.cost_goods + event.cost_gift + event.cost_catering + self.mileage

    @property
    def earnings(self) -> Decimal | None:
        """Nothing is known of them as long as the partner's share is not."""
        if self.event.share is None:
            return None
        return cents(self.sales * self.event.share / HUNDRED - self.costs)

    @property
    def per_hour(self) -> Decimal | None:
        if self.earnings is None or not self.event.hours:
            return None
        return cents(self.earnings / self.event.hours)

    @property
    def new_contacts(self) -> list[EventGuest]:
        """Whom this evening brought into the circle."""
        circle = EventGuest.Origin.CIRCLE
        return [
            guest
            for guest in self.guests
            if guest.origin != circle and not guest.customer.is_hidden
        ]

    @property
    def reward(self) -> str:
        """The host's thank-you: as it was kept, or as it stands."""
        if self.event.is_closed:
            return rewards.said(self.event.reward, self.event.reward_worth)
        return self.standing.spoken

    @cached_property
    def standing(self) -> rewards.Standing:
        return rewards.standing(self.tiers, self.sales, self.buyers)

    @property
    def has_orders(self) -> bool:
        return bool(self.sales or self.orders)

    @property
    def has_begun(self) -> bool:
        """Whether anything of the result was noted."""
        return self.has_orders or bool(self.came)


def has_bought(guest: EventGuest) -> bool:
    return bool(guest.sales or guest.orders)


def of(evening: Evening, tiers: Iterable[RewardTier] = ()) -> Result:
    return Result(evening.event, evening.guests, list(tiers))


def bookings_of(partner: Partner, event: Event) -> list[Event]:
    """Evenings that this one led to."""
    booked = partner.events.not_cancelled().filter(booked_from=event)
    return list(booked.select_related("host").soonest_first())


def recommendations_of(partner: Partner, evening: Evening) -> int:
    """What guests and host said to somebody on that day."""
    event = evening.event
    people = [guest.customer_id for guest in evening.guests]
    spoke = Q(recommender__in=people) | Q(recommender=event.host_id)
    days = (event.day, event.local_end.date())
    return partner.recommendations.filter(spoke, recommended_on__range=days).count()


def share_before(partner: Partner, event: Event) -> Decimal | None:
    """What the partner last said of their share, to start from."""
    told = partner.events.exclude(pk=event.pk).exclude(share=None).latest_first()
    return told.values_list("share", flat=True).first()


def frozen(result: Result) -> dict[str, Any]:
    """What a closed evening keeps, whatever becomes of its guests and of the partner's rule."""
    worth = result.standing.worth
    return {
        "came": result.came,
        "buyers": min(result.buyers, MOST),
        "orders": min(result.orders, MOST),
        "sales": min(result.sales, MOST_SALES),
        "reward": result.standing.thanks[:200],
        "reward_worth": None if worth is None else min(worth, MOST_WORTH),
    }
