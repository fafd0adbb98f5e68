"""What a partner can ask of their events; each query reads as a sentence."""

import datetime as dt
from typing import Any

from django.db import models

from partners.models import LiveManager

AHEAD = ("planned", "inviting")
# No event is longer (Event.schedule): whichever has not ended by a moment is found by its day.
LONGEST = dt.timedelta(days=2)
THE_WAY = dt.timedelta(hours=1)  # from one evening to another


class EventQuerySet(models.QuerySet):
    def ahead(self):
        """Neither held nor cancelled."""
        return self.filter(state__in=AHEAD)

    def closed(self):
        """Those with a result that stays."""
        return self.filter(state="closed")

    def not_cancelled(self):
        return self.exclude(state="cancelled")

    def between(self, start: Any, end: Any):
        """Those that take place, in part at least, in this time (moments, or sums with columns)."""
        near = self.filter(starts_at__lt=end, starts_at__gt=start - LONGEST)
        return near.filter(ends_at__gt=start)

    def near(self, start: Any, end: Any):
        """Those nobody can hold who is elsewhere from `start` to `end`."""
        return self.not_cancelled().between(start - THE_WAY, end + THE_WAY)

    def over(self, now: dt.datetime):
        return self.filter(starts_at__lt=now, ends_at__lt=now)

    def not_over(self, now: dt.datetime):
        return self.filter(starts_at__gt=now - LONGEST, ends_at__gte=now)

    def soonest_first(self):
        return self.order_by("starts_at", "pk")

    def latest_first(self):
        return self.order_by("-starts_at", "-pk")


EventManager = LiveManager.from_queryset(EventQuerySet)


class EventGuestQuerySet(models.QuerySet):
    def coming(self):
        return self.filter(answer="yes")

    def waiting(self):
        """Those for whom there is no seat yet, the first first."""
        return self.filter(answer="waiting").order_by("waiting_since", "pk")

    def present(self):
        return self.filter(presence="attended")

    def by_name(self):
        return self.order_by("customer__sort_name", "pk")


EventGuestManager = LiveManager.from_queryset(EventGuestQuerySet)
