"""Who is asked to an evening, what they answered, and how it went with each of them."""

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models import Customer
from events.models.event import Event
from events.models.queries import EventGuestManager
from events.models.template import Step
from partners.models import Merging, OwnedModel, Privacy

ANSWER = ("answer", "answered_at", "waiting_since", "companions")  # said in one


def both(kept: Any, double: Any) -> dict[str, Any]:
    """Of two invitations to one evening the one that stays says what only the other knew."""
    merged: dict[str, Any] = {
        name: getattr(double, name)
        for name in (*EventGuest.privacy.personal, "invited_at")
        if name not in ANSWER and not getattr(kept, name) and getattr(double, name)
    }
    has_seat = (kept.answer, double.answer) == (EventGuest.Answer.WAITING, EventGuest.Answer.YES)
    if double.answer and (has_seat or not kept.answer):
        merged |= {name: getattr(double, name) for name in ANSWER}
    if kept.sales and double.sales:
        merged |= {"sales": kept.sales + double.sales, "orders": kept.orders + double.orders}
    return merged


class EventGuest(OwnedModel):
    """Links a person and an event; the person is a row in the circle, hidden until they come."""

    class Origin(models.TextChoices):
        CIRCLE = "circle", _("from my customers")
        NAMED = "named", _("written down")
        SIGNED_UP = "signed-up", _("signed up by link")
        WALK_IN = "walk-in", _("came along")

    class Answer(models.TextChoices):
        NONE = "", pgettext_lazy("guest", "no answer")
        YES = "yes", pgettext_lazy("guest", "is coming")
        NO = "no", pgettext_lazy("guest", "cannot come")
        MAYBE = "maybe", pgettext_lazy("guest", "does not know yet")
        WAITING = "waiting", pgettext_lazy("guest", "on the waiting list")

    class Presence(models.TextChoices):
        NONE = "", pgettext_lazy("guest", "not noted")
        ATTENDED = "attended", pgettext_lazy("guest", "was there")
        NO_SHOW = "no-show", pgettext_lazy("guest", "did not come")

    event = models.ForeignKey(Event, models.CASCADE, related_name="guests", db_index=False)
    customer = models.ForeignKey(
        Customer, models.CASCADE, related_name="event_guests", db_index=False
    )
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.CIRCLE)
    invited_at = models.DateTimeField(null=True, editable=False)  # mailed, or shared by hand
    invited_how = models.CharField(max_length=10, blank=True, editable=False)
    answer = models.CharField(
        _("answer"), max_length=7, choices=Answer.choices, blank=True, default=""
    )
    answered_at = models.DateTimeField(null=True, editable=False)
    waiting_since = models.DateTimeField(null=True, editable=False)
    companions = models.PositiveSmallIntegerField(
        _("brings along"), default=0, validators=[MaxValueValidator(9)]
    )
    message = models.CharField(_("message to the host"), max_length=500, blank=True)
    wants_privately = models.BooleanField(_("show me privately"), default=False)
    wants_reminder = models.BooleanField(_("remind me"), default=False)
    link_version = models.PositiveIntegerField(default=1, editable=False)  # of `/i/<token>/`

    presence = models.CharField(max_length=8, choices=Presence.choices, blank=True, default="")
    presence_at = models.DateTimeField(null=True, editable=False)  # when it was tapped
    interest = models.CharField(_("interested in"), max_length=300, blank=True)
    wishes = models.CharField(_("wishes"), max_length=300, blank=True)
    wants_evening = models.BooleanField(_("would like to host an evening"), default=False)
    sales = models.DecimalField(
        _("sum of orders"),
        max_digits=8,
        decimal_places=2,
        default=Decimal,
        validators=[MinValueValidator(Decimal())],
    )
    orders = models.PositiveSmallIntegerField(_("orders"), default=0)

    unscoped = EventGuestManager()

    merging = Merging("unite", same=lambda guest: guest.event_id, combine=both)
    privacy = Privacy(
        personal=(
            *("answer", "answered_at", "companions", "message", "wants_privately"),
            *("wants_reminder", "presence", "interest", "wishes", "wants_evening", "sales"),
            *("orders", "origin"),
        ),
        technical=(
            *("event", "invited_at", "invited_how", "waiting_since", "link_version"),
            "presence_at",
        ),
    )

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "event", "customer"],
                name="a_guest_is_asked_once",
                condition=Q(deleted_at=None),
            )
        ]
        indexes = [
            models.Index(fields=["event", "answer"], name="guest_of_event"),
            models.Index(fields=["customer"], name="guest_of_customer"),
        ]

    def __str__(self):
        return str(self.customer)

    @property
    def seats(self) -> int:
        return 1 + self.companions

    @property
    def has_come(self) -> bool:
        return self.presence == self.Presence.ATTENDED


class EventStep(Step, OwnedModel):
    """A step of a checklist; its day follows from the evening's."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="steps", db_index=False)
    due_on = models.DateField(editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    done_by_host = models.BooleanField(default=False, editable=False)

    privacy = Privacy(
        personal=("text",),
        technical=(
            *("event", "part", "days", "for_host", "position"),
            *("due_on", "done_at", "done_by_host"),
        ),
        words="written",
    )

    class Meta:
        verbose_name = _("step")
        ordering = ["due_on", "position", "pk"]
        indexes = [
            models.Index(fields=["event"], name="step_of_event"),
            models.Index(
                fields=["partner", "due_on"],
                name="step_open",
                condition=Q(deleted_at=None, done_at=None),
            ),
        ]


class Feedback(OwnedModel):
    """Stars for an evening, 5 is very good, and a sentence; of a guest, or of somebody unnamed."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="feedbacks", db_index=False)
    customer = models.ForeignKey(
        Customer, models.CASCADE, null=True, related_name="event_feedbacks", db_index=False
    )
    stars = models.PositiveSmallIntegerField(
        _("stars"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    text = models.CharField(_("a sentence"), max_length=500, blank=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    given_at = models.DateTimeField(editable=False)

    merging = Merging("move")
    privacy = Privacy(personal=("stars", "text", "name", "given_at"), technical=("event",))

    class Meta:
        verbose_name = _("feedback")
        ordering = ["-given_at", "-pk"]
        indexes = [
            models.Index(fields=["event"], name="feedback_of_event"),
            models.Index(fields=["customer"], name="feedback_of_customer"),
        ]

    def __str__(self):
        return "★" * self.stars
