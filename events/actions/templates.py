"""Templates of evenings and their checklists: kept, changed, put in order, taken away."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import translation

from events.models import Event, EventTemplate, Setting, TemplateStep
from events.templating import STARTERS
from partners import changes
from partners.changes import Act
from partners.models import Partner, User


@transaction.atomic
def start(partner: Partner, actor: User, *, unasked: bool = True) -> Act:
    """Two to begin with, in the partner's language; unasked, whoever ever had one gets none again."""
    act = Act(partner, actor, "event-templates-start")
    Partner.objects.select_for_update().get(pk=partner.pk)
    had_some = unasked and partner.changes.filter(model=EventTemplate._meta.label_lower).exists()
    if not (had_some or partner.eventtemplates.exists()):
        with translation.override(actor.language):
            for starter in STARTERS:
                template = EventTemplate(**starter.values)
                changes.create(act, template, *steps_of(template, starter.steps))
    return act


def steps_of(template: EventTemplate, steps: Iterable[Any]) -> list[TemplateStep]:
    return [
        TemplateStep(
            template=template,
            part=step.part,
            text=str(step.text),
            days=step.days,
            for_host=step.for_host,
            position=number,
        )
        for number, step in enumerate(steps, 1)
    ]


@transaction.atomic
def store(
    partner: Partner, actor: User, template: EventTemplate, values: dict[str, Any] | None = None
) -> Act:
    """A new one, or with values an old one in better words."""
    act = Act(partner, actor, "event-template")
    if values is None:
        changes.create(act, template)
    else:
        changes.update(act, template, **values)
    return act


@transaction.atomic
def keep(partner: Partner, actor: User, template: EventTemplate, event: Event) -> Act:
    """What made this evening, for the next one."""
    act = Act(partner, actor, "event-template")
    for name in Setting.SHARED:
        setattr(template, name, getattr(event, name))
    template.start_time = event.local_start.time()
    template.minutes = int((event.ends_at - event.starts_at).total_seconds()) // 60
    steps = partner.eventsteps.filter(event=event).order_by("days", "position")
    changes.create(act, template, *steps_of(template, steps))
    return act


@transaction.atomic
def remove(partner: Partner, actor: User, template: EventTemplate) -> Act:
    """Events made from it keep what they took over."""
    act = Act(partner, actor, "event-template-remove")
    changes.remove(act, template, *partner.templatesteps.filter(template=template))
    return act


@transaction.atomic
def store_step(
    partner: Partner, actor: User, step: TemplateStep, values: dict[str, Any] | None = None
) -> Act:
    act = Act(partner, actor, "event-template-step")
    if values is None:
        step.position = partner.templatesteps.filter(template=step.template).count() + 1
        changes.create(act, step)
    else:
        changes.update(act, step, **values)
    return act


@transaction.atomic
def remove_step(partner: Partner, actor: User, step: TemplateStep) -> Act:
    act = Act(partner, actor, "event-template-step")
    changes.remove(act, step)
    return act


@transaction.atomic
def order_steps(partner: Partner, actor: User, steps: Iterable[TemplateStep]) -> Act:
    act = Act(partner, actor, "event-template-step")
    wishes: list[tuple[Any, dict[str, Any]]] = [
        (step, {"position": number}) for number, step in enumerate(steps, 1)
    ]
    changes.update_all(act, wishes)
    return act
