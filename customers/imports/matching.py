"""Who in the circle, or further up in the file, an entry is about."""

import dataclasses
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from customers.cards import Card
from customers.imports.known import Known, e164, fold, load
from customers.models.customer import LONGEST_SORT_NAME
from partners.models import Partner

UID, EMAIL, PHONE, NAME, PLACE, BIN, SEVERAL = (
    "uid",
    "email",
    "phone",
    "name",
    "place",
    "bin",
    "several",
)
WAYS = {EMAIL, PHONE}
URN = "urn:uuid:"
WITH_BIN = "unscoped_with_bin"
MOST_SHOWN, MOST_ALIKE = 3, 20

Keys = dict[str, set[Any]]


@dataclasses.dataclass
class Found:
    """By customer, in what an entry agrees with them; and whether such a one lies in the bin."""

    keys: dict[uuid.UUID, set[str]] = dataclasses.field(default_factory=lambda: defaultdict(set))
    in_bin: bool = False


@dataclasses.dataclass(frozen=True)
class Judgement:
    verdict: str
    why: str = ""
    who: tuple[uuid.UUID, ...] = ()


def keys_of(card: Card) -> Keys:
    """By which somebody may be found again, in the form in which it is stored."""
    return {
        UID: {card.uid} if card.uid else set(),
        EMAIL: {mail.typed.lower() for mail in card.emails},
        PHONE: {number for phone in card.phones if (number := e164(phone.typed))},
        NAME: set(sort_names(card)),
    }


def sort_names(card: Card) -> list[str]:
    """The name as it is sorted by, and the other way round."""
    first, last = card.first_name, card.last_name
    ways = [(last or first, first), (first, last or first)]
    return [fold(f"{one} {other}")[:LONGEST_SORT_NAME] for one, other in ways]


def find(partner: Partner, keys: Sequence[Keys]) -> list[Found]:
    """Everybody who agrees in something; one query per kind of key."""
    wanted: Keys = {
        kind: set().union(*(each[kind] for each in keys)) for kind in (UID, EMAIL, PHONE, NAME)
    }
    hits: dict[tuple[str, Any], list[uuid.UUID]] = defaultdict(list)
    gone: dict[tuple[str, Any], list[uuid.UUID]] = defaultdict(list)
    for kind, key, pk, deleted_at, survivor in rows(partner, wanted):
        if survivor or not deleted_at:
            hits[kind, key].append(survivor or pk)
        else:
            gone[kind, key].append(pk)
    binned = thrown_away(partner, {pk for ids in gone.values() for pk in ids})
    answers = []
    for each in keys:
        found = Found()
        for kind, values in each.items():
            for value in values:
                for pk in hits.get((kind, value), ())[:MOST_ALIKE]:
                    found.keys[pk].add(kind)
                found.in_bin |= any(pk in binned for pk in gone.get((kind, value), ()))
        answers.append(found)
    return answers


def rows(partner: Partner, wanted: Keys) -> Iterable[tuple[str, Any, uuid.UUID, Any, Any]]:
    """Kind of key, key, customer, whether they lie in the bin, and into whom they were merged."""
    people: Any = partner.customers(manager=WITH_BIN)
    state = ("deleted_at", "merged_into")
    if wanted[UID]:
        yield from (
            (UID, *row)
            for row in people.filter(uid__in=wanted[UID]).values_list("uid", "pk", *state)
        )
        by_id = {pk: uid for uid in wanted[UID] if (pk := as_id(uid))}
        if by_id:
            for pk, *rest in people.filter(pk__in=by_id).values_list("pk", *state):
                yield UID, by_id[pk], pk, *rest
    of_person = ("customer_id", "customer__deleted_at", "customer__merged_into")
    for kind, related, column in ((EMAIL, "emails", "address"), (PHONE, "phones", "number")):
        if wanted[kind]:
            ways: Any = getattr(partner, related)(manager=WITH_BIN)
            found = ways.filter(**{f"{column}__in": wanted[kind]})
            for key, pk, gone, into, is_gone in found.values_list(column, *of_person, "deleted_at"):
                if gone or not is_gone:
                    yield kind, key, pk, gone, into
    if wanted[NAME]:
        named = partner.customers.filter(sort_name__in=wanted[NAME])
        yield from ((NAME, *row) for row in named.values_list("sort_name", "pk", *state))


