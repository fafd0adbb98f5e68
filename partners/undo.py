"""Taking an act back: each row becomes what it was, unless it has changed since."""

import dataclasses
import uuid
from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.apps import apps
from django.utils import timezone

from partners.changes import Act, Values, facts, plain, says_something, update_all
from partners.models import OwnedModel, Partner, User


@dataclasses.dataclass
class Step:
    """What an act did to one row, however often it touched it; `before` is empty for a new row."""

    row: OwnedModel
    before: Values | None
    after: Values

    @property
    def made_it(self) -> bool:
        return self.before is None

    @property
    def is_taken_back(self) -> bool:
        if self.before is None:
            return self.row.deleted_at is not None
        return self.now == self.before

    @property
    def is_as_left(self) -> bool:
        return self.now == self.after

    @property
    def now(self) -> Values:
        if self.before is None:
            return plain(facts(self.row))
        return plain({name: getattr(self.row, name) for name in self.before})

    @property
    def return_values(self) -> Values:
        if self.before is None:
            return {"deleted_at": timezone.now()}
        return {name: value_of(self.row, name, value) for name, value in self.before.items()}


@dataclasses.dataclass
class Undone:
    """What became of it: rows that are as before again, and how many stay as they are now."""

    rows: list[OwnedModel]
    kept: int


def undo(partner: Partner, act_id: uuid.UUID, actor: User | None) -> Undone:
    """Take an act back; twice is harmless, what is as before already stays so."""
    steps = [step for step in steps_of(partner, act_id) if not step.is_taken_back]
    kept = {step.row.pk for step in steps if not step.is_as_left}
    kept |= those_that_stay([step.row for step in steps if step.made_it], kept)
    act = Act(partner, actor, "undo")
    back = [step for step in steps if step.row.pk not in kept]
    for _model, of_model in groupby(back, lambda step: type(step.row)):
        update_all(act, [(step.row, step.return_values) for step in of_model])
    return Undone([step.row for step in back], len(kept))


def steps_of(partner: Partner, act_id: uuid.UUID) -> list[Step]:
    """An act row by row, each row locked and as it is now."""
    nets: dict[str, dict[uuid.UUID, tuple[Values | None, Values]]] = defaultdict(dict)
    for trace in partner.changes.filter(act_id=act_id).order_by("pk"):
        before, after = nets[trace.model].get(trace.row_id, (trace.before, {}))
        if before is not None and trace.before is not None:
            before = trace.before | before
        nets[trace.model][trace.row_id] = before, after | (trace.after or {})
    return [
        Step(row, before, after if before is not None else filled(after))
        for label, of_model in nets.items()
        for row in locked(apps.get_model(label), partner, of_model)
        for before, after in [of_model[row.pk]]
    ]


def locked(model: type[Any], partner: Partner, ids: Iterable[uuid.UUID]) -> Iterable[OwnedModel]:
    rows = model.unscoped_with_bin.filter(partner=partner, pk__in=list(ids))
    return rows.select_for_update().order_by("pk")


def filled(values: Values) -> Values:
    return {name: value for name, value in values.items() if says_something(value)}


def those_that_stay(made: list[OwnedModel], changed: set[uuid.UUID]) -> set[uuid.UUID]:
    """New rows that changed or are in use by now, and the new rows they belong together with."""
    ids = {row.pk for row in made}
    pairs = [
        {row.pk, getattr(row, field.attname)}
        for row in made
        for field in row._meta.concrete_fields
        if field.is_relation and getattr(row, field.attname) in ids
    ]
    stay = changed & ids | in_use(made, ids)
    while more := {pk for pair in pairs if pair & stay for pk in pair} - stay:
        stay |= more
    return stay


def in_use(made: list[OwnedModel], ids: set[uuid.UUID]) -> set[uuid.UUID]:
    """New rows to which another live row points that came later."""
    found: set[uuid.UUID] = set()
    for model in {type(row) for row in made}:
        for relation in model._meta.related_objects:
            other: Any = relation.related_model
            if issubclass(other, OwnedModel):
                pointer = relation.field.attname
                later = other.unscoped.filter(**{f"{pointer}__in": ids}).exclude(pk__in=ids)
                found |= set(later.values_list(pointer, flat=True))
    return found


def value_of(row: OwnedModel, attname: str, value: Any) -> Any:
    """A value from JSON as the column's own type."""
    field: Any = row._meta.get_field(attname)
    return (field.target_field if field.is_relation else field).to_python(value)
