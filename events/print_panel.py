"""What of an evening goes on paper."""

import dataclasses
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from customers.rows import sentence
from events.evening import Evening
from events.models import Event, EventGuest, EventStep, Setting, Step

SPOKEN = ("theme", "decoration", "catering", "seating", "demo_material", "products", "agenda")


@dataclasses.dataclass(frozen=True)
class Group:
    title: str
    guests: list[EventGuest]

    @property
    def seats(self) -> int:
        return sum(guest.seats for guest in self.guests)


def panel(evening: Evening) -> dict[str, Any]:
    return {"can_invite": evening.event.is_ahead}


def groups(evening: Evening) -> list[Group]:
    """Whoever may stand in the door, by what they said."""
    answer = EventGuest.Answer
    told = [
        (pgettext("guests", "Coming"), evening.coming),
        (_("Do not know yet"), evening.who_said(answer.MAYBE)),
        (_("Waiting for a seat"), evening.who_said(answer.WAITING)),
        (_("No answer yet"), evening.who_said(answer.NONE)),
    ]
    return [Group(title, guests) for title, guests in told if guests]


def parts(evening: Evening) -> list[tuple[str, list[EventStep]]]:
    """The checklist, as one goes through it."""
    told = [
        (sentence(str(part.label)), [step for step in evening.steps if step.part == part.value])
        for part in (Step.Part.COACHING, Step.Part.SETTING, Step.Part.PACKING, Step.Part.AFTER)
    ]
    return [(title, steps) for title, steps in told if steps]


def setting(event: Event) -> list[tuple[str, str]]:
    field: Any = Setting._meta.get_field
    told = [(sentence(str(field(name).verbose_name)), getattr(event, name)) for name in SPOKEN]
    return [(title, text) for title, text in told if text]
