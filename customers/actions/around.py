"""What surrounds a person: relations, tags, interests, life events, own fields; each an act."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q

from customers.actions.deriving import refresh_search
from customers.actions.tags import tags_named
from customers.models import (
    Address,
    Customer,
    Email,
    Interest,
    LifeEvent,
    OwnField,
    OwnValue,
    Phone,
    Relation,
    Tagging,
)
from customers.own import Said
from partners import changes
from partners.changes import Act
from partners.models import Partner, User

PLACE = ("extra", "street", "postcode", "city", "region", "country")
Hanging = Phone | Email | Address | Relation | Tagging | Interest | LifeEvent | OwnValue


def new_person(act: Act, name: str) -> Customer:
    """Somebody who so far is a name in a sentence."""
    first, _space, last = name.partition(" ")
    person = Customer(first_name=first[:100], last_name=last.strip()[:100])
    person.refresh_search([])
    changes.create(act, person)
    return person


@transaction.atomic
def relate(
    partner: Partner,
    actor: User,
    customer: Customer,
    other: Customer | str,
    kind: str,
    *,
    shares_address: bool = False,
) -> Act:
    """`customer` is the <kind> of `other`; a name makes a new person."""
    act = Act(partner, actor, "relation-add")
    if isinstance(other, str):
        other = new_person(act, other)
    link(act, customer, other, kind)
    if shares_address:
        share_address(act, customer, other)
    return act


def link(act: Act, customer: Customer, other: Customer, kind: str) -> None:
    """Unless it is known already, from whichever end."""
    back = Relation.BACK.get(Relation.Kind(kind), Relation.Kind(kind))
    known = act.partner.relations.filter(
        Q(customer=customer, other=other, kind=kind) | Q(customer=other, other=customer, kind=back)
    )
    if not known.exists():
        changes.create(act, Relation(customer=customer, other=other, kind=kind))


def share_address(act: Act, one: Customer, other: Customer) -> None:
    """Whoever has no address takes over the other's."""
    here, there = one.addresses.first(), other.addresses.first()
    source, receiver = (here, other) if here else (there, one)
    if source is None or (here and there):
        return
    copy = Address(customer=receiver, is_preferred=True, kind=source.kind)
    for name in PLACE:
        setattr(copy, name, getattr(source, name))
    copy.normalise()
    changes.create(act, copy)
    refresh_search(act.partner, [receiver.pk])


@transaction.atomic
def unrelate(partner: Partner, actor: User, relation: Relation) -> Act:
    return forget(partner, actor, relation, name="relation-remove")


@transaction.atomic
def tag(partner: Partner, actor: User, customer: Customer, *names: str) -> Act:
    act = Act(partner, actor, "tag-add")
    put_tags(act, customer, names)
    return act


def put_tags(act: Act, customer: Customer, names: Iterable[str]) -> None:
    there = set(customer.taggings.values_list("tag_id", flat=True))
    tags = [found for found in tags_named(act, names) if found.pk not in there]
    changes.create(act, *(Tagging(customer=customer, tag=found) for found in tags))
    if tags:
        refresh_search(act.partner, [customer.pk])


@transaction.atomic
def untag(partner: Partner, actor: User, tagging: Tagging) -> Act:
    return forget(partner, actor, tagging, name="tag-remove")


@transaction.atomic
def note_interest(
    partner: Partner,
    actor: User,
    customer: Customer,
    what: str,
    *,
    kind: str = Interest.Kind.LIKES,
    since: dt.date | None = None,
) -> Act:
    act = Act(partner, actor, "interest-add")
    hang_once(act, Interest(customer=customer, kind=kind, what=what, since=since))
    return act


@transaction.atomic
def note_event(
    partner: Partner,
    actor: User,
    customer: Customer,
    kind: str,
    *,
    text: str = "",
    happened_on: dt.date | None = None,
) -> Act:
    act = Act(partner, actor, "life-event-add")
    hang_once(act, LifeEvent(customer=customer, kind=kind, text=text, happened_on=happened_on))
    return act


def hang(act: Act, row: Hanging) -> None:
    """Store a new row of a customer, who is then found by it."""
    changes.create(act, row)
    refresh_search(act.partner, [row.customer_id])


def hang_once(act: Act, row: Interest | LifeEvent) -> None:
    """The same said twice, by a second tap perhaps, is stored once."""
    said = {name: getattr(row, name) for name in (*row.privacy.personal, "kind")}
    known: Any = act.partner.interests if isinstance(row, Interest) else act.partner.lifeevents
    if not known.filter(customer=row.customer, **said).exists():
        hang(act, row)


@transaction.atomic
def forget(partner: Partner, actor: User, row: Hanging, *, name: str = "forget") -> Act:
    """Let go of one thing that was known; what was removed already stays so."""
    act = Act(partner, actor, name)
    changes.remove(act, row)
    refresh_search(partner, [row.customer_id])
    return act


@transaction.atomic
def set_own(
    partner: Partner, actor: User, customer: Customer, field: OwnField, said: Said | None
) -> Act:
    act = Act(partner, actor, "own-value")
    put_own(act, customer, {field: said})
    return act


def put_own(act: Act, customer: Customer, wanted: dict[OwnField, Said | None]) -> bool:
    """Let own fields say what they say now; whether that is something new."""
    stored = {value.field_id: value for value in customer.own_values.all()}
    said = {field: value for field, value in wanted.items() if value is not None}
    gone = [
        stored[field.pk] for field, value in wanted.items() if value is None and field.pk in stored
    ]
    new = [
        OwnValue(customer=customer, field=field, **vars(value))
        for field, value in said.items()
        if field.pk not in stored
    ]
    changes.remove(act, *gone)
    changes.create(act, *new)
    changed = [
        (stored[field.pk], vars(value)) for field, value in said.items() if field.pk in stored
    ]
    return bool(changes.update_all(act, changed) or gone or new)


@transaction.atomic
def know(partner: Partner, actor: User, customer: Customer, **columns: Any) -> Act:
    """Columns of the customer's own, the rest of the form untouched."""
    act = Act(partner, actor, "customer-edit")
    learn(act, customer, **columns)
    return act


def learn(act: Act, customer: Customer, **columns: Any) -> None:
    if changes.update(act, customer, **columns):
        refresh_search(act.partner, [customer.pk])


@transaction.atomic
def store_field(partner: Partner, actor: User, field: OwnField, values: dict[str, Any]) -> Act:
    """A new own field, or an old one that is described better."""
    act = Act(partner, actor, "own-field")
    draft = OwnField(**values)
    draft.normalise()
    values = values | {"folded": draft.folded}
    if field._state.adding:
        for name, value in values.items():
            setattr(field, name, value)
        field.position = max((row.position for row in partner.ownfields.all()), default=0) + 1
        changes.create(act, field)
    else:
        changes.update(act, field, **values)
    return act


@transaction.atomic
def remove_field(partner: Partner, actor: User, field: OwnField) -> Act:
    """An own field goes to the bin with all that it says of people."""
    act = Act(partner, actor, "own-field-remove")
    changes.remove(act, *partner.own_values.filter(field=field), field)
    return act


@transaction.atomic
def order_fields(partner: Partner, actor: User, fields: list[OwnField]) -> Act:
    act = Act(partner, actor, "own-field-order")
    changes.update_all(
        act, [(field, {"position": number}) for number, field in enumerate(fields, 1)]
    )
    return act
