"""An evening: a sales presentation at somebody's home, or a meeting of the customer club."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models import Customer
from events.models.queries import EventManager
from events.models.setting import Setting
from partners import clock
from partners.models import Merging, OwnedModel, Privacy

NOTHING = MinValueValidator(Decimal())
PER_KILOMETRE = Decimal("0.30")  # euros, for journeys on business in Germany


def two_days_and_two_hours() -> list[int]:
    return [2 * 24 * 60, 2 * 60]


class Event(Setting, OwnedModel):
    """`starts_at` and `ends_at` are moments; `zone` is where its day and hours were said."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("event", "planned")
        INVITING = "inviting", pgettext_lazy("event", "inviting")
        HELD = "held", pgettext_lazy("event", "held")
        CLOSED = "closed", pgettext_lazy("event", "closed")
        CANCELLED = "cancelled", pgettext_lazy("event", "cancelled")

    class Place(models.TextChoices):
        HOST = "host", _("at the host's home")
        OWN = "own", _("at my place")
        CAFE = "cafe", _("in a café")
        ONLINE = "online", _("online")
        OTHER = "other", pgettext_lazy("place", "somewhere else")

    title = models.CharField(_("title"), max_length=120)
    starts_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(editable=False)
    zone = models.CharField(max_length=60, editable=False)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.PLANNED, editable=False
    )
    host = models.ForeignKey(
        Customer,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="hosted_events",
        db_index=False,
        verbose_name=_("host"),
    )
    template = models.ForeignKey(
        "events.EventTemplate",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
        db_index=False,
        verbose_name=_("template"),
    )
    booked_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="bookings",
        db_index=False,
        verbose_name=_("booked at"),
    )
    place = models.CharField(_("Where?"), max_length=6, choices=Place.choices, default=Place.HOST)
    place_name = models.CharField(_("name of the place"), max_length=120, blank=True)
    street = models.CharField(_("street"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)
    online_link = models.URLField(_("link to join"), max_length=500, blank=True)
    directions = models.CharField(_("how to get there"), max_length=500, blank=True)
    note = models.TextField(_("note"), max_length=5000, blank=True)

    # What guests are offered.
    formality = models.CharField(
        _("form of address"),
        max_length=3,
        choices=Customer.Formality.choices,
        default=Customer.Formality.FORMAL,
    )
    companions_allowed = models.PositiveSmallIntegerField(
        _("may bring along"), default=1, validators=[MaxValueValidator(9)]
    )
    answer_until = models.DateTimeField(_("answers until"), null=True, blank=True)
    is_open = models.BooleanField(_("guests may sign up by link"), default=True)
    reminders = models.JSONField(default=two_days_and_two_hours, editable=False)  # minutes before
    host_wants_mail = models.BooleanField(_("mails to the host"), default=False)

    # What is done for links, files and mails; each step says when it changes them.
    sequence = models.PositiveIntegerField(default=0, editable=False)  # of its calendar entry
    link_version = models.PositiveIntegerField(default=1, editable=False)  # of all its links
    cancelled_why = models.CharField(_("reason"), max_length=300, blank=True, editable=False)

    # The result; what follows from the guests is frozen when it is closed.
    other_sales = models.DecimalField(
        _("sales besides"),
        max_digits=10,
        decimal_places=2,
        default=Decimal,
        validators=[NOTHING],
        help_text=_("orders of those who could not come"),
    )
    other_orders = models.PositiveSmallIntegerField(_("orders besides"), default=0)
    cost_goods = models.DecimalField(
        _("goods and samples"),
        max_digits=8,
        decimal_places=2,
        default=Decimal,
        validators=[NOTHING],
    )
    cost_gift = models.DecimalField(
        _("host's gift"), max_digits=8, decimal_places=2, default=Decimal, validators=[NOTHING]
    )
    cost_catering = models.DecimalField(
        _("catering"), max_digits=8, decimal_places=2, default=Decimal, validators=[NOTHING]
    )
    kilometres = models.DecimalField(
        _("kilometres driven"),
        max_digits=6,
        decimal_places=1,
        default=Decimal,
        validators=[NOTHING],
    )
    per_kilometre = models.DecimalField(
        _("per kilometre"),
        max_digits=4,
        decimal_places=2,
        default=PER_KILOMETRE,
        validators=[NOTHING],
    )
    hours = models.DecimalField(
        _("hours of work"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[NOTHING],
        help_text=_("with preparing and driving"),
    )
    share = models.DecimalField(
        _("my share of the sales, in per cent"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[NOTHING, MaxValueValidator(100)],
    )
    came = models.PositiveSmallIntegerField(null=True, editable=False)  # with companions
    buyers = models.PositiveSmallIntegerField(null=True, editable=False)
    orders = models.PositiveSmallIntegerField(null=True, editable=False)
    sales = models.DecimalField(max_digits=10, decimal_places=2, null=True, editable=False)
    reward = models.CharField(max_length=200, blank=True, editable=False)  # host's thank-you
    reward_worth = models.DecimalField(max_digits=8, decimal_places=2, null=True, editable=False)
    rewarded_on = models.DateField(null=True, editable=False)
    went_well = models.TextField(_("What went well?"), max_length=1000, blank=True)
    next_time = models.TextField(_("What will you do differently?"), max_length=1000, blank=True)
    closed_at = models.DateTimeField(null=True, editable=False)

    unscoped = EventManager()

    merging = Merging("move")
    privacy = Privacy(
        personal=(
            *Setting.WORDS,
            *("title", "starts_at", "ends_at", "place", "place_name", "street", "postcode", "city"),
            *("online_link", "directions", "note", "cancelled_why", "went_well", "next_time"),
            *("reward", "reward_worth", "rewarded_on"),
        ),
        technical=(
            *Setting.TECHNICAL,
            *("zone", "state", "template", "booked_from", "formality", "companions_allowed"),
            *("answer_until", "is_open", "reminders", "host_wants_mail", "sequence"),
            *("link_version", "other_sales", "other_orders", "cost_goods"),
            *("cost_gift", "cost_catering", "kilometres", "per_kilometre", "hours", "share"),
            *("came", "buyers", "orders", "sales", "closed_at"),
        ),
        loose=("host",),
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="an_event_ends_after_it_began"
            )
        ]
        indexes = [
            models.Index(
                fields=["partner", "starts_at", "id"],
                name="event_by_day",
                condition=Q(deleted_at=None),
            ),
            models.Index(
                fields=["starts_at"],
                name="event_ahead",
                condition=Q(deleted_at=None, state__in=["planned", "inviting"]),
            ),
            models.Index(fields=["host", "starts_at"], name="event_of_host"),
            models.Index(fields=["template", "starts_at"], name="event_of_template"),
            models.Index(fields=["booked_from"], name="event_booked_from"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("event-detail", args=[self.pk])

    def schedule(self, day: dt.date, start: dt.time, end: dt.time, zone: ZoneInfo) -> None:
        """An end before the start is meant for the next day; one in the hour that summer time skips
        comes an hour later.
        """
        self.zone = zone.key
        self.starts_at = clock.moment(day, start, zone)
        last = day if end > start else day + dt.timedelta(days=1)
        self.ends_at = clock.moment(last, end, zone)
        if self.ends_at <= self.starts_at:
            self.ends_at += dt.timedelta(hours=1)

    @property
    def local_start(self) -> dt.datetime:
        return self.starts_at.astimezone(ZoneInfo(self.zone))

    @property
    def local_end(self) -> dt.datetime:
        return self.ends_at.astimezone(ZoneInfo(self.zone))

    @property
    def day(self) -> dt.date:
        return self.local_start.date()

    @property
    def is_formal(self) -> bool:
        """Whether guests are addressed as Sie."""
        return self.formality == Customer.Formality.FORMAL

    @property
    def is_ahead(self) -> bool:
        """Whether it is going to take place, or is doing so."""
        return self.state in {self.State.PLANNED, self.State.INVITING}

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED
