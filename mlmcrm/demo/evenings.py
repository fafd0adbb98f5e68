"""From the evenings of a story to rows: settings, checklists, guests, stars, the host's thanks."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils import translation

from events import result
from events.models import (
    Event,
    EventGuest,
    EventStep,
    EventTemplate,
    Feedback,
    RewardTier,
    TemplateStep,
)
from mlmcrm.demo.hosting import AFTER, WAITING, Evening, Guest, Template, Tier
from mlmcrm.demo.rows import Teller

SINCE = 480  # days ago: templates and rewards
HALF_AN_HOUR = dt.timedelta(minutes=30)
NOON, NIGHT = dt.time(12), dt.time(22, 40)


class Evenings:
    """All rows of a partner's evenings, as they stand today."""

    def __init__(self, teller: Teller, story: Any):
        self.teller, self.story = teller, story
        self.people = {customer.name: customer for customer in teller.customers}
        self.templates = {one.name: self.template(one) for one in story.TEMPLATES}
        self.tiers = [self.tier(tier, number) for number, tier in enumerate(story.TIERS)]
        self.events: dict[str, Event] = {}
        for told in story.EVENINGS:
            self.events[told.title] = self.event(told)
        self.guests = [guest for told in story.EVENINGS for guest in self.guests_of(told)]
        for event in self.events.values():
            if event.is_closed:
                self.freeze(event)

    def groups(self) -> Iterator[list]:
        """All rows, those first that others point to."""
        yield list(self.templates.values())
        yield [row for one in self.story.TEMPLATES for row in self.template_steps(one)]
        yield self.tiers
        yield list(self.events.values())
        yield self.guests
        for rows in (self.steps, self.feedbacks):
            yield [row for told in self.story.EVENINGS for row in rows(told)]

    def owned(self, days_ago: int, *path: object) -> dict:
        return self.teller.owned(days_ago, "evening", *path)

    # --- what is kept for the next evening ---

    def template(self, told: Template) -> EventTemplate:
        return EventTemplate(**self.owned(SINCE, told.name), name=told.name, **told.says)

    def template_steps(self, told: Template) -> Iterator[TemplateStep]:
        for number, step in enumerate(told.steps):
            yield TemplateStep(
                **self.owned(SINCE, told.name, step.text),
                template=self.templates[told.name],
                position=number,
                **vars(step),
            )

    def tier(self, tier: Tier, number: int) -> RewardTier:
        said = vars(tier) | {"min_sales": Decimal(tier.min_sales)}
        if tier.value is not None:
            said["value"] = Decimal(tier.value)
        return RewardTier(**self.owned(SINCE, "tier", number), **said)

    # --- an evening ---

    def event(self, told: Evening) -> Event:
        template, host = self.templates[told.template.name], self.people.get(told.host)
        shared = {name: getattr(template, name) for name in Event.SHARED}
        event = Event(
            **self.owned(told.booked - told.day, told.title),
            title=told.title,
            host=host,
            template=template,
            state=told.state,
            booked_from=self.events.get(told.booked_from),
            **shared | self.address(told) | told.says,
        )
        event.schedule(self.teller.date(told.day), told.start, told.end, self.teller.partner.zone)
        if told.answers_until is not None:
            event.answer_until = self.teller.moment(told.day - told.answers_until, NOON)
        if event.is_closed:
            event.closed_at = self.teller.moment(told.day + 1, NOON)
            event.rewarded_on = self.teller.date(told.day + 2)
        return event

    def address(self, told: Evening) -> dict[str, str]:
        homes = {home.customer.name: home for home in self.teller.addresses}
        if home := homes.get(told.host):
            return {"street": home.street, "postcode": home.postcode, "city": home.city}
        return {}

    def freeze(self, event: Event) -> None:
        """As the product would have, when it was closed."""
        guests = [guest for guest in self.guests if guest.event == event]
        brought = result.Result(event, guests, self.tiers)
        with translation.override(self.teller.user.language):
            kept = result.frozen(brought)
        for name, value in kept.items():
            setattr(event, name, value)

    def guests_of(self, told: Evening) -> Iterator[EventGuest]:
        event = self.events[told.title]
        for number, guest in enumerate(told.guests):
            yield self.guest(told, event, guest, number)

    def guest(self, told: Evening, event: Event, guest: Guest, number: int) -> EventGuest:
        noted = next(day for day in (guest.asked, guest.answered, guest.noted) if day is not None)
        row = EventGuest(
            **self.owned(noted - told.day, told.title, guest.name),
            event=event,
            customer=self.people[guest.name],
            origin=guest.origin,
            answer=guest.answer,
            presence=guest.presence,
            sales=Decimal(guest.sales),
            **guest.says,
        )
        if guest.asked is not None:
            row.invited_at = self.at(told, guest.asked, number)
            row.invited_how = "whatsapp" if number % 2 else "copy"
        if guest.answered is not None:
            row.answered_at = self.at(told, guest.answered, number)
            row.waiting_since = row.answered_at if guest.answer == WAITING else None
        if guest.presence:
            row.presence_at = event.starts_at + dt.timedelta(minutes=number)
        return row

    def at(self, told: Evening, days_before: int, number: int) -> dt.datetime:
        return self.teller.moment(told.day - days_before, dt.time(8 + number % 12, number * 7 % 60))

    def steps(self, told: Evening) -> Iterator[EventStep]:
        """Those are done whose day has gone by, what comes afterwards once it is closed."""
        event = self.events[told.title]
        for number, step in enumerate(told.template.steps):
            row = EventStep(
                **self.owned(told.booked - told.day, told.title, "step", step.text),
                event=event,
                position=number,
                due_on=self.teller.date(told.day + step.days),
                **vars(step),
            )
            gone_by = told.day + step.days < 0 and step.text not in told.open_steps
            if gone_by and (event.is_closed or step.part != AFTER):
                row.done_at = self.teller.moment(told.day + step.days, NOON)
                row.done_by_host = step.for_host
            yield row

    def feedbacks(self, told: Evening) -> Iterator[Feedback]:
        event = self.events[told.title]
        for number, said in enumerate(told.stars):
            given_at = event.ends_at + number * HALF_AN_HOUR / 6
            yield Feedback(
                **self.owned(-told.day, told.title, "stars", number),
                event=event,
                customer=self.people.get(said.name),
                stars=said.stars,
                text=said.text,
                given_at=given_at,
            )


def groups(teller: Teller, story: Any) -> Iterator[list]:
    yield from filter(None, Evenings(teller, story).groups())
