"""What a partner can ask of the circle; each query reads as a sentence."""

import datetime as dt
from calendar import isleap
from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from itertools import chain
from operator import and_, or_
from typing import Any

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from customers import text
from customers.models.trust import FROM_OTHERS, KEPT_FOR, LAST_SIGN, SILENCE, UNSEEN_FOR
from partners.models import LiveManager

CARE_LASTS = dt.timedelta(days=7)
SHORTEST_SOUND = 3


class Likeness(models.IntegerChoices):
    """Where the words of a search were found."""

    WHOLE = 0, "each is a name"
    BEGINS = 1, "each begins a name"
    KNOWN = 2, "each is known of the person"
    SOUNDS = 3, "one only sounds like it"


class Lines(models.Aggregate):
    template = "STRING_AGG(%(expressions)s, CHR(10))"
    output_field = models.TextField()

    def as_sqlite(self, compiler, connection, **extra):
        template = "GROUP_CONCAT(%(expressions)s, CHAR(10))"
        return self.as_sql(compiler, connection, template=template, **extra)


class Padded(models.Func):
    """Between blanks, so that each word begins and ends with one."""

    template = "(' ' || %(expressions)s || ' ')"
    output_field = models.TextField()


class CustomerQuerySet(models.QuerySet):
    def search(self, query: str):
        """Each word occurs in what is known of them, or sounds like one of their names."""
        found = self
        for word in text.search_words(query):
            found = found.filter(heard(word))
        return found

    def with_likeness(self, query: str):
        """How well they answer to a search, the best least: see `Likeness`."""
        words = text.search_words(query)
        if not words:
            return self.annotate(likeness=Value(Likeness.KNOWN))
        named = self.alias(padded_name=Padded("sort_name"))
        return named.annotate(
            likeness=Case(
                When(each(words, "padded_name__contains", " {} "), then=Likeness.WHOLE),
                When(each(words, "padded_name__contains", " {}"), then=Likeness.BEGINS),
                When(each(words, "search_text__contains", "{}"), then=Likeness.KNOWN),
                default=Likeness.SOUNDS,
                output_field=models.SmallIntegerField(),
            )
        )

    def best_first(self):
        return self.order_by("likeness", "sort_name", "pk")

    def all_names(self) -> str:
        """Each `sort_name` on a line of its own, read as one value: rows are slow to fetch."""
        return self.order_by().aggregate(names=Lines("sort_name"))["names"] or ""

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
        is_talk = Q(occurred_at__gte=moment) & ~Q(outcome="missed")
        return self.annotate(was_talked_to=Exists(self.related("interactions").filter(is_talk)))

    def untold(self):
        """Those whose names came from others, and who have not heard yet that they are noted."""
        return self.filter(
            source_kind__in=FROM_OTHERS, informed_on=None, is_business=False, restricted_at=None
        )

    def silent(self, now: dt.datetime):
        """Those with whom nothing happened for so long that it is time to keep them or let go."""
        long_ago = [
            Q(stage__in=stages, last_sign__lt=now - span) for stages, span in SILENCE.items()
        ]
        return self.alias(last_sign=LAST_SIGN).filter(reduce(or_, long_ago)).not_kept(now)

    def unseen(self, now: dt.datetime):
        """Guests who did not come to any evening, so long after the last one they were asked to."""
        long_ago = now - UNSEEN_FOR
        asked = self.related("event_guests").filter(event__ends_at__gte=long_ago)
        hidden = self.filter(is_hidden=True, created_at__lt=long_ago, restricted_at=None)
        return hidden.filter(~Exists(asked))

    def not_kept(self, now: dt.datetime):
        """People whom neither a promise nor a word of the partner keeps."""
        promised = self.related("follow_ups").alive(now)
        kept = Q(kept_on__gt=(now - KEPT_FOR).date())
        return self.filter(~kept, ~Exists(promised), is_business=False, restricted_at=None)

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


def heard(word: str) -> Q:
    """One word of a search, in any of its spellings."""
    is_name = len(word) >= SHORTEST_SOUND and word.replace("-", "").isalpha()
    codes = text.sound_of(word) if is_name else []
    sounds = [Q(sounds__contains=f" {code} ") for code in codes]
    written = Q(search_text__contains=word)
    return written | reduce(and_, sounds) if sounds else written


def each(words: Iterable[str], lookup: str, pattern: str) -> Q:
    return reduce(and_, [Q(**{lookup: pattern.format(word)}) for word in words], Q())


def birthdays_kept_on(day: dt.date) -> list[tuple[int, int]]:
    """Month and day of those born on this day; 29 February is kept on the 28th elsewhen."""
    is_last_of_february = (day.month, day.day) == (2, 28) and not isleap(day.year)
    return [(day.month, day.day), *([(2, 29)] if is_last_of_february else [])]


AllCustomersManager = LiveManager.from_queryset(CustomerQuerySet)


class CustomerManager(AllCustomersManager):
    """The circle: guests who have not come yet belong to their evening alone."""

    def get_queryset(self):
        return super().get_queryset().filter(is_hidden=False)
