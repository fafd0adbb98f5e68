"""A customer's story: talks and kept promises, the latest first."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import DateTimeField, Value
from django.utils import timezone

from customers.models import Customer, FollowUp, Interaction
from customers.rows import sentence
from partners import clock, questions, spoken
from partners.models import Partner

FIRST = 30
ALL = 500
MOST_WAITING = 100  # for one person
ICONS = {
    Interaction.Kind.CALL: "telephone",
    Interaction.Kind.VISIT: "house-door",
    Interaction.Kind.MESSAGE: "chat-dots",
    Interaction.Kind.EMAIL: "envelope",
    Interaction.Kind.MEETING: "people",
    Interaction.Kind.NOTE: "sticky",
}


@dataclasses.dataclass
class Entry:
    at: dt.datetime
    when_spoken: str
    icon: str
    title: str
    text: str = ""
    outcome: str = ""
    href: str = ""  # where there is more to read


def follow_ups_of(
    customer: Customer, *, show_all: bool = False
) -> tuple[list[FollowUp], list[FollowUp]]:
    """Those that wait, the next one first; and the latest closed ones."""
    found = latest_follow_ups(customer.partner, customer.pk, clock.now(), show_all)
    for row in found:
        row.customer = customer
    waiting = sorted((row for row in found if row.is_open), key=lambda row: (row.due_at, row.pk))
    return waiting, [row for row in found if not row.is_open]


@questions.written_once
def latest_follow_ups(partner: Partner, customer: uuid.UUID, now: dt.datetime, show_all: bool):
    theirs = partner.followups.filter(customer=customer)
    alive = theirs.without_faded(Value(now, DateTimeField()))
    return alive.open_first()[: MOST_WAITING + most(show_all=show_all) + 1]


def timeline(
    customer: Customer,
    closed: list[FollowUp],
    today: dt.date,
    *,
    show_all: bool = False,
    events: Iterable[Entry] = (),
) -> tuple[list[Entry], bool]:
    """The entries, and whether there are older ones."""
    limit = most(show_all=show_all)
    talks = latest_talks(customer.partner, customer.pk, show_all)
    entries = [of_talk(talk, today) for talk in talks]
    entries += events
    entries += [of_follow_up(follow_up, today) for follow_up in closed]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    return entries[:limit], len(entries) > limit


@questions.written_once
def latest_talks(partner: Partner, customer: uuid.UUID, show_all: bool):
    theirs = partner.interactions.filter(customer=customer)
    return theirs.order_by("-occurred_at", "-pk")[: most(show_all=show_all) + 1]


def most(*, show_all: bool) -> int:
    return ALL if show_all else FIRST


def of_talk(talk: Interaction, today: dt.date) -> Entry:
    kind = Interaction.Kind(talk.kind)
    return Entry(
        at=talk.occurred_at,
        when_spoken=spoken.moment(timezone.localtime(talk.occurred_at), today),
        icon=ICONS[kind],
        title=sentence(str(kind.label)),
        text=talk.text,
        outcome=str(Interaction.Outcome(talk.outcome).label) if talk.outcome else "",
    )


def of_follow_up(follow_up: FollowUp, today: dt.date) -> Entry:
    return Entry(
        at=follow_up.closed_at,  # type: ignore[arg-type]
        when_spoken=spoken.moment(timezone.localtime(follow_up.closed_at), today),
        icon="check-lg" if follow_up.state == FollowUp.State.DONE else "x-lg",
        title=sentence(follow_up.title),
        outcome=str(FollowUp.State(follow_up.state).label),
    )
