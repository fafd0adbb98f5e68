"""Whom to get back to after an evening, when and with which words: proposed, never done unasked.

One proposal for each person, the one that matters most to them.
"""

import dataclasses
import datetime as dt
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from customers.models import Customer, FollowUp
from customers.permissions.asking import permitted
from customers.rows import declined_words
from events import result
from events.evening import Evening
from events.models import EventGuest, EventStep
from partners import clock, spoken
from partners.models import Partner

PER_DAY = 5
LONGEST = 200
CALL, MESSAGE, BRING = FollowUp.Kind.CALL, FollowUp.Kind.MESSAGE, FollowUp.Kind.BRING
PROMISE, CARE = FollowUp.Nature.PROMISE, FollowUp.Nature.CARE
Answer, Presence = EventGuest.Answer, EventGuest.Presence


@dataclasses.dataclass(frozen=True)
class Rule:
    """To whom it applies, how many days after the evening, and what for."""

    key: str
    title: Any
    applies: Callable[[EventGuest], bool]
    days: int
    what: Any
    kind: str = CALL
    nature: str = CARE
    asks_permission: bool = False  # a call that nobody waits for


def stayed_away(guest: EventGuest) -> bool:
    said_yes = guest.answer == Answer.YES and not guest.presence
    return guest.presence == Presence.NO_SHOW or said_yes


# The first that applies decides.
RULES = (
    Rule(
        "evening",
        gettext_lazy("Would like an evening of their own"),
        lambda guest: guest.wants_evening,
        1,
        gettext_lazy("Agree on a day for an evening of their own"),
        nature=PROMISE,
    ),
    Rule(
        "privately",
        gettext_lazy("Want to be shown privately"),
        lambda guest: guest.wants_privately,
        1,
        gettext_lazy("Agree on a day to show it privately"),
        nature=PROMISE,
    ),
    Rule(
        "bought",
        gettext_lazy("Bought"),
        result.has_bought,
        2,
        gettext_lazy("Ask how they like it"),
    ),
    Rule(
        "attended",
        gettext_lazy("Were there"),
        lambda guest: guest.has_come,
        2,
        gettext_lazy("Thank them for coming, and ask how they liked it"),
        kind=MESSAGE,
    ),
    Rule(
        "no-show",
        gettext_lazy("Did not come"),
        stayed_away,
        2,
        gettext_lazy("Missed at the evening: offer another day"),
        asks_permission=True,
    ),
    Rule(
        "undecided",
        gettext_lazy("Did not know yet"),
        lambda guest: guest.answer in {Answer.MAYBE, Answer.WAITING},
        3,
        gettext_lazy("Could not be there: ask whether another day suits"),
        kind=MESSAGE,
    ),
)
HOST = Rule(
    "host", pgettext_lazy("follow-up", "Thank-you"), lambda _guest: True, 1, "", BRING, PROMISE
)


@dataclasses.dataclass(frozen=True)
class Proposal:
    customer: Customer
    rule: Rule
    what: str
    day: dt.date
    is_chosen: bool
    hint: str = ""  # why it is not chosen, or what is planned already

    @property
    def follow_up(self) -> FollowUp:
        return FollowUp(customer=self.customer, kind=self.rule.kind, nature=self.rule.nature)

    @property
    def kind_spoken(self) -> str:
        return str(FollowUp.Kind(self.rule.kind).label)


def proposals(partner: Partner, evening: Evening, thanks: str = "") -> list[Proposal]:
    """For the host, if there is something to bring, and for each guest to whom a rule applies."""
    found = list(pairs(evening, thanks))
    people = [person for person, *_rest in found]
    planned = already(partner, evening, people)
    may_call = phoning(partner, people)
    today, load = clock.today(partner.zone), Counter[dt.date]()
    is_noted = any(guest.presence for guest in evening.guests)  # else everybody stayed away
    made = []
    for person, rule, what in found:
        hint = planned.get(person.pk) or (
            in_the_checklist(evening)
            if rule is HOST
            else objection(person, rule, person.pk in may_call)
        )
        day = max(evening.event.day + dt.timedelta(days=rule.days), today)
        while rule.nature == CARE and load[day] >= PER_DAY:
            day += dt.timedelta(days=1)
        load[day] += 1
        is_sure = is_noted or rule.applies is not stayed_away
        made.append(Proposal(person, rule, what[:LONGEST], day, is_sure and not hint, hint))
    return made


def pairs(evening: Evening, thanks: str) -> Iterator[tuple[Customer, Rule, str]]:
    event = evening.event
    host = event.host
    if host is not None and event.rewarded_on is None:
        bring = _("Say thank you for the evening, and bring: %(thanks)s") % {"thanks": thanks}
        yield host, HOST, bring if thanks else _("Say thank you for the evening")
    for rule in RULES:
        for guest in evening.guests:
            is_first = next((one for one in RULES if one.applies(guest)), None) is rule
            if is_first and guest.customer_id != event.host_id:
                yield guest.customer, rule, words(rule, guest)


def words(rule: Rule, guest: EventGuest) -> str:
    """With what they were interested in, or wished for."""
    return ": ".join(filter(None, [str(rule.what), guest.wishes or guest.interest]))


def already(partner: Partner, evening: Evening, people: list[Customer]) -> dict[uuid.UUID, str]:
    """What is promised to them, or was since the evening: nobody is to be approached twice."""
    since = evening.event.starts_at
    rows = partner.followups.filter(customer__in=people)
    today = clock.today(partner.zone)
    return {
        row.customer_id: _("There is something planned: %(what)s, %(day)s")
        % {"what": row.title, "day": spoken.day(row.due_on, today)}
        for row in rows.order_by("-due_at", "-pk")
        if row.is_open or row.created_at >= since
    }


def in_the_checklist(evening: Evening) -> str:
    """A step for afterwards that reminds of the host already."""
    after = [step for step in evening.open_steps if step.part == EventStep.Part.AFTER]
    steps = [step.text for step in after if not step.for_host]
    return _("On your checklist: %(step)s") % {"step": steps[0]} if steps else ""


def phoning(partner: Partner, people: list[Customer]) -> set[uuid.UUID]:
    """Those who said yes to calls with news."""
    circle: Any = partner.customers(manager="unscoped_with_hidden")
    wanted = circle.filter(pk__in=[person.pk for person in people])
    return set(permitted(partner, wanted, "phone").values_list("pk", flat=True))


def objection(person: Customer, rule: Rule, may_call: bool) -> str:
    if person.restricted_at is not None:
        return _("Their data is locked for now.")
    if rule.nature == PROMISE:
        return ""
    if declined := declined_words(person):
        return declined
    if rule.asks_permission and not may_call:
        return _("They have not said yes to calls.")
    return ""
