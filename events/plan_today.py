"""What evenings ask of today: those of today and tomorrow, results that wait, open steps."""

import dataclasses
import datetime as dt

from django.db.models import Q

from events import plan, plan_lines
from events.models import Event, EventStep
from events.plan_lines import Line
from partners import clock
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
    steps: list[tuple[EventStep, plan.Next]]

    def __bool__(self) -> bool:
        return bool(self.evenings or self.steps)


def for_today(partner: Partner) -> ForToday:
    """In two queries."""
    today, now = clock.today(partner.zone), clock.now()
    return ForToday(evenings(partner, today, now), steps(partner, today, now))


def evenings(partner: Partner, today: dt.date, now: dt.datetime) -> list[Line]:
    """If there are too many, rather those of now than results that wait for long."""
    after_tomorrow = clock.moment(today + dt.timedelta(days=2), dt.time(), partner.zone)
    near = partner.events.exclude(state__in=(Event.State.CLOSED, Event.State.CANCELLED))
    near = plan_lines.counted(near.between(now - FORGOTTEN, after_tomorrow))
    return plan_lines.lines(partner, reversed(near.latest_first()[:MOST]))


def steps(partner: Partner, today: dt.date, now: dt.datetime) -> list[tuple[EventStep, plan.Next]]:
    """Due ones; what prepares an evening is past with it."""
    in_time = Q(event__ends_at__gte=now) | Q(part=EventStep.Part.AFTER)
    due = partner.eventsteps.filter(in_time, done_at=None, due_on__lte=today)
    due = due.filter(event__deleted_at=None).exclude(event__state=Event.State.CANCELLED)
    due = due.select_related("event__host").only(*SHOWN)
    rows = due.order_by("due_on", "position", "pk")[:MOST]
    return [(row, plan.of_step(row, row.event, today)) for row in rows]
