"""Questions whose SQL is written once and asked with other values each time.

Django writes the SQL of a queryset anew whenever it is asked; where an index has the answer, that
takes longer than the answer itself. The sentence stays a queryset:

    @questions.written_once
    def steps_of(partner: Partner, event: uuid.UUID):
        return partner.eventsteps.filter(event=event)

`steps_of(partner, event.pk)` is the list of its rows. What is given goes into the SQL as it is.
Whatever the function itself makes of it, or looks up, would stay what it was the first time; so the
SQL is written for two sets of strange values, in two zones and languages, and nothing else may
differ between the two. It may only branch where something is not given (None, ""), or on yes or no.
"""

import datetime as dt
import functools
import secrets
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models.query import RelatedPopulator, get_related_populators
from django.utils import timezone, translation

from partners.models import Partner

Given = ParamSpec("Given")
Row = TypeVar("Row", bound=models.Model)

FAR = dt.datetime(2300, 1, 1, tzinfo=dt.UTC)
MICROSECONDS = 10**17  # three thousand years
# Where the SQL is written, whoever asks first.
HERE, ELSEWHERE = ("UTC", "de"), ("Pacific/Kiritimati", "en")


class NotAsGivenError(Exception):
    """The SQL would not differ by the values alone that were given, or by one of them never."""


class NotTheirsError(Exception):
    """A row of somebody else came along: a sentence that does not begin at its partner."""


@dataclass(frozen=True)
class Kind:
    """How a value that may be given is stored, one that nobody else gives, and what two of them may
    not have in common, lest something worked out from it (a month, a length) is taken for the same.
    """

    field: models.Field
    strange: Callable[[], Any]
    parts: Callable[[Any], Sequence[Any]] = lambda value: (value,)

    def two(self) -> tuple[Any, Any]:
        while True:
            one, other = self.strange(), self.strange()
            if all(
                mine != its for mine, its in zip(self.parts(one), self.parts(other), strict=True)
            ):
                return one, other


def moment() -> dt.datetime:
    return FAR + dt.timedelta(microseconds=secrets.randbelow(MICROSECONDS))


def anybody() -> Partner:
    """Of whom nothing is known but who they are: whatever else is asked of them is not there."""
    return Partner.from_db("default", ["id"], [secrets.randbits(62)])


def day_parts(day: dt.date) -> Sequence[Any]:
    return day.year, day.month, day.day, day.weekday()


def text() -> str:
    """Whatever folds it, or escapes it for LIKE, changes it."""
    return f"Ä_{secrets.token_hex(8 + secrets.randbelow(8))}%ß"


KINDS: dict[type, Kind] = {
    Partner: Kind(models.BigIntegerField(), anybody),
    uuid.UUID: Kind(models.UUIDField(), uuid.uuid4),
    dt.datetime: Kind(
        models.DateTimeField(),
        moment,
        lambda at: (*day_parts(at), at.hour, at.minute, at.second, at.microsecond),
    ),
    dt.date: Kind(models.DateField(), lambda: moment().date(), day_parts),
    str: Kind(models.TextField(), text, lambda words: (words, len(words))),
}


def is_shape(value: Any) -> bool:
    """Whether the SQL itself differs with it: nothing, yes or no."""
    return value is None or value == "" or isinstance(value, bool)


known: WeakKeyDictionary[Callable, dict[Any, "Written"]] = WeakKeyDictionary()


