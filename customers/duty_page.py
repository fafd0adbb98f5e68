"""The page on which duties are settled together, and what a person's own page says of them."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import quote

from django.db.models import Count, Window
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from customers.channels import ASKED_ABOUT, Channels
from customers.duties import GROUPS, local_day, must_be_told, requests, told_by
from customers.exports.columns import greeting
from customers.models import Customer
from customers.rows import sentence
from partners import addresses, profile, spoken
from partners.models import Partner, uuid7

SHOWN = 25


@dataclasses.dataclass
class Line:
    """Somebody, with what is known about the duty as ready words."""

    customer: Customer
    address: str
    line: str
    when: str
    is_late: bool = False


@dataclasses.dataclass
class Group:
    """Some people of one kind of duty, and how many there are in all."""

    name: str
    lines: list[Line]
    count: int
    row_id: uuid.UUID = dataclasses.field(default_factory=uuid7)

    @property
    def more(self) -> bool:
        return self.count > len(self.lines)

    @property
    def query(self) -> str:
        """As the customer list knows them."""
        return f"duty={self.name}"


def groups(partner: Partner, today: dt.date) -> list[Group]:
    """Those that are not empty; one query each."""
    found = [group(partner, name, today) for name in GROUPS]
    return [one for one in found if one.count]


def group(partner: Partner, name: str, today: dt.date) -> Group:
    people = list(GROUPS[name](partner, today).annotate(whole=Window(Count("pk")))[:SHOWN])
    lines = [WORDS[name](person, partner, today) for person in people]
    return Group(name, lines, people[0].whole if people else 0)


def of_untold(customer: Any, partner: Partner, today: dt.date) -> Line:
    due = told_by(local_day(customer.created_at, partner))
    return Line(
        customer,
        f"{addresses.of('customer-informed', customer.pk)}?next={reverse('duties')}",
        origin(customer),
        due_spoken(due, today),
        is_late=due < today,
    )


def of_silent(customer: Any, partner: Partner, today: dt.date) -> Line:
    return Line(
        customer,
        addresses.of("customer-detail", customer.pk),
        " · ".join(filter(None, (customer.stage_spoken, customer.city))),
        last_sign(customer, partner, today),
    )


def of_unseen(customer: Any, partner: Partner, today: dt.date) -> Line:
    """Without a page of their own."""
    ago = spoken.ago(local_day(customer.created_at, partner), today)
    return Line(customer, "", origin(customer), _("noted %(ago)s") % {"ago": ago})


WORDS: dict[str, Callable[[Any, Partner, dt.date], Line]] = {
    "untold": of_untold,
    "silent": of_silent,
    "unanswering": of_silent,
    "unseen": of_unseen,
}


def due_spoken(due: dt.date, today: dt.date) -> str:
    if due < today:
        return _("due %(since)s") % {"since": spoken.since(due, today)}
    return _("by %(day)s") % {"day": spoken.day(due, today)}


def last_sign(customer: Customer, partner: Partner, today: dt.date) -> str:
    at = customer.last_contact_at
    if at:
        return _("spoke %(ago)s") % {"ago": spoken.ago(local_day(at, partner), today)}
    ago = spoken.ago(local_day(customer.created_at, partner), today)
    return _("noted %(ago)s, never spoken") % {"ago": ago}


def origin(customer: Customer) -> str:
    """“From Petra”; without such a word of the partner's own, the kind alone."""
    return sentence(customer.source or str(Customer.Source(customer.source_kind).label))


@dataclasses.dataclass
class Asked:
    """A request that waits for its answer."""

    text: str
    name: str
    address: str
    when: str
    is_late: bool
    customer: Customer | None


def place_of(customer: Customer | None) -> str:
    """Where a request is answered."""
    if customer is None:
        return ""
    if customer.restricted_at:
        return reverse("locked-list")
    return addresses.of("right-list", customer.pk)


def asked(partner: Partner, today: dt.date) -> list[Asked]:
    waiting = requests(partner).select_related("customer")
    return [
        Asked(
            text=str(row.get_kind_display()),
            name=row.customer.name if row.customer else _("Somebody who is no longer here"),
            address=place_of(row.customer),
            when=due_spoken(row.due_on, today),
            is_late=row.due_on < today,
            customer=row.customer,
        )
        for row in waiting
    ]


# --- one person -----------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Told:
    """Whether somebody knows; `due` is said where they must hear of it by a day."""

    when: str = ""
    how: str = ""
    due: str = ""


def told(customer: Customer, partner: Partner, today: dt.date) -> Told:
    if customer.informed_on:
        how = Customer.Informed(customer.informed_how)
        return Told(spoken.day(customer.informed_on, today), str(how.label) if how else "")
    if not must_be_told(customer):
        return Told()
    due = told_by(local_day(customer.created_at, partner))
    return Told(due=pgettext("told", "soon") if due < today else due_spoken(due, today))


def letter(customer: Customer, partner: Partner) -> str:
    """What a partner may send from their own phone, so that somebody knows."""
    informal = customer.formality == Customer.Formality.INFORMAL
    said = (
        pgettext(
            "to a friend", "I noted your name. You can read here what for, and say no: %(link)s"
        )
        if informal
        else pgettext(
            "formal", "I noted your name. You can read here what for, and say no: %(link)s"
        )
    )
    said %= {"link": profile.notice_link(partner)}
    me = profile.of(partner).name
    return f"{greeting(cast('Any', customer))}\n{said}\n{me}".strip()


@dataclasses.dataclass(frozen=True)
class Ways:
    """The letter in the programmes of the phone; nothing leaves from us."""

    whatsapp: str
    sms: str
    mail: str


def ways(text: str, reach: Channels, customer: Customer) -> Ways:
    """Without those on which somebody asked not to be written to."""
    said = quote(text)
    way = {
        "whatsapp": f"{reach.whatsapp or 'https://wa.me/'}?text={said}",
        "sms": f"{reach.sms or 'sms:'}?&body={said}",
        "mail": f"{reach.mail or 'mailto:'}?body={said}",
    }
    declined = {name for name in way if customer.has_declined(ASKED_ABOUT[name])}
    return Ways(**way | dict.fromkeys(declined, ""))
