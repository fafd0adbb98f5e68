"""What a guest said, in their own words, and as much of their address as they know it by."""

import dataclasses
import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.models import Customer
from events.models import Event, EventGuest
from partners import clock

Answer = EventGuest.Answer
DAY, HOUR = 24 * 60, 60  # minutes


@dataclasses.dataclass(frozen=True)
class Said:
    """One line of what was recorded, and the step in which it is changed."""

    text: str
    step: str


def recorded(event: Event, guest: EventGuest) -> list[Said]:
    found = [Said(answer_in_words(guest), "answer")]
    if guest.wants_privately:
        found.append(Said(_("I would like to be shown everything privately"), "privately"))
    if guest.message:
        found.append(Said(_("“%(words)s”") % {"words": guest.message}, "message"))
    if guest.wants_reminder and guest.answer == Answer.YES:
        found.append(Said(_("A reminder comes by e-mail"), "reminder"))
    return found


def answer_in_words(guest: EventGuest) -> str:
    match guest.answer:
        case Answer.YES:
            return coming_in_words(guest.companions)
        case Answer.NO:
            return _("I cannot come")
        case Answer.MAYBE:
            return _("I do not know yet")
        case Answer.WAITING:
            return _("I am on the waiting list")
    return ""


def coming_in_words(companions: int) -> str:
    if not companions:
        return _("I am coming")
    words = ngettext(
        "I am coming and bring %(count)d person",
        "I am coming and bring %(count)d people",
        companions,
    )
    return words % {"count": companions}


def reminder_in_words(event: Event) -> str:
    """“2 days and 2 hours before”: those that can still come in time."""
    left = event.starts_at - clock.now()
    ahead = [m for m in sorted(event.reminders, reverse=True) if dt.timedelta(minutes=m) < left]
    lengths = [length(minutes) for minutes in ahead]
    return _(" and ").join(lengths)


def length(minutes: int) -> str:
    days, hours = minutes // DAY, minutes // HOUR
    if minutes % DAY == 0:
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if minutes % HOUR == 0:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


def mailbox(customer: Customer) -> str:
    """Enough of their address to know it again, and too little to learn it."""
    email = customer.emails.first()
    if email is None:
        return ""
    name, _at, domain = email.typed.partition("@")
    return f"{name[:1]}…@{domain}"


def number(customer: Customer) -> str:
    phone = customer.phones.first()
    return f"…{phone.typed[-3:]}" if phone else ""
