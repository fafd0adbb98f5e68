"""The person at the centre: who it is, and how the two of you stand."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers import text
from customers.models.queries import AllCustomersManager, CustomerManager, birthdays_kept_on
from customers.models.trust import INDEXES, Trusted
from partners.models import Merging, NullsFirstIndex, OwnedModel, Privacy

OLDEST_YEAR, NEWEST_YEAR = 1900, 2100
LONGEST_SORT_NAME = 250  # folding may lengthen a name: ß becomes ss
LONGEST_SOUNDS = 120
MOST_OF_A_NOTE = 2000  # is searched


class Customer(Trusted, OwnedModel):
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

    class Source(models.TextChoices):
        UNKNOWN = "", _("not said")
        NAME_LIST = "name-list", _("my name list")
        RECOMMENDATION = "recommendation", _("recommendation")
        EVENT = "event", _("presentation or club evening")
        FAIR = "fair", _("fair or market")
        ONLINE = "online", _("online")
        WALK_IN = "walk-in", _("came by themselves")
        COMPANY = "company", _("from the company")
        OTHER = "other", pgettext_lazy("source", "somewhere else")

    class Channel(models.TextChoices):
        ANY = "", _("no preference")
        PHONE = "phone", _("by phone")
        WHATSAPP = "whatsapp", "WhatsApp"
        SMS = "sms", "SMS"
        EMAIL = "email", _("by e-mail")
        LETTER = "letter", _("by letter or card")
        VISIT = "visit", _("in person")

    class Rank(models.TextChoices):
        NONE = "", _("no rank")
        A = "A", "A"
        B = "B", "B"
        C = "C", "C"

    salutation = models.CharField(
        _("salutation"), max_length=10, choices=Salutation.choices, blank=True, default=""
    )
    title = models.CharField(_("title"), max_length=40, blank=True)
    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    nickname = models.CharField(_("nickname"), max_length=60, blank=True)
    is_business = models.BooleanField(_("a business"), default=False)
    company = models.CharField(_("company"), max_length=120, blank=True)
    job_title = models.CharField(_("occupation"), max_length=120, blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True)
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
    satisfaction = models.PositiveSmallIntegerField(
        _("satisfaction"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    preferred_channel = models.CharField(
        _("preferred channel"), max_length=10, choices=Channel.choices, blank=True, default=""
    )
    best_time = models.CharField(_("best time"), max_length=120, blank=True)
    source_kind = models.CharField(
        _("source"), max_length=20, choices=Source.choices, blank=True, default=""
    )
    source = models.CharField(_("How do you know each other?"), max_length=200, blank=True)
    note = models.TextField(_("note"), max_length=5000, blank=True)
    uid = models.CharField(max_length=255, blank=True, editable=False)  # of the card it came on
    merged_into = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="merged_from",
        db_index=False,
    )

    # What follows from other rows; customers/actions/deriving.py keeps it.
    sort_name = models.CharField(max_length=LONGEST_SORT_NAME, editable=False)
    search_text = models.TextField(editable=False)
    sounds = models.CharField(max_length=LONGEST_SOUNDS, editable=False, default="")
    postcode = models.CharField(max_length=10, editable=False, default="")
    city = models.CharField(max_length=80, editable=False, default="")
    next_due_at = models.DateTimeField(null=True, editable=False)
    last_contact_at = models.DateTimeField(null=True, editable=False)

    unscoped = CustomerManager()
    unscoped_with_hidden = AllCustomersManager()

    derived = frozenset(
        {
            "sort_name",
            "search_text",
            "sounds",
            "postcode",
            "city",
            "next_due_at",
            "last_contact_at",
            "declined",
            "link_version",
        }
    )
    merging = Merging("move")  # those merged before now point to the one who stays
    privacy = Privacy(
        personal=(
            "salutation",
            "title",
            "first_name",
            "last_name",
            "nickname",
            "company",
            "job_title",
            "website",
            "best_time",
            "uid",
            "sounds",
            "postcode",
            "city",
            "birth_day",
            "birth_month",
            "birth_year",
            "source",
            "note",
            "sort_name",
            "search_text",
            "informed_on",
            "informed_how",
            "is_business",
            "formality",
            "stage",
            "rank",
            "satisfaction",
            "preferred_channel",
            "source_kind",
            "next_due_at",
            "last_contact_at",
            "declined",
            "restricted_at",
        ),
        technical=("kept_on", "notice_version", "link_version", "is_hidden"),
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
            *INDEXES,
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
            models.Index(
                F("partner"),
                F("stage"),
                F("sort_name"),
                F("id"),
                name="customer_by_stage",
                condition=Q(deleted_at=None),
            ),
            models.Index(
                F("partner"),
                F("next_due_at"),
                F("id"),
                name="customer_by_due",
                condition=Q(deleted_at=None),
            ),
            NullsFirstIndex(
                F("partner"),
                F("last_contact_at").asc(nulls_first=True),
                F("id"),
                name="customer_by_contact",
                condition=Q(deleted_at=None),
            ),
            models.Index(
                F("partner"),
                F("postcode"),
                F("sort_name"),
                F("id"),
                name="customer_by_place",
                condition=Q(deleted_at=None),
            ),
            models.Index(fields=["partner", "uid"], name="customer_by_uid", condition=~Q(uid="")),
            models.Index(
                fields=["merged_into"],
                name="customer_merged",
                condition=Q(merged_into__isnull=False),
            ),
            models.Index(
                fields=["partner", "deleted_at"],
                name="customer_bin",
                condition=Q(deleted_at__isnull=False),
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
    def has_place(self) -> bool:
        """Whether it is known where they live, so that neighbours can be found."""
        return bool(self.city or self.postcode)

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

    def refresh_search(self, reachable: Iterable[str], places: Collection = ()) -> None:
        """Compute the stored columns for sorting and searching from all that is known."""
        for column, value in self.search_columns(reachable, places).items():
            setattr(self, column, value)

    def search_columns(self, reachable: Iterable[str], places: Collection = ()) -> dict[str, str]:
        """`reachable` are folded words beside the customer's own; `places` the addresses, the
        preferred one first.
        """
        own = (self.name, self.nickname, self.company, self.job_title, self.note[:MOST_OF_A_NOTE])
        place = next(iter(places), None)
        name = text.fold(f"{self.last_name or self.first_name} {self.first_name}")
        return {
            "sort_name": name[:LONGEST_SORT_NAME],
            "search_text": " ".join([text.fold(" ".join(filter(None, own))), *reachable]),
            "sounds": text.sounds(f"{self.name} {self.nickname}")[:LONGEST_SOUNDS],
            "postcode": place.postcode if place else "",
            "city": place.city if place else "",
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
