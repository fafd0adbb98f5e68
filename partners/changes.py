"""Every act leaves its traces here: what it changed, by whom, and how to take it back."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import DecimalField, F
from django.utils import timezone

from partners.models import Change, OwnedModel, Partner, User, uuid7

BOOKKEEPING = {"created_at", "updated_at", "version", "partner_id"}
AT_ONCE = 500

Values = dict[str, Any]

followers: dict[type[OwnedModel], Callable[[Partner, list[Any]], None]] = {}
companions: dict[tuple[type[OwnedModel], str], Callable[["Act", list[Any]], None]] = {}
greeters: dict[type[OwnedModel], Callable[["Act", list[Any]], None]] = {}


def follow(model: type[OwnedModel], refresh: Callable[[Partner, list[Any]], None]) -> None:
    """Declare what is computed from rows of a model; it is done at the end of each act's step."""
    followers[model] = refresh


def let_follow(act: "Act", rows: Iterable[OwnedModel]) -> None:
    by_model: dict[type[OwnedModel], list[OwnedModel]] = defaultdict(list)
    for row in rows:
        if type(row) in followers:
            by_model[type(row)].append(row)
    for model, of_model in by_model.items():
        followers[model](act.partner, of_model)


def accompany(
    model: type[OwnedModel], column: str, go_along: Callable[["Act", list[Any]], None]
) -> None:
    """Declare what changes along, within the same act, when a row's column says something new."""
    companions[model, column] = go_along


def let_go_along(act: "Act", changed: Iterable[tuple[OwnedModel, Values]]) -> None:
    pairs = list(changed)
    for (model, column), go_along in companions.items():
        if rows := [row for row, new in pairs if type(row) is model and column in new]:
            go_along(act, rows)


def greet(model: type[OwnedModel], say: Callable[["Act", list[Any]], None]) -> None:
    """Declare what goes along when new rows of a model come."""
    greeters[model] = say


class Stale(Exception):
    """Somebody changed the row since it was read."""


class Act:
    """One deed of one person: all its changes share an id and are undone together."""

    def __init__(self, partner: Partner, actor: User | None, name: str):
        self.id = uuid7()
        self.partner = partner
        self.actor = actor
        self.name = name
        self.left_traces = False
        self.said: list[str] = []  # what else whoever acts should hear

    def record(self, row: OwnedModel, before: Values | None, after: Values) -> Change:
        """A trace, not yet saved."""
        self.left_traces = True
        return Change(
            partner_id=row.partner_id,
            act_id=self.id,
            act=self.name,
            actor_id=self.actor.pk if self.actor else None,
            model=row._meta.label_lower,
            row_id=row.pk,
            before=None if before is None else plain(before),
            after=plain(as_stored(row, after)),
        )


def as_stored(row: OwnedModel, values: Values) -> Values:
    """An amount with as many places as the database keeps: later it is compared with that."""
    amounts = {
        field.attname: field.to_python(values[field.attname]).quantize(
            Decimal(1).scaleb(-field.decimal_places)
        )
        for field in row._meta.concrete_fields
        if isinstance(field, DecimalField) and values.get(field.attname) is not None
    }
    return values | amounts


def plain(values: Values) -> Values:
    """The same values as JSON knows them."""
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


def facts(row: OwnedModel) -> Values:
    """A row's values by column, without bookkeeping and without what follows from others."""
    left_out = BOOKKEEPING | row.derived
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {
        name: value
        for name, value in values.items()
        if name not in left_out and says_something(value)
    }


def says_something(value: Any) -> bool:
    return value not in (None, "") and value is not False


def create(act: Act, *rows: OwnedModel) -> None:
    """Save new rows, each after those it points to, and remember that they came."""
    for row in rows:
        row.partner = act.partner
        row.refuse_to_mix_partners()
    model: Any
    for model, of_model in groupby(rows, type):
        model.unscoped_with_bin.bulk_create(of_model, AT_ONCE)
    Change.unscoped.bulk_create([act.record(row, None, facts(row)) for row in rows], AT_ONCE)
    let_follow(act, rows)
    for kind, say in greeters.items():
        if new := [row for row in rows if type(row) is kind]:
            say(act, new)


