"""What happened with a customer (Interaction) and what was promised (FollowUp)."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Combinable
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from customers.models.customer import Customer
from customers.models.queries import CARE_LASTS
from partners import clock
from partners.models import LiveManager, Merging, OwnedModel, Privacy


class Interaction(OwnedModel):
    """A call, a visit, a message: something that happened between partner and customer."""

    class Kind(models.TextChoices):
        CALL = "call", _("call")
        VISIT = "visit", _("visit")
        MESSAGE = "message", _("message")
        EMAIL = "email", _("e-mail")
        MEETING = "meeting", _("meeting")
        NOTE = "note", _("note")

    class Outcome(models.TextChoices):
        NONE = "", _("no outcome")
        REACHED = "reached", _("reached")
        MISSED = "missed", _("not reached")

    customer = models.ForeignKey(
        Customer, models.CASCADE, related_name="interactions", db_index=False
    )
    follow_up = models.ForeignKey(
        "customers.FollowUp", models.SET_NULL, null=True, blank=True, related_name="interactions"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.CALL)
    occurred_at = models.DateTimeField(_("when"), default=clock.now)
    text = models.TextField(_("What was said?"), max_length=5000, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome.choices, blank=True, default=""
    )

    privacy = Privacy(personal=("kind", "occurred_at", "text", "outcome"), technical=("follow_up",))
    merging = Merging("move")

    class Meta:
        verbose_name = _("interaction")
        verbose_name_plural = _("interactions")
        ordering = ["-occurred_at", "-pk"]
        indexes = [
            models.Index(fields=["customer", "-occurred_at", "-id"], name="interaction_latest"),
            models.Index(fields=["partner", "-occurred_at"], name="interaction_by_partner"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.occurred_at:%Y-%m-%d}"


class FollowUpQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=FollowUp.State.OPEN)

    def alive(self, now: dt.datetime | Combinable):
        """Open ones; a soft care step fades a week after its day, a promise never does."""
        faded = Q(nature=FollowUp.Nature.CARE, due_at__lt=now - CARE_LASTS)
        return self.open().exclude(faded)

    def without_faded(self, now: dt.datetime | Combinable):
        """The ones alive, and the closed ones."""
        return self.exclude(
            state=FollowUp.State.OPEN,
            nature=FollowUp.Nature.CARE,
            due_at__lt=now - CARE_LASTS,
        )

    def due_before(self, moment: dt.datetime, now: dt.datetime | Combinable):
        return self.alive(now).filter(due_at__lt=moment)

    def oldest_first(self):
        return self.order_by("due_at", "pk")

    def open_first(self):
        """Then the closed ones, the latest first."""
        return self.order_by(F("closed_at").desc(nulls_first=True), "-pk")


FollowUpManager = LiveManager.from_queryset(FollowUpQuerySet)


class FollowUp(OwnedModel):
    """Getting back to a customer: a promise that stays, or a soft care step that fades.

    `due_on` and `due_time` are what the partner said, in the zone it was said in; `due_at` is the
    UTC moment that follows, midnight when no time was given.
    """

    class Kind(models.TextChoices):
        CALL = "call", _("call")
        MESSAGE = "message", _("message")
        VISIT = "visit", _("visit")
        CARD = "card", _("card")
        BRING = "bring", _("bring along")

    class Nature(models.TextChoices):
        PROMISE = "promise", _("promise")
        CARE = "care", _("care step")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")

    customer = models.ForeignKey(
        Customer, models.CASCADE, related_name="follow_ups", db_index=False
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.CALL)
    what = models.CharField(_("what"), max_length=200, blank=True)
    nature = models.CharField(max_length=10, choices=Nature.choices, default=Nature.PROMISE)
    due_on = models.DateField(_("day"))
    due_time = models.TimeField(_("time"), null=True, blank=True)
    zone = models.CharField(max_length=60, editable=False)
    due_at = models.DateTimeField(editable=False)
    schedule_version = models.PositiveIntegerField(default=1, editable=False)
    scheduled_at = models.DateTimeField(null=True, editable=False)  # when this was said
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.OPEN, editable=False
    )
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.BigIntegerField(null=True, editable=False)

    unscoped = FollowUpManager()

    derived = frozenset({"schedule_version", "scheduled_at"})
    privacy = Privacy(
        personal=("kind", "what", "due_on", "due_time", "state", "closed_at"),
        technical=("nature", "zone", "due_at", "schedule_version", "scheduled_at", "closed_by"),
    )
    merging = Merging("move")

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None)
                | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="a_closed_follow_up_says_when",
            )
        ]
        indexes = [
            models.Index(
                fields=["partner", "due_at"],
                name="follow_up_due",
                condition=Q(state="open", deleted_at=None),
            ),
            models.Index(fields=["customer", "due_at"], name="follow_up_of_customer"),
            models.Index(
                fields=["due_at"],
                name="follow_up_timed",
                condition=Q(state="open", deleted_at=None, due_time__isnull=False),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("follow-up-detail", args=[self.pk])

    @property
    def title(self) -> str:
        return self.what or str(self.get_kind_display())

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_promise(self) -> bool:
        return self.nature == self.Nature.PROMISE

    def schedule(self, day: dt.date, time: dt.time | None, zone: ZoneInfo) -> None:
        """Set the promised day and time, and the moment that follows from them."""
        self.due_on, self.due_time, self.zone = day, time, zone.key
        self.due_at = clock.moment(day, time or dt.time(), zone)
        self.scheduled_at = clock.now()
