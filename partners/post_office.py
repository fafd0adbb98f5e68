"""How the outbox is doing, in states and numbers: for the back office and for /healthz.

No address, no name and no subject is read here.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners import clock, heartbeat, outbox, planning
from partners.models import Job, MailGate, OutboxAttempt, OutboxMessage, Reason
from partners.models.identifiers import first_since

State = OutboxMessage.State
Outcome = OutboxAttempt.Outcome
LATE = dt.timedelta(minutes=10)
SILENT = dt.timedelta(minutes=3)
A_DAY = dt.timedelta(days=1)
LATEST = 50
OPEN = (
    Q(state=State.PENDING)
    | Q(state=State.SENDING)
    | Q(state__in=[State.FAILED, State.EXPIRED, State.UNKNOWN], dismissed_at=None)
)


@dataclasses.dataclass(frozen=True)
class Trouble:
    what: str
    to_do: str


@dataclasses.dataclass(frozen=True)
class Line:
    """How many messages are in one state for one reason: now, and of those made in a day."""

    state: str
    reason: str
    open: int
    recent: int


@dataclasses.dataclass(frozen=True)
class Planner:
    name: str
    beat_at: dt.datetime | None
    is_silent: bool


@dataclasses.dataclass(frozen=True)
class Attempt:
    finished_at: dt.datetime
    kind: str
    outcome: str
    went_well: bool
    code: int | None
    reply: str
    worker: str


@dataclasses.dataclass(frozen=True)
class Overview:
    gate: MailGate
    oldest_due: dt.datetime | None
    planners: list[Planner]
    lines: list[Line]
    attempts: list[Attempt]
    jobs: list[tuple[str, int]]
    unanswered: int
    held: int
    troubles: list[Trouble]


# --- two questions that health asks too --------------------------------------------------------


def is_late(oldest: dt.datetime | None) -> bool:
    """Whether the longest-waiting message waits too long."""
    return oldest is not None and clock.now() - oldest > LATE


def silent_planners() -> list[str]:
    return heartbeat.silent(planning.planners, SILENT)


# --- all that the back office sees -------------------------------------------------------------


def overview() -> Overview:
    gate, oldest, silent = outbox.gate.state(), outbox.oldest_due(), silent_planners()
    beats = heartbeat.last_beats(planning.planners)
    rows, held = counted(), outbox.held.waiting().count()
    return Overview(
        gate=gate,
        oldest_due=oldest,
        planners=[
            Planner(str(planning.labels.get(name) or name), beat, name in silent)
            for name, beat in beats.items()
        ],
        lines=[line(row) for row in rows],
        attempts=[told(attempt) for attempt in latest_attempts()],
        jobs=jobs(),
        unanswered=unanswered(),
        held=held,
        troubles=list(
            troubles(gate, silent, late=is_late(oldest), faults=faults_in(rows), held=held)
        ),
    )


def counted() -> list[dict[str, Any]]:
    """By state and reason. Those of the last day are found by their ids, which rise with time."""
    day_ago = timezone.now() - A_DAY
    recent = Q(pk__gte=first_since(day_ago), created_at__gte=day_ago)
    found = OutboxMessage.objects.filter(recent | OPEN).order_by().values("state", "reason")
    rows: Any = found.annotate(open=Count("pk", filter=OPEN), recent=Count("pk", filter=recent))
    return sorted(rows, key=lambda row: (State.values.index(row["state"]), row["reason"]))


def line(row: dict[str, Any]) -> Line:
    why = str(Reason(row["reason"]).label) if row["reason"] else ""
    return Line(str(State(row["state"]).label), why, row["open"], row["recent"])


def faults_in(rows: list[dict[str, Any]]) -> int:
    return sum(
        row["open"]
        for row in rows
        if row["state"] == State.FAILED and row["reason"] in {Reason.FAULT, Reason.WORKER_DIED}
    )


def latest_attempts() -> Iterator[OutboxAttempt]:
    latest = OutboxAttempt.objects.order_by("-finished_at", "pk").select_related("message")
    columns = ("finished_at", "outcome", "code", "reply", "worker", "message__kind")
    return latest.only(*columns)[:LATEST].iterator()


def told(attempt: OutboxAttempt) -> Attempt:
    kind = outbox.kinds.get(attempt.message.kind)
    return Attempt(
        finished_at=attempt.finished_at,
        kind=str(kind.label if kind and kind.label else attempt.message.kind),
        outcome=attempt.get_outcome_display(),
        went_well=attempt.outcome == Outcome.SENT,
        code=attempt.code,
        reply=attempt.reply,
        worker=attempt.worker,
    )


def unanswered() -> int:
    """Hand-overs of the last day after which contact broke: these mails may have arrived twice."""
    recent = OutboxAttempt.objects.filter(finished_at__gte=clock.now() - A_DAY)
    broke = recent.filter(outcome__in=[Outcome.NO_ANSWER, Outcome.WORKER_DIED])
    return broke.filter(handoff_at__isnull=False).count()


def jobs() -> list[tuple[str, int]]:
    """Long work by state: what is open, and what ended within a day."""
    open_or_recent = Q(finished_at=None) | Q(finished_at__gte=timezone.now() - A_DAY)
    rows = Job.objects.filter(open_or_recent).order_by().values_list("state")
    numbers = dict(rows.annotate(number=Count("pk")))
    return [(str(state.label), numbers[state]) for state in Job.State if state in numbers]


# --- what is wrong, and what to do -------------------------------------------------------------


def troubles(
    gate: MailGate, silent: list[str], *, late: bool, faults: int, held: int
) -> Iterator[Trouble]:
    if gate.closed_at:
        yield Trouble(sentence(gate.get_reason_display()), against(gate.reason))
    if silent:
        said = ngettext(
            "A planner is silent: %(names)s.", "Planners are silent: %(names)s.", len(silent)
        )
        yield Trouble(
            said % {"names": ", ".join(silent)},
            _("Please have somebody check that worker and beat are running."),
        )
    if late:
        yield Trouble(
            _("A message has been waiting for more than ten minutes."),
            _("It leaves as soon as the mail server takes mail again.")
            if gate.closed_at
            else _("Please have somebody check that a worker is running."),
        )
    if faults:
        said = ngettext(
            "%(number)d message could not be written; the fault is in this software.",
            "%(number)d messages could not be written; the fault is in this software.",
            faults,
        )
        to_do = _("Please report it; the worker's log says where it happened.")
        yield Trouble(said % {"number": faults}, to_do)
    if held:
        said = ngettext(
            "%(number)d message is held since a backup was restored.",
            "%(number)d messages are held since a backup was restored.",
            held,
        )
        yield Trouble(said % {"number": held}, _("Please decide below whether to release them."))


def against(reason: str) -> str:
    """What to do when the mail server takes nothing."""
    match reason:
        case MailGate.Reason.PASSWORD:
            return _("Please have user and password in EMAIL_URL checked.")
        case MailGate.Reason.UNREACHABLE:
            return _("Please have somebody check that it runs and that EMAIL_URL leads to it.")
        case MailGate.Reason.SENDER:
            return _("Please have somebody check that it lets us send as DEFAULT_FROM_EMAIL.")
        case MailGate.Reason.REFUSALS:
            return _("Please read below what it answers.")
    return _("This often passes by itself. If it lasts, please ask whoever runs the mail server.")


def sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
