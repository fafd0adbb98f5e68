"""Neighbours by what their addresses say."""

import re
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from customers.models import Address, Customer
from customers.text import fold
from partners.models import Partner

MOST = 50
MANY = 1000
NUMBER = re.compile(r"\s*\d.*$")
STREET = re.compile(r"str(?:\.|asse)?(?=$|\s)")
Group = tuple[str, list[Customer]]


def nearby(partner: Partner, customer: Customer) -> list[Group]:
    """People in the same street, then the same postcode, then the same place; each named once."""
    here = customer.addresses.first()
    if here is None:
        return []
    there = Q(pk__in=[])
    if here.postcode:
        there |= Q(postcode=here.postcode)
    if here.city:
        there |= Q(city__iexact=here.city)
    others = partner.addresses.exclude(customer=customer).filter(there, customer__deleted_at=None)
    ranks: dict[Any, int] = {}
    # Of a big town only some: those of this postcode come before the others.
    closest = others.order_by("-is_preferred").values_list("customer", "street", "postcode")
    for pk, street, postcode in [*closest.filter(postcode=here.postcode)[:MANY], *closest[:MANY]]:
        rank = rank_of(street, postcode, here)
        ranks[pk] = min(rank, ranks.get(pk, rank))
    chosen = sorted(ranks, key=lambda pk: ranks[pk])[:MOST]
    people = list(partner.customers.filter(pk__in=chosen).by_name())
    titles = (NUMBER.sub("", here.street), here.postcode, here.city or here.postcode)
    groups = [
        (title, [person for person in people if ranks[person.pk] == rank])
        for rank, title in enumerate(titles)
    ]
    return [(title or _("Nearby"), found) for title, found in groups if found]


def rank_of(street: str, postcode: str, here: Address) -> int:
    if name_of(street) and name_of(street) == name_of(here.street):
        return 0
    return 1 if here.postcode and postcode == here.postcode else 2


def name_of(street: str) -> str:
    """Without the number; Hauptstr. and Hauptstraße are one."""
    return STREET.sub("str", NUMBER.sub("", fold(street)))
