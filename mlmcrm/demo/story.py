"""The words in which the demo is told: a person, what happened with them, what was promised."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from customers.models import Customer, FollowUp, Interaction

MS, MR = Customer.Salutation.MS, Customer.Salutation.MR
SIE = Customer.Formality.FORMAL
PROSPECT, CUSTOMER, REGULAR, INACTIVE, GUEST = Customer.Stage


@dataclass(frozen=True)
class Talk:
    """Something that happened; `kept` is the promise it settled."""

    kind: str
    day: int
    time: dt.time
    text: str
    kept: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class Plan:
    """Something promised, or (`care`) meant kindly; `dropped` is the day it was given up."""

    kind: str
    day: int
    what: str
    time: dt.time | None = None
    care: bool = False
    dropped: int | None = None


@dataclass(frozen=True)
class Turns:
    """A birthday in so many days, on which somebody reaches an age."""

    age: int
    day: int


@dataclass(frozen=True)
class Person:
    """`since` says how many days ago they were noted, `born` is written as `14.3.` or `14.3.1979`."""

    first_name: str
    last_name: str = ""
    since: int = field(kw_only=True)
    salutation: str = field(default="", kw_only=True)
    formality: str = field(default=Customer.Formality.INFORMAL, kw_only=True)
    stage: str = field(default=PROSPECT, kw_only=True)
    rank: str = field(default="", kw_only=True)
    born: str | Turns = field(default="", kw_only=True)
    source: str = field(default="", kw_only=True)
    note: str = field(default="", kw_only=True)
    phones: Sequence[str] = field(default=(), kw_only=True)
    email: str = field(default="", kw_only=True)
    home: tuple[str, str, str] | None = field(default=None, kw_only=True)
    story: Sequence[Talk | Plan] = field(default=(), kw_only=True)
    hidden: bool = field(default=False, kw_only=True)  # a guest who has not come yet


# --- what happened ---------------------------------------------------------------------------


def called(day: int, time: str, text: str, kept: str = "") -> Talk:
    clock = dt.time.fromisoformat(time)
    return Talk(Interaction.Kind.CALL, day, clock, text, kept, Interaction.Outcome.REACHED)


def missed(day: int, time: str, text: str = "") -> Talk:
    clock = dt.time.fromisoformat(time)
    return Talk(Interaction.Kind.CALL, day, clock, text, outcome=Interaction.Outcome.MISSED)


def visited(day: int, time: str, text: str, kept: str = "") -> Talk:
    return Talk(Interaction.Kind.VISIT, day, dt.time.fromisoformat(time), text, kept)


def wrote(day: int, time: str, text: str, kept: str = "") -> Talk:
    return Talk(Interaction.Kind.MESSAGE, day, dt.time.fromisoformat(time), text, kept)


def mailed(day: int, time: str, text: str, kept: str = "") -> Talk:
    return Talk(Interaction.Kind.EMAIL, day, dt.time.fromisoformat(time), text, kept)


def met(day: int, time: str, text: str, kept: str = "") -> Talk:
    return Talk(Interaction.Kind.MEETING, day, dt.time.fromisoformat(time), text, kept)


def noted(day: int, time: str, text: str) -> Talk:
    return Talk(Interaction.Kind.NOTE, day, dt.time.fromisoformat(time), text)


# --- what is promised ------------------------------------------------------------------------


def plan(kind: str, day: int, what: str, at: str, *, care: bool, dropped: int | None) -> Plan:
    return Plan(kind, day, what, dt.time.fromisoformat(at) if at else None, care, dropped)


def call(
    day: int, what: str, at: str = "", *, care: bool = False, dropped: int | None = None
) -> Plan:
    return plan(FollowUp.Kind.CALL, day, what, at, care=care, dropped=dropped)


def message(
    day: int, what: str, at: str = "", *, care: bool = False, dropped: int | None = None
) -> Plan:
    return plan(FollowUp.Kind.MESSAGE, day, what, at, care=care, dropped=dropped)


def visit(
    day: int, what: str, at: str = "", *, care: bool = False, dropped: int | None = None
) -> Plan:
    return plan(FollowUp.Kind.VISIT, day, what, at, care=care, dropped=dropped)


def card(
    day: int, what: str, at: str = "", *, care: bool = False, dropped: int | None = None
) -> Plan:
    return plan(FollowUp.Kind.CARD, day, what, at, care=care, dropped=dropped)


def bring(
    day: int, what: str, at: str = "", *, care: bool = False, dropped: int | None = None
) -> Plan:
    return plan(FollowUp.Kind.BRING, day, what, at, care=care, dropped=dropped)
