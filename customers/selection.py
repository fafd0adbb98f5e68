"""Which people a form means: some by their ids, or all that a question to the list finds."""

import uuid
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.http import QueryDict

from customers.filters import CustomerFilter
from customers.models import CustomerQuerySet
from partners.models import Partner


def selected(partner: Partner, data: Mapping[str, Any]) -> CustomerQuerySet:
    """`query` (what stands in the address bar of the list, nothing means everybody) or else
    `ids` (between commas, several times if need be) of a form, an address or a stored dict.

    A question that makes no sense any more means nobody: its tag is gone, say, and without it
    everybody would be meant. Whoever is named may be a guest whom no list shows.
    """
    if "query" in data:
        asked = CustomerFilter(QueryDict(question(data)), partner=partner)
        return partner.customers.none() if asked.misunderstood else asked.qs
    everybody: Any = partner.customers(manager="unscoped_with_hidden")
    return everybody.filter(pk__in=ids_in(data))


def as_fields(data: Mapping[str, Any]) -> dict[str, str]:
    """The same selection as hidden fields, or to be stored."""
    if "query" in data:
        return {"query": question(data)}
    return {"ids": ",".join(map(str, ids_in(data)))}


def question(data: Mapping[str, Any]) -> str:
    """Without what no database can store, and no list ever asks."""
    return str(data["query"]).replace("\x00", "")


def ids_in(data: Mapping[str, Any]) -> list[uuid.UUID]:
    values = data.getlist("ids") if isinstance(data, QueryDict) else [data.get("ids", "")]
    found = []
    for part in ",".join(values).split(","):
        with suppress(ValueError):
            found.append(uuid.UUID(part))
    return list(dict.fromkeys(found))
