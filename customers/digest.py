"""What stands in a partner's morning mail: today's follow-ups and birthdays, without notes."""

import dataclasses
import datetime as dt
import functools
import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from customers import duties, from_mail
from customers.agenda import day_starts
from customers.models import Customer, FollowUp
from customers.rows import birthday_text
from partners import clock, links, spoken
from partners.models import Partner

MOST_LINES = 20
NOON = 12


class Line(NamedTuple):
    """One thing to do: where it can be done, for whom (first name and initial), what and when."""

    url: str
    who: str
    said: str


@dataclasses.dataclass(frozen=True)
class Extra:
    """Something of another app: the rows it speaks of, and its line in the language of the reader."""

    rows: tuple[Any, ...]
    line: Callable[["Digest"], Line]


@dataclasses.dataclass(frozen=True)
class Section:
    """What another app adds to the morning mail, in a few queries for many digests.

    `load` answers by partner, `is_due` asks about ids and dates on which a mail comes at all, and
    `counted` says so many in the subject.
    """

    heading: Any
    load: Callable[[Collection["Digest"]], Mapping[int, list[Extra]]]
    is_due: Callable[[dt.date, ZoneInfo], Q]
    counted: Callable[[int], str]


sections: list[Section] = []


class Person(NamedTuple):
    """Somebody as a mail may know them, and the version of their row. Many are read: no models."""

    pk: uuid.UUID
    version: int
    first_name: str
    last_name: str


class Due(NamedTuple):
    """A follow-up as a mail may know it: neither what it is about nor any note."""

    customer: Person
    pk: uuid.UUID
    version: int
    partner_id: int
    kind: str
    nature: str
    due_on: dt.date
    due_time: dt.time | None
    due_at: dt.datetime
    schedule_version: int


@dataclasses.dataclass
class Digest:
    """One partner's day. Its words are made when they are read, in the language of the reader."""

    partner: Partner
    day: dt.date
    timed: list[Due] = dataclasses.field(default_factory=list)
    promises: list[Due] = dataclasses.field(default_factory=list)
    care: list[Due] = dataclasses.field(default_factory=list)
    birthdays: list[Customer] = dataclasses.field(default_factory=list)
    extras: list[tuple[Section, list[Extra]]] = dataclasses.field(default_factory=list)
    owed: Any = None  # how many people wait for something, as `duties` counts them

    def take(self, follow_up: Due) -> None:
        if follow_up.due_time and follow_up.due_on == self.day:
            self.timed.append(follow_up)
        elif follow_up.nature == FollowUp.Nature.PROMISE:
            self.promises.append(follow_up)
        else:
            self.care.append(follow_up)

    @property
    def greeting(self) -> str:
        name = self.partner.user.get_short_name()
        hour = clock.now().astimezone(self.partner.zone).hour
        if hour < NOON:
            return _("Good morning, %(name)s") % {"name": name}
        return _("Hello %(name)s") % {"name": name}

    @property
    def day_spoken(self) -> str:
        return formats.date_format(self.day, pgettext("date format", "l, j F"))

    @property
    def follow_up_count(self) -> int:
        return len(self.timed) + len(self.promises) + len(self.care)

    @property
    def is_empty(self) -> bool:
        return not (self.follow_up_count or self.birthdays or self.extras)

    @property
    def subject(self) -> str:
        """“Today: 3 follow-ups, 1 birthday”."""
        follow_ups, birthdays = self.follow_up_count, len(self.birthdays)
        parts = [section.counted(len(found)) for section, found in self.extras]
        if follow_ups:
            words = ngettext("%(count)d follow-up", "%(count)d follow-ups", follow_ups)
            parts.append(words % {"count": follow_ups})
        if birthdays:
            words = ngettext("%(count)d birthday", "%(count)d birthdays", birthdays)
            parts.append(words % {"count": birthdays})
        if not parts:
            return _("Nothing is due today")
        return _("Today: %(things)s") % {"things": ", ".join(parts)}

    @property
    def duties(self) -> str:
        """The line that stands on Heute; for its sake alone no mail comes."""
        return duties.in_words(self.owed, self.day) if self.owed else ""

    @property
    def groups(self) -> list[tuple[str, list[Line]]]:
        """The lines under their headings, as on Heute, and no more than one reads at breakfast."""
        kinds = {kind.value: capfirst(str(kind.label)) for kind in FollowUp.Kind}
        to_do = functools.partial(self.line, kinds)
        every: list[tuple[str, Iterable[Line]]] = [
            *(
                (str(one.heading), [extra.line(self) for extra in found])
                for one, found in self.extras
            ),
            (_("At a set time"), map(to_do, self.timed)),
            (_("Promised"), map(to_do, self.promises)),
            (_("Small kindnesses"), map(to_do, self.care)),
            (pgettext("heading", "Birthdays"), map(self.birthday_line, self.birthdays)),
        ]
        room, shown = MOST_LINES, []
        for heading, rows in every:
            lines = [*islice(rows, room)]
            room -= len(lines)
            if lines:
                shown.append((heading, lines))
        return shown

    @property
    def more(self) -> int:
        extras = sum(len(found) for _section, found in self.extras)
        return max(extras + self.follow_up_count + len(self.birthdays) - MOST_LINES, 0)

    def line(self, kinds: Mapping[str, str], row: Due) -> Line:
        kind, when = kinds[row.kind], self.when(row)
        url = from_mail.link(row, self.partner, self.day)
        return Line(url, short_name(row.customer), f"{kind} · {when}" if when else kind)

    def birthday_line(self, row: Customer) -> Line:
        url = links.absolute("customer-detail", row.pk)
        return Line(url, short_name(row), birthday_text(row, self.day))

    def when(self, follow_up: Due) -> str:
        """The time today, or since when it waits."""
        if follow_up.due_on < self.day:
            return spoken.since(follow_up.due_on, self.day)
        return f"{follow_up.due_time:%H:%M}" if follow_up.due_time else ""


