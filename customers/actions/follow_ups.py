"""Promises: make, keep, move, drop and spread them; log what happened."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from django.db import transaction

from customers.actions import permitting
from customers.models import Customer, FollowUp, Interaction
from customers.when import When
from partners import changes, clock
from partners.changes import Act
from partners.models import Partner, User

PER_DAY = 5
LOGGED_AS = {"call": "call", "message": "message", "visit": "visit", "card": "message"}

Plan = list[tuple[FollowUp, dt.date]]


@transaction.atomic
def promise(partner: Partner, actor: User, follow_up: FollowUp, when: When) -> Act:
    """Store a new follow-up."""
    act = Act(partner, actor, "follow-up-add")
    follow_up.schedule(when.day, when.time, partner.zone)
    changes.create(act, follow_up)
    return act


@transaction.atomic
def edit(partner: Partner, actor: User, follow_up: FollowUp, when: When, **values) -> Act:
    act = Act(partner, actor, "follow-up-edit")
    changes.update(act, follow_up, **values, **new_schedule(follow_up, when, partner.zone))
    return act


@transaction.atomic
def move(
    partner: Partner, actor: User, follow_up: FollowUp, when: When, *, name: str = "follow-up-move"
) -> Act:
    """Another day for a follow-up; a time once promised stays, unless another one is named."""
    act = Act(partner, actor, name)
    changes.update(act, follow_up, **moved_to(follow_up, when, partner.zone))
    return act


@transaction.atomic
def close(partner: Partner, actor: User, follow_up: FollowUp, state: str, *, name: str = "") -> Act:
    """Mark as done or dropped."""
    act = Act(partner, actor, name or f"follow-up-{state}")
    settle(act, [follow_up], state)
    return act


@transaction.atomic
def amend(partner: Partner, actor: User, talk: Interaction, **values) -> Act:
    """Write down better what happened."""
    act = Act(partner, actor, "interaction-edit")
    changes.update(act, talk, **values)
    return act


def settle(act: Act, follow_ups: Iterable[FollowUp], state: str) -> None:
    """Close follow-ups; those already closed stay as they are."""
    closed = {
        "state": state,
        "closed_at": clock.now(),
        "closed_by": act.actor.pk if act.actor else None,
    }
    changes.update_all(act, [(row, closed) for row in follow_ups if row.is_open])


@dataclasses.dataclass(frozen=True)
class Next:
    """What comes after a talk."""

    kind: str
    what: str
    when: When
    nature: str = FollowUp.Nature.PROMISE


@transaction.atomic
def log(
    partner: Partner,
    actor: User,
    interaction: Interaction,
    *,
    settles: Iterable[FollowUp] = (),
    moves: FollowUp | None = None,
    following: Next | None = None,
    advertising: str = "",
    name: str = "interaction-add",
) -> Act:
    """Note what happened; settle what it settled; promise what comes next.

    `advertising` is what they said to calls with news, if they were asked.

    With `moves`, that follow-up itself gets the next day (nobody was reached), otherwise a new one.
    """
    act = Act(partner, actor, name)
    changes.create(act, interaction)
    settle(act, settles, FollowUp.State.DONE)
    if advertising:
        permitting.answer(act, interaction.customer, advertising)
    if following is None:
        return act
    if moves is not None:
        schedule = moved_to(moves, following.when, partner.zone)
        changes.update(act, moves, **schedule, what=following.what or moves.what)
        return act
    follow_up = FollowUp(
        customer=interaction.customer,
        kind=following.kind,
        what=following.what,
        nature=following.nature,
    )
    follow_up.schedule(following.when.day, following.when.time, partner.zone)
    changes.create(act, follow_up)
    return act


def new_schedule(follow_up: FollowUp, when: When, zone: ZoneInfo) -> dict:
    """The columns of a new day and time; each new schedule has a version of its own.

    The same moment in another zone is no new schedule: it has been reminded of, or will be.
    """
    moved = FollowUp()
    moved.schedule(when.day, when.time, zone)
    columns = {name: getattr(moved, name) for name in ("due_on", "due_time", "due_at")}
    is_new = any(getattr(follow_up, name) != value for name, value in columns.items())
    columns["zone"] = moved.zone
    if is_new:
        columns |= {
            "schedule_version": follow_up.schedule_version + 1,
            "scheduled_at": moved.scheduled_at,
        }
    return columns


def moved_to(follow_up: FollowUp, when: When, zone: ZoneInfo) -> dict:
    return new_schedule(follow_up, When(when.day, when.time or follow_up.due_time), zone)


def spreading(follow_ups: Iterable[FollowUp], today: dt.date, taken: Mapping[dt.date, int]) -> Plan:
    """A proposal: a few for each day, from today on, around what those days already hold.

    Only those that would move are in it.
    """
    load = Counter(taken)
    day = today
    plan = []
    for follow_up in follow_ups:
        while load[day] >= PER_DAY:
            day += dt.timedelta(days=1)
        load[day] += 1
        if day > today:
            plan.append((follow_up, day))
    return plan


@transaction.atomic
def spread(partner: Partner, actor: User, plan: Plan) -> Act:
    """Move each follow-up to its day; a time of day that was promised stays."""
    act = Act(partner, actor, "follow-up-spread")
    reschedule(act, plan)
    return act


@transaction.atomic
def move_zone(partner: Partner, actor: User) -> Act:
    """Ten o'clock stays ten o'clock: open follow-ups get the moment of the partner's new zone."""
    act = Act(partner, actor, "zone-move")
    elsewhere = partner.followups.open().exclude(zone=partner.time_zone)
    reschedule(act, [(follow_up, follow_up.due_on) for follow_up in elsewhere])
    return act


def reschedule(act: Act, plan: Plan) -> None:
    changes.update_all(
        act,
        [(row, moved_to(row, When(day), act.partner.zone)) for row, day in plan],
    )


@transaction.atomic
def first_talks(partner: Partner, actor: User, wishes: Iterable[tuple[Customer, When]]) -> Act:
    """Promise a first talk to each, unless something is promised already."""
    act = Act(partner, actor, "first-talks")
    wanted = dict(wishes)
    promised = partner.followups.alive(clock.now()).filter(customer__in=wanted)
    taken = set(promised.values_list("customer", flat=True))
    follow_ups = [FollowUp(customer=customer) for customer in wanted if customer.pk not in taken]
    for follow_up in follow_ups:
        when = wanted[follow_up.customer]
        follow_up.schedule(when.day, when.time, partner.zone)
    changes.create(act, *follow_ups)
    return act
