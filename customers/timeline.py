"""A customer's story: talks and kept promises, the latest first."""

import dataclasses
import datetime as dt

from django.utils import timezone

from customers.models import Customer, FollowUp, Interaction
from partners import clock, spoken

FIRST = 30
ALL = 500
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


def timeline(customer: Customer, *, show_all: bool = False) -> tuple[list[Entry], bool]:
    """The entries, and whether there are older ones."""
    today = clock.today(customer.partner.zone)
    limit = ALL if show_all else FIRST
    talks = customer.interactions.order_by("-occurred_at", "-pk")[: limit + 1]
    closed = customer.follow_ups.exclude(state=FollowUp.State.OPEN)
    closed = closed.order_by("-closed_at", "-pk")[: limit + 1]
    entries = [of_talk(talk, today) for talk in talks]
    entries += [of_follow_up(follow_up, today) for follow_up in closed]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    return entries[:limit], len(entries) > limit


def of_talk(talk: Interaction, today: dt.date) -> Entry:
    return Entry(
        at=talk.occurred_at,
        when_spoken=spoken.moment(timezone.localtime(talk.occurred_at), today),
        icon=ICONS[Interaction.Kind(talk.kind)],
        title=sentence(talk.get_kind_display()),
        text=talk.text,
        outcome=talk.get_outcome_display() if talk.outcome else "",
    )


def of_follow_up(follow_up: FollowUp, today: dt.date) -> Entry:
    return Entry(
        at=follow_up.closed_at,  # type: ignore[arg-type]
        when_spoken=spoken.moment(timezone.localtime(follow_up.closed_at), today),
        icon="check-lg" if follow_up.state == FollowUp.State.DONE else "x-lg",
        title=sentence(follow_up.title),
        outcome=follow_up.get_state_display(),
    )


def sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
