"""Proofs that outlived the person: when the law keeps them no longer, they go."""

from typing import Any

from customers.models import hanging
from partners import clock, housekeeping
from partners.models import Partner


def register_tidying() -> None:
    housekeeping.register("proofs", remove_old)


def remove_old() -> int:
    return housekeeping.partner_by_partner(partners_with_old, remove_some)


def partners_with_old() -> Any:
    return hanging.proofs_before(clock.now().date()).values_list("partner", flat=True).distinct()


def remove_some(partner: Partner) -> int:
    """Their history says no more than that there was something."""
    old = hanging.proofs_before(clock.now().date()).filter(partner=partner)
    ids = list(old.values_list("pk", flat=True)[: housekeeping.AT_ONCE])
    partner.changes.filter(row_id__in=ids).update(before={}, after={})
    old.filter(pk__in=ids).delete()
    return len(ids)