def short_name(person: Customer | Person) -> str:
    """First name and initial: all that a mail to the partner may say of a name."""
    initial = f"{person.last_name[0]}." if person.last_name else ""
    return " ".join([*person.first_name.split(), *initial.split()])


def digests(partners: Iterable[Partner]) -> Mapping[int, Digest]:
    """Each partner's digest of their local today, in a few queries for all of them."""
    now = clock.now()
    found = {partner.pk: Digest(partner, clock.today(partner.zone)) for partner in partners}
    midnight = {
        pk: day_starts(digest.partner, digest.day + dt.timedelta(days=1))
        for pk, digest in found.items()
    }
    if not found:
        return found
    for follow_up in due_follow_ups(list(found), max(midnight.values()), now):
        if follow_up.due_at < midnight[follow_up.partner_id]:
            found[follow_up.partner_id].take(follow_up)
    for customer in birthdays(found.values()):
        found[customer.partner_id].birthdays.append(customer)
    for section in sections:
        for partner, extras in section.load(found.values()).items():
            found[partner].extras.append((section, extras))
    for partner_id, owed in owed_by(digest for digest in found.values() if not digest.is_empty):
        found[partner_id].owed = owed
    return found


def owed_by(digests: Iterable[Digest]) -> Iterator[tuple[int, Any]]:
    for day, partners in by_day(digests):
        for owed in duties.counts_of_many(partners, day):
            yield owed.pk, owed


def due_follow_ups(partners: list[int], until: dt.datetime, now: dt.datetime) -> Iterator[Due]:
    due = FollowUp.unscoped.due_before(until, now).filter(
        partner__in=partners, customer__deleted_at=None
    )
    columns = (
        "customer__pk", "customer__version", "customer__first_name", "customer__last_name",
        "pk", "version", "partner_id", "kind", "nature", "due_on", "due_time", "due_at",
        "schedule_version",
    )  # fmt: skip
    for pk, version, first_name, last_name, *own in due.oldest_first().values_list(*columns):
        yield Due(Person(pk, version, first_name, last_name), *own)


def by_day(digests: Iterable[Digest]) -> list[tuple[dt.date, list[int]]]:
    """The ids of those for whom it is the same day."""
    partners_on: dict[dt.date, list[int]] = defaultdict(list)
    for digest in digests:
        partners_on[digest.day].append(digest.partner.pk)
    return sorted(partners_on.items())


def birthdays(digests: Iterable[Digest]) -> Iterable[Customer]:
    """Who has a birthday on their partner's day."""
    for day, partners in by_day(digests):
        born = Customer.unscoped.filter(partner__in=partners).with_birthday_on([day])
        columns = ("partner", "first_name", "last_name", "birth_year", "version")
        yield from born.only(*columns).by_name()
