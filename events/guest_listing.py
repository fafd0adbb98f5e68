"""The guests of an evening as a list: how each stands, and whom the circle may know already."""

import dataclasses
import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Any, NamedTuple, TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers import text
from events.evening import Evening, Phase
from events.guest_words import TITLES, State, said, state, wishes
from events.models import EventGuest
from partners import addresses
from partners.models import Partner

MANY = 12  # from so many on a search helps
ORDER = {state: place for place, state in enumerate(TITLES)}
CAN_BE_ASKED = {State.NAMED, State.INVITED, State.MAYBE}  # an invitation still changes something


@dataclasses.dataclass(frozen=True)
class Alike:
    """Somebody of the circle who may be this very guest."""

    pk: uuid.UUID
    name: str


class Line(NamedTuple):
    """`place` is the one on the waiting list, 0 where there is none."""

    guest: EventGuest
    state: State
    place: int

    @property
    def name(self) -> str:
        return self.guest.customer.name

    @property
    def rank(self) -> tuple[int, int]:
        return ORDER[self.state], self.place


class Row(TypedDict):
    """A line in ready words; `share` is empty where nobody has to be asked any more."""

    pk: uuid.UUID
    name: str
    initials: str
    avatar: str
    address: str
    state: str
    said: str
    wishes: list[str]
    share: str
    invite: str
    alike: str
    merge: str


def row(line: Line, evening: Evening, alike: Alike | None = None) -> Row:
    guest, person = line.guest, line.guest.customer
    name, can_be_asked = person.name, evening.event.is_ahead and line.state in CAN_BE_ASKED
    return {
        "pk": guest.pk,
        "name": name,
        "initials": person.initials,
        "avatar": person.avatar,
        "address": addresses.of("guest-edit", guest.pk),
        "state": line.state,
        "said": said(guest, evening.today, line.place),
        "wishes": wishes(guest),
        "share": addresses.of("guest-share", guest.pk) if can_be_asked else "",
        "invite": _("Invite %(name)s") % {"name": name} if can_be_asked else "",
        "alike": alike.name if alike else "",
        "merge": reverse("customer-merge", args=[alike.pk, person.pk]) if alike else "",
    }


@dataclasses.dataclass(frozen=True)
class Chip:
    value: str
    title: str
    count: int
    is_on: bool


class GuestList:
    """As it was asked for: `state` narrows, `q` finds."""

    def __init__(self, evening: Evening, asked: str = "", query: str = ""):
        self.evening = evening
        self.asked = asked if asked in list(State) else ""
        self.query = query.strip()[:100]

    @cached_property
    def all_lines(self) -> list[Line]:
        queue = sorted(
            self.evening.who_said(EventGuest.Answer.WAITING),
            key=lambda guest: (guest.waiting_since, guest.pk),
        )
        places = {guest.pk: place for place, guest in enumerate(queue, start=1)}
        lines = [
            Line(guest, state(guest), places.get(guest.pk, 0)) for guest in self.evening.guests
        ]
        return sorted(lines, key=lambda line: line.rank)

    @cached_property
    def lines(self) -> list[Line]:
        wanted = text.fold(self.query)
        return [
            line
            for line in self.all_lines
            if self.asked in {"", line.state} and (not wanted or wanted in text.fold(line.name))
        ]

    @property
    def chips(self) -> list[Chip]:
        counts = Counter(line.state for line in self.all_lines)
        found = [
            Chip(value.value, str(title), counts[value], is_on=self.asked == value)
            for value, title in titles(self.evening).items()
            if counts[value]
        ]
        everybody = Chip("", _("All"), len(self.all_lines), is_on=not self.asked)
        return [everybody, *found] if len(found) > 1 or self.asked else []

    @property
    def can_be_searched(self) -> bool:
        return len(self.all_lines) > MANY or bool(self.query)


def titles(evening: Evening) -> dict[State, Any]:
    """Nobody is coming to what is called off."""
    return TITLES | {State.YES: _("Had said yes")} if evening.event.is_cancelled else TITLES


def summary(evening: Evening) -> str:
    """“5 of 8 are coming · 3 seats left”."""
    coming, asked = len(evening.coming), len(evening.guests)
    if not asked:
        return ""
    if evening.event.is_cancelled:
        figures = {"coming": coming, "count": asked}
        return (
            ngettext(
                "Called off; %(coming)d of %(count)d had said yes",
                "Called off; %(coming)d of %(count)d had said yes",
                coming,
            )
            % figures
        )
    if evening.phase in {Phase.RESULT, Phase.CLOSED}:
        return looking_back(evening)
    words = [
        ngettext("%(coming)d of %(count)d is coming", "%(coming)d of %(count)d are coming", asked)
        % {"coming": coming, "count": asked}
    ]
    extra = evening.seats_taken - coming
    if extra:
        words.append(
            ngettext("%(count)d is brought along", "%(count)d are brought along", extra)
            % {"count": extra}
        )
    left = evening.seats_left
    if left is not None:
        words.append(
            ngettext("%(count)d seat left", "%(count)d seats left", left) % {"count": left}
            if left
            else _("all seats are taken")
        )
    return " · ".join(words)


def looking_back(evening: Evening) -> str:
    """Who was there, or who had meant to be as long as nobody is ticked off."""
    here, coming, asked = len(evening.present), len(evening.coming), len(evening.guests)
    if here:
        words = ngettext(
            "%(here)d of %(count)d was there", "%(here)d of %(count)d were there", here
        )
        return words % {"here": here, "count": asked}
    words = ngettext(
        "%(coming)d of %(count)d had said yes", "%(coming)d of %(count)d had said yes", coming
    )
    return words % {"coming": coming, "count": asked}


def find_alike(partner: Partner, guests: Iterable[EventGuest]) -> dict[uuid.UUID, Alike]:
    """By the id of a hidden guest a customer with the same e-mail, number or whole name.

    Nothing is asked where nobody is hidden; else three queries, however many they are.
    """
    hidden = {guest.customer_id: guest.customer for guest in guests if guest.customer.is_hidden}
    if not hidden:
        return {}
    found: dict[uuid.UUID, Alike] = {}
    names = {(one.first_name, one.last_name): one.pk for one in hidden.values() if one.last_name}
    last_names = [last for _first, last in names]
    known = partner.customers.filter(last_name__in=last_names)
    for pk, first, last in known.order_by("-pk").values_list("pk", "first_name", "last_name"):
        if (first, last) in names:
            found[names[first, last]] = Alike(pk, f"{first} {last}")
    for rows, column in ((partner.phones, "number"), (partner.emails, "address")):
        theirs = rows.filter(customer__in=hidden).exclude(**{column: ""}).order_by()
        same = rows.filter(**{f"{column}__in": theirs.values(column)}, customer__deleted_at=None)
        columns = ("customer_id", "customer__first_name", "customer__last_name")
        found |= meeting(hidden, same.order_by("-customer").values_list(column, *columns))
    return found


def meeting(
    hidden: Collection[uuid.UUID], rows: Iterable[tuple[str, uuid.UUID, str, str]]
) -> dict[uuid.UUID, Alike]:
    """Who of those hidden shares an address with whom of the others."""
    owners: dict[str, list[Alike]] = defaultdict(list)
    for address, pk, first, last in rows:
        owners[address].append(Alike(pk, f"{first} {last}".strip()))
    found: dict[uuid.UUID, Alike] = {}
    for people in owners.values():
        others = [person for person in people if person.pk not in hidden]
        found |= {person.pk: others[-1] for person in people if person.pk in hidden and others}
    return found
