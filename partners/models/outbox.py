"""One row per message: what, for whom, when, and what became of it. No address, no text."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.identifiers import uuid7
from partners.models.leases import Leased
from partners.models.people import Partner
from partners.models.privacy import Privacy


class MailClass(models.TextChoices):
    """Who may be written to, and by which right; a kind of message can never change its class."""

    SYSTEM = "system", _("System")
    REMINDER = "reminder", _("Reminder")
    TRANSACTIONAL = "transactional", _("Transactional")
    REQUESTED = "requested", _("Requested")
    MARKETING = "marketing", _("Marketing")


class Reason(models.TextChoices):
    """Why a message is where it is. The partner reads a sentence, the back office counts these."""

    NONE = "", _("no particular reason")
    TOO_LATE = "too-late", _("could not leave in time")
    GONE = "gone", _("its reason is gone")
    UNWANTED = "unwanted", _("no longer wanted")
    NOBODY = "nobody", _("nobody to write to")
    PAUSED = "paused", _("the partner is paused")
    NOTHING_DUE = "nothing-due", _("nothing was due")
    PUT_OFF = "put-off", _("put off by the mail server")
    REFUSED = "refused", _("refused by the mail server")
    GAVE_UP = "gave-up", _("given up after several tries")
    FAULT = "fault", _("a fault of ours")
    NO_ANSWER = "no-answer", _("contact broke before the answer")
    WORKER_DIED = "worker-died", _("the worker never came back")
    RESTORED = "restored", _("may have been sent before the restore")
    NOT_ALLOWED = "not-allowed", _("the person has not allowed it")
    QUIET = "quiet", _("waits for a decent hour")
    TOO_OFTEN = "too-often", _("waits, since another mail went out lately")
    NO_IMPRINT = "no-imprint", _("waits for your address")


class OutboxMessage(Leased):
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
        PERSON = "person", _("person in a partner's circle")

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
    turn_at = models.DateTimeField(null=True)  # the place in the queue, see outbox.write
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    handoff_at = models.DateTimeField(null=True)  # committed before the final dot
    sent_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=120, unique=True)
    last_code = models.PositiveSmallIntegerField(null=True)
    last_error = models.CharField(max_length=200, blank=True)
    ambiguous = models.PositiveSmallIntegerField(default=0)
    dismissed_at = models.DateTimeField(null=True)

    objects = models.Manager()

    privacy = Privacy(
        personal=("last_error",),
        technical=(
            "kind", "mail_class", "dedupe_key", "source_type", "source_id", "source_version",
            "recipient_type", "recipient_id", "due_at", "expires_at", "priority", "turn_at",
            "state", "reason", "attempts", "handoff_at", "sent_at", "message_id", "last_code", "ambiguous", "dismissed_at",
        ),
        words="copied",
        exported=False,
    )  # fmt: skip

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
                F("priority"), F("turn_at"), name="outbox_queue", condition=Q(state="pending")
            ),
            models.Index(
                fields=["lease_until"], name="outbox_leased", condition=Q(state="sending")
            ),
            models.Index(fields=["partner", "-created_at"], name="outbox_of_partner"),
            models.Index(
                fields=["partner"],
                name="outbox_needs_somebody",
                condition=Q(state__in=["failed", "expired", "unknown"], dismissed_at=None),
            ),
            models.Index(
                fields=["partner", "recipient_id", "handoff_at"],
                name="outbox_to_a_person",
                condition=Q(recipient_type="person"),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.state}"

    @property
    def fixed_message_id(self) -> str:
        """The same on every attempt, so that a receiver can tell a repetition."""
        host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
        return f"<{self.kind}.{self.pk}@{host}>"

    @property
    def goes_to_a_guest(self) -> bool:
        """Not to somebody who signs in here: better once and uncertain than twice."""
        return self.mail_class not in {MailClass.SYSTEM, MailClass.REMINDER}


class OutboxAttempt(models.Model):
    """One try to hand a message over: what was said, by which worker, without any address."""

    class Outcome(models.TextChoices):
        SENT = "sent", _("sent")
        PUT_OFF = "put-off", _("put off")
        REFUSED = "refused", _("refused")
        BROKEN_OFF = "broken-off", _("broken off before the hand-over")
        NO_ANSWER = "no-answer", _("no answer after the hand-over")
        FAULT = "fault", _("a fault of ours")
        WORKER_DIED = "worker-died", _("the worker never came back")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(OutboxMessage, models.CASCADE, related_name="tries", db_index=False)
    lease_token = models.UUIDField()
    handoff_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    code = models.PositiveSmallIntegerField(null=True)
    reply = models.CharField(max_length=200, blank=True)
    worker = models.CharField(max_length=60, blank=True)

    objects = models.Manager()

    privacy = Privacy(
        technical=(
            "message", "lease_token", "handoff_at", "finished_at", "outcome", "code", "reply",
            "worker",
        ),
        exported=False,
    )  # fmt: skip

    class Meta:
        ordering = ["-finished_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "lease_token"], name="one_attempt_for_each_lease"
            )
        ]
        indexes = [models.Index(fields=["-finished_at"], name="attempts_latest")]

    def __str__(self):
        return f"{self.message_id} {self.outcome}"


class MailGate(models.Model):
    """Whether the mail server may be tried, and since when not: one row for the whole house.

    While it is closed every message waits and none loses a try. After a restore from a backup it
    also knows until which moment messages are held, since they may have been sent already.
    """

    class Reason(models.TextChoices):
        UNREACHABLE = "unreachable", _("the mail server cannot be reached")
        PASSWORD = "password", _("the mail server refuses our password")
        TURNED_AWAY = "turned-away", _("the mail server turns us away")
        SENDER = "sender", _("the mail server takes no mail from us")
        REFUSALS = "refusals", _("the mail server refuses one mail after the other")

    ONE = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONE)
    closed_at = models.DateTimeField(null=True)
    closed_until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    code = models.PositiveSmallIntegerField(null=True)
    said = models.CharField(max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)  # in a row
    refusals = models.PositiveSmallIntegerField(default=0)  # in a row
    backup_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)

    objects = models.Manager()

    privacy = Privacy(
        technical=(
            "closed_at", "closed_until", "reason", "code", "said", "failures", "refusals",
            "backup_at", "held_until",
        ),
        exported=False,
    )  # fmt: skip

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.reason or "open"


class Heartbeat(models.Model):
    """When a planner last finished its round, by the database's clock; silence is noticed."""

    name = models.CharField(max_length=40, primary_key=True)
    beat_at = models.DateTimeField()

    privacy = Privacy(technical=("name", "beat_at"), exported=False)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name
