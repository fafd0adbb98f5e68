"""What waits on a day, in the order in which a person would want to see it."""

import dataclasses
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models import prefetch_related_objects as prefetch
from django.utils import formats, timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from customers.actions import spreading
from customers.models import Customer, FollowUp, Interaction
from partners import clock, spoken
from partners.models import Partner

SHOWN = 7
MOST = 200
COMING_DAYS = 7
LEAP_YEAR = 2000
SAID_LENGTH = 140
OFFER_TO_SPREAD_FROM = 11
LOOK_AHEAD = dt.timedelta(days=60)
ONE_DAY = dt.timedelta(days=1)
TIMED, PROMISED, BIRTHDAY, CARE = range(4)


@dataclasses.dataclass
class Row:
    """One line of Heute: a follow-up, or a birthday (then `text` says which)."""

    customer: Customer
    follow_up: FollowUp | None = None
    last_said: str = ""
    due_spoken: str = ""
    overdue_spoken: str = ""
    text: str = ""


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
    due = in_order(partner.followups.due_before(midnight, now), today)
    most = MOST if show_all else SHOWN
    follow_ups = list(with_last_said(due.select_related("customer"), "customer")[:most])
    born = birthdays(partner, today)
    born_today = [person for person in born if person.has_birthday_on(today)]
    prefetch([row.customer for row in follow_ups] + born_today, "phones", "emails")
    rows: dict[int, list[Row]] = defaultdict(list)
    for follow_up in follow_ups:
        rows[follow_up.group].append(row_of(follow_up, today))
    rows[BIRTHDAY] = [birthday_row(person, today, today) for person in born_today]
    timed, promises, kept_today, care = first(most, [rows[group] for group in range(4)])
    return Agenda(
        timed=timed,
        promises=promises,
        birthdays=kept_today,
        care=care,
        birthday_count=len(born_today),
        coming=coming(partner, today, born),
        **counts(partner, today, midnight),
    )


def first(most: int, groups: list[list[Row]]) -> list[list[Row]]:
    """The first rows of all groups together, still in their groups."""
    cut = []
    for rows in groups:
        cut.append(rows[:most])
        most -= len(cut[-1])
    return cut


def counts(partner: Partner, today: dt.date, midnight: dt.datetime) -> dict[str, int]:
    is_due = Q(due_at__lt=midnight)
    is_tomorrow = Q(due_at__gte=midnight, due_at__lt=day_starts(partner, today + 2 * ONE_DAY))
    return partner.followups.alive(clock.now()).aggregate(
        waiting=Count("pk", filter=is_due),
        timed_count=Count("pk", filter=is_due & is_timed(today)),
        tomorrow=Count("pk", filter=is_tomorrow),
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
    latest = Interaction.unscoped.filter(customer=OuterRef(customer)).exclude(text="")
    latest = latest.order_by("-occurred_at", "-pk")
    return rows.annotate(
        said=Subquery(latest.values("text")[:1]),
        said_at=Subquery(latest.values("occurred_at")[:1]),
    )


def with_people(follow_ups):
    """Follow-ups with their customers, how to reach them, and the last thing said to each."""
    people = follow_ups.select_related("customer")
    return with_last_said(people, "customer").prefetch_related(
        "customer__phones", "customer__emails"
    )


def row_of(follow_up, today: dt.date) -> Row:
    return Row(
        customer=follow_up.customer,
        follow_up=follow_up,
        last_said=last_said(follow_up, today),
        due_spoken=due_spoken(follow_up, today),
        overdue_spoken=spoken.since(follow_up.due_on, today) if follow_up.due_on < today else "",
    )


def due_spoken(follow_up: FollowUp, today: dt.date) -> str:
    if follow_up.due_on == today and follow_up.due_time:
        return f"{follow_up.due_time:%H:%M}"
    return spoken.day_and_time(follow_up.due_on, follow_up.due_time, today)


def last_said(row, today: dt.date) -> str:
    """“3 weeks ago: daughter starts school”, where the row was read with these words."""
    if getattr(row, "said_at", None) is None:
        return ""
    words = Truncator(" ".join(row.said.split())).chars(SAID_LENGTH)
    return f"{spoken.ago(timezone.localdate(row.said_at), today)}: {words}"


def birthdays(partner: Partner, today: dt.date) -> list[Customer]:
    """Who has a birthday today or in the coming days; today, a talk with them settles it."""
    days = [today + dt.timedelta(days=ahead) for ahead in range(COMING_DAYS + 1)]
    talks = Interaction.unscoped.filter(
        customer=OuterRef("pk"), occurred_at__gte=day_starts(partner, today)
    )
    greeted = partner.customers.with_birthday_on([today]).filter(Exists(talks))
    born = partner.customers.with_birthday_on(days).exclude(pk__in=greeted)
    return list(with_last_said(born.by_name(), "pk")[:MOST])


def birthday_row(customer: Customer, day: dt.date, today: dt.date) -> Row:
    return Row(customer, text=birthday_text(customer, day), last_said=last_said(customer, today))


def birthday_text(customer: Customer, day: dt.date) -> str:
    """“turns 50”; without a year just the word."""
    age = customer.age_on(day)
    return _("turns %(age)d") % {"age": age} if age and age > 0 else _("Birthday")


def coming(partner: Partner, today: dt.date, born: list[Customer]) -> Days:
    """The next days, each with what is due then, and its birthdays."""
    start, end = (day_starts(partner, today + number * ONE_DAY) for number in (1, COMING_DAYS + 1))
    ahead = partner.followups.alive(clock.now()).filter(due_at__gte=start, due_at__lt=end)
    days: dict[dt.date, list[Row]] = defaultdict(list)
    for follow_up in ahead.select_related("customer").oldest_first()[:MOST]:
        days[follow_up.due_on].append(row_of(follow_up, today))
    for day in (today + number * ONE_DAY for number in range(1, COMING_DAYS + 1)):
        kept = [person for person in born if person.has_birthday_on(day)]
        if kept:
            days[day] += [birthday_row(person, day, today) for person in kept]
    return in_days(days, today)


def in_days(days: dict[dt.date, list[Row]], today: dt.date) -> Days:
    return [(spoken.day(day, today), rows) for day, rows in sorted(days.items())]


def rows_of(customer: Customer, today: dt.date) -> list[Row]:
    """A customer's open follow-ups, the next one first."""
    waiting = customer.follow_ups.alive(clock.now()).oldest_first().select_related("customer")
    return [row_of(follow_up, today) for follow_up in waiting]


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


def closed_spoken(follow_up: FollowUp, today: dt.date) -> str:
    if follow_up.closed_at is None:
        return ""
    return spoken.moment(timezone.localtime(follow_up.closed_at), today)


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
