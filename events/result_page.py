"""What the pages after an evening say."""

from collections.abc import Iterable
from copy import copy
from itertools import groupby
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from customers import channels
from customers.models import Customer
from customers.recommend_share import Share, greeting, is_informal
from events.evening import Evening
from events.models import Event
from events.result_forms import ProposalForm, ResultForm
from partners import clock, profile, spoken
from partners.models import Partner


def can_be_noted(this: Evening) -> bool:
    return this.has_begun and not this.event.is_closed and not this.event.is_cancelled


def copied(event: Event) -> Event:
    """For a form to write on, so that the stored row says what is new."""
    return copy(event)


def try_share(event: Event, form: ResultForm) -> None:
    """What the page proposes as the partner's share is added up as well; it is not stored."""
    if event.share is None:
        event.share = form.initial.get("share")


def try_on(event: Event, form: ResultForm) -> None:
    """What can be understood of the form so far; nothing of it is stored."""
    for name, value in form.cleaned_data.items():
        if name in form.Meta.fields:
            setattr(event, name, value)
    for line in form.guests:
        if not line.errors:
            for name, value in line.values.items():
                setattr(line.guest, name, value)


def planned(count: int) -> str:
    said = ngettext("%(count)d follow-up is planned.", "%(count)d follow-ups are planned.", count)
    return said % {"count": count}


def by_rule(forms: Iterable[ProposalForm]) -> list[tuple[str, list[ProposalForm]]]:
    return [
        (str(title), list(those))
        for title, those in groupby(forms, lambda form: form.proposal.rule.title)
    ]


def thanks(partner: Partner, event: Event, host: Customer, reward: str) -> Share:
    """For the host, to send from the partner's own phone."""
    ways = channels.asking(channels.of_one(partner, host), host)
    text = thanks_text(partner, host, reward)
    said = quote(text)
    return Share(
        text=text,
        link="",
        whatsapp=with_text(ways.whatsapp, "?text=", said),
        sms=with_text(ways.sms, "?&body=", said),
        mail=with_text(ways.mail, f"?subject={quote(_('Thank you'))}&body=", said),
    )


def with_text(way: str, joint: str, said: str) -> str:
    """Where they asked not to be contacted this way, a page asks first, without the words."""
    return way if not way or way.startswith("/") else f"{way}{joint}{said}"


def thanks_text(partner: Partner, host: Customer, reward: str) -> str:
    me = profile.of(partner).name or partner.name
    words = {
        "greeting": greeting(host),
        "me": me.split(maxsplit=1)[0] if is_informal(host) else me,
        "reward": reward,
    }
    if not is_informal(host):
        parts = [
            "%(greeting)s,",
            pgettext("Sie", "thank you for the lovely evening and for having us as your guests."),
            pgettext("Sie", "As a thank-you you get: %(reward)s.") if reward else "",
            pgettext("Sie", "Kind regards\n%(me)s"),
        ]
    else:
        parts = [
            "%(greeting)s,",
            pgettext("du", "thank you for the lovely evening and for having us as your guests!"),
            pgettext("du", "As a thank-you you get: %(reward)s.") if reward else "",
            pgettext("du", "Yours, %(me)s"),
        ]
    return "\n\n".join(part % words for part in parts if part)


def day_of(this: Evening) -> str:
    """“yesterday”, “12 November”."""
    return spoken.day(this.event.day, clock.today(ZoneInfo(this.event.zone)))
