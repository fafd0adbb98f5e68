"""Work on many people at once: saved questions, bulk acts, imports."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models import OwnedModel, Partner, Privacy, StoredFile


class SavedFilter(OwnedModel):
    """A question to the customer list under a name; `query` is what stands in the address bar."""

    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=2000)

    privacy = Privacy(personal=("name", "query"), words="copied")

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["partner"], name="saved_filter_of_partner")]

    def __str__(self):
        return self.name


class BulkAct(OwnedModel):
    """The same done to many people, in chunks that are acts of their own; undone as a whole."""

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")
        UNDOING = "undoing", _("being taken back")
        UNDONE = "undone", _("taken back")

    kind = models.CharField(max_length=20)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    acts = models.JSONField(default=list)  # ids of the acts, in order
    kept = models.PositiveIntegerField(default=0)  # rows that an undo left, since they had changed
    job_id = models.UUIDField(null=True)

    privacy = Privacy(
        personal=("params",),
        technical=("kind", "state", "total", "done", "acts", "kept", "job_id"),
        words="copied",
        exported=False,
    )

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["partner", "-id"], name="bulk_act_latest")]

    def __str__(self):
        return f"{self.kind} {self.done}/{self.total}"


class Import(OwnedModel):
    """One file with contacts, from the upload to the report and perhaps the undo."""

    class Kind(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "Excel"
        VCARD = "vcard", "vCard"
        PICKED = "picked", _("phone")

    class State(models.TextChoices):
        MAPPING = "mapping", _("columns to be checked")
        READING = "reading", _("being read")
        READY = "ready", _("to be looked through")
        RUNNING = "running", _("being taken over")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")
        UNDOING = "undoing", _("being taken back")
        UNDONE = "undone", _("taken back")
        FAILED = "failed", _("not readable")

    file = models.ForeignKey(
        StoredFile, models.SET_NULL, null=True, related_name="imports", db_index=False
    )
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.MAPPING)
    settings = models.JSONField(default=dict)  # encoding, delimiter, columns, choices made for all
    counts = models.JSONField(default=dict)
    error = models.CharField(max_length=300, blank=True)
    job_id = models.UUIDField(null=True)

    privacy = Privacy(
        personal=("name", "settings", "counts", "error"),
        technical=("file", "kind", "state", "job_id"),
        words="copied",
        exported=False,
    )

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["partner", "-id"], name="import_latest")]

    def __str__(self):
        return self.name


class ImportPage(OwnedModel):
    """Up to 500 entries of the file: as they stand there, what they would do, what was decided."""

    partner = models.ForeignKey(
        Partner, models.CASCADE, related_name="import_pages", editable=False, db_index=False
    )
    run = models.ForeignKey(Import, models.CASCADE, related_name="pages", db_index=False)
    number = models.PositiveIntegerField()
    rows = models.JSONField(default=list)
    act_id = models.UUIDField(null=True)  # what taking them over did
    is_done = models.BooleanField(default=False)

    privacy = Privacy(
        personal=("rows",),
        technical=("run", "number", "act_id", "is_done"),
        words="copied",
        exported=False,
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "run", "number"],
                name="a_page_comes_once",
                condition=Q(deleted_at=None),
            )
        ]
        indexes = [models.Index(fields=["run", "number"], name="import_page_of_run")]

    def __str__(self):
        return f"{self.run_id} {self.number}"
