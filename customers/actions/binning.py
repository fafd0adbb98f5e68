"""The bin: who was deleted stays for thirty days, comes back whole, or goes for good."""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from django.db import transaction

from customers.actions.deriving import refresh_search, refresh_story
from customers.actions.undoing import remind_anew
from customers.models import Customer, FollowUp, hanging
from partners import changes, clock, housekeeping
from partners.changes import Act
from partners.models import OwnedModel, Partner, User
from partners.undo import left_alone

KEPT = dt.timedelta(days=30)
RESTORE = "customer-restore"


def register_tidying() -> None:
    housekeeping.register("bin", empty_old)


def in_bin(partner: Partner) -> Any:
    """Those who were deleted; whoever was merged lives on in somebody else."""
    return hanging.people(partner).filter(deleted_at__isnull=False, merged_into=None)


@transaction.atomic
def restore(partner: Partner, actor: User, customer: Customer) -> Act:
    """Bring somebody back with all that went along, also when many were deleted together."""
    act = Act(partner, actor, RESTORE)
    back = gone_with(partner, customer)
    for model in hanging.pointers():
        rows = [row for row in back if type(row) is model]
        changes.update_all(act, [(row, {"deleted_at": None}) for row in rows])
    changes.update(act, customer, deleted_at=None)
    refresh_search(partner, [customer.pk])
    refresh_story(partner, [customer.pk])
    remind_anew(partner, actor, [row.pk for row in back if isinstance(row, FollowUp)])
    return act


def gone_with(partner: Partner, customer: Customer) -> list[OwnedModel]:
    """Rows that went to the bin along with a person, unless somebody else they name lies there."""
    rows = [
        row
        for model in hanging.pointers()
        if model is not Customer
        for row in hanging.rows(partner, model, [customer.pk]).exclude(deleted_at=None)
    ]
    named = {row.pk: named_by(row) for row in rows}
    people = {customer.pk}.union(*named.values())
    went = last_removals(partner, people | named.keys())
    alone = left_alone(partner, {row: {} for row in [*rows, customer]})
    others = people - {customer.pk}
    here = {customer.pk, *partner.customers.filter(pk__in=others).values_list("pk", flat=True)}
    return [
        row
        for row in rows
        if row.pk in went
        and row.pk not in alone
        and named[row.pk] <= here
        and went[row.pk] in {went.get(pk) for pk in named[row.pk]}
    ]


def named_by(row: OwnedModel) -> set[uuid.UUID]:
    return {getattr(row, column) for column in hanging.pointers()[type(row)]}


def last_removals(partner: Partner, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """By row the act that put it into the bin."""
    traces = partner.changes.filter(row_id__in=ids).order_by("pk")
    return {
        row: act
        for row, act, after in traces.values_list("row_id", "act_id", "after")
        if after and after.get("deleted_at")
    }


@transaction.atomic
def delete_for_good(partner: Partner, people: Collection[uuid.UUID]) -> None:
    """Delete people, whoever was merged into them and all that hangs on them; their history says
    no more than that there was something.
    """
    ids = set(people)
    while more := {*merged_into(partner, ids)} - ids:
        ids |= more
    gone = set(ids)
    for model in hanging.pointers():
        gone |= set(hanging.rows(partner, model, ids).values_list("pk", flat=True))
    partner.changes.filter(row_id__in=gone).update(before={}, after={})
    hanging.people(partner).filter(pk__in=ids).delete()


def merged_into(partner: Partner, ids: Collection[uuid.UUID]) -> Any:
    return hanging.people(partner).filter(merged_into__in=ids).values_list("pk", flat=True)


# --- housekeeping -----------------------------------------------------------------------------


def empty_old() -> int:
    """Who has been in the bin for thirty days goes for good; how many went."""
    return housekeeping.partner_by_partner(partners_with_old, empty_some)


def partners_with_old() -> Any:
    return hanging.deleted_before(clock.now() - KEPT).values_list("partner", flat=True).distinct()


def empty_some(partner: Partner) -> int:
    old = in_bin(partner).filter(deleted_at__lt=clock.now() - KEPT).order_by("deleted_at")
    ids = list(old.values_list("pk", flat=True)[: housekeeping.AT_ONCE])
    delete_for_good(partner, ids)
    return len(ids)
