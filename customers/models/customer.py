"""The person, and the ways to reach them."""

import datetime as dt
from calendar import isleap
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers import text
from customers.models import first_of
from partners.models import LiveManager, OwnedModel, Privacy

OLDEST_YEAR, NEWEST_YEAR = 1900, 2100
CARE_LASTS = dt.timedelta(days=7)
LONGEST_SORT_NAME = 130  # folding may lengthen a name: ß becomes ss


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

    def by_next_follow_up(self, now: dt.datetime):
        """Those with a follow-up first, the earliest on top."""
        return self.with_next_follow_up(now).order_by(F("next_due_at").asc(nulls_last=True), "pk")

    def by_last_contact(self):
        """Those never spoken to first, then the longest ago."""
        return self.with_last_contact().order_by(F("last_contact_at").asc(nulls_first=True), "pk")

    def for_list(self, now: dt.datetime):
        """With all that a line of the list says."""
        return self.annotate(
            next_due_at=first_of.next_due(now - CARE_LASTS),
            last_contact_at=first_of.last_contact(),
            place=first_of.place(),
        )

    def with_talk_since(self, moment: dt.datetime):
        """Whether they were reached since then, as `was_talked_to`."""
        talks = self.related("interactions").filter(occurred_at__gte=moment)
        return self.annotate(was_talked_to=Exists(talks.exclude(outcome="missed")))

    def with_last_contact(self):
        """When the last interaction was, as `last_contact_at`."""
        return self.annotate(last_contact_at=first_of.last_contact())

    def with_next_follow_up(self, now: dt.datetime):
        """When the next follow-up is due, as `next_due_at`."""
        return self.annotate(next_due_at=first_of.next_due(now - CARE_LASTS))

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


class Customer(OwnedModel):
    """A person in the partner's circle; only the first name is ever required."""

    class Salutation(models.TextChoices):
        NONE = "", _("no salutation")
        MS = "ms", _("Ms")
        MR = "mr", _("Mr")
        DIVERSE = "diverse", pgettext_lazy("salutation", "diverse")

    class Formality(models.TextChoices):
        INFORMAL = "du", _("first-name terms")
        FORMAL = "sie", _("formal")

    class Stage(models.TextChoices):
        PROSPECT = "prospect", _("prospect")
        CUSTOMER = "customer", _("customer")
        REGULAR = "regular", _("regular customer")
        INACTIVE = "inactive", pgettext_lazy("stage", "inactive")
        GUEST = "guest", _("guest")

    class Rank(models.TextChoices):
        NONE = "", _("no rank")
        A = "A", "A"
        B = "B", "B"
        C = "C", "C"

    salutation = models.CharField(
        _("salutation"), max_length=10, choices=Salutation.choices, blank=True, default=""
    )
    first_name = models.CharField(_("first name"), max_length=60)
    last_name = models.CharField(_("last name"), max_length=60, blank=True)
    formality = models.CharField(
        _("form of address"),
        max_length=3,
        choices=Formality.choices,
        default=Formality.INFORMAL,
    )
    birth_day = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    birth_month = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    birth_year = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(OLDEST_YEAR), MaxValueValidator(NEWEST_YEAR)],
    )
    stage = models.CharField(
        _("stage"), max_length=10, choices=Stage.choices, default=Stage.PROSPECT
    )
    rank = models.CharField(
        _("rank"), max_length=1, choices=Rank.choices, blank=True, default=Rank.NONE
    )
    source = models.CharField(_("How do you know each other?"), max_length=200, blank=True)
    note = models.TextField(_("note"), max_length=5000, blank=True)
    sort_name = models.CharField(max_length=LONGEST_SORT_NAME, editable=False)
    search_text = models.TextField(editable=False)

    unscoped = CustomerManager()

    derived = frozenset({"sort_name", "search_text"})
    privacy = Privacy(
        personal=(
            "salutation",
            "first_name",
            "last_name",
            "birth_day",
            "birth_month",
            "birth_year",
            "source",
            "note",
            "sort_name",
            "search_text",
        )
    )

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_day=None, birth_month=None, birth_year=None)
                | Q(birth_day__isnull=False, birth_month__isnull=False),
                name="a_birthday_has_day_and_month",
            )
        ]
        indexes = [
            models.Index(
                F("partner"),
                F("sort_name"),
                F("id"),
                name="customer_by_name",
                condition=Q(deleted_at=None),
            ),
            models.Index(
                F("partner"), F("id"), name="customer_by_age", condition=Q(deleted_at=None)
            ),
            models.Index(
                fields=["partner", "birth_month", "birth_day"],
                name="customer_birthdays",
                condition=Q(deleted_at=None, birth_day__isnull=False),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("customer-detail", args=[self.pk])

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def initials(self) -> str:
        return (self.first_name[:1] + self.last_name[:1]).upper()

    @property
    def avatar(self) -> str:
        """The number of one of eight soft colours, always the same for a person."""
        return str(self.pk.int % 8)

    def has_birthday_on(self, day: dt.date) -> bool:
        return (self.birth_month, self.birth_day) in birthdays_kept_on(day)

    def age_on(self, day: dt.date) -> int | None:
        """The age reached in that day's year."""
        return day.year - self.birth_year if self.birth_year else None

    @property
    def stage_spoken(self) -> str:
        """Kundin or Kunde, by salutation."""
        words = STAGE_WORDS.get(Customer.Salutation(self.salutation))
        stage = Customer.Stage(self.stage)
        return str(words[stage] if words else stage.label)

    def refresh_search(self, reachable: list[str]) -> None:
        """Compute the stored columns for sorting and searching from names and ways to reach."""
        for column, value in self.search_columns(reachable).items():
            setattr(self, column, value)

    def search_columns(self, reachable: list[str]) -> dict[str, str]:
        name = text.fold(f"{self.last_name or self.first_name} {self.first_name}")
        return {
            "sort_name": name[:LONGEST_SORT_NAME],
            "search_text": " ".join([text.fold(self.name), *reachable]),
        }


STAGE_WORDS = {
    Customer.Salutation.MS: {
        Customer.Stage.PROSPECT: pgettext_lazy("said of a woman", "prospect"),
        Customer.Stage.CUSTOMER: pgettext_lazy("said of a woman", "customer"),
        Customer.Stage.REGULAR: pgettext_lazy("said of a woman", "regular customer"),
        Customer.Stage.INACTIVE: pgettext_lazy("stage", "inactive"),
        Customer.Stage.GUEST: pgettext_lazy("said of a woman", "guest"),
    },
    Customer.Salutation.MR: {
        Customer.Stage.PROSPECT: pgettext_lazy("said of a man", "prospect"),
        Customer.Stage.CUSTOMER: pgettext_lazy("said of a man", "customer"),
        Customer.Stage.REGULAR: pgettext_lazy("said of a man", "regular customer"),
        Customer.Stage.INACTIVE: pgettext_lazy("stage", "inactive"),
        Customer.Stage.GUEST: pgettext_lazy("said of a man", "guest"),
    },
}
