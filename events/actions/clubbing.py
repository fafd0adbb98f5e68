"""The customer club: who belongs to it, what it offers, what its members received."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max

from customers.models import Customer
from events.models import Benefit, BenefitUse, Club, Membership
from partners import changes, clock
from partners.changes import Act
from partners.models import Partner, User


@transaction.atomic
def store_club(partner: Partner, actor: User, club: Club, values: dict[str, Any]) -> Act:
    act = Act(partner, actor, "club")
    if club._state.adding:
        changes.assign(club, values)
        changes.create(act, club)
    else:
        changes.update(act, club, **values)
    return act


def locked(partner: Partner, club: Club) -> Club:
    """Numbers are given by one at a time."""
    return partner.clubs.select_for_update().get(pk=club.pk)


# --- who belongs to it --------------------------------------------------------------------------


@transaction.atomic
def join(
    partner: Partner, actor: User, club: Club, people: Iterable[Customer], since: dt.date
) -> tuple[Act, list[Membership]]:
    """Whoever comes back has their old number; who is a member already stays as they are."""
    act = Act(partner, actor, "club-join")
    club = locked(partner, club)
    wanted = {person.pk: person for person in people}
    known = list(partner.memberships.filter(club=club, customer__in=wanted))
    back = [membership for membership in known if membership.until]
    changes.update_all(act, [(membership, {"until": None}) for membership in back])
    fresh = [pk for pk in wanted if pk not in {membership.customer_id for membership in known}]
    new = [
        Membership(club=club, customer=wanted[pk], number=number, since=since)
        for number, pk in enumerate(fresh, club.next_number)
    ]
    changes.create(act, *new)
    changes.update(act, club, next_number=club.next_number + len(new))
    return act, [*back, *new]


@transaction.atomic
def edit_membership(
    partner: Partner, actor: User, membership: Membership, values: dict[str, Any]
) -> Act:
    act = Act(partner, actor, "club-member")
    club = locked(partner, membership.club)
    changes.update(act, membership, **values)
    changes.update(act, club, next_number=max(club.next_number, membership.number + 1))
    return act


@transaction.atomic
def leave(partner: Partner, actor: User, membership: Membership) -> Act:
    act = Act(partner, actor, "club-leave")
    if membership.until is None:
        changes.update(act, membership, until=clock.today(partner.zone))
    return act


# --- what it offers ---------------------------------------------------------------------------


@transaction.atomic
def store_benefit(partner: Partner, actor: User, benefit: Benefit, values: dict[str, Any]) -> Act:
    act = Act(partner, actor, "club-benefit")
    if benefit._state.adding:
        last = partner.benefits.aggregate(last=Max("position"))["last"] or 0
        changes.assign(benefit, values | {"position": last + 1})
        changes.create(act, benefit)
    else:
        changes.update(act, benefit, **values)
    return act


@transaction.atomic
def remove_benefit(partner: Partner, actor: User, benefit: Benefit) -> Act:
    """What members received of it stays noted."""
    act = Act(partner, actor, "club-benefit-remove")
    changes.remove(act, benefit)
    return act


@transaction.atomic
def give(
    partner: Partner, actor: User, benefit: Benefit, membership: Membership, day: dt.date
) -> Act:
    """What it cost is remembered as it is today. A second tap on the same day says nothing new."""
    act = Act(partner, actor, "club-give")
    locked(partner, membership.club)
    received = {"benefit": benefit, "customer": membership.customer, "given_on": day}
    if not partner.benefituses.filter(**received).exists():
        changes.create(act, BenefitUse(**received, cost=benefit.cost))
    return act


@transaction.atomic
def take_back(partner: Partner, actor: User, use: BenefitUse) -> Act:
    act = Act(partner, actor, "club-take-back")
    changes.remove(act, use)
    return act
