"""A person with the whole story, as the page to take along tells it."""

import dataclasses
import datetime as dt
from functools import cached_property
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from customers import own
from customers.cards import Card
from customers.exports.collect import its
from customers.exports.trust import Trust
from customers.models import Customer, FollowUp, Interaction, LifeEvent, Relation
from customers.rows import sentence

LEAP_YEAR = 2000


@dataclasses.dataclass
class Story:
    customer: Customer
    card: Card
    talks: list[Interaction]
    follow_ups: list[FollowUp]
    trust: Trust

    @property
    def name(self) -> str:
        return self.customer.name

    @cached_property
    def phones(self) -> list[str]:
        """As people write them, which takes a while."""
        return [str(phone) for phone in its(self.customer, "phones")]

    @cached_property
    def line(self) -> str:
        """What one looks up most often."""
        phone = next(iter(self.phones), "")
        place = f"{self.customer.postcode} {self.customer.city}".strip()
        return " · ".join(filter(None, [phone, place]))

    @property
    def facts(self) -> list[tuple[str, str]]:
        customer, card = self.customer, self.card
        interests = [
            f"{liking.what} ({liking.get_kind_display()})"
            for liking in its(self.customer, "interests")
        ]
        told = [
            (_("Stage"), sentence(customer.stage_spoken)),
            (_("Rank"), customer.rank),
            (_("Company"), card.company),
            (_("Occupation"), card.job_title),
            (_("Nickname"), card.nickname),
            (_("Phone"), many(self.phones)),
            (_("E-mail"), many(map(str, its(self.customer, "emails")))),
            (_("Address"), many(map(str, its(self.customer, "addresses")))),
            (_("Website"), card.website),
            (_("Birthday"), birthday(card)),
            (_("Best time"), card.best_time),
            (_("Tags"), ", ".join(card.tags)),
            (_("Interests"), ", ".join(interests)),
            (_("Life events"), many(map(event, its(self.customer, "life_events")))),
            (_("Relations"), many(map(relation, card.relations))),
            (_("How do you know each other?"), card.source),
            *(
                (value.field.name, own.spoken(value.field.kind, value.text))
                for value in its(self.customer, "own_values")
            ),
            *self.trust.facts,
            (pgettext("heading", "Note"), card.note),
        ]
        return [(name, text) for name, text in told if text]

    @cached_property
    def entries(self) -> list[tuple[str, str, str]]:
        """When, what, and what was said; the latest first."""
        told: list[tuple[dt.datetime, str, str]] = [
            (talk.occurred_at, sentence(talk.get_kind_display()), with_outcome(talk))
            for talk in self.talks
        ]
        told += [
            (row.due_at, _("Follow-up"), f"{sentence(row.title)} ({row.get_state_display()})")
            for row in self.follow_ups
        ]
        told += self.trust.entries
        told.sort(key=lambda entry: entry[0], reverse=True)
        return [(short(when), what, text) for when, what, text in told]


def short(when: dt.datetime) -> str:
    return formats.date_format(timezone.localtime(when), "SHORT_DATE_FORMAT")


def many(texts) -> str:
    return "\n".join(texts)


def with_outcome(talk: Interaction) -> str:
    outcome: Any = talk.get_outcome_display() if talk.outcome else ""
    return "\n".join(filter(None, [str(outcome), talk.text]))


def event(row: LifeEvent) -> str:
    day = formats.date_format(row.happened_on, "SHORT_DATE_FORMAT") if row.happened_on else ""
    said = row.text or sentence(row.get_kind_display())
    return f"{said} ({day})" if day else said


def relation(link) -> str:
    return f"{link.name} ({Relation.Kind(link.kind).label})"


def birthday(card: Card) -> str:
    """The day as people say it; the year only where it is known."""
    if not card.birth_day or not card.birth_month:
        return ""
    day = dt.date(card.birth_year or LEAP_YEAR, card.birth_month, card.birth_day)
    said = pgettext("date format", "j F Y") if card.birth_year else pgettext("date format", "j F")
    return formats.date_format(day, said)
