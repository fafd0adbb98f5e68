"""The page of the club: its members, birthdays ahead, evenings, what it costs and brings."""

import dataclasses
import datetime as dt
from collections import defaultdict
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum

from customers.models import Customer
from events.models import Benefit, Club, Event, Membership
from events.money import cents
from partners import clock, spoken
from partners.models import Partner

DAYS_AHEAD = 30
MOST_BIRTHDAYS = 20
NOTHING = Decimal()


@dataclasses.dataclass(frozen=True)
class Birthday:
    member: Membership
    day: dt.date
    spoken: str
    received: str  # this year, for a birthday or otherwise


@dataclasses.dataclass(frozen=True)
class Offer:
    """A benefit, and how often it was given this year."""

    benefit: Benefit
    times: int
    cost: Decimal


def of(partner: Partner) -> Club | None:
    club = partner.clubs.first()
    if club:
        club.partner = partner
    return club


def members(partner: Partner) -> Any:
    """Those who belong to it now; nobody from the bin."""
    return everybody(partner).filter(until=None)


def everybody(partner: Partner) -> Any:
    """Those who left included."""
    found = partner.memberships.filter(customer__deleted_at=None)
    return found.select_related("customer", "club").defer(
        "customer__note", "customer__search_text", "customer__sounds"
    )


def found(partner: Partner, show: str, query: str) -> Any:
    """What the list of members shows, by number."""
    rows = everybody(partner).filter(until__isnull=show != "left")
    if query.isdecimal() and query.isascii():
        return rows.filter(number=min(int(query), 2**31 - 1))
    return rows.filter(customer__in=partner.customers.search(query)) if query else rows


@dataclasses.dataclass
class Year:
    """One calendar year of a club: what it cost, what its members brought."""

    partner: Partner
    club: Club
    today: dt.date

    @property
    def number(self) -> int:
        return self.today.year

    @property
    def start(self) -> dt.datetime:
        return clock.moment(dt.date(self.number, 1, 1), dt.time(), self.partner.zone)

    @property
    def end(self) -> dt.datetime:
        return clock.moment(dt.date(self.number + 1, 1, 1), dt.time(), self.partner.zone)

    # --- who ---

    @cached_property
    def counts(self) -> dict[str, int]:
        joined = Q(since__year=self.number)
        return members(self.partner).aggregate(now=Count("pk"), joined=Count("pk", filter=joined))

    @cached_property
    def birthdays(self) -> list[Birthday]:
        """Of the coming weeks, the next first."""
        days = [self.today + dt.timedelta(days=distance) for distance in range(DAYS_AHEAD)]
        people = self.partner.customers.with_birthday_on(days)
        rows = list(members(self.partner).filter(customer__in=people))
        told = [
            Birthday(
                row, day, spoken.day(day, self.today), ", ".join(self.received[row.customer_id])
            )
            for row in rows
            for day in [kept_on(row.customer, days)]
        ]
        told.sort(key=lambda birthday: (birthday.day, birthday.member.number))
        return told[:MOST_BIRTHDAYS]

    # --- what it costs ---

    @cached_property
    def benefits(self) -> list[Benefit]:
        return list(self.partner.benefits.filter(club=self.club))

    @cached_property
    def uses(self) -> list[Any]:
        given = self.partner.benefituses.filter(given_on__year=self.number)
        given = given.filter(customer__deleted_at=None)
        return list(
            given.values_list("customer_id", "benefit_id", "benefit__name", "cost", named=True)
        )

    @cached_property
    def received(self) -> dict[UUID, list[str]]:
        told: dict[UUID, list[str]] = defaultdict(list)
        for use in self.uses:
            told[use.customer_id].append(use.benefit__name)
        return told

    @cached_property
    def offers(self) -> list[Offer]:
        return [
            Offer(benefit, len(costs), sum(costs, NOTHING))
            for benefit in self.benefits
            for costs in [[use.cost for use in self.uses if use.benefit_id == benefit.pk]]
        ]

    @cached_property
    def events(self) -> list[Event]:
        """Club evenings of this year and those ahead."""
        told = self.partner.events.filter(kind=Event.Kind.CLUB, starts_at__gte=self.start)
        return list(told.not_cancelled().soonest_first().defer("note", *Event.WORDS))

    @property
    def ahead(self) -> list[tuple[Event, str]]:
        """With the day as one says it."""
        now = clock.now()
        return [
            (event, spoken.moment(event.local_start, self.today))
            for event in self.events
            if event.is_ahead and event.ends_at > now
        ]

    @property
    def held(self) -> list[Event]:
        now = clock.now()
        return [
            event for event in self.events if self.start <= event.starts_at < min(now, self.end)
        ]

    @property
    def cost_of_benefits(self) -> Decimal:
        return sum((use.cost for use in self.uses), NOTHING)

    @property
    def cost_of_evenings(self) -> Decimal:
        return sum((costs(event) for event in self.held), NOTHING)

    @property
    def cost(self) -> Decimal:
        return self.cost_of_benefits + self.cost_of_evenings

    # --- what it brings ---

    @cached_property
    def sales(self) -> dict[str, Any]:
        """What its members of today ordered at evenings."""
        mine = members(self.partner).order_by().values("customer")
        here = self.partner.eventguests.present().filter(
            customer__in=mine,
            event__deleted_at=None,
            event__starts_at__gte=self.start,
            event__starts_at__lt=self.end,
        )
        return here.aggregate(sum=Sum("sales", default=NOTHING), orders=Sum("orders", default=0))

    @cached_property
    def recommendations(self) -> int:
        mine = members(self.partner).order_by().values("customer")
        told = self.partner.recommendations.filter(recommended_on__year=self.number)
        return told.filter(recommender__in=mine).count()


def costs(event: Event) -> Decimal:
    journeys = cents(event.kilometres * event.per_kilometre)
    return event.cost_goods + event.cost_gift + event.cost_catering + journeys


def kept_on(person: Customer, days: list[dt.date]) -> dt.date:
    """29 February is kept on the 28th where there is none."""
    own = (person.birth_month, person.birth_day)
    exact = next((day for day in days if (day.month, day.day) == own), None)
    return exact or next(day for day in days if (day.month, day.day) == (2, 28))


def counts(partner: Partner) -> dict[str, int]:
    here = Q(until=None)
    return everybody(partner).aggregate(
        now=Count("pk", filter=here), left=Count("pk", filter=~here)
    )


def evenings_ahead(partner: Partner) -> list[Event]:
    """The next ones to which members can be asked, club evenings first."""
    ahead = partner.events.ahead().filter(ends_at__gt=clock.now()).soonest_first()
    found = list(ahead.defer("note", *Event.WORDS)[:20])
    found.sort(key=lambda event: event.kind != Event.Kind.CLUB)
    return found
