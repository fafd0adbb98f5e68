"""The words in which evenings are told: a template, an evening, who was asked and how it went."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from events.models import EventGuest, Step

NONE, YES, NO, MAYBE, WAITING = EventGuest.Answer
_UNNOTED, ATTENDED, NO_SHOW = EventGuest.Presence
CIRCLE, NAMED, SIGNED_UP, WALK_IN = EventGuest.Origin
SETTING, COACHING, PACKING, AFTER = Step.Part


@dataclass(frozen=True)
class Guest:
    """`asked`, `answered` and `noted` say how many days before the evening."""

    name: str
    answer: str = NONE
    asked: int | None = None
    answered: int | None = None
    presence: str = ""
    origin: str = CIRCLE
    sales: str = "0"
    says: dict[str, Any] = field(default_factory=dict)  # further columns
    noted: int = 0


@dataclass(frozen=True)
class Stars:
    stars: int
    text: str = ""
    name: str = ""  # of a guest, if they said it


@dataclass(frozen=True)
class ToDo:
    """Some days from the evening."""

    part: str
    days: int
    text: str
    for_host: bool = False


@dataclass(frozen=True)
class Template:
    name: str
    says: dict[str, Any]
    steps: Sequence[ToDo]


@dataclass(frozen=True)
class Evening:
    """On which day, counted from today, and `booked` how many days before."""

    title: str
    day: int
    start: dt.time
    end: dt.time
    booked: int
    host: str
    template: Template
    state: str
    guests: Sequence[Guest] = ()
    stars: Sequence[Stars] = ()
    booked_from: str = ""
    answers_until: int | None = None  # days before
    open_steps: Sequence[str] = ()  # though their day has gone by
    says: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Tier:
    min_sales: int
    min_buyers: int
    kind: str
    value: int | None = None
    item: str = ""


# --- guests ----------------------------------------------------------------------------------


def came(name: str, sales: str = "0", orders: int = 0, **says: Any) -> Guest:
    says["orders"] = orders
    return Guest(name, YES, 14, 10, ATTENDED, sales=sales, says=says)


def came_along(name: str, sales: str = "0", orders: int = 0) -> Guest:
    return Guest(name, presence=ATTENDED, origin=WALK_IN, sales=sales, says={"orders": orders})


def stayed_away(name: str, **says: Any) -> Guest:
    return Guest(name, YES, 14, 9, NO_SHOW, says=says)


def says(name: str, answer: str, asked: int, answered: int, **says: Any) -> Guest:
    return Guest(name, answer, asked, answered, says=says)


def asked(name: str, days: int) -> Guest:
    return Guest(name, asked=days)


def signed_up(name: str, answer: str, answered: int, **says: Any) -> Guest:
    return Guest(name, answer, answered=answered, origin=SIGNED_UP, says=says)


def named(name: str, days: int) -> Guest:
    return Guest(name, origin=NAMED, noted=days)
