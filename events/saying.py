"""Day, time and place of an evening, as mails and calendars say them."""

import datetime as dt

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from customers.digest import short_name
from events.models import Event


def day_and_time(starts_at: dt.datetime) -> str:
    """“Friday, 27 November 2026, 19:30”, of a local moment."""
    day = formats.date_format(starts_at.date(), pgettext("date format", "l, j F Y"))
    words = pgettext("of an evening", "%(day)s, %(time)s")
    return words % {"day": day, "time": f"{starts_at:%H:%M}"}


def host_name(event: Event) -> str:
    """As other guests know her."""
    return event.host.first_name if event.host else ""


def place(event: Event, *, in_full: bool = True) -> str:
    """“At Petra's, Lindenweg 4, 36037 Fulda”; not in full for whoever has not said yes."""
    if event.place == Event.Place.ONLINE:
        return (event.online_link if in_full else "") or _("online")
    parts = [event.place_name or by_kind(event)]
    parts += [event.street] if in_full else []
    parts += [" ".join(filter(None, [event.postcode if in_full else "", event.city]))]
    return ", ".join(filter(None, parts))


def by_kind(event: Event) -> str:
    name = host_name(event)
    if event.place == Event.Place.HOST and name:
        return _("at %(name)s's home") % {"name": name}
    return ""


def title_for_partner(event: Event) -> str:
    """“Autumn evening · Petra S.”: first name and initial are all that leaves the house."""
    if event.host is None or event.host.first_name in event.title:
        return event.title
    return f"{event.title} · {short_name(event.host)}"
