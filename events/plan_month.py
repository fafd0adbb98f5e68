"""A month of evenings, and of follow-ups that have their hour."""

import calendar
import dataclasses
import datetime as dt
from collections import defaultdict
from operator import itemgetter

from django.utils.translation import pgettext

from customers.models import FollowUp
from events import plan_lines
from events.plan_lines import Line
from partners import clock, spoken
from partners.models import Partner

MOST = 300
COLUMNS = ("partner", "kind", "what", "due_on", "due_time", "due_at", "customer__first_name")


@dataclasses.dataclass(frozen=True)
class Day:
    date: dt.date
    lines: list[Line]
    is_today: bool
    is_in_month: bool

    def __post_init__(self):
        for line in self.lines[:1]:
            line["anchor"] = self.anchor

    @property
    def anchor(self) -> str:
        """Of its first line in the list below the month."""
        return f"day-{self.date}"

    @property
    def spoken(self) -> str:
        return spoken.shaped(self.date, pgettext("date format", "l, j F"))


@dataclasses.dataclass(frozen=True)
class Month:
    first: dt.date
    weeks: list[list[Day]]
    today: dt.date

    @property
    def title(self) -> str:
        return spoken.shaped(self.first, "F Y")

    @property
    def lines(self) -> list[Line]:
        days = (day for week in self.weeks for day in week if day.is_in_month)
        return [line for day in days for line in day.lines]

    @property
    def before(self) -> str:
        return f"{self.first - dt.timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        return f"{self.first + dt.timedelta(days=31):%Y-%m}"

    @property
    def is_now(self) -> bool:
        return self.first == self.today.replace(day=1)

    @property
    def weekdays(self) -> list[tuple[str, str]]:
        days = [day.date for day in self.weeks[0]]
        return [(spoken.shaped(day, "D"), spoken.shaped(day, "l")) for day in days]


def month_asked(asked: str | None, today: dt.date) -> dt.date:
    """The first day of the month “2026-12”, or of this one."""
    try:
        first = dt.datetime.strptime(asked or "", "%Y-%m").replace(tzinfo=dt.UTC).date()
    except ValueError:
        return today.replace(day=1)
    return first if 1990 <= first.year <= 2100 else today.replace(day=1)  # noqa: PLR2004


def month(partner: Partner, first: dt.date) -> Month:
    """In two queries."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    start = clock.moment(weeks[0][0], dt.time(), partner.zone)
    end = clock.moment(weeks[-1][-1] + dt.timedelta(days=1), dt.time(), partner.zone)
    today = clock.today(partner.zone)
    by_day: dict[dt.date, list[Line]] = defaultdict(list)
    for line in evenings(partner, start, end):
        by_day[line["day"]].append(line)
    for follow_up in timed(partner, start, end):
        by_day[follow_up.due_on].append(plan_lines.of_errand(follow_up, today))
    days = [
        [
            Day(
                day,
                sorted(by_day[day], key=itemgetter("time")),
                day == today,
                day.month == first.month,
            )
            for day in week
        ]
        for week in weeks
    ]
    return Month(first, days, today)


def evenings(partner: Partner, start: dt.datetime, end: dt.datetime) -> list[Line]:
    found = partner.events.filter(starts_at__gte=start, starts_at__lt=end)
    return plan_lines.lines(partner, plan_lines.counted(found).soonest_first()[:MOST])


def timed(partner: Partner, start: dt.datetime, end: dt.datetime) -> list[FollowUp]:
    alive = partner.followups.alive(clock.now()).filter(customer__deleted_at=None)
    found = alive.filter(due_time__isnull=False, due_at__gte=start, due_at__lt=end)
    return list(found.select_related("customer").only(*COLUMNS).oldest_first()[:MOST])
