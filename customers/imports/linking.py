"""Relations, when everybody is there: by the identifier of a card, or by a name that only one has."""

import uuid
from collections import defaultdict
from typing import Any

from customers.cards import Card
from customers.imports.matching import as_id, sort_names
from customers.models import Customer, ImportPage, Relation
from partners import changes
from partners.changes import Act
from partners.models import Partner

Pair = tuple[uuid.UUID, uuid.UUID, str]


def link_page(act: Act, page: ImportPage) -> int:
    """How many relations were noted; the other one is the <kind> of whom the card is about."""
    people = others(act.partner, page.rows)
    wanted: dict[Pair, Relation] = {}
    for row in page.rows:
        this, other = people.get(row["of"]), people.get(row["uid"]) or people.get(row["name"])
        if this and other and this != other and row["kind"] in Relation.Kind.values:
            relation = Relation(customer=other, other=this, kind=row["kind"])
            if turned(relation) not in wanted:
                wanted.setdefault((other.pk, this.pk, row["kind"]), relation)
    known = set(
        act.partner.relations.filter(customer__in={pair[0] for pair in wanted} | {pair[1] for pair in wanted})
        .values_list("customer_id", "other_id", "kind")
    )  # fmt: skip
    new = [
        relation
        for pair, relation in wanted.items()
        if pair not in known and turned(relation) not in known
    ]
    changes.create(act, *new)
    page.rows = []
    page.act_id = act.id if new else None
    page.is_done = True
    page.save(update_fields=["rows", "act_id", "is_done"])
    return len(new)


def turned(relation: Relation) -> Pair:
    """The same relation, said from the other end."""
    return relation.other_id, relation.customer_id, str(relation.kind_back)


def others(partner: Partner, rows: list[dict[str, str]]) -> dict[str, Customer]:
    """Customers by how the links call them: their id, their card's, or their name."""
    ids = {row["of"]: uuid.UUID(row["of"]) for row in rows}
    ids |= {row["uid"]: pk for row in rows if (pk := as_id(row["uid"]))}
    people: dict[str, Customer] = {}
    named: dict[str, set[Customer]] = defaultdict(set)
    by_sort_name = {key: row["name"] for row in rows for key in name_keys(row["name"])}
    circle: Any = partner.customers
    for person in circle.filter(sort_name__in=by_sort_name):
        named[by_sort_name[person.sort_name]].add(person)
    people |= {name: next(iter(found)) for name, found in named.items() if len(found) == 1}
    uids = {row["uid"] for row in rows if row["uid"]}
    people |= {person.uid: person for person in circle.filter(uid__in=uids)}
    by_id = circle.in_bulk(list(set(ids.values())))
    return people | {said: by_id[pk] for said, pk in ids.items() if pk in by_id}


def name_keys(name: str) -> list[str]:
    first, _space, last = name.rpartition(" ")
    return sort_names(Card(first_name=first or last, last_name=last if first else ""))[:1]
