"""Files that all hosts share: uploads and exports are rows, nothing lies on a disk."""

from django.db import models
from django.db.models import Q

from partners.models.owned import OwnedModel
from partners.models.people import Partner
from partners.models.privacy import Privacy


class StoredFile(OwnedModel):
    """A file of one partner; a large one lies in parts, in their order."""

    partner = models.ForeignKey(
        Partner, models.CASCADE, related_name="files", editable=False, db_index=False
    )
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(default=0)
    is_complete = models.BooleanField(default=True)
    expires_at = models.DateTimeField(null=True)  # empty: it stays until it is replaced

    privacy = Privacy(
        personal=("name",),
        technical=("content_type", "size", "is_complete", "expires_at"),
        words="copied",
        exported=False,
    )

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["partner", "-id"], name="file_latest"),
            models.Index(fields=["expires_at"], name="file_expiry"),
        ]

    def __str__(self):
        return self.name


class FilePart(OwnedModel):
    partner = models.ForeignKey(
        Partner, models.CASCADE, related_name="file_parts", editable=False, db_index=False
    )
    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="parts", db_index=False)
    section = models.CharField(max_length=60, blank=True)  # of an archive: the file in it
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    privacy = Privacy(
        personal=("content",),
        technical=("file", "section", "number"),
        words="copied",
        exported=False,
    )

    class Meta:
        ordering = ["section", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "file", "section", "number"],
                name="a_part_of_a_file_comes_once",
                condition=Q(deleted_at=None),
            )
        ]
        indexes = [models.Index(fields=["file"], name="file_part_of_file")]

    def __str__(self):
        return f"{self.file_id} {self.number}"