def as_id(uid: str) -> uuid.UUID | None:
    """Our own cards carry the person's own id when they came on no card."""
    try:
        return uuid.UUID(uid.lower().removeprefix(URN))
    except ValueError:
        return None


def thrown_away(partner: Partner, gone: set[uuid.UUID]) -> set[uuid.UUID]:
    """Those whom the partner put into the bin; an import that was taken back put nobody there."""
    if not gone:
        return set()
    last = partner.changes.filter(row_id__in=gone).order_by("pk").values_list("row_id", "act")
    return {pk for pk, act in dict(last).items() if act != "undo"}


def judge(card: Card, found: Found, circle: dict[uuid.UUID, Known]) -> Judgement:
    """Sure, doubtful, or new; whether somebody sure is changed shows in the news."""
    alive = {pk: keys for pk, keys in found.keys.items() if pk in circle}
    sure = [pk for pk, keys in alive.items() if UID in keys and is_akin(card, circle[pk])]
    if len(sure) != 1:
        sure = [pk for pk, keys in alive.items() if is_sure(card, circle[pk], keys)]
        exact = [pk for pk in sure if words(card.name) == words(circle[pk].name)]
        sure = exact if len(exact) == 1 else sure
    if len(sure) == 1:
        return Judgement("sure", who=tuple(sure))
    if sure:
        return Judgement("doubtful", SEVERAL, tuple(sure[:MOST_SHOWN]))
    for pk, keys in alive.items():
        if NAME in keys and circle[pk].news(card).is_empty:
            return Judgement("sure", who=(pk,))
    if alive:
        who = sorted(alive, key=lambda pk: -len(alive[pk]))[:MOST_SHOWN]
        why = next(kind for kind in (UID, EMAIL, PHONE, NAME) if kind in alive[who[0]])
        return Judgement("doubtful", why, tuple(who))
    if found.in_bin:
        return Judgement("doubtful", BIN)
    return Judgement("new")


def is_sure(card: Card, known: Known, keys: set[str]) -> bool:
    """One key and the same name, or the same name at the same place."""
    if keys & WAYS and fits(card, known):
        return True
    return NAME in keys and shares_place(card, known)


def fits(card: Card, known: Known) -> bool:
    """The same name in either order, or the same first name where a last name is not known."""
    here, there = words(card.name), words(known.name)
    if here == there:
        return True
    one_is_short = not card.last_name or not known.said("last_name")
    return one_is_short and bool(here & there) and (here <= there or there <= here)


def is_akin(card: Card, known: Known) -> bool:
    """Some part of the name is the same: another list may number its people alike."""
    return not words(card.name).isdisjoint(words(known.name))


def words(name: str) -> set[str]:
    return set(fold(name).replace("-", " ").split())


def shares_place(card: Card, known: Known) -> bool:
    there = {place for at in known.addresses for place in places(at)}
    return not there.isdisjoint(place for at in card.addresses for place in places(at))


def places(address: Any) -> set[str]:
    return {fold(part) for part in (address.postcode, address.city) if part}


@dataclasses.dataclass
class Earlier:
    """An entry further up; only when another one is about the same person more is needed of it."""

    card: Card
    number: int
    known: Known | None = None

    @property
    def person(self) -> Known:
        self.known = self.known or Known.of_card(self.card)
        return self.known


class FurtherUp:
    """Those who came before in the file, by what makes two entries surely one person."""

    def __init__(self) -> None:
        self.people: dict[tuple[Any, ...], Earlier] = {}

    def find(self, card: Card, keys: Keys) -> Earlier | None:
        found = (self.people[key] for key in self.keys(card, keys) if key in self.people)
        return next((one for one in found if is_akin(card, one.person)), None)

    def add(self, card: Card, keys: Keys, earlier: Earlier) -> None:
        for key in self.keys(card, keys):
            self.people.setdefault(key, earlier)

    @staticmethod
    def keys(card: Card, keys: Keys) -> Iterable[tuple[Any, ...]]:
        name = tuple(sorted(words(card.name)))
        yield from ((UID, uid) for uid in keys[UID])
        yield from ((kind, key, name) for kind in (EMAIL, PHONE) for key in keys[kind])
        yield from ((PLACE, place, name) for at in card.addresses for place in places(at))


def people_in(
    partner: Partner, found: Iterable[Found], named: Iterable[uuid.UUID] = ()
) -> dict[uuid.UUID, Known]:
    ids = {pk for each in found for pk in each.keys} | set(named)
    return load(partner, ids) if ids else {}
