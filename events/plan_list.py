"""The evenings as they were asked for: coming or past, by words, kind and state."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers import text
from events import plan_lines
from events.models import Event, EventQuerySet
from partners import addresses, clock, spoken
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

    @property
    def events(self) -> EventQuerySet:
        """From today on the soonest first, before today the latest."""
        now = clock.now()
        if self.is_past:
            found = plan_lines.shown(self.partner.events.over(now)).latest_first()
        else:
            found = plan_lines.counted(self.partner.events.not_over(now)).soonest_first()
        if self.kind:
            found = found.filter(kind=self.kind)
        if self.state:
            found = found.filter(state=self.state)
        return matching(found, self.q) if self.q else found

    @cached_property
    def page(self) -> Page:
        return Paginator(self.events, PER_PAGE).get_page(self.number)

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
