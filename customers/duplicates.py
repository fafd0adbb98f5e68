"""Who may be in the circle twice: pairs that look alike, with the reasons in words.

Nobody is compared with everybody: people meet under keys (an e-mail, a number, a name and a place),
and only those who share one are looked at together.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cache
from itertools import chain, combinations
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from customers import text
from partners.models import Partner

MOST_TOGETHER = 40  # a switchboard's number tells nothing
RARE = 5  # a name that more people have tells nothing without a place
HALF, NEARLY = 50, 84  # of 100: a slip or two in a full name
ENOUGH, STRONG = 30, 60

REASONS = {
    "mail": _("same e-mail"),
    "number": _("same number"),
    "name and place": _("same name and place"),
    "name": _("same name"),
    "swapped": _("first and last name swapped"),
    "alike": _("names sound alike"),
    "slip": _("almost the same name"),
    "part": _("one name is part of the other"),
    "place": _("same place"),
    "address": _("same address"),
    "first name": _("same first name"),
    "birthday": _("same birthday"),
}

SAYS = {"name": {"first name"}, "name and place": {"name", "place", "first name"}}

COLUMNS = (
    "pk",
    "first_name",
    "last_name",
    "sort_name",
    "sounds",
    "postcode",
    "city",
    "birth_day",
    "birth_month",
    "birth_year",
)

Two = tuple[int, int]  # their numbers, the smaller one first
Points = dict[str, int]


@dataclasses.dataclass(slots=True)
class Person:
    """What is compared of somebody; names folded, first and last in any order as `words`."""

    number: int  # in the order of names
    pk: UUID
    first: str
    last: str
    name: str
    words: frozenset[str]
    sounds: frozenset[str]
    place: str
    birthday: tuple[int, int] | None
    year: int | None


@dataclasses.dataclass(slots=True)
class Pair:
    one: UUID
    other: UUID
    score: int
    signs: tuple[str, ...]

    @property
    def is_strong(self) -> bool:
        return self.score >= STRONG

    @property
    def reasons(self) -> list[Any]:
        """In words; what a stronger one says already is left out."""
        said = {told for sign in self.signs for told in SAYS.get(sign, ())}
        return [REASONS[sign] for sign in self.signs if sign not in said]


def find(partner: Partner) -> list[Pair]:
    """All pairs worth a look, the most alike first."""
    people = read(partner)
    by_pk = {person.pk: person for person in people}
    found: dict[Two, Points] = {}
    for one, other, points in chain(
        by_way(by_pk, "mail", twice(partner.emails, "address")),
        by_way(by_pk, "number", twice(partner.phones, "number")),
        by_name(people),
        by_slip(people),
        by_address(by_pk, twice(partner.addresses.exclude(street=""), "normalised")),
        by_birthday(people),
    ):
        two = ordered(one, other)
        found[two] = found[two] | points if two in found else points
    for pair in partner.notduplicates.values_list("customer", "other"):
        if by_pk.keys() >= {*pair}:
            found.pop(ordered(*(by_pk[pk] for pk in pair)), None)
    scored = ((-sum(points.values()), *two) for two, points in found.items())
    return [
        Pair(people[one].pk, people[other].pk, -score, tuple(found[one, other]))
        for score, one, other in sorted(scored)
        if -score >= ENOUGH
    ]


def read(partner: Partner) -> list[Person]:
    """In the order of names. `sort_name` is the last name and then the first, folded."""
    fold = cache(text.fold)
    rows = partner.customers.by_name().values_list(*COLUMNS)
    people = []
    for number, row in enumerate(rows):
        pk, first, last, name, sounds, postcode, city, day, month, year = row
        folded = fold(first)
        people.append(
            Person(
                number=number,
                pk=pk,
                first=folded,
                last=name.removesuffix(folded).rstrip() if last else "",
                name=name,
                words=frozenset(name.split()),
                sounds=frozenset(sounds.split()),
                place=postcode or (fold(city) if city else ""),
                birthday=(month, day) if month and day else None,
                year=year,
            )
        )
    return people


def twice(rows: Any, column: str) -> dict[Hashable, list[UUID]]:
    """What several people have, by value; nothing that so many have that it tells nothing."""
    known = rows.exclude(**{column: ""}).order_by()
    several = known.values(column).annotate(people=Count("customer", distinct=True))
    several = several.filter(people__gt=1, people__lte=MOST_TOGETHER).values(column)
    found: dict[Hashable, list[UUID]] = defaultdict(list)
    for value, customer in known.filter(**{f"{column}__in": several}).values_list(
        column, "customer"
    ):
        found[value].append(customer)
    return found


def ordered(one: Person, other: Person) -> Two:
    first, second = one.number, other.number
    return (first, second) if first < second else (second, first)


# --- signs: pairs that share a key, with points for what speaks for one person --------------------

Signs = Iterator[tuple[Person, Person, Points]]


def meetings(
    people: Iterable[Person],
    key: Callable[[Person], Hashable | None],
    most: int = MOST_TOGETHER,
) -> Iterator[tuple[Person, Person]]:
    """The pairs of those who share a key that tells something."""
    groups: dict[Hashable, list[Person]] = defaultdict(list)
    for person in people:
        if (shared := key(person)) is not None:
            groups[shared].append(person)
    for group in groups.values():
        if 1 < len(group) <= most:
            yield from combinations(group, 2)


def by_way(people: dict[UUID, Person], sign: str, found: dict[Hashable, list[UUID]]) -> Signs:
    """A family shares a telephone; the same mobile under two first names is worth a look."""
    for value, ids in found.items():
        is_shared_by_families = sign == "number" and not text.is_mobile(str(value))
        for one, other in combinations([people[pk] for pk in set(ids) if pk in people], 2):
            if fit(one, other):
                same = {"name": 35} if one.words == other.words else likeness(one, other)
                yield one, other, {sign: 50} | same
            elif not is_shared_by_families:
                yield one, other, {sign: ENOUGH}


def by_name(people: Iterable[Person]) -> Signs:
    for one, other in meetings(people, lambda who: who.words if who.last else None, RARE):
        if one.first != other.first:
            yield one, other, {"swapped": 45}
        if one.place and one.place == other.place:
            yield one, other, {"name and place": 60}
        elif not (one.place and other.place) and one.first == other.first:
            yield one, other, {"name": 35}
    for one, other in meetings(people, lambda who: (who.words, who.place) if who.place else None):
        if one.last and one.first == other.first:
            yield one, other, {"name and place": 60}
        elif not one.last:
            yield one, other, {"name and place": ENOUGH}


def by_slip(people: Iterable[Person]) -> Signs:
    """Names that sound alike or differ by a letter, in one place."""
    keys: list[Callable[[Person], Hashable | None]] = [
        lambda who: (who.place, who.sounds) if len(who.sounds) > 1 else None,
        lambda who: (who.place, who.first, who.last[:1]) if who.last else None,
        lambda who: (who.place, who.first, who.last[-2:]) if who.last else None,
        lambda who: (who.place, who.last, who.first[:1]) if who.last else None,
    ]
    local = [person for person in people if person.place]
    for one, other in chain.from_iterable(meetings(local, key) for key in keys):
        if points := likeness(one, other):
            yield one, other, points | {"place": 20}


def by_address(people: dict[UUID, Person], found: dict[Hashable, list[UUID]]) -> Signs:
    for ids in found.values():
        for one, other in combinations([people[pk] for pk in set(ids) if pk in people], 2):
            if one.words == other.words:
                yield one, other, {"address": 20}
            elif one.words < other.words or other.words < one.words:
                yield one, other, {"part": 20, "address": 30}
            elif points := likeness(one, other):
                yield one, other, points | {"address": 30}


def by_birthday(people: Iterable[Person]) -> Signs:
    born = [person for person in people if person.birthday]
    for one, other in meetings(born, lambda who: (who.birthday, who.first)):
        if not (one.year and other.year and one.year != other.year):
            sure = bool(one.year and other.year)
            clash = bool(one.last and other.last and one.words != other.words)
            yield one, other, {"first name": 10, "birthday": 40 if sure else 10 if clash else 30}
    for one, other in meetings(born, lambda who: (who.birthday, who.last) if who.last else None):
        if points := likeness(one, other):
            yield one, other, points | {"birthday": 25}


def likeness(one: Person, other: Person) -> Points:
    """How alike two names are that are not the same."""
    if one.words == other.words:
        return {}
    if sound_alike(one, other):
        return {"alike": 25}
    if one.last and other.last and fuzz.ratio(one.name, other.name) >= NEARLY:
        return {"slip": 25}
    return {}


def sound_alike(one: Person, other: Person) -> bool:
    """Uwe and Eva have one code as well, so a good part of the letters must be the same."""
    if len(one.sounds) < 2 or one.sounds != other.sounds:  # noqa: PLR2004 - first and last name
        return False
    first, last = fuzz.ratio(one.first, other.first), fuzz.ratio(one.last, other.last)
    return min(first, last) >= HALF


def fit(one: Person, other: Person) -> bool:
    """Whether both names may be one person's: Anna and Anna Müller, Meier and Maier."""
    if one.words <= other.words or other.words <= one.words or sound_alike(one, other):
        return True
    if not {*one.first.split()}.isdisjoint(other.first.split()):
        return True  # Anna and Anna Sophie, Anna before and after a wedding
    if one.last == other.last and (one.first in other.first or other.first in one.first):
        return True  # Bine and Sabine
    return fuzz.ratio(one.first, other.first) >= NEARLY


# --- as somebody types ----------------------------------------------------------------------------

FEW = 3


def known(partner: Partner, *, first: str, last: str, phone: str, email: str) -> list[Any]:
    """People of this number, this e-mail or this full name."""
    ways = Q()
    if number := text.e164(phone):
        ways |= Q(pk__in=partner.phones.filter(number=number).values("customer"))
    if "@" in email:
        ways |= Q(pk__in=partner.emails.filter(address=email.lower()).values("customer"))
    if first and last:
        ways |= Q(sort_name=text.fold(f"{last} {first}"))
    return list(partner.customers.filter(ways).by_name()[:FEW]) if ways else []
