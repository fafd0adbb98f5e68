"""What evenings ask of today: those of today and tomorrow, results that wait, open steps."""

import dataclasses
import datetime as dt
from typing import Any

from django.db.models import DateTimeField, Q, Value

from events import plan, plan_lines
from events.models import Event, EventStep
from events.plan_lines import Line
from partners import addresses, clock, questions
from partners.models import Partner

MOST = 10
SHOWN = (
    *("partner", "part", "text", "days", "for_host", "due_on", "done_at", "position", "created_at"),
    *(
        "event__partner",
        "event__title",
        "event__zone",
        "event__host__partner",
        "event__host__first_name",
    ),
)
FORGOTTEN = dt.timedelta(days=35)  # so long a result is asked for


@dataclasses.dataclass(frozen=True)
class ForToday:
    evenings: list[Line]
    steps: list[dict[str, str]]

    def __bool__(self) -> bool:
        return bool(self.evenings or self.steps)


def for_today(partner: Partner) -> ForToday:
    """In two queries."""
    today, now = clock.today(partner.zone), clock.now()
    return ForToday(evenings(partner, today, now), steps(partner, today, now))


def evenings(partner: Partner, today: dt.date, now: dt.datetime) -> list[Line]:
    """If there are too many, rather those of now than results that wait for long."""
    after_tomorrow = clock.moment(today + dt.timedelta(days=2), dt.time(), partner.zone)
    return plan_lines.lines(partner, reversed(near(partner, now - FORGOTTEN, after_tomorrow)))


@questions.written_once
def near(partner: Partner, start: dt.datetime, end: dt.datetime) -> Any:
    open_ones = partner.events.exclude(state__in=(Event.State.CLOSED, Event.State.CANCELLED))
    found = open_ones.between(Value(start, DateTimeField()), end)
    return plan_lines.counted(found).latest_first()[:MOST]


def steps(partner: Partner, today: dt.date, now: dt.datetime) -> list[dict[str, str]]:
    return [row_of(step, today) for step in due(partner, today, now)]


def row_of(step: EventStep, today: dt.date) -> dict[str, str]:
    told = plan.of_step(step, step.event, today)
    return {
        "text": step.text,
        "line": f"{told.hint} · {step.event.title}",
        "address": addresses.of("event-detail", step.event_id),
        "tick": addresses.of("step-done", step.pk),
    }


@questions.written_once
def due(partner: Partner, today: dt.date, now: dt.datetime) -> Any:
    """Due ones; what prepares an evening is past with it."""
    in_time = Q(event__ends_at__gte=now) | Q(part=EventStep.Part.AFTER)
    found = partner.eventsteps.filter(in_time, done_at=None, due_on__lte=today)
    found = found.filter(event__deleted_at=None).exclude(event__state=Event.State.CANCELLED)
    found = found.select_related("event__host").only(*SHOWN)
    return found.order_by("due_on", "position", "pk")[:MOST]
