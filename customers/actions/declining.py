"""What follows from statements: on which channels somebody wants nothing, how long a yes holds."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from customers.models import Customer, Email, Interaction, Permission, Phone, SuppressionEntry
from customers.permissions import declined
from customers.permissions.standing import as_statements, without_repeats
from customers.permissions.suppression import digests, suppressed
from partners import changes
from partners.models import OwnedModel, Partner

AT_ONCE = 500
NOT_AT_ALL = ("", Permission.Purpose.ANYTHING)
Said = dict[Any, list[Permission]]  # by the id of the customer


def follow_permissions() -> None:
    changes.follow(Permission, refresh_after)
    for way in (Phone, Email):
        changes.follow(way, refresh_after_ways)


def refresh_after(partner: Partner, rows: Iterable[Any]) -> None:
    refresh_declined(partner, {row.customer_id for row in rows if row.customer_id})
    refresh_use(partner, {row.customer_id for row in rows if row.customer_id})


def refresh_after_ways(partner: Partner, rows: Iterable[Any]) -> None:
    """Somebody new may have a number about which a no was kept."""
    if kept(partner).exists():
        refresh_declined(partner, {row.customer_id for row in rows})


def refresh_declined(partner: Partner, ids: Collection[uuid.UUID]) -> None:
    everybody = partner.customers(manager="unscoped_with_hidden")
    people = list(everybody.filter(pk__in=ids).only("partner", "declined"))
    said: Said = defaultdict(list)
    for row in partner.permissions.filter(customer__in=ids).order_by("said_at", "pk"):
        said[row.customer_id].append(row)
    before = said_before(partner, people) if kept(partner).exists() else {}
    changed = []
    for customer in people:
        rows = without_repeats(said[customer.pk], before.get(customer.pk, ()))
        if customer.declined != (now := declined(rows)):
            customer.declined = now
            changed.append(customer)
    everybody.bulk_update(changed, ["declined"], AT_ONCE)


def kept(partner: Partner) -> Any:
    return partner.suppressionentrys.filter(purpose__in=NOT_AT_ALL)


def said_before(partner: Partner, people: list[Customer]) -> Said:
    """What was said to earlier entries of these people.

    A no whose own person is in the circle speaks for that person, not for all who share the number.
    """
    everybody = partner.customers(manager="unscoped_with_hidden")
    fetched = everybody.filter(pk__in=[customer.pk for customer in people])
    hashes = {
        customer.pk: digests(customer)
        for customer in fetched.prefetch_related("phones", "emails", "addresses", "partner")
    }
    entries = suppressed(partner, set().union(*hashes.values()))
    found: dict[uuid.UUID, list[SuppressionEntry]] = {
        pk: [row for digest in wanted for row in entries.get(digest, ())]
        for pk, wanted in hashes.items()
    }
    present = partner.permissions.filter(
        says=Permission.Says.NO,
        said_at__in={row.said_at for rows in found.values() for row in rows},
        customer__in=everybody.all(),
    )
    theirs = {(row.channel, row.purpose, row.said_at) for row in present}
    return {
        pk: as_statements(
            row for row in rows if (row.channel, row.purpose, row.said_at) not in theirs
        )
        for pk, rows in found.items()
    }


def refresh_use_after(partner: Partner, rows: Iterable[OwnedModel]) -> None:
    """A call uses the yes on which it rests."""
    calls = (row for row in rows if isinstance(row, Interaction))
    ids = {row.customer_id for row in calls if row.kind == Interaction.Kind.CALL}
    if ids:
        refresh_use(partner, ids)


def refresh_use(partner: Partner, ids: Collection[uuid.UUID]) -> None:
    """The last call after each yes to calls, up to the next one; it prolongs the proof."""
    consents = list(
        partner.permissions.filter(
            customer__in=ids, channel=Permission.Channel.PHONE, says=Permission.Says.YES
        ).order_by("-said_at", "-pk")
    )
    if not consents:
        return
    calls: dict[Any, list[Any]] = defaultdict(list)
    for talk in partner.interactions.filter(customer__in=ids, kind=Interaction.Kind.CALL):
        calls[talk.customer_id].append(talk.occurred_at)
    ends: dict[Any, Any] = {}
    changed = []
    for row in consents:
        end = ends.get(row.customer_id)
        used = [at for at in calls[row.customer_id] if row.said_at < at and not (end and at >= end)]
        ends[row.customer_id] = row.said_at
        if row.last_used_at != (last := max(used, default=None)):
            row.last_used_at = last
            changed.append(row)
    partner.permissions.bulk_update(changed, ["last_used_at"], AT_ONCE)
