"""What the page says of a guess: the kind of place it is, and what would stand there."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from customers import agenda, kin
from customers.models import Customer, LifeEvent, Phone
from customers.remembering import days
from customers.remembering.guess import Guess
from customers.rows import sentence
from partners import spoken as spoken_day

TITLES: dict[str, Promise] = {
    "birthday": gettext_lazy("Birthday"),
    "phone": gettext_lazy("Phone number"),
    "email": gettext_lazy("E-mail"),
    "website": gettext_lazy("Website"),
    "address": gettext_lazy("Address"),
    "relation": gettext_lazy("Belongs to"),
    "likes": gettext_lazy("Likes"),
    "owns": gettext_lazy("Has already"),
    "avoids": gettext_lazy("Does not like"),
    "event": gettext_lazy("Life event"),
    "reach": gettext_lazy("How to reach them"),
    "work": gettext_lazy("Work"),
    "tags": gettext_lazy("Tag"),
    "stars": gettext_lazy("Satisfaction"),
    "nickname": gettext_lazy("Nickname"),
    "source": gettext_lazy("How you know each other"),
    "formality": gettext_lazy("Form of address"),
    "note": gettext_lazy("Note"),
}


def title(guess: Guess) -> str:
    return guess.values["name"] if guess.place == "own" else str(TITLES[guess.place])


def spoken(guess: Guess, customer: Customer, today: dt.date) -> str:
    """What would stand there: “12 April 1980, turns 47”, “sister of Meike”, “Coffee”."""
    values = guess.values
    if guess.place == "birthday":
        return agenda.birthday_spoken(Customer(**values), today)
    if guess.place == "relation":
        return relation(values, customer)
    if guess.place == "event":
        return event(values, today)
    if guess.place in WORDS:
        return WORDS[guess.place](values)
    return values.get("text") or next(str(value) for value in values.values())


def number(values: dict[str, Any]) -> str:
    phone = Phone(**values)
    phone.normalise()
    return f"{phone} ({phone.get_kind_display()})"


def place(values: dict[str, Any]) -> str:
    town = f"{values['postcode']} {values['city']}".strip()
    return ", ".join(filter(None, (values.get("street"), town)))


def relation(values: dict[str, Any], customer: Customer) -> str:
    """Of the person on the page, or of the one who is named."""
    if not values["is_other"]:
        salutation = values["salutation"] or customer.salutation
        return sentence(kin.spoken(values["kind"], salutation, values["name"]))
    words = kin.spoken(values["kind"], values["salutation"], customer.first_name)
    return f"{values['name']}: {words}"


def event(values: dict[str, Any], today: dt.date) -> str:
    """“Moved house (zog nach Fulda)”, “Is moving house · March 2027 (zieht im März um)”."""
    if values["kind"] == LifeEvent.Kind.OTHER:
        return values["text"]
    day, text = values.get("happened_on"), values.get("text", "")
    said = [event_title(values["kind"], day, text, today), event_day(day, text, today)]
    told = " · ".join(filter(None, said))
    return f"{told} ({text})" if text else told


def event_title(kind: str, day: dt.date | None, text: str, today: dt.date) -> str:
    is_ahead = kind in PLANNED and days.lies_ahead(day, text, today)
    return sentence(str(PLANNED[kind] if is_ahead else LifeEvent.Kind(kind).label))


def event_day(day: dt.date | None, text: str, today: dt.date) -> str:
    """No more precise than it was said."""
    if day is None:
        return ""
    if days.is_whole_month(text):
        return formats.date_format(day, pgettext("date format", "F Y"))
    return spoken_day.day(day, today)


def with_since(what: str, since: dt.date | None) -> str:
    """The first of January stands for the whole year."""
    if since is None:
        return what
    is_year = (since.day, since.month) == (1, 1)
    when = str(since.year) if is_year else f"{since.month}/{since.year}"
    return _("%(what)s, since %(when)s") % {"what": what, "when": when}


def how_to_reach(channel: str, best_time: str) -> str:
    """“best by WhatsApp, in the evening”."""
    best = BEST.get(channel)
    return ", ".join(filter(None, (str(best) if best else "", best_time)))


def at_work(job: str, company: str) -> str:
    if job and company:
        return _("%(job)s at %(company)s") % {"job": job, "company": company}
    return job or company


def formality(value: str) -> str:
    return sentence(str(Customer.Formality(value).label))


def stars(number: int) -> str:
    return f"{'★' * number}{'☆' * (5 - number)} {SATISFIED[number]}"


PLANNED: dict[str, Promise] = {
    LifeEvent.Kind.MOVE: gettext_lazy("is moving house"),
    LifeEvent.Kind.BIRTH: gettext_lazy("is having a child"),
    LifeEvent.Kind.JOB: gettext_lazy("is starting a new job"),
    LifeEvent.Kind.WEDDING: gettext_lazy("is getting married"),
    LifeEvent.Kind.RETIREMENT: gettext_lazy("is retiring"),
}
BEST: dict[str, Promise] = {
    Customer.Channel.PHONE: gettext_lazy("preferably by phone"),
    Customer.Channel.WHATSAPP: gettext_lazy("preferably by WhatsApp"),
    Customer.Channel.SMS: gettext_lazy("preferably by SMS"),
    Customer.Channel.EMAIL: gettext_lazy("preferably by e-mail"),
    Customer.Channel.LETTER: gettext_lazy("preferably by letter or card"),
    Customer.Channel.VISIT: gettext_lazy("preferably in person"),
}
SATISFIED = {
    1: gettext_lazy("not satisfied at all"),
    2: gettext_lazy("not really satisfied"),
    3: pgettext_lazy("satisfaction", "so-so"),
    4: gettext_lazy("satisfied"),
    5: gettext_lazy("very satisfied"),
}


def liking(values: dict[str, Any]) -> str:
    return with_since(values["what"], values.get("since"))


WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "phone": number,
    "address": place,
    "likes": liking,
    "owns": liking,
    "avoids": liking,
    "reach": lambda said: sentence(
        how_to_reach(said.get("preferred_channel", ""), said.get("best_time", ""))
    ),
    "work": lambda said: at_work(said.get("job_title", ""), said.get("company", "")),
    "tags": lambda said: ", ".join(said["names"]),
    "stars": lambda said: stars(said["satisfaction"]),
    "formality": lambda said: formality(said["formality"]),
}
