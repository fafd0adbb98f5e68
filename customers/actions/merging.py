"""Two entries turn out to be one person: all that hangs on one moves to the other."""

import uuid
from collections.abc import Collection, Iterable
from copy import copy
from typing import Any

from django.db import transaction

from customers import kept_above
from customers.actions import permitting
from customers.actions.deriving import refresh_search, refresh_story
from customers.models import Customer, NotDuplicate, hanging
from partners import changes, clock
from partners.changes import Act, Values
from partners.models import OwnedModel, Partner, User

MERGE = "customer-merge"


@transaction.atomic
def merge(
    partner: Partner,
    actor: User,
    survivor: Customer,
    other: Customer,
    values: Values,
    *,
    own_fields: Collection[uuid.UUID] = (),
) -> Act:
    """Let `survivor` be both: with these values, and in these own fields with what `other` says.

    `other` goes to the bin and names the one into whom it went, so that its address and the card
    it came on still lead there.
    """
    act = Act(partner, actor, MERGE)
    with kept_above.kept(act, [survivor.pk, other.pk]):
        refusals = permitting.refusals(act, survivor, other)
        take_own_values(act, survivor, other, own_fields)
        for model in hanging.pointers():
            carry_over(act, model, survivor, other)
        permitting.state(act, survivor, refusals)
        changes.update(act, other, merged_into=survivor, deleted_at=clock.now())
    if not changes.update(act, survivor, **values):
        changes.mention(act, survivor)
    refresh_search(partner, [survivor.pk])
    refresh_story(partner, [survivor.pk])
    return act


def take_own_values(
    act: Act, survivor: Customer, other: Customer, own_fields: Collection[uuid.UUID]
) -> None:
    theirs = {value.field_id: value for value in other.own_values.filter(field__in=own_fields)}
    for value in survivor.own_values.filter(field__in=theirs):
        new = theirs[value.field_id]
        changes.update(act, value, text=new.text, number=new.number, date=new.date)


def carry_over(act: Act, model: type[Any], survivor: Customer, other: Customer) -> None:
    """Do what a model declares with its rows; nobody is left with a relation to oneself."""
    columns, merging = hanging.pointers()[model], model.merging
    rows = list(hanging.rows(act.partner, model, [survivor.pk, other.pk]).select_for_update())
    coming = [row for row in rows if points_to(row, columns, other.pk)]
    there = [row for row in rows if not points_to(row, columns, other.pk) and is_live(row)]
    kept = {merging.same(row): row for row in there} if merging.how == "unite" else {}
    gone: list[OwnedModel] = []
    wishes: dict[uuid.UUID, tuple[OwnedModel, Values]] = {}
    for row in coming:
        moved = turned(row, columns, survivor, other)
        if merging.how == "drop" or names_one_twice(moved, columns):
            gone += [row] if is_live(row) else []
            continue
        double = kept.get(merging.same(moved)) if is_live(row) else None
        if double is not None:
            gone.append(row)
            values = wishes.get(double.pk, (double, {}))[1]
            wishes[double.pk] = double, values | merging.combine(double, row)
            continue
        values = {column: getattr(moved, column) for column in columns}
        wishes[row.pk] = row, values | merging.moved(moved, there)
        if is_live(row) and merging.how == "unite":
            kept[merging.same(moved)] = row
    changes.remove(act, *gone)
    changes.update_all(act, wishes.values())


def is_live(row: OwnedModel) -> bool:
    return row.deleted_at is None


def points_to(row: OwnedModel, columns: Iterable[str], pk: uuid.UUID) -> bool:
    return any(getattr(row, column) == pk for column in columns)


def turned(row: Any, columns: Iterable[str], survivor: Customer, other: Customer) -> Any:
    """A copy of the row that names the survivor instead of the other one."""
    moved = copy(row)
    for column in columns:
        if getattr(row, column) == other.pk:
            setattr(moved, column, survivor.pk)
    return moved


def names_one_twice(row: OwnedModel, columns: Collection[str]) -> bool:
    named = [pk for column in columns if (pk := getattr(row, column))]
    return len(set(named)) < len(named)


@transaction.atomic
def keep_apart(partner: Partner, actor: User, one: Customer, other: Customer) -> Act:
    """Note that two who look alike are two people."""
    act = Act(partner, actor, "not-duplicate")
    first, second = sorted((one, other), key=lambda row: row.pk)
    if not partner.notduplicates.filter(customer=first, other=second).exists():
        changes.create(act, NotDuplicate(customer=first, other=second))
    return act


def survivor_of(partner: Partner, pk: uuid.UUID) -> Customer | None:
    """Into whom an entry went that is no longer there."""
    return partner.customers.filter(merged_from=pk).first()


def survivors_by_uid(partner: Partner, uids: Collection[str]) -> dict[str, uuid.UUID]:
    """The people into whom entries went that came on cards with these identifiers."""
    went = partner.customers.filter(merged_from__uid__in=uids)
    return dict(went.values_list("merged_from__uid", "pk"))


def came_since(partner: Partner, act_id: uuid.UUID) -> int:
    """How many live rows hang on the one who stayed that came after a merge."""
    traces = partner.changes.filter(act_id=act_id, act=MERGE, model="customers.customer")
    ids = traces.values_list("row_id", flat=True)
    stayed = partner.customers.filter(pk__in=ids, merged_from__in=ids).first()
    if stayed is None:
        return 0
    when = traces.order_by("pk")[0].created_at
    return sum(
        hanging.rows(partner, model, [stayed.pk])
        .filter(deleted_at=None, created_at__gt=when)
        .count()
        for model in hanging.pointers()
    )
