"""What trust leaves behind with a person: as the story tells it, and as rows of the tables."""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from customers.exports import sheets
from customers.models import Customer, Recommendation
from customers.rows import sentence
from partners.models import Partner

RECEIVED = "recommended_by"
Entry = tuple[dt.datetime, str, str]


@dataclasses.dataclass(frozen=True)
class Tale:
    """How the page tells of rows of a room above; `person` is the column that names somebody."""

    title: str | Promise
    rows: Callable[[Partner], Any]
    tell: Callable[[Any], str]
    person: str = "customer"


TALES: dict[str, Tale] = {}


@dataclasses.dataclass
class Trust:
    customer: Customer
    hanging: dict[str, list[Any]]

    @property
    def facts(self) -> list[tuple[str, str]]:
        its = self.hanging
        return [
            (_("Recommended by"), lines(map(received, its[RECEIVED]))),
            (_("Recommendations"), lines(map(given, its["recommendations"]))),
            (_("In her words"), lines(map(quoted, its["references"]))),
            (_("Permissions"), lines(map(stated, its["permissions"]))),
            *((str(tale.title), lines(map(tale.tell, its[key]))) for key, tale in TALES.items()),
            (sentence(_("told on")), self.told),
        ]

    @property
    def told(self) -> str:
        on, how = self.customer.informed_on, self.customer.informed_how
        said = str(Customer.Informed(how).label) if how else ""
        return with_more(day(on), said) if on else said

    @property
    def entries(self) -> list[Entry]:
        zone = timezone.get_current_timezone()
        told: list[Entry] = [
            (mail.sent_at or mail.wanted_at or mail.created_at, _("E-mail"), letter(mail))
            for mail in self.hanging["personal_mails"]
        ]
        for request in self.hanging["requests"]:
            at = dt.datetime.combine(request.received_on, dt.time(), zone)
            what = with_more(sentence(request.get_kind_display()), request.get_state_display())
            told.append((at, _("A request"), lines([what, request.answer])))
        return told


def gather(partner: Partner, ids: Sequence[UUID]) -> dict[str, dict[UUID, list[Any]]]:
    """By table, then by person: in as many queries as there are tables, and one for the mails."""
    found = {
        key: by(f"{sheet.person}_id", sheet.of(partner, ids))
        for key, sheet in sheets.OF_PEOPLE.items()
    }
    to_them = partner.recommendations.filter(recipient__in=ids, recommender__deleted_at=None)
    rows = to_them.select_related("recommender").order_by("pk")
    tales = {
        key: by(f"{tale.person}_id", tale.rows(partner).filter(**{f"{tale.person}__in": ids}))
        for key, tale in TALES.items()
    }
    return {**found, **tales, RECEIVED: by("recipient_id", rows)}


def by(column: str, rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found


def of(customer: Customer, found: dict[str, dict[UUID, list[Any]]]) -> Trust:
    return Trust(customer, {key: rows[customer.pk] for key, rows in found.items()})


# --- in words ------------------------------------------------------------------------------------


def given(row: Recommendation) -> str:
    to = sheets.cell(row, "recipient") or row.recipient_name
    return with_more(to, about(row), row.get_status_display(), day(row.recommended_on))


def received(row: Recommendation) -> str:
    return with_more(row.recommender.name, about(row), day(row.recommended_on))


def about(row: Recommendation) -> str:
    return row.what or str(row.get_about_display())


def quoted(row: Any) -> str:
    return with_more(row.text, row.get_quoting_display(), day(row.said_on))


def stated(row: Any) -> str:
    return with_more(sentence(str(row)), row.get_how_display(), row.point, day(row.said_at))


def letter(mail: Any) -> str:
    return lines([mail.subject, mail.text, "" if mail.sent_at else f"({_('not sent')})"])


def with_more(said: str, *more: str) -> str:
    """What matters, and in brackets the rest of which something is known."""
    known = ", ".join(filter(None, map(str, more)))
    return f"{said} ({known})" if known else said


def day(when: dt.date) -> str:
    local = timezone.localtime(when) if isinstance(when, dt.datetime) else when
    return formats.date_format(local, "SHORT_DATE_FORMAT")


def lines(texts: Iterable[str]) -> str:
    return "\n".join(filter(None, texts))
