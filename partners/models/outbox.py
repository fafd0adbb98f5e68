"""One row per message: what, for whom, when, and what became of it. No address, no text."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.identifiers import uuid7
from partners.models.people import Partner


class MailClass(models.TextChoices):
    """Who may be written to, and by which right; a kind of message can never change its class."""

    SYSTEM = "system", _("System")
    REMINDER = "reminder", _("Reminder")
    TRANSACTIONAL = "transactional", _("Transactional")
    REQUESTED = "requested", _("Requested")
    MARKETING = "marketing", _("Marketing")


class OutboxMessage(models.Model):
    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not delivered")
        EXPIRED = "expired", _("too late")
        CANCELLED = "cancelled", _("no longer needed")
        SKIPPED = "skipped", _("nothing to say")
        UNKNOWN = "unknown", _("uncertain")

    class Recipient(models.TextChoices):
        USER = "user", _("user")
        ADDRESS = "address", _("address of a user")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partner = models.ForeignKey(
        Partner, models.CASCADE, null=True, related_name="messages", db_index=False
    )
    kind = models.CharField(max_length=40)
    mail_class = models.CharField(max_length=20, choices=MailClass.choices)
    dedupe_key = models.CharField(max_length=120, unique=True)
    source_type = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=40, blank=True)
    source_version = models.CharField(max_length=40, blank=True)
    recipient_type = models.CharField(
        max_length=20, choices=Recipient.choices, default=Recipient.USER
    )
    recipient_id = models.CharField(max_length=40)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    priority = models.PositiveSmallIntegerField(default=50)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    handoff_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=120, unique=True)
    last_code = models.PositiveSmallIntegerField(null=True)
    last_error = models.CharField(max_length=200, blank=True)
    ambiguous = models.PositiveSmallIntegerField(default=0)

    objects = models.Manager()

    class Meta:
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sending", lease_token__isnull=False)
                | (~Q(state="sending") & Q(lease_token=None)),
                name="a_lease_means_sending",
            ),
        ]
        indexes = [
            models.Index(
                F("priority"), F("due_at"), name="outbox_waiting", condition=Q(state="pending")
            ),
            models.Index(
                fields=["lease_until"], name="outbox_leased", condition=Q(state="sending")
            ),
            models.Index(fields=["partner", "-created_at"], name="outbox_of_partner"),
        ]

    def __str__(self):
        return f"{self.kind} {self.state}"

    @property
    def fixed_message_id(self) -> str:
        """The same on every attempt, so that a receiver can tell a repetition."""
        host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
        return f"<{self.kind}.{self.pk}@{host}>"


class Heartbeat(models.Model):
    """When a planner last finished its round, so that silence can be noticed."""

    name = models.CharField(max_length=40, primary_key=True)
    beat_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name
