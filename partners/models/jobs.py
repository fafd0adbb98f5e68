"""Long work, done in slices: one row per job, with numbers and never with names."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.identifiers import uuid7
from partners.models.leases import Leased
from partners.models.people import Partner
from partners.models.privacy import Privacy


class Job(Leased):
    """Work of one partner that is too long for a request.

    `cursor` says where the next slice goes on; it is saved together with what the slice did.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="jobs", db_index=False)
    actor_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=40)
    dedupe_key = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    cursor = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    error = models.CharField(max_length=200, blank=True)
    cancel_requested_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    turn_at = models.DateTimeField(default=timezone.now)  # who waited longest comes next
    finished_at = models.DateTimeField(null=True)

    objects = models.Manager()

    privacy = Privacy(
        personal=("cursor", "result"),
        technical=(
            "actor_id", "kind", "dedupe_key", "state", "done", "total", "error",
            "cancel_requested_at", "turn_at", "finished_at",
        ),
        words="copied",
        exported=False,
    )  # fmt: skip

    class Meta:
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="running", lease_token__isnull=False)
                | (~Q(state="running") & Q(lease_token=None)),
                name="a_lease_means_running",
            ),
            models.UniqueConstraint(
                fields=["partner", "kind", "dedupe_key"],
                name="a_job_is_asked_for_once",
                condition=Q(state__in=["waiting", "running"]) & ~Q(dedupe_key=""),
            ),
        ]
        indexes = [
            models.Index(F("turn_at"), name="jobs_queue", condition=Q(state="waiting")),
            models.Index(fields=["lease_until"], name="jobs_leased", condition=Q(state="running")),
            models.Index(fields=["partner", "-created_at"], name="jobs_of_partner"),
        ]

    def __str__(self):
        return f"{self.kind} {self.done}/{self.total}"

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED, self.State.CANCELLED}