def mention(act: Act, row: OwnedModel) -> None:
    """Remember that an act concerned a row in which it changed nothing."""
    Change.unscoped.bulk_create([act.record(row, {}, {})])


def update(act: Act, row: OwnedModel, **values: Any) -> bool:
    """Write new values, unless the row changed since we read it (Stale); False if none is new."""
    before, new = difference(row, values)
    if not new:
        return False
    touch(row, **new)
    assign(row, values)
    record_all(act, [(row, before, new)])
    let_follow(act, [row])
    let_go_along(act, [(row, new)])
    return True


def update_all(act: Act, wishes: Iterable[tuple[OwnedModel, Values]]) -> int:
    """The same for many rows of one kind, in a few statements; how many had something new."""
    steps = [(row, values, *difference(row, values)) for row, values in wishes]
    steps = [step for step in steps if step[3]]
    if not steps:
        return 0
    rows = [row for row, *_ in steps]
    refuse_stale(act.partner, rows)
    now = timezone.now()
    for row, values, *_ in steps:
        assign(row, values)
        row.version += 1
        row.updated_at = now
    columns = {name for *_, new in steps for name in new} | {"version", "updated_at"}
    type(rows[0]).unscoped_with_bin.bulk_update(rows, sorted(columns), AT_ONCE)
    record_all(act, [(row, before, new) for row, _values, before, new in steps])
    let_follow(act, rows)
    let_go_along(act, [(row, new) for row, _values, _before, new in steps])
    return len(rows)


def difference(row: OwnedModel, values: Values) -> tuple[Values, Values]:
    """What the row says and what it shall say, by column, where the two differ."""
    for value in values.values():
        row.refuse_stranger(value)
    wanted = {
        row._meta.get_field(name).attname: getattr(value, "pk", value)  # type: ignore[union-attr]
        for name, value in values.items()
    }
    new = {name: value for name, value in wanted.items() if value != getattr(row, name)}
    return {name: getattr(row, name) for name in new}, new


def assign(row: OwnedModel, values: Values) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def record_all(act: Act, steps: Iterable[tuple[OwnedModel, Values, Values]]) -> None:
    """Remember what changed, except for columns that follow from others."""
    traces = [
        act.record(row, told(row, before), told(row, after))
        for row, before, after in steps
        if told(row, after)
    ]
    Change.unscoped.bulk_create(traces, AT_ONCE)


def told(row: OwnedModel, values: Values) -> Values:
    return {name: value for name, value in values.items() if name not in row.derived}


def touch(row: OwnedModel, **new: Any) -> None:
    """Compare and swap: whoever else holds this row, or what hangs on it, must look again."""
    rows = type(row).unscoped_with_bin.filter(
        partner_id=row.partner_id, pk=row.pk, version=row.version
    )
    now = timezone.now()
    if not rows.update(**new, version=row.version + 1, updated_at=now):
        raise Stale
    row.version += 1
    row.updated_at = now


def refuse_stale(partner: Partner, rows: Sequence[OwnedModel]) -> None:
    """Lock rows; Stale if one of them changed since it was read."""
    stored = type(rows[0]).unscoped_with_bin.filter(
        partner=partner, pk__in=[row.pk for row in rows]
    )
    versions = dict(stored.select_for_update().order_by("pk").values_list("pk", "version"))
    if any(versions.get(row.pk) != row.version for row in rows):
        raise Stale


def remove(act: Act, *rows: OwnedModel) -> None:
    """Move rows to the bin, each kind of row in one statement."""
    now = timezone.now()
    model: Any
    for model, of_model in groupby(rows, type):
        live = model.unscoped_with_bin.filter(
            partner=act.partner, pk__in=[row.pk for row in of_model], deleted_at=None
        )
        live.update(deleted_at=now, updated_at=now, version=F("version") + 1)
    record_all(act, [(row, {"deleted_at": None}, {"deleted_at": now}) for row in rows])
    let_follow(act, rows)
