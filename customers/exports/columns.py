"""What stands in the columns: everything (our import reads it again), or what a letter needs."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from customers.cards import Card, Place
from customers.exports.xlsx import Cell
from customers.imports.reading import own_columns, own_row
from customers.models import Customer
from partners.models import Partner


class Everything:
    """`shape` says how many columns there are, the same for all slices: plain JSON."""

    def __init__(self, partner: Partner, shape: dict[str, Any], *, german: bool):
        self.german = german
        names = {str(field.pk): field.name for field in partner.ownfields.all()}
        phones, emails, addresses = shape["ways"]
        own = [names.get(pk, "") for pk in shape["own"]]
        self.columns = own_columns(phones, emails, addresses, own)

    @staticmethod
    def shape(partner: Partner) -> dict[str, Any]:
        """As many ways as the person has who has most."""
        ways = (partner.phones, partner.emails, partner.addresses)
        own = partner.ownfields.values_list("pk", flat=True)
        return {"ways": [most(rows.all()) for rows in ways], "own": [str(pk) for pk in own]}

    @property
    def header(self) -> list[str]:
        return [german if self.german else english for _key, english, german in self.columns]

    def row(self, card: Card) -> list[str]:
        return own_row(card, self.columns, self.german)

    def cells(self, card: Card) -> list[Cell]:
        """For a spreadsheet that knows dates."""
        keys = [key for key, _english, _german in self.columns]
        cells: list[Cell] = list(self.row(card))
        if card.birth_year:
            cells[keys.index("birthday")] = birthday(card)
        return cells


class Letters:
    """Names and one address, for a letter that a word processor writes to each."""

    def __init__(self, partner: Partner, shape: dict[str, Any], *, german: bool):
        self.german = german

    @staticmethod
    def shape(partner: Partner) -> dict[str, Any]:
        return {}

    @property
    def header(self) -> list[str]:
        return [
            _("Salutation"),
            pgettext("column", "Title"),
            _("First name"),
            _("Last name"),
            _("Company"),
            pgettext("column", "Address line"),
            _("Street and number"),
            _("Postcode"),
            _("Place"),
            _("Country"),
            _("How the letter begins"),
        ]

    def row(self, card: Card) -> list[str]:
        place = card.addresses[0] if card.addresses else Place()
        salutation = Customer.Salutation(card.salutation)
        return [
            str(salutation.label) if salutation else "",
            card.title,
            card.first_name,
            card.last_name,
            card.company,
            place.extra,
            place.street,
            place.postcode,
            place.city,
            place.country,
            greeting(card),
        ]

    def cells(self, card: Card) -> Sequence[Cell]:
        return self.row(card)


def of_job(kind: str, partner: Partner, cursor: dict[str, Any], *, german: bool) -> Any:
    """The same columns for all slices: to count who has most is for the first one alone."""
    if "shape" not in cursor:
        cursor["shape"] = KINDS[kind].shape(partner)
    return KINDS[kind](partner, cursor["shape"], german=german)


KINDS: dict[str, type[Everything | Letters]] = {"everything": Everything, "letters": Letters}


def most(rows: QuerySet[Any]) -> int:
    counted = rows.order_by().values("customer").annotate(count=Count("pk"))
    return max(1, counted.order_by("-count").values_list("count", flat=True).first() or 0)


def birthday(card: Card) -> dt.date:
    return dt.date(card.birth_year or 0, card.birth_month or 0, card.birth_day or 0)


def greeting(card: Card) -> str:
    """How a letter to them begins, in the reader's language."""
    formal = card.formality == Customer.Formality.FORMAL and card.last_name
    name = " ".join(filter(None, [card.title, card.last_name]))
    match card.salutation if formal else None:
        case Customer.Salutation.MS:
            return _("Dear Ms %(name)s,") % {"name": name}
        case Customer.Salutation.MR:
            return _("Dear Mr %(name)s,") % {"name": name}
    if card.is_business or (formal and not card.salutation and not card.first_name):
        return _("Dear Sir or Madam,")
    if formal:
        return _("Good day %(name)s,") % {"name": f"{card.title} {card.name}".strip()}
    informal = {
        Customer.Salutation.MS: pgettext("to a woman", "Dear %(name)s,"),
        Customer.Salutation.MR: pgettext("to a man", "Dear %(name)s,"),
    }
    other = pgettext("to anybody", "Dear %(name)s,")
    return informal.get(Customer.Salutation(card.salutation), other) % {"name": card.first_name}
