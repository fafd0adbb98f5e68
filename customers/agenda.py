"""What waits on a day, in the order in which a person would want to see it."""

import dataclasses
import datetime as dt
import functools
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Count, DateTimeField, Q, Value, When, Window
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from customers import channels
from customers.actions import spreading
from customers.models import Customer, FollowUp, first_of
from customers.models.whole import with_ways
from customers.rows import Row, birthday_row, row_of
from partners import clock, questions, spoken
from partners.models import Partner

SHOWN = 7
MOST = 200
COMING_DAYS = 7
LEAP_YEAR = 2000
OFFER_TO_SPREAD_FROM = 11
LOOK_AHEAD = dt.timedelta(days=60)
ONE_DAY = dt.timedelta(days=1)
TIMED, PROMISED, BIRTHDAY, CARE = range(4)
# As much as a row shows: notes and search columns of many people would be a long read.
PERSON = (
    *("partner", "first_name", "last_name", "birth_day", "birth_month", "birth_year"),
    *("declined", "deleted_at", "is_hidden"),
)
FOLLOW_UP = ("partner", "kind", "what", "nature", "due_on", "due_time", "due_at")
ROW = (*FOLLOW_UP, *(f"customer__{name}" for name in PERSON))

Days = list[tuple[str, list[Row]]]


@dataclasses.dataclass
class Agenda:
    timed: list[Row]
    promises: list[Row]
    birthdays: list[Row]
    care: list[Row]
    coming: Days
    waiting: int
    timed_count: int
    birthday_count: int
    tomorrow: int

    @property
    def more_count(self) -> int:
        shown = sum(map(len, (self.timed, self.promises, self.birthdays, self.care)))
        return max(self.waiting + self.birthday_count - shown, 0)

    @property
    def spread_offer(self) -> int:
        """How many wait, if that is more than a day can hold and some of it can move."""
        is_much = self.waiting >= OFFER_TO_SPREAD_FROM and self.waiting > self.timed_count
        return self.waiting if is_much else 0

    @property
    def all_done(self) -> str:
        """What the page says when nothing waits any more."""
        if self.waiting or self.birthday_count:
            return ""
        if not self.tomorrow:
            return _("Everything is done for today.")
        return ngettext(
            "Everything is done for today. Tomorrow: %(count)d.",
            "Everything is done for today. Tomorrow: %(count)d.",
            self.tomorrow,
        ) % {"count": self.tomorrow}


def agenda(partner: Partner, *, show_all: bool = False) -> Agenda:
    """Today for one partner, in a constant number of queries."""
    now, today = clock.now(), clock.today(partner.zone)
    midnight = day_starts(partner, today + ONE_DAY)
    follow_ups: Any = waiting(partner, today, midnight, now, show_all)
    born = birthdays(partner, today)
    born_today = [person for person in born if person.has_birthday_on(today)]
    groups: dict[int, list[Row]] = defaultdict(list)
    for follow_up in follow_ups:
        ways = channels_of(follow_up, follow_up.customer)
        groups[follow_up.group].append(row_of(follow_up, today, ways))
    groups[BIRTHDAY] = [
        birthday_row(person, today, today, channels_of(person, person)) for person in born_today
    ]
    timed, promises, kept_today, care = first(
        most(show_all=show_all), [groups[group] for group in range(4)]
    )
    ahead = due_between(partner, midnight, day_starts(partner, today + (COMING_DAYS + 1) * ONE_DAY))
    return Agenda(
        timed=timed,
        promises=promises,
        birthdays=kept_today,
        care=care,
        birthday_count=len(born_today),
        coming=coming(ahead, born, today),
        waiting=follow_ups[0].waiting if follow_ups else 0,
        timed_count=follow_ups[0].timed if follow_ups else 0,
        tomorrow=sum(row.due_at < day_starts(partner, today + 2 * ONE_DAY) for row in ahead),
    )


@questions.written_once
def waiting(
    partner: Partner, today: dt.date, midnight: dt.datetime, now: dt.datetime, show_all: bool
):
    """What is due before midnight, as much of it as is shown."""
    due = partner.followups.due_before(midnight, Value(now, DateTimeField()))
    found = with_people(with_counts(in_order(due, today), today))
    return with_ways(found, "customer").only(*ROW)[: most(show_all=show_all)]


def most(*, show_all: bool) -> int:
    return MOST if show_all else SHOWN


def channels_of(row: Any, customer: Customer) -> channels.Channels:
    """Nobody is called who lies in the bin or is not in the circle, whatever still speaks of them."""
    if customer.deleted_at or customer.is_hidden:
        return channels.Channels()
    ways = channels.of_row(row)
    return channels.asking(ways, customer) if customer.declined else ways


def first(room: int, groups: list[list[Row]]) -> list[list[Row]]:
    """The first rows of all groups together, still in their groups."""
    cut = []
    for rows in groups:
        cut.append(rows[:room])
        room -= len(cut[-1])
    return cut


