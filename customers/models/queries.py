"""What a partner can ask of the circle; each query reads as a sentence."""

import datetime as dt
from calendar import isleap
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from customers import text
from partners.models import LiveManager

CARE_LASTS = dt.timedelta(days=7)


class CustomerQuerySet(models.QuerySet):
    def search(self, query: str):
        """Each word must occur in a name, number, address or place."""
        found = self
        for word in text.search_words(query):
            found = found.filter(search_text__contains=word)
        return found

    def by_name(self):
        return self.order_by("sort_name", "pk")

    def newest_first(self):
        return self.order_by("-pk")

    def by_next_follow_up(self):
        """Those with a follow-up first, the earliest on top."""
        return self.order_by(F("next_due_at").asc(nulls_last=True), "pk")

    def by_last_contact(self):
        """Those never spoken to first, then the longest ago."""
        return self.order_by(F("last_contact_at").asc(nulls_first=True), "pk")

    def by_stage(self):
        return self.order_by("stage", "sort_name", "pk")

    def by_place(self):
        return self.order_by("postcode", "sort_name", "pk")

    def with_talk_since(self, moment: dt.datetime):
        """Whether they were reached since then, as `was_talked_to`."""
        talks = self.related("interactions").filter(occurred_at__gte=moment)
        return self.annotate(was_talked_to=Exists(talks.exclude(outcome="missed")))

    def without_follow_up(self, now: dt.datetime):
        """Customers nobody has promised to come back to."""
        return self.filter(~Exists(self.related("follow_ups").alive(now)))

    def with_birthday_on(self, days: Iterable[dt.date]):
        """Whose birthday is kept on one of these days."""
        months: dict[int, list[int]] = defaultdict(list)
        for month, number in chain.from_iterable(map(birthdays_kept_on, days)):
            months[month].append(number)
        wanted = Q(pk__in=[])
        for month, numbers in months.items():
            wanted |= Q(birth_month=month, birth_day__in=numbers)
        return self.filter(wanted)

    def related(self, name: str):
        """Live rows of a related model that hang on the customer of the outer query."""
        model: Any = self.model._meta.get_field(name).related_model
        return model.unscoped.filter(customer=OuterRef("pk"))


def birthdays_kept_on(day: dt.date) -> list[tuple[int, int]]:
    """Month and day of those born on this day; 29 February is kept on the 28th elsewhen."""
    is_last_of_february = (day.month, day.day) == (2, 28) and not isleap(day.year)
    return [(day.month, day.day), *([(2, 29)] if is_last_of_february else [])]


CustomerManager = LiveManager.from_queryset(CustomerQuerySet)
