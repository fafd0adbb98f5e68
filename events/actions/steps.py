"""Single steps of an evening: added, changed, ticked, taken away."""

from typing import Any

from django.db import transaction

from events.actions.planning import due
from events.models import EventStep
from partners import changes, clock
from partners.changes import Act
from partners.models import Partner, User


@transaction.atomic
def store(
    partner: Partner, actor: User, step: EventStep, values: dict[str, Any] | None = None
) -> Act:
    """A new one, or with values an old one in other words or on another day."""
    act = Act(partner, actor, "event-step")
    if values is None:
        step.due_on = due(step.event.day, step.days)
        step.position = partner.eventsteps.filter(event=step.event).count() + 1
        changes.create(act, step)
    else:
        due_on = due(step.event.day, values.get("days", step.days))
        changes.update(act, step, **values, due_on=due_on)
    return act


@transaction.atomic
def tick(
    partner: Partner, actor: User | None, step: EventStep, *, done: bool, by_host: bool = False
) -> Act:
    """Done, or open again."""
    act = Act(partner, actor, "event-step-done" if done else "event-step-open")
    values = {"done_at": clock.now() if done else None, "done_by_host": done and by_host}
    if done != (step.done_at is not None):
        changes.update(act, step, **values)
    return act


@transaction.atomic
def remove(partner: Partner, actor: User, step: EventStep) -> Act:
    act = Act(partner, actor, "event-step-remove")
    changes.remove(act, step)
    return act
