"""One event with all that hangs on it, read in as many queries as there are kinds of rows."""

import dataclasses
import datetime as dt
import enum
import functools
import uuid
from functools import cached_property
from typing import Any

from django.db.models import Exists, Model, OuterRef

from events.models import Event, EventGuest, EventGuestQuerySet, EventStep, Feedback
from partners import clock, questions
from partners.models import Partner

DOORS_OPEN = dt.timedelta(hours=2)  # before it begins, the page becomes the door list
LINGERS = dt.timedelta(hours=3)  # after its end
# Of a guest's person, and of the evenings around this one, what is shown of them or written to;
# moments cost most to read.
PERSON = (
    *("partner", "version", "deleted_at", "restricted_at", "declined", "is_hidden", "kept_on"),
    *("first_name", "last_name", "salutation", "formality", "sort_name", "stage"),
)
UNSEEN = ("created_at", "updated_at", "answered_at")
# Of a guest of an evening ahead, what its page says; of two hundred each column counts.
AT_A_GLANCE = (
    *("partner", "customer", "answer", "companions", "invited_at", "presence", "waiting_since"),
    *("message", "wants_privately", "wants_reminder"),
    *("customer__first_name", "customer__last_name"),
)
PLANNED_BY = ("name", "partner", "deleted_at")
AROUND = ("title", "starts_at", "zone", "booked_from", "partner", "deleted_at")


class Phase(enum.StrEnum):
    """What a partner opens the page of an event for, at this moment."""

    BEFORE = "before"
    EVENING = "evening"
    RESULT = "result"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclasses.dataclass(frozen=True)
class Evening:
    event: Event
    guests: list[EventGuest]
    steps: list[EventStep]
    feedbacks: list[Feedback]
    now: dt.datetime
    meets_others: bool  # at the same time, or too close to get there
    led_to_others: bool

    @property
    def phase(self) -> Phase:
        return phase(self.event, self.now)

    @property
    def today(self) -> dt.date:
        return self.now.astimezone(self.event.partner.zone).date()

    @property
    def has_begun(self) -> bool:
        return self.now >= self.event.starts_at

    def who_said(self, *answers: str) -> list[EventGuest]:
        return [guest for guest in self.guests if guest.answer in answers]

    @cached_property
    def coming(self) -> list[EventGuest]:
        return self.who_said(EventGuest.Answer.YES)

    @cached_property
    def present(self) -> list[EventGuest]:
        return [guest for guest in self.guests if guest.has_come]

    @property
    def seats_taken(self) -> int:
        return sum(guest.seats for guest in self.coming)

    @property
    def seats_left(self) -> int | None:
        """None where there is no limit."""
        maximum = self.event.maximum
        return None if maximum is None else max(maximum - self.seats_taken, 0)

    @property
    def open_steps(self) -> list[EventStep]:
        return [step for step in self.steps if step.done_at is None]


def phase(event: Event, now: dt.datetime) -> Phase:
    if event.is_cancelled:
        return Phase.CANCELLED
    if event.is_closed:
        return Phase.CLOSED
    if event.state == Event.State.HELD or now > event.ends_at + LINGERS:
        return Phase.RESULT
    return Phase.EVENING if now >= event.starts_at - DOORS_OPEN else Phase.BEFORE


def forget_the_bin(event: Event) -> None:
    """What lies in the bin is shown nowhere, and nobody there is thanked or written to."""
    for name in ("host", "booked_from", "template"):
        row = getattr(event, name)
        if row is not None and row.deleted_at is not None:
            setattr(event, name, None)


@functools.cache
def columns(model: type[Model], *unseen: str, **related: tuple[str, ...]) -> list[str]:
    """Those of a row that are read, and of the rows it points to; named, since that costs less
    than naming what is left out.
    """
    own = [field.name for field in model._meta.concrete_fields if field.name not in unseen]
    return own + [f"{path}__{name}" for path, names in related.items() for name in names]


def read(partner: Partner, pk: uuid.UUID, *, at_a_glance: bool = False) -> Evening | None:
    """Inside the partner's wall; nothing unless it is theirs and not in the bin.

    At a glance guests of an evening ahead bring along no more than its page says of them.
    """
    event: Any = next(iter(the_event(partner, pk)), None)
    if event is None:
        return None
    forget_the_bin(event)
    stars, now = partner.feedbacks.filter(event=event), clock.now()
    is_brief = at_a_glance and phase(event, now) == Phase.BEFORE
    return Evening(
        event=event,
        guests=its_guests_at_a_glance(partner, pk) if is_brief else its_guests(partner, pk),
        steps=its_steps(partner, pk),
        feedbacks=list(stars) if now >= event.starts_at - DOORS_OPEN else [],
        now=now,
        meets_others=event.meets_others,
        led_to_others=event.led_to_others,
    )


@questions.written_once
def the_event(partner: Partner, pk: uuid.UUID):
    around = {"host": (*PERSON, "title", "city"), "template": PLANNED_BY, "booked_from": AROUND}
    near = partner.events.near(OuterRef("starts_at"), OuterRef("ends_at"))
    found = partner.events.select_related(*around).only(*columns(Event, **around))
    return found.filter(pk=pk).annotate(
        meets_others=Exists(near.exclude(pk=OuterRef("pk"))),
        led_to_others=Exists(partner.events.filter(booked_from=OuterRef("pk"))),
    )


def invited(partner: Partner, event: uuid.UUID) -> EventGuestQuerySet:
    here = partner.eventguests.filter(event=event, customer__deleted_at=None)
    return here.select_related("customer").by_name()


@questions.written_once
def its_guests(partner: Partner, event: uuid.UUID):
    return invited(partner, event).only(*columns(EventGuest, *UNSEEN, customer=PERSON))


@questions.written_once
def its_guests_at_a_glance(partner: Partner, event: uuid.UUID):
    return invited(partner, event).only(*AT_A_GLANCE)


@questions.written_once
def its_steps(partner: Partner, event: uuid.UUID):
    return partner.eventsteps.filter(event=event)