class Counted(models.Subquery):
    """How many rows a query finds, as a column of another one."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = models.IntegerField()


def written_once(
    words: Callable[Concatenate[Partner, Given], "models.QuerySet[Row]"],
) -> Callable[Concatenate[Partner, Given], list[Row]]:
    """Of a function that says which of a partner's rows are meant, one that reads them.

    Raises NotAsGivenError when first asked, if the SQL depends on anything but what is given.
    """

    known[words] = {}

    @functools.wraps(words)
    def ask(*given: Any) -> list[Any]:
        connection = connections["default"]
        shape = (connection.vendor, *(one if is_shape(one) else type(one) for one in given))
        kept = known.setdefault(words, {})
        if shape not in kept:
            kept[shape] = write(words, given, connection)
        return kept[shape].ask(given, connection)

    return ask  # type: ignore[return-value]


@dataclass(frozen=True)
class Written:
    """SQL with places for what is given, and how its rows are read."""

    sql: str
    values: Sequence[Any]
    places: Sequence[tuple[int, int]]  # which value is which of those given
    converters: Sequence[tuple[int, Any]]
    model: type[models.Model]
    columns: slice
    names: Sequence[str]
    related: Sequence[RelatedPopulator]
    annotations: Sequence[tuple[str, int]]
    owner: Any  # the field that leads to the partner

    def ask(self, given: Sequence[Any], connection: Any) -> list[Any]:
        values = list(self.values)
        for place, number in self.places:
            values[place] = stored(given[number], connection)
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            rows = cursor.fetchall()
        if self.converters:
            rows = [self.converted(list(row), connection) for row in rows]
        return [self.instance(row, given[0], connection.alias) for row in rows]

    def converted(self, row: list[Any], connection: Any) -> list[Any]:
        for place, (converters, expression) in self.converters:
            for convert in converters:
                row[place] = convert(row[place], expression, connection)
        return row

    def instance(self, row: Sequence[Any], partner: Any, using: str) -> Any:
        one = self.model.from_db(using, self.names, row[self.columns])
        for related in self.related:
            related.populate(row, one)
        for name, place in self.annotations:
            setattr(one, name, row[place])
        if not is_theirs(one.__dict__.setdefault(self.owner.attname, partner.pk), partner):
            raise NotTheirsError(self.model.__name__)
        self.owner.set_cached_value(one, partner)
        return one


@contextmanager
def being_in(zone: str, language: str) -> Iterator[None]:
    with timezone.override(zone), translation.override(language):
        yield


def write(words: Callable[..., Any], given: Sequence[Any], connection: Any) -> Written:
    """Twice, to see what differs."""
    both = [(one, one) if is_shape(one) else kind_of(one).two() for one in given]
    strange, others = zip(*both, strict=True)
    try:
        with being_in(*HERE):
            rows = words(*strange)
            compiler = rows.query.get_compiler(connection=connection)
            sql, values = compiler.as_sql()
        with being_in(*ELSEWHERE):
            again = words(*others).query.get_compiler(connection=connection).as_sql()
    except (EmptyResultSet, Partner.DoesNotExist) as error:
        raise NotAsGivenError(words.__qualname__) from error
    pairs = [(stored(one, connection), stored(other, connection)) for one, other in both]
    differing = [
        (place, pair)
        for place, pair in enumerate(zip(values, again[1], strict=True))
        if pair[0] != pair[1]
    ]
    asked = {pair for one, pair in zip(given, pairs, strict=True) if not is_shape(one)}
    if sql != again[0] or not is_as_given({pair for _place, pair in differing}, asked):
        raise NotAsGivenError(words.__qualname__)
    if rows._prefetch_related_lookups or rows._fields:  # noqa: SLF001 - nobody else tells
        raise NotAsGivenError(f"{words.__qualname__} reads rows, and nothing beside them")
    select, told = compiler.select, compiler.klass_info or {}
    places = told["select_fields"]
    columns = slice(places[0], places[-1] + 1)
    converters = compiler.get_converters([one[0] for one in select[: compiler.col_count]])
    return Written(
        sql=sql,
        values=values,
        places=[(place, pairs.index(pair)) for place, pair in differing],
        converters=list(converters.items()),
        model=told["model"],
        columns=columns,
        names=[column.target.attname for column, *_ in select[columns]],
        related=get_related_populators(told, select, connection.alias),  # type: ignore[call-arg]  # stubs of a later Django
        annotations=list(compiler.annotation_col_map.items()),
        owner=told["model"]._meta.get_field("partner"),
    )


def is_as_given(differing: set[Any], asked: set[Any]) -> bool:
    """Whether what was given is all that differs, and all of it is there, the partner above all."""
    return differing == asked


def is_theirs(owner_id: int, partner: Partner) -> bool:
    return owner_id == partner.pk


def stored(value: Any, connection: Any) -> Any:
    if is_shape(value):
        return value
    plain = value.pk if isinstance(value, Partner) else value
    return kind_of(value).field.get_db_prep_value(plain, connection)


def kind_of(value: Any) -> Kind:
    if type(value) not in KINDS:
        raise NotAsGivenError(f"{type(value).__qualname__} is nothing that can be given")
    return KINDS[type(value)]
