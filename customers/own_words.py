"""By which words somebody is recognised in a text: their names, addresses and numbers."""

import dataclasses
import json
import re
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Any
from urllib.parse import unquote_plus

from customers import text
from customers.models import Customer, Email, Phone, hanging
from partners.models import Partner

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*")
NUMBER = re.compile(r"\+?\(?\d[\d\s()/.–-]{4,}\d")
SHORTEST_NUMBER, SHORTEST_VALUE, SHORTEST_UID = 6, 4, 12


@dataclasses.dataclass(frozen=True)
class OwnWords:
    """`values` is everything that is noted of them, as it is stored, if it is a text; `needles`
    stand in every text with a whole name of theirs.
    """

    names: frozenset[tuple[str, ...]]
    points: frozenset[str]
    numbers: frozenset[str]
    values: frozenset[str] = frozenset()
    needles: frozenset[str] = frozenset()

    def are_in(self, said: str) -> bool:
        """A whole name counts, not half of one: others are called Petra, too."""
        plain = unquote_plus(said)
        if self.reach(plain):
            return True
        told = split(plain)
        words = f" {' '.join(told)} "
        return any(
            f" {' '.join(way)} " in words
            for name in self.possible(told)
            for way in (name, name[::-1], (*name[1:], name[0]), (name[-1], *name[:-1]))
        )

    def are_in_row(self, cells: Iterable[str]) -> bool:
        """Of a table, where the parts of a name may stand apart."""
        row = " ".join(cells)
        words = set(split(row))
        return self.reach(row) or any(words.issuperset(name) for name in self.possible(words))

    def reach(self, said: str) -> bool:
        """An address or a number of theirs."""
        lower = said.casefold()
        if "@" in lower and not self.points.isdisjoint(ADDRESS.findall(lower)):
            return True
        if any(point in lower and stands_alone(point, lower) for point in self.odd_points):
            return True
        found = map(text.digits, NUMBER.findall(said) if self.numbers else ())
        return any(number[-long:] in self.numbers for number in found for long in self.lengths)

    def is_name(self, name: str) -> bool:
        return tuple(sorted(split(name))) in self.sorted_names

    # Looked up, and not gone through: five hundred leave the bin at once.

    def possible(self, words: Iterable[str]) -> Iterable[tuple[str, ...]]:
        """Whole names of which a word stands there."""
        return (name for word in set(words) for name in self.by_word.get(word, ()))

    @cached_property
    def by_word(self) -> dict[str, list[tuple[str, ...]]]:
        found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for name in self.names:
            if len(name) > 1:
                found[name[-1]].append(name)
        return dict(found)

    @cached_property
    def sorted_names(self) -> set[tuple[str, ...]]:
        return {tuple(sorted(name)) for name in self.names}

    @cached_property
    def odd_points(self) -> list[str]:
        return [point for point in self.points if not ADDRESS.fullmatch(point)]

    @cached_property
    def lengths(self) -> set[int]:
        return {len(number) for number in self.numbers}

    def without(self, value: Any) -> Any:
        """A value as JSON knows it, in which each text that names them is empty."""
        if isinstance(value, str):
            return "" if value in self.values or self.are_in(value) else value
        if isinstance(value, dict):
            return {key: self.without(part) for key, part in value.items()}
        if isinstance(value, list):
            if value and all(isinstance(part, str) for part in value) and self.are_in_row(value):
                return []
            return [self.without(part) for part in value]
        return value


def stands_alone(point: str, said: str) -> bool:
    """Not as the end of another one: anna@… is not joanna@…."""
    return bool(re.search(rf"(?<![\w.+-]){re.escape(point)}(?![\w-])", said))


def split(said: str) -> list[str]:
    return re.findall(r"\w+", text.fold(said))


def of_people(partner: Partner, ids: Collection[uuid.UUID]) -> OwnWords:
    """Of these people, with what hangs on them, in the bin or not."""
    people = list(hanging.people(partner).filter(pk__in=ids))
    phones = theirs_alone(partner, Phone, "number", ids)
    emails = theirs_alone(partner, Email, "address", ids)
    numbers = {text.digits(phone.number or phone.typed) for phone in phones}
    points = {point.casefold() for email in emails for point in (email.typed, email.address)}
    points |= {person.uid.casefold() for person in people if len(person.uid) >= SHORTEST_UID}
    names = {tuple(split(person.name)) for person in people}
    return OwnWords(
        names=frozenset(names - {()}),
        points=frozenset(points - {""}),
        numbers=frozenset(number for number in numbers if len(number) >= SHORTEST_NUMBER),
        values=frozenset(values_of(people)),
        needles=frozenset(person.last_name for person in people if person.last_name),
    )


def theirs_alone(
    partner: Partner, model: Any, column: str, ids: Collection[uuid.UUID]
) -> list[Any]:
    """Their rows, without what reaches others of the circle, too: a family has one telephone."""
    rows = list(hanging.rows(partner, model, ids))
    said = {getattr(row, column) for row in rows} - {""}
    others = hanging.live(partner, model).filter(customer__deleted_at=None)
    others = others.exclude(customer__in=ids).filter(**{f"{column}__in": said})
    shared = set(others.values_list(column, flat=True))
    return [row for row in rows if getattr(row, column) not in shared]


def values_of(people: Iterable[Customer]) -> Iterable[str]:
    for person in people:
        for name in person.privacy.personal:
            field: Any = person._meta.get_field(name)
            value = getattr(person, name)
            if isinstance(value, str) and len(value) >= SHORTEST_VALUE and not field.choices:
                yield value


def as_lines(content: str) -> list[str]:
    """A table or a card file line by line, a list as the phone sends it entry by entry."""
    if content.startswith("["):
        try:
            return [json.dumps(entry, ensure_ascii=False) for entry in json.loads(content)]
        except ValueError:
            pass
    return content.splitlines()
