"""Browsers and moments, in words a person knows."""

import datetime as dt
import re

from django import template
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from partners import clock, spoken

register = template.Library()
A_MINUTE = dt.timedelta(minutes=1)

# The first that matches wins: most browsers also claim to be Chrome and Safari.
BROWSERS = [
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Opera", r"OPR/"),
    ("Firefox", r"(Firefox|FxiOS)/"),
    ("Chrome", r"(Chrome|CriOS|Chromium)/"),
    ("Safari", r"Safari/"),
]
SYSTEMS = [
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("Mac", r"Macintosh"),
    ("Linux", r"Linux|X11"),
]


@register.filter
def ago(moment: dt.datetime) -> str:
    return spoken.ago(timezone.localdate(moment), timezone.localdate(clock.now()))


@register.filter
def exactly(moment: dt.datetime) -> str:
    return spoken.to_the_second(timezone.localtime(moment), timezone.localdate(clock.now()))


@register.filter
def waiting(due_at: dt.datetime) -> str:
    now = clock.now()
    if now - due_at < A_MINUTE:
        return _("due just now")
    return _("waiting for %(time)s") % {"time": timesince(due_at, now)}


@register.filter
def device(user_agent: str) -> str:
    names = (first(SYSTEMS, user_agent), first(BROWSERS, user_agent))
    return " · ".join(name for name in names if name) or _("Another device")


def first(names: list[tuple[str, str]], user_agent: str) -> str:
    return next((name for name, pattern in names if re.search(pattern, user_agent)), "")
