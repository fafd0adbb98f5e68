"""Customers as cards, with all that is known of them: a batch at a time, in ten queries."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet

from customers.cards import Card, Liking, Link, Mail, Number, Occasion, Place
from customers.models import Customer
from partners.models import Partner

BATCH = 500
WAY = ("kind", "label", "is_preferred")
PARTS: tuple[tuple[str, type, tuple[str, ...]], ...] = (
    ("phones", Number, ("typed", *WAY)),
    ("emails", Mail, ("typed", *WAY)),
    ("addresses", Place, ("extra", "street", "postcode", "city", "region", "country", *WAY)),
    ("interests", Liking, ("what", "kind", "since")),
    ("life_events", Occasion, ("kind", "happened_on", "text")),
)
COLUMNS = (
    "title",
    "first_name",
    "last_name",
    "nickname",
    "salutation",
    "formality",
    "is_business",
    "company",
    "job_title",
    "website",
    "birth_day",
    "birth_month",
    "birth_year",
    "stage",
    "rank",
    "satisfaction",
    "preferred_channel",
    "best_time",
    "source_kind",
    "source",
    "note",
)


def customers(partner: Partner, ids: Sequence[uuid.UUID]) -> list[Customer]:
    """Those who are still there, in the order of `ids`, each with all that hangs on them."""
    own: dict[str, QuerySet[Any]] = {
        "phones": partner.phones.all(),
        "emails": partner.emails.all(),
        "addresses": partner.addresses.all(),
        "interests": partner.interests.all(),
        "life_events": partner.lifeevents.all(),
        "taggings": partner.taggings.select_related("tag"),
        "relations": partner.relations.select_related("other"),
        "relations_back": partner.relations.select_related("customer"),
        "own_values": partner.own_values.select_related("field"),
    }
    # Lists, not managers: to make those for each person takes longer than all the rest.
    hanging = [Prefetch(name, rows, to_attr=f"its_{name}") for name, rows in own.items()]
    everybody = partner.customers(manager="unscoped_with_hidden")
    found = everybody.prefetch_related(*hanging).in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def its(customer: Customer, name: str) -> list[Any]:
    """What hangs on one of those that `customers` brought."""
    return getattr(customer, f"its_{name}")


def card(customer: Customer) -> Card:
    said: dict[str, Any] = {name: getattr(customer, name) for name in COLUMNS}
    for name, part, columns in PARTS:
        rows = its(customer, name)
        said[name] = [part(**{column: getattr(row, column) for column in columns}) for row in rows]
    return Card(
        **said,
        uid=uid(customer),
        tags=[tagging.tag.name for tagging in its(customer, "taggings")],
        relations=links(customer),
        own={value.field.name: value.text for value in its(customer, "own_values")},
    )


def uid(customer: Customer) -> str:
    """That of the card they came on, so that an address book knows them again."""
    return customer.uid or customer.pk.urn


def links(customer: Customer) -> list[Link]:
    """What each other one is to this person."""
    ends = [(relation.kind_back, relation.other) for relation in its(customer, "relations")]
    ends += [(relation.kind, relation.customer) for relation in its(customer, "relations_back")]
    return [
        Link(str(kind), other.name, uid(other)) for kind, other in ends if other.deleted_at is None
    ]
