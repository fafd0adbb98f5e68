"""The evenings as they were asked for: coming or past, by words, kind and state."""

import datetime as dt
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import DateTimeField, Q, Value
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers import text
from events import plan_lines
from events.models import Event, EventQuerySet
from partners import addresses, clock, questions, spoken
from partners.models import Partner

PER_PAGE, LONGEST, FOUND = 25, 100, 5
ALL = ""
TITLE = gettext_lazy("Events")


def matching(events: EventQuerySet, query: str) -> EventQuerySet:
    """By title, place or host."""
    query = text.line(query)
    words = Q(title__icontains=query) | Q(place_name__icontains=query) | Q(city__icontains=query)
    host = Q(host__search_text__contains=text.fold(query), host__deleted_at=None)
    return events.filter(words | host)


def wanted(partner: Partner, now: Any, kind: str | None, state: str | None, is_past: bool) -> Any:
    """Coming ones, the soonest first, or past ones, the latest first."""
    events = partner.events
    found = events.over(now).latest_first() if is_past else events.not_over(now).soonest_first()
    found = plan_lines.shown(found) if is_past else plan_lines.counted(found)
    if kind:
        found = found.filter(kind=kind)
    return found.filter(state=state) if state else found


@questions.written_once
def first_page(
    partner: Partner, now: dt.datetime, kind: str | None, state: str | None, is_past: bool
) -> Any:
    """What is opened most; each row says how many there are."""
    found = wanted(partner, Value(now, DateTimeField()), kind, state, is_past)
    return found.annotate(among=questions.Counted(found.order_by().values("pk")))[:PER_PAGE]


class Listing:
    def __init__(self, partner: Partner, asked: QueryDict):
        self.partner = partner
        self.q = str(asked.get("q", "")).strip()[:LONGEST]
        self.is_past = asked.get("when") == "past"
        self.kind = known(Event.Kind, asked.get("kind"))
        self.state = known(Event.State, asked.get("state"))
        self.number = asked.get("page")

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q or self.kind or self.state)

    @cached_property
    def page(self) -> Page:
        chosen = (self.kind or None, self.state or None, self.is_past)
        if not self.q and self.number in {None, "", "1"}:
            rows = first_page(self.partner, clock.now(), *chosen)
            everything = Paginator(rows, PER_PAGE)
            everything.count = rows[0].among if rows else 0
            return Page(rows, 1, everything)
        found = wanted(self.partner, clock.now(), *chosen)
        found = matching(found, self.q) if self.q else found
        return Paginator(found, PER_PAGE).get_page(self.number)

    @cached_property
    def lines(self) -> list[plan_lines.Line]:
        return plan_lines.lines(self.partner, self.page)

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return [
            (ALL, _("all kinds")),
            *((value, str(label)) for value, label in Event.Kind.choices),
        ]

    @property
    def states(self) -> list[tuple[str, str]]:
        named = ((value, str(label)) for value, label in Event.State.choices)
        return [(ALL, _("in any state")), *named]


def known(choices: Any, asked: str | None) -> str:
    return asked if asked and asked in choices.values else ALL


def find(partner: Partner, query: str) -> list[dict[str, str]]:
    """The few evenings that a search from anywhere shows, the latest first."""
    events = matching(plan_lines.shown(partner.events.all()), query)
    today = clock.today(partner.zone)
    return [
        {
            "title": event.title,
            "url": addresses.of("event-detail", event.pk),
            "icon": "calendar-event",
            "line": spoken.moment(event.local_start, today),
        }
        for event in events.latest_first()[:FOUND]
    ]
