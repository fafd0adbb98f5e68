"""Keeping people: add, change, remove, and the first names of a new partner."""

import dataclasses
import re
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from customers import kept_above, text
from customers.actions.deriving import search_words, searched
from customers.models import Address, Customer, Email, Phone
from partners import changes
from partners.changes import Act
from partners.models import Partner, User, uuid7, uuid7_like

MOST_NAMES = 100
LONGEST_LINE = 300  # longer ones are no names, and would keep the pattern below busy for long
NAME_AND_NUMBER = re.compile(r"^(?P<name>.*?)[\s,;:]*(?P<number>(?:\+|\(?0)[\d\s()/.-]{4,})?$")

# What a customer is called and found by, and what goes to the bin along with a customer.
NAMES = ("first_name", "last_name", "nickname", "company", "job_title", "note")
HANGING = (
    "follow_ups",
    "interactions",
    "phones",
    "emails",
    "addresses",
    "relations",
    "relations_back",
    "taggings",
    "interests",
    "life_events",
    "own_values",
    "recommendations",
    "recommended_by",
    "references",
    "personal_mails",
)

Way = Phone | Email | Address
# First name, last name and number, as written down in one line.
Person = tuple[str, str, str]


@dataclasses.dataclass(frozen=True)
class Ways:
    """How to reach somebody, one of each, as the first form asks for it."""

    phone: str = ""
    email: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""

    def rows(self) -> dict[str, Way | None]:
        """By the name of its kind an unsaved row, or nothing where nothing was said."""
        kind = Phone.Kind.MOBILE if text.is_mobile(self.phone) else Phone.Kind.HOME
        place = {"street": self.street, "postcode": self.postcode, "city": self.city}
        rows: dict[str, Way | None] = {
            "phones": Phone(typed=self.phone, kind=kind) if self.phone else None,
            "emails": Email(typed=self.email) if self.email else None,
            "addresses": Address(**place) if any(place.values()) else None,
        }
        for row in filter(None, rows.values()):
            row.normalise()
        return rows


@transaction.atomic
def add_customer(partner: Partner, actor: User, customer: Customer, ways: Ways) -> Act:
    act = Act(partner, actor, "customer-add")
    changes.create(act, customer, *new_ways(customer, ways))
    return act


def new_ways(customer: Customer, ways: Ways) -> list[Way]:
    """The ways to reach a new customer, who can then be found by them."""
    rows = [row for row in ways.rows().values() if row is not None]
    for row in rows:
        row.customer, row.is_preferred = customer, True
    places = [row for row in rows if isinstance(row, Address)]
    customer.refresh_search([row.search_form for row in rows], places)
    return rows


@transaction.atomic
def edit_customer(
    partner: Partner, actor: User, customer: Customer, values: dict[str, Any], ways: Ways
) -> Act:
    """Write new values to a customer; whoever has the page open elsewhere will notice."""
    act = Act(partner, actor, "customer-edit")
    new = [replace_first(act, customer, *way) for way in ways.rows().items()]
    wanted = Customer(**{name: getattr(customer, name) for name in NAMES} | values)
    known = searched(partner, customer)
    columns = wanted.search_columns(search_words(known), known.addresses.all())
    if not changes.update(act, customer, **values, **columns) and any(new):
        changes.touch(customer)
    return act


def replace_first(act: Act, customer: Customer, related: str, way: Way | None) -> bool:
    """Let the first phone, e-mail or address say what the form says now; False if it did."""
    stored = getattr(customer, related).first()
    if way is None:
        if stored is not None:
            changes.remove(act, stored)
        return stored is not None
    if stored is None:
        way.customer, way.is_preferred = customer, True
        changes.create(act, way)
        return True
    content = {name: getattr(way, name) for name in way.content}
    if related == "phones" and stored.number != content["number"]:
        content["kind"] = way.kind
    return changes.update(act, stored, **content)


@transaction.atomic
def remove_customer(partner: Partner, actor: User, customer: Customer) -> Act:
    """Move a customer and everything that hangs on them to the bin."""
    act = Act(partner, actor, "customer-remove")
    hanging = [row for name in HANGING for row in getattr(customer, name).all()]
    with kept_above.kept(act, [customer.pk]):
        changes.remove(act, *hanging, customer)
    return act


def read_names(lines: str) -> list[Person]:
    """The people of a list, one in each line; empty lines and repeats fall out.

    A number alone is kept as the name, so that nothing typed is lost.
    """
    people = []
    for line in lines.splitlines():
        match = NAME_AND_NUMBER.match(text.line(line)[:LONGEST_LINE].strip(" -*•"))
        if match is None or not match[0]:
            continue
        number = (match["number"] or "").strip()
        first, _space, last = (match["name"].strip() or number).partition(" ")
        if not match["name"].strip():
            first, last = number, ""
        people.append((first, last.strip(), number))
    return list(dict.fromkeys(people))


@transaction.atomic
def add_names(
    partner: Partner, actor: User, people: Iterable[Person], seed: uuid.UUID
) -> tuple[Act, list[Customer]]:
    """Store the people somebody thought of; the same form sent twice stores them once."""
    act = Act(partner, actor, "first-names")
    ids = {person: uuid7_like(seed, partner.pk, *person) for person in people}
    stored = partner.customers.in_bulk(ids.values())
    ever = set(partner.changes.filter(row_id__in=ids.values()).values_list("row_id", flat=True))
    new, ways = [], []
    for (first, last, number), pk in ids.items():
        if pk in stored:
            continue
        # What was made and taken back lies in the bin, with its id.
        customer = Customer(pk=uuid7() if pk in ever else pk, first_name=first, last_name=last)
        ways += new_ways(customer, Ways(phone=number))
        new.append(customer)
    changes.create(act, *new, *ways)
    return act, [*stored.values(), *new]
