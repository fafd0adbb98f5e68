"""Taking an act back: each row becomes what it was, unless it has changed since."""

import dataclasses
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db.models import UniqueConstraint
from django.utils import timezone

from partners.changes import Act, Values, facts, plain, says_something, update_all
from partners.models import Change, OwnedModel, Partner, User

Nets = dict[uuid.UUID, tuple[Values | None, Values]]


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
    def comes_back(self) -> bool:
        """Out of the bin."""
        return self.before is not None and "deleted_at" in self.before and bool(self.row.deleted_at)

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

    steps: list[Step]
    kept: int

    @property
    def rows(self) -> list[OwnedModel]:
        return [step.row for step in self.steps]


def undo(
    partner: Partner,
    act_id: uuid.UUID,
    actor: User | None,
    untouchable: Collection[uuid.UUID] = (),
) -> Undone:
    """Take an act back; twice is harmless, what is as before already stays so."""
    steps = [step for step in steps_of(partner, act_id) if not step.is_taken_back]
    kept = {step.row.pk for step in steps if not step.is_as_left or step.row.pk in untouchable}
    coming = [step for step in steps if step.comes_back and step.row.pk not in kept]
    kept |= without_a_place(partner, [step.row for step in coming])
    kept |= left_alone(partner, {step.row: step.return_values for step in coming})
    kept |= given_away(partner, [step for step in steps if step.before])
    kept |= pointing_nowhere(partner, [step for step in steps if step.row.pk not in kept])
    kept |= those_that_stay([step.row for step in steps if step.made_it], kept)
    act = Act(partner, actor, "undo")
    back = [step for step in steps if step.row.pk not in kept]
    for _model, of_model in groupby(back, lambda step: type(step.row)):
        update_all(act, [(step.row, step.return_values) for step in of_model])
    return Undone(back, len(kept))


def steps_of(partner: Partner, act_id: uuid.UUID) -> list[Step]:
    """An act row by row, each row locked and as it is now."""
    nets = nets_of(partner.changes.filter(act_id=act_id).order_by("pk"))
    return [
        step_of(row, *of_model[row.pk])
        for label, of_model in nets.items()
        for row in stored(label, partner, of_model).select_for_update()
    ]


def rows_of(partner: Partner, traces: Iterable[Change]) -> dict[uuid.UUID, OwnedModel]:
    """The rows of which these traces tell, as they are now, those in the bin included."""
    wanted: dict[str, set[uuid.UUID]] = defaultdict(set)
    for trace in traces:
        wanted[trace.model].add(trace.row_id)
    return {row.pk: row for label in wanted for row in stored(label, partner, wanted[label])}


def can_be_undone(traces: Iterable[Change], rows: dict[uuid.UUID, OwnedModel]) -> bool:
    """Whether an act, told by all its traces in order, still has something to take back."""
    steps = [
        step_of(rows[pk], *net)
        for of_model in nets_of(traces).values()
        for pk, net in of_model.items()
        if pk in rows
    ]
    return any(step.is_as_left and not step.is_taken_back for step in steps)


def nets_of(traces: Iterable[Change]) -> dict[str, Nets]:
    """By model and row: what stood there before an act and after it, however often it wrote."""
    nets: dict[str, Nets] = defaultdict(dict)
    for trace in traces:
        before, after = nets[trace.model].get(trace.row_id, (trace.before, {}))
        if before is not None and trace.before is not None:
            before = trace.before | before
        nets[trace.model][trace.row_id] = before, after | (trace.after or {})
    return nets


def step_of(row: OwnedModel, before: Values | None, after: Values) -> Step:
    return Step(row, before, after if before is not None else filled(after))


def stored(label: str, partner: Partner, ids: Iterable[uuid.UUID]) -> Any:
    model: Any = apps.get_model(label)
    return model.unscoped_with_bin.filter(partner=partner, pk__in=list(ids)).order_by("pk")


def filled(values: Values) -> Values:
    return {name: value for name, value in values.items() if says_something(value)}


def without_a_place(partner: Partner, rows: list[OwnedModel]) -> set[uuid.UUID]:
    """Rows in the bin whose place another one has taken since, where there may be only one."""
    found: set[uuid.UUID] = set()
    for model in {type(row) for row in rows}:
        mine = [row for row in rows if type(row) is model]
        for constraint in model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and constraint.fields:
                fields: list[Any] = [model._meta.get_field(name) for name in constraint.fields]
                names = [field.attname for field in fields]
                last = names[-1]
                live = model.unscoped.filter(
                    partner=partner, **{f"{last}__in": {getattr(row, last) for row in mine}}
                )
                taken = set(live.values_list(*names))
                found |= {
                    row.pk for row in mine if tuple(getattr(row, name) for name in names) in taken
                }
    return found


def given_away(partner: Partner, steps: list[Step]) -> set[uuid.UUID]:
    """Rows whose former number another one bears since, where none is given twice."""
    ids = {step.row.pk for step in steps}
    return {
        step.row.pk
        for step in steps
        for constraint in step.row._meta.constraints
        if isinstance(constraint, UniqueConstraint) and not constraint.condition
        if is_given_away(partner, step, constraint.fields, ids)
    }


def is_given_away(partner: Partner, step: Step, fields: Iterable[str], ids: set[uuid.UUID]) -> bool:
    row: Any = step.row
    names = [row._meta.get_field(name).attname for name in fields]
    back = step.return_values
    if not back.keys() & set(names):
        return False
    place = {name: back.get(name, getattr(row, name)) for name in names}
    others = type(row).unscoped_with_bin.filter(partner=partner).filter(**place)
    return others.exclude(pk__in=ids).exists()


def left_alone(partner: Partner, rows: Mapping[OwnedModel, Values]) -> set[uuid.UUID]:
    """Rows in the bin that will point to one there which does not come back along with them."""
    coming = {row.pk for row in rows}
    pointers: dict[Any, list[tuple[uuid.UUID, uuid.UUID]]] = defaultdict(list)
    field: Any
    for row, values in rows.items():
        for field in row._meta.concrete_fields:
            target = values.get(field.attname, getattr(row, field.attname))
            if field.is_relation and issubclass(field.related_model, OwnedModel) and target:
                pointers[field.related_model].append((row.pk, target))
    found: set[uuid.UUID] = set()
    for model, pairs in pointers.items():
        wanted = {target for _pk, target in pairs} - coming
        binned = model.unscoped_with_bin.filter(partner=partner, pk__in=wanted)
        gone = set(binned.exclude(deleted_at=None).values_list("pk", flat=True))
        found |= {pk for pk, target in pairs if target in gone}
    return found


def pointing_nowhere(partner: Partner, steps: list[Step]) -> set[uuid.UUID]:
    """Rows that would name one again which is gone for good."""
    pairs: dict[Any, list[tuple[uuid.UUID, uuid.UUID]]] = defaultdict(list)
    field: Any
    for step in steps:
        for field in step.row._meta.concrete_fields:
            target = step.before and step.return_values.get(field.attname)
            if target and field.is_relation and issubclass(field.related_model, OwnedModel):
                pairs[field.related_model].append((step.row.pk, target))
    found: set[uuid.UUID] = set()
    for model, of_model in pairs.items():
        wanted = {target for _pk, target in of_model}
        rows = model.unscoped_with_bin.filter(partner=partner, pk__in=wanted)
        here = set(rows.values_list("pk", flat=True))
        found |= {pk for pk, target in of_model if target not in here}
    return found


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
