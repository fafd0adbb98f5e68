"""The evenings as they were asked for: coming or past, by words, kind and state."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, Func, IntegerField, Q
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from customers import text
from events import money
from events.models import Event, EventQuerySet
from partners import addresses, clock, spoken
from partners.models import Partner

PER_PAGE, LONGEST, FOUND = 25, 100, 5
COLUMNS = (
    *("partner", "title", "starts_at", "ends_at", "zone", "state", "kind", "place", "place_name"),
    *(
        "city",
        "came",
        "sales",
        "maximum",
        "host__first_name",
        "host__last_name",
        "host__partner",
        "host__deleted_at",
    ),
)
ALL = ""
TITLE = gettext_lazy("Events")


@dataclasses.dataclass
class Line:
    """One evening as ready words."""

    event: Event
    today: dt.date
    now: dt.datetime

    @property
    def address(self) -> str:
        return addresses.of("event-detail", self.event.pk)

    @property
    def title(self) -> str:
        return self.event.title

    @cached_property
    def starts(self) -> dt.datetime:
        return self.event.local_start

    @cached_property
    def day(self) -> dt.date:
        return self.starts.date()

    @property
    def weekday(self) -> str:
        return spoken.shaped(self.day, "D")

    @property
    def month(self) -> str:
        shape = "M" if self.day.year == self.today.year else pgettext("date format", "M Y")
        return spoken.shaped(self.day, shape)

    @property
    def short_day(self) -> str:
        return spoken.shaped(self.day, "SHORT_DATE_FORMAT")

    @property
    def time(self) -> str:
        return f"{self.starts:%H:%M}"

    @property
    def near(self) -> str:
        """A day that has a name: today, tomorrow, Friday."""
        distance = (self.day - self.today).days
        return spoken.day(self.day, self.today) if -1 <= distance <= 1 else ""

    @property
    def where(self) -> str:
        event = self.event
        host = event.host.name if event.host and not event.host.deleted_at else ""
        town = event.place_name or event.city
        return " · ".join(filter(None, (host, town)))

    @property
    def is_over(self) -> bool:
        return self.event.ends_at < self.now

    @property
    def needs_result(self) -> bool:
        return self.is_over and self.event.state not in {Event.State.CLOSED, Event.State.CANCELLED}

    @property
    def words(self) -> str:
        """How it stands: who is coming, or what came of it."""
        event: Any = self.event
        if event.is_cancelled:
            return str(Event.State.CANCELLED.label)
        if event.is_closed:
            came = ngettext("%(n)d guest", "%(n)d guests", event.came or 0)
            sold = [money.euros(event.sales)] if event.sales else []
            return " · ".join([came % {"n": event.came or 0}, *sold])
        if self.needs_result:
            return _("The result is missing")
        if not event.asked:
            return _("nobody invited yet")
        said = {"yes": event.yes, "asked": event.asked}
        return _("%(yes)d of %(asked)d are coming") % said


def lines(partner: Partner, events: Iterable[Event]) -> list[Line]:
    today, now = clock.today(partner.zone), clock.now()
    return [Line(event, today, now) for event in events]


class Guests(Func):
    """How many guests an event has, of those in nobody's bin; asked for the rows shown alone."""

    template = (
        "(SELECT COUNT(*) FROM events_eventguest guest"
        " JOIN customers_customer person ON person.id = guest.customer_id"
        " WHERE guest.deleted_at IS NULL AND person.deleted_at IS NULL%(which)s"
        " AND guest.event_id = %(expressions)s)"
    )

    def __init__(self, which: str = ""):
        super().__init__(F("pk"), which=which, output_field=IntegerField())


def counted(events: EventQuerySet) -> EventQuerySet:
    """With how many are asked and how many said yes."""
    return events.annotate(asked=Guests(), yes=Guests(" AND guest.answer = 'yes'"))


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
        everything = self.partner.events.select_related("host").only(*COLUMNS)
        if self.is_past:
            found = everything.filter(ends_at__lt=now).latest_first()
        else:
            found = everything.filter(ends_at__gte=now).soonest_first()
        if self.kind:
            found = found.filter(kind=self.kind)
        if self.state:
            found = found.filter(state=self.state)
        return matching(found, self.q) if self.q else found

    @cached_property
    def page(self) -> Page:
        return Paginator(counted(self.events), PER_PAGE).get_page(self.number)

    @cached_property
    def lines(self) -> list[Line]:
        return lines(self.partner, self.page)

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
    events = matching(partner.events.select_related("host").only(*COLUMNS), query)
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
