"""What the back office sees of partners: who they are to us and how many rows they keep.

Which rows are worth counting is known to the apps that own them; they declare it here.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Count, QuerySet

from partners import walls
from partners.models import Partner

counted: dict[str, Callable[[], QuerySet]] = {}


def count(name: str, rows: Callable[[], QuerySet]) -> None:
    """Let these rows be counted for each partner, under this name."""
    counted[name] = rows


def partners() -> QuerySet[Partner]:
    """All partners with their users, as the office lists them."""
    return Partner.objects.select_related("user").order_by("name", "pk")


def with_counts(page: Iterable[Partner]) -> list[Partner]:
    """The same partners, each knowing in `counts` how many rows of each kind it has."""
    found = list(page)
    for partner in found:
        partner.counts = dict.fromkeys(counted, 0)  # type: ignore[attr-defined]
    by_id: dict[int, Any] = {partner.pk: partner for partner in found}
    with walls.counting():
        for name, rows in counted.items():
            owned = rows().filter(partner__in=list(by_id)).order_by().values_list("partner")
            for pk, number in owned.annotate(number=Count("pk")):
                by_id[pk].counts[name] = number
    return found
