"""Whom an export, labels or a card list are about: everybody, a selection, the next birthdays."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.utils import formats
from django.utils.translation import gettext as _

from customers.selection import as_fields, selected
from partners import clock
from partners.models import Partner

DECEMBER = 12
MOST_OF_AN_ADDRESS = 2000


@dataclasses.dataclass
class Group:
    """`name` is the choice, `fields` is how a form or an address names these people."""

    name: str
    label: str
    rows: Any
    fields: dict[str, str] = dataclasses.field(default_factory=dict)
    is_chosen: bool = False

    @cached_property
    def count(self) -> int:
        return self.rows.count()

    @property
    def method(self) -> str:
        """How a form names them to another page: in the address, as long as there is room."""
        return "get" if len(urlencode(self.fields)) < MOST_OF_AN_ADDRESS else "post"

    @property
    def question(self) -> str:
        """The same people in the address of a link, as long as there is room."""
        return f"?{urlencode(self.fields)}" if self.method == "get" else ""

    @property
    def kept(self) -> dict[str, str]:
        """The selection, whichever group is chosen."""
        return {name: value for name, value in self.fields.items() if name != "people"}


def groups(partner: Partner, data: Mapping[str, Any]) -> list[Group]:
    """Those one can choose from, and exactly one of them is chosen; a selection stays at hand."""
    month = next_month(clock.today(partner.zone))
    birthdays = partner.customers.filter(birth_month=month.month)
    said = _("Birthdays in %(month)s") % {"month": formats.date_format(month, "F")}
    told = {
        "all": Group("all", _("Everybody"), partner.customers.by_name()),
        "birthdays": Group("birthdays", said, birthdays.order_by("birth_day", "sort_name", "pk")),
    }
    kept: dict[str, str] = {}
    if "query" in data or "ids" in data:
        kept = as_fields(data)
        told = {
            "selection": Group("selection", _("Your selection"), selected(partner, data))
        } | told
    for name, group in told.items():
        group.fields = {"people": name, **kept}
    wanted = data.get("people", "")
    told[wanted if wanted in told else next(iter(told))].is_chosen = True
    return list(told.values())


def chosen(told: list[Group]) -> Group:
    return next(group for group in told if group.is_chosen)


def next_month(today: dt.date) -> dt.date:
    return dt.date(today.year + today.month // DECEMBER, today.month % DECEMBER + 1, 1)