def with_counts(due, today: dt.date):
    """Each row says how many there are altogether, and how many of them have a time."""
    return due.annotate(
        waiting=Window(Count("pk")), timed=Window(Count("pk", filter=is_timed(today)))
    )


def day_starts(partner: Partner, day: dt.date) -> dt.datetime:
    return clock.moment(day, dt.time(), partner.zone)


def is_timed(today: dt.date) -> Q:
    return Q(due_on=today, due_time__isnull=False)


def in_order(follow_ups, today: dt.date):
    """What has a time today, then promises (the oldest first), then soft care."""
    group = Case(
        When(is_timed(today), then=Value(TIMED)),
        When(nature=FollowUp.Nature.PROMISE, then=Value(PROMISED)),
        default=Value(CARE),
    )
    return follow_ups.annotate(group=group).order_by("group", "due_at", "pk")


def with_last_said(rows, customer: str):
    """With the last words noted about each row's customer, as `said` and `said_at`."""
    return rows.annotate(said=first_of.last_said(customer), said_at=first_of.last_said_at(customer))


def with_people(follow_ups):
    """Follow-ups with their customers, and the last thing said to each."""
    return with_last_said(follow_ups.select_related("customer"), "customer")


def birthdays(partner: Partner, today: dt.date) -> list[Customer]:
    """Who has a birthday today or in the coming days; today, a talk with them settles it."""
    return [
        person
        for person in born_from(today)(partner, day_starts(partner, today))
        if not (person.has_birthday_on(today) and person.was_talked_to)
    ]


@functools.lru_cache(maxsize=3)
def born_from(day: dt.date) -> Any:
    """The question that is asked on this day: which birthdays are near stands in its SQL."""
    days = [day + number * ONE_DAY for number in range(COMING_DAYS + 1)]

    @questions.written_once
    def born(partner: Partner, midnight: dt.datetime):
        near = partner.customers.with_birthday_on(days).with_talk_since(midnight)
        return with_ways(with_last_said(near.by_name(), "pk")).only(*PERSON)[:MOST]

    return born


@questions.written_once
def due_between(partner: Partner, start: dt.datetime, end: dt.datetime):
    """What is due on the coming days; nothing of it can have faded."""
    ahead = partner.followups.open().filter(due_at__gte=start, due_at__lt=end)
    return ahead.select_related("customer").only(*ROW).oldest_first()[:MOST]


def coming(ahead: list[FollowUp], born: list[Customer], today: dt.date) -> Days:
    """The next days, each with what is due then, and its birthdays."""
    days: dict[dt.date, list[Row]] = defaultdict(list)
    for follow_up in ahead:
        days[follow_up.due_on].append(Row(follow_up.customer, follow_up))
    for day in (today + number * ONE_DAY for number in range(1, COMING_DAYS + 1)):
        kept = [person for person in born if person.has_birthday_on(day)]
        if kept:
            days[day] += [birthday_row(person, day, today) for person in kept]
    return in_days(days, today)


def in_days(days: dict[dt.date, list[Row]], today: dt.date) -> Days:
    return [(spoken.day(day, today), rows) for day, rows in sorted(days.items())]


def birthday_spoken(customer: Customer, today: dt.date) -> str:
    """“12 April 1976, turns 51”."""
    if customer.birth_month is None or customer.birth_day is None:
        return ""
    day = dt.date(customer.birth_year or LEAP_YEAR, customer.birth_month, customer.birth_day)
    date = formats.date_format(day, pgettext("date format", "j F"))
    if not customer.birth_year:
        return date
    has_passed = (customer.birth_month, customer.birth_day) < (today.month, today.day)
    age = today.year - customer.birth_year + has_passed
    return _("%(date)s %(year)d, turns %(age)d") % {
        "date": date,
        "year": customer.birth_year,
        "age": age,
    }


def local_now(partner: Partner) -> dt.datetime:
    return clock.now().astimezone(partner.zone)


def plan_to_spread(partner: Partner) -> list[tuple[FollowUp, dt.date]]:
    """Who of those that wait today, and have no set time, would move, and to which day."""
    today = clock.today(partner.zone)
    alive = partner.followups.alive(clock.now()).select_related("customer")
    waiting = alive.filter(due_at__lt=day_starts(partner, today + ONE_DAY)).exclude(is_timed(today))
    ahead = Q(due_on__gt=today, due_on__lte=today + LOOK_AHEAD)
    fixed = alive.filter(is_timed(today) | ahead).order_by()
    taken = Counter(fixed.values_list("due_on", flat=True))
    return spreading(in_order(waiting, today)[:MOST], today, taken)


def by_day(plan: Iterable[tuple[FollowUp, dt.date]], today: dt.date) -> Days:
    """A proposal to spread, as lines under each day."""
    days: dict[dt.date, list[Row]] = defaultdict(list)
    for follow_up, day in plan:
        days[day].append(row_of(follow_up, today))
    return in_days(days, today)
