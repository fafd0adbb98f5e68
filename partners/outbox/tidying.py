"""Old rows go: what was sent is told for a season, that nothing was due for a few days."""

import datetime as dt

from django.utils import timezone

from partners.models import OutboxMessage
from partners.models.identifiers import first_since

State = OutboxMessage.State
KEPT = dt.timedelta(days=90)
NOTHING_DUE_KEPT = dt.timedelta(days=7)  # long after its day can be planned again
MISSED = dt.timedelta(days=7)
AT_ONCE, SLICES = 1000, 20


def tidy() -> int:
    """A few thousand rows at most; how many went.

    What waits or needs somebody is never deleted: it is listed until that is over.
    """
    total = 0
    for _slice in range(SLICES):
        if not (gone := delete_some()):
            break
        total += gone
    return total


def delete_some() -> int:
    """Identifiers tell when a row was made, so the oldest are found without an index of their own."""
    now = timezone.now()  # as identifiers are made
    over = [State.SENT, State.CANCELLED, State.SKIPPED]
    seen = OutboxMessage.objects.exclude(dismissed_at=None)
    old = OutboxMessage.objects.filter(pk__lt=first_since(now - KEPT), state__in=over)
    old |= seen.filter(pk__lt=first_since(now - KEPT))
    nothing = OutboxMessage.objects.filter(
        pk__lt=first_since(now - NOTHING_DUE_KEPT),
        pk__gte=first_since(now - NOTHING_DUE_KEPT - MISSED),
        state=State.SKIPPED,
    )
    ids = [*old.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]]
    ids += nothing.order_by("pk").values_list("pk", flat=True)[: AT_ONCE - len(ids)]
    return OutboxMessage.objects.filter(pk__in=ids).delete()[0] if ids else 0
