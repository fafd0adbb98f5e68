"""Whom somebody brought, and who brought them: the story on a person's page, in no query more."""

import dataclasses
import datetime as dt
import uuid
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.actions.recommending import OPEN
from customers.models import Customer, Recommendation, Reference
from customers.models.whole import lists
from partners import addresses, spoken
from partners.models import Partner

ASKED_FROM = 4  # stars
SHOWN = 5
RECENTLY = dt.timedelta(days=180)
Status, Thanks = Recommendation.Status, Recommendation.Thanks


@dataclasses.dataclass
class Given:
    """A recommendation as its recommender's page tells it; never what was bought."""

    pk: uuid.UUID
    name: str
    href: str
    status: str
    is_open: bool
    recommended_on: dt.date
    is_to_thank: bool

    @property
    def status_spoken(self) -> str:
        return str(Status(self.status).label)

    @property
    def other_statuses(self) -> list[tuple[str, Any]]:
        return [(value, label) for value, label in Status.choices if value != self.status]

    @property
    def status_address(self) -> str:
        return addresses.of("recommendation-status", self.pk)

    @property
    def edit_address(self) -> str:
        return addresses.of("recommendation-edit", self.pk)


@dataclasses.dataclass
class Received:
    name: str
    href: str
    edit_address: str
    what: str


@dataclasses.dataclass
class Said:
    """A reference, in her words."""

    text: str
    about: str
    when_spoken: str
    may_be_used: bool
    quoting: str
    edit_address: str


@dataclasses.dataclass
class Story:
    customer: Customer
    given: list[Given]
    received: list[Received]
    references: list[Said]
    known: int  # people in the circle whom one knows through this person
    to_thank: list[Given]
    asks: bool

    @property
    def later_count(self) -> int:
        return len(self.given) - SHOWN

    @property
    def adds(self) -> list[tuple[str, str]]:
        """What can still be added, by the addresses of its sheets; the rest has its own button."""
        home = addresses.of("customer-detail", self.customer.pk)
        wanted = (
            (self.given, "recommendations/add/", _("Recommendation")),
            (
                self.received or self.is_from_elsewhere,
                "recommendations/add/?by=1",
                _("Recommended by …"),
            ),
            (self.references, "references/add/", _("In their own words")),
        )
        return [(f"{home}{place}", title) for known, place, title in wanted if not known]

    @property
    def is_from_elsewhere(self) -> bool:
        """It is known how they met, and nobody recommended them."""
        kind, source = self.customer.source_kind, self.customer.source
        return bool(kind or source) and kind != Customer.Source.RECOMMENDATION

    @property
    def title(self) -> str:
        """“Durch Petra kennst du 4 Menschen”."""
        name = called(self.customer)
        if not self.known:
            return _("%(name)s recommends you") % {"name": name}
        words = ngettext(
            "Through %(name)s you know %(count)d person",
            "Through %(name)s you know %(count)d people",
            self.known,
        )
        return words % {"name": name, "count": self.known}

    @property
    def thanks_question(self) -> str:
        names = listed(list(dict.fromkeys(given.name for given in self.to_thank)))
        said = {"name": called(self.customer), "names": names}
        return _("%(name)s recommended you to %(names)s. Did you say thank you?") % said

    @property
    def ask_question(self) -> str:
        return _("%(name)s is very happy. To whom might they recommend you?") % {
            "name": called(self.customer)
        }


def story(customer: Customer, today: dt.date, *, may_ask: bool = True) -> Story:
    """Of a customer read `with_everything`."""
    given = sorted(map(to_given, lists(customer, "recommendations")), key=latest, reverse=True)
    given = [one for one in given if one.name]
    to_thank = [one for one in given if one.is_to_thank]
    is_recent = any(today - one.recommended_on < RECENTLY for one in given)
    is_happy = (customer.satisfaction or 0) >= ASKED_FROM
    return Story(
        customer=customer,
        given=given,
        received=[to_received(row) for row in lists(customer, "recommended_by")],
        references=[to_said(row, today) for row in lists(customer, "references")],
        known=len({one.href for one in given if one.href}),
        to_thank=to_thank,
        asks=may_ask and is_happy and not (to_thank or is_recent),
    )


def latest(given: Given) -> tuple[dt.date, uuid.UUID]:
    return given.recommended_on, given.pk


def to_given(row: list[Any]) -> Given:
    pk, status, thanks, was_reminded, day, recipient_name, other, first, last, _salutation = row
    name = f"{first} {last}".strip() if other else recipient_name
    return Given(
        pk=uuid.UUID(pk),
        name=name,
        href=addresses.of("customer-detail", uuid.UUID(other)) if other else "",
        status=status,
        is_open=status in OPEN,
        recommended_on=dt.date.fromisoformat(day),
        is_to_thank=thanks == Thanks.DUE and not was_reminded,
    )


def to_received(row: list[Any]) -> Received:
    pk, _status, what, other, first, last, _salutation = row
    return Received(
        name=f"{first} {last}".strip(),
        href=addresses.of("customer-detail", uuid.UUID(other)),
        edit_address=addresses.of("recommendation-edit", uuid.UUID(pk)),
        what=what,
    )


def to_said(row: list[Any], today: dt.date) -> Said:
    pk, text, about, said_on, quoting = row
    return Said(
        text=text,
        about=about,
        when_spoken=spoken.calendar_day(dt.date.fromisoformat(said_on), today),
        may_be_used=Reference(quoting=quoting).may_be_used,
        quoting=str(Reference.Quoting(quoting).label),
        edit_address=addresses.of("reference-edit", uuid.UUID(pk)),
    )


def called(customer: Customer) -> str:
    return customer.name if customer.is_business else customer.first_name


def listed(names: list[str]) -> str:
    """“Meike, Jonas und Eva”."""
    *most, last = names
    return _("%(names)s and %(last)s") % {"names": ", ".join(most), "last": last} if most else last


# --- rows, always of one partner ---------------------------------------------------------------


def with_people(partner: Partner) -> Any:
    """Recommendations with both ends, of people who are in the circle; the latest first."""
    rows = partner.recommendations.select_related("recommender", "recipient")
    return rows.filter(recommender__deleted_at=None)


def to_thank(partner: Partner) -> Any:
    """Nobody has been thanked for them yet."""
    return with_people(partner).filter(thanks=Thanks.DUE)


def still_open(partner: Partner) -> Any:
    return with_people(partner).filter(status__in=OPEN)


def usable_references(partner: Partner) -> Any:
    """What may be quoted; without her yes nothing is ever offered for use."""
    no = [Reference.Quoting.NOT_ASKED, Reference.Quoting.NO]
    return partner.references.filter(customer__deleted_at=None).exclude(quoting__in=no)
