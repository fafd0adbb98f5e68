"""The bin: who was deleted stays for thirty days, comes back whole, or goes for good."""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from django.db import transaction

from customers import kept_above
from customers.actions.deriving import refresh_search, refresh_story
from customers.actions.erasing import forget
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
    """Those who were deleted; whoever was merged lives on in somebody else, whoever is locked stays."""
    deleted = hanging.people(partner).filter(deleted_at__isnull=False, merged_into=None)
    return deleted.filter(restricted_at=None)


def gone(partner: Partner, pk: uuid.UUID) -> Customer | None:
    """Somebody who was there: in the bin, or merged into somebody else."""
    return hanging.people(partner).filter(pk=pk).exclude(deleted_at=None).first()


@transaction.atomic
def restore(
    partner: Partner, actor: User, customer: Customer, *, name: str = RESTORE, **values: Any
) -> Act:
    """Bring somebody back with all that went along, also when many were deleted together."""
    act = Act(partner, actor, name)
    back = gone_with(partner, customer)
    with kept_above.kept(act, [customer.pk]):
        for model in hanging.pointers():
            rows = [row for row in back if type(row) is model]
            changes.update_all(act, [(row, {"deleted_at": None}) for row in rows])
        changes.update(act, customer, deleted_at=None, **values)
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
    circle = partner.customers(manager="unscoped_with_hidden").filter(pk__in=others)
    here = {customer.pk, *circle.values_list("pk", flat=True)}
    return [
        row
        for row in rows
        if row.pk in went
        and row.pk not in alone
        and named[row.pk] <= here
        and went[row.pk] in {went.get(pk) for pk in named[row.pk]}
    ]


def named_by(row: OwnedModel) -> set[uuid.UUID]:
    named = {getattr(row, column) for column in hanging.pointers()[type(row)]}
    return named - {None}


def last_removals(partner: Partner, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """By row the act that put it into the bin."""
    traces = partner.changes.filter(row_id__in=ids).order_by("pk")
    return {
        row: act
        for row, act, after in traces.values_list("row_id", "act_id", "after")
        if after and after.get("deleted_at")
    }


# --- housekeeping -----------------------------------------------------------------------------


def empty_old() -> int:
    """Who has been in the bin for thirty days goes for good; how many went."""
    return housekeeping.partner_by_partner(partners_with_old, empty_some)


def partners_with_old() -> Any:
    return hanging.deleted_before(clock.now() - KEPT).values_list("partner", flat=True).distinct()


def empty_some(partner: Partner) -> int:
    old = in_bin(partner).filter(deleted_at__lt=clock.now() - KEPT).order_by("deleted_at")
    ids = list(old.values_list("pk", flat=True)[: housekeeping.AT_ONCE])
    forget(partner, ids)
    return len(ids)
