"""Dates as people say them: "tomorrow, 19:00", "for 3 days", "3 weeks ago"."""

import datetime as dt
import functools

from django.utils import formats
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

DAYS_OF_WEEK = 7
MONTH, YEAR = 30, 365


def shaped(date: dt.date, shape: str) -> str:
    """What `date_format` makes of a day; lists show the same few days again and again."""
    return _shaped(date, shape, get_language())


@functools.lru_cache(4096)
def _shaped(date: dt.date, shape: str, _language: str | None) -> str:
    return formats.date_format(date, shape)


def day(date: dt.date, today: dt.date) -> str:
    """A day near or far: "tomorrow", "Friday", "14 March", "14 March 2028"."""
    distance = (date - today).days
    match distance:
        case -1:
            return _("yesterday")
        case 0:
            return pgettext("day", "today")
        case 1:
            return pgettext("day", "tomorrow")
        case 2:
            return _("the day after tomorrow")
    if 0 < distance < DAYS_OF_WEEK:
        return shaped(date, "l")
    return calendar_day(date, today)


def calendar_day(date: dt.date, today: dt.date) -> str:
    """A day by its date; the year only where it is another one."""
    if date.year == today.year:
        return shaped(date, pgettext("date format", "j F"))
    return shaped(date, pgettext("date format", "j F Y"))


def day_and_time(date: dt.date, time: dt.time | None, today: dt.date) -> str:
    spoken = day(date, today)
    return f"{spoken}, {time:%H:%M}" if time else spoken


def moment(when: dt.datetime, today: dt.date) -> str:
    """A moment in its own zone, with the time of day."""
    return day_and_time(when.date(), when.time(), today)


def to_the_second(when: dt.datetime, today: dt.date) -> str:
    """A moment of today with its seconds; of another day without."""
    if when.date() != today:
        return moment(when, today)
    return f"{day(today, today)}, {when:%H:%M:%S}"


def since(date: dt.date, today: dt.date) -> str:
    """How long something has been due, without reproach."""
    days = (today - date).days
    if days < 1:
        return pgettext("day", "today")
    if days == 1:
        return _("since yesterday")
    if days < 2 * DAYS_OF_WEEK:
        return ngettext("for %(count)d day", "for %(count)d days", days) % {"count": days}
    if days < 2 * MONTH:
        weeks = days // DAYS_OF_WEEK
        return ngettext("for %(count)d week", "for %(count)d weeks", weeks) % {"count": weeks}
    if days < 2 * YEAR:
        months = days // MONTH
        return ngettext("for %(count)d month", "for %(count)d months", months) % {"count": months}
    years = days // YEAR
    return ngettext("for %(count)d year", "for %(count)d years", years) % {"count": years}


def ago(date: dt.date, today: dt.date) -> str:
    """How long ago something happened."""
    days = (today - date).days
    if days < 1:
        return pgettext("day", "today")
    if days == 1:
        return _("yesterday")
    if days < 2 * DAYS_OF_WEEK:
        return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}
    if days < 2 * MONTH:
        weeks = days // DAYS_OF_WEEK
        return ngettext("%(count)d week ago", "%(count)d weeks ago", weeks) % {"count": weeks}
    if days < 2 * YEAR:
        months = days // MONTH
        return ngettext("%(count)d month ago", "%(count)d months ago", months) % {"count": months}
    years = days // YEAR
    return ngettext("%(count)d year ago", "%(count)d years ago", years) % {"count": years}
