"""What every private row has in common."""

import dataclasses
from collections.abc import Callable, Hashable
from typing import Any, ClassVar, Literal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.base import ModelState
from django.utils import timezone

from partners.models.identifiers import uuid7
from partners.models.people import Partner
from partners.models.privacy import Privacy


def nothing_else(row: Any, other: Any) -> dict[str, Any]:
    return {}


@dataclasses.dataclass(frozen=True)
class Merging:
    """What becomes of rows when two people to whom they point turn out to be one.

    move: they hang on the one who stays. unite: likewise, yet of those of which `same` says the
    same one remains, with what `combine(kept, double)` makes of the two. drop: they go to the bin.
    `moved(row, there)` says what else changes in a row that comes to those that are there.
    """

    how: Literal["move", "unite", "drop"]
    same: Callable[[Any], Hashable] = lambda row: row.pk
    combine: Callable[[Any, Any], dict[str, Any]] = nothing_else
    moved: Callable[[Any, list[Any]], dict[str, Any]] = nothing_else


class LiveManager(models.Manager):
    """Rows that are not in the bin. `partner.customers` inherits this."""

    def get_queryset(self):
        return super().get_queryset().filter(deleted_at=None)


class OwnedModel(models.Model):
    """A row that belongs to one partner alone.

    There is no `objects` manager: queries start at a partner (`partner.customers`). The manager
    is called `unscoped` so that its use stands out; only listed modules may touch it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partner = models.ForeignKey(
        Partner, models.CASCADE, related_name="%(class)ss", editable=False, db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)

    unscoped: Any = LiveManager()
    unscoped_with_bin: Any = models.Manager()

    privacy: ClassVar[Privacy]
    merging: ClassVar[Merging | None] = None  # whatever points to a person says it
    # Columns that follow from others: no history, and never written back by an undo.
    derived: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if kwargs.get("update_fields") is None:
            self.refuse_to_mix_partners()
        super().save(*args, **kwargs)

    @classmethod
    def from_db(cls, db, field_names, values):  # type: ignore[override]  # stubs of a later Django
        """As Django does, without asking each column of the model whether it was read.

        A row costs a third of what it did; nothing here listens to `pre_init` or `post_init`.
        """
        row = cls.__new__(cls)
        row._state = ModelState()
        row._state.adding, row._state.db = False, db
        row.__dict__.update(zip(field_names, values, strict=True))
        return row

    def refuse_to_mix_partners(self):
        """A row may only point to rows of its own partner."""
        field: Any
        for field in self._meta.concrete_fields:
            if field.is_relation and issubclass(field.related_model, OwnedModel):
                self.refuse_stranger(getattr(self, field.name))

    def refuse_stranger(self, other: Any):
        if isinstance(other, OwnedModel) and other.partner_id != self.partner_id:
            raise ValidationError(f"{other._meta.model_name} belongs to another partner")


class Change(OwnedModel):
    """One row as it was before and after one act: history, undo and proof in one table."""

    act_id = models.UUIDField()
    act = models.CharField(max_length=40)
    actor_id = models.BigIntegerField(null=True)
    model = models.CharField(max_length=60)
    row_id = models.UUIDField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    privacy = Privacy(
        personal=("before", "after"),
        technical=("act_id", "act", "actor_id", "model", "row_id"),
        words="copied",
    )

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["partner", "act_id"], name="change_by_act"),
            models.Index(fields=["partner", "row_id", "created_at"], name="change_by_row"),
        ]

    def __str__(self):
        return f"{self.act} {self.model} {self.row_id}"
