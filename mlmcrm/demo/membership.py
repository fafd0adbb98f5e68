"""The words in which a customer club is told, and the rows that come of them; days are days ago."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from events import models
from mlmcrm.demo.rows import Teller


@dataclass(frozen=True)
class Benefit:
    name: str
    occasion: str
    cost: str


@dataclass(frozen=True)
class Member:
    name: str
    since: int
    left: int | None = field(default=None, kw_only=True)
    note: str = field(default="", kw_only=True)


@dataclass(frozen=True)
class Use:
    name: str
    benefit: str
    day: int


@dataclass(frozen=True)
class Club:
    """Members have their numbers in the order in which they are told."""

    name: str
    since: int
    motto: str
    benefits: Sequence[Benefit]
    members: Sequence[Member]
    uses: Sequence[Use]


def groups(teller: Teller, story: Any) -> Iterator[list]:
    if told := story.CLUB:
        yield from rows(teller, told)


def rows(teller: Teller, told: Club) -> Iterator[list]:
    people = {customer.name: customer for customer in teller.customers}
    club = models.Club(
        **teller.owned(told.since, "club"),
        name=told.name,
        motto=told.motto,
        since=teller.date(-told.since),
        next_number=len(told.members) + 1,
    )
    benefits = {
        benefit.name: models.Benefit(
            **teller.owned(told.since, "benefit", benefit.name),
            club=club,
            position=position,
            name=benefit.name,
            occasion=benefit.occasion,
            cost=Decimal(benefit.cost),
        )
        for position, benefit in enumerate(told.benefits)
    }
    yield [club]
    yield list(benefits.values())
    yield [
        models.Membership(
            **teller.owned(member.since, "member", member.name),
            club=club,
            customer=people[member.name],
            number=number,
            since=teller.date(-member.since),
            until=None if member.left is None else teller.date(-member.left),
            note=member.note,
        )
        for number, member in enumerate(told.members, start=1)
    ]
    yield [
        models.BenefitUse(
            **teller.owned(use.day, "benefit", use.benefit, use.name),
            benefit=benefits[use.benefit],
            customer=people[use.name],
            given_on=teller.date(-use.day),
            cost=benefits[use.benefit].cost,
        )
        for use in told.uses
    ]
