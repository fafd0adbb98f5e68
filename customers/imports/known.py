"""A person with all that hangs on them, in memory; and what a card has to add."""

import dataclasses
import functools
import uuid
from collections.abc import Collection, Iterable
from typing import Any

from customers import own, text
from customers.cards import Card
from customers.models import (
    Address,
    Customer,
    Email,
    Interest,
    LifeEvent,
    OwnValue,
    Phone,
    Tagging,
)
from partners.models import OwnedModel, Partner

BIRTHDAY = ("birth_day", "birth_month", "birth_year")
# Columns that say one thing: filled where empty, chosen between where the two disagree.
SINGLE = (
    "first_name",
    "last_name",
    "title",
    "salutation",
    "nickname",
    "company",
    "job_title",
    "website",
    "rank",
    "satisfaction",
    "preferred_channel",
    "best_time",
    "source_kind",
    "source",
    "stage",
    "formality",
)
COLUMNS = (*SINGLE, *BIRTHDAY, "note", "is_business", "uid")
HANGING = (
    "phones",
    "emails",
    "addresses",
    "taggings__tag",
    "interests",
    "life_events",
    "own_values__field",
)
MOST_OF_A_NOTE = 5000
OWN = "own:"

# The same towns, names and numbers come again and again; a page's worth is remembered.
fold = functools.lru_cache(4096)(text.fold)
e164 = functools.lru_cache(4096)(text.e164)


@dataclasses.dataclass
class News:
    """What a card would add: columns to fill, things to hang on, and where the two disagree."""

    fills: dict[str, Any] = dataclasses.field(default_factory=dict)
    rows: list[OwnedModel] = dataclasses.field(default_factory=list)
    tags: list[str] = dataclasses.field(default_factory=list)
    own: dict[str, str] = dataclasses.field(default_factory=dict)
    clashes: dict[str, tuple[str, str]] = dataclasses.field(default_factory=dict)

    @property
    def adds(self) -> list[tuple[str, str]]:
        """For display: what is added (a column or a kind of thing), and its text."""
        said = [(name, str(value)) for name, value in self.fills.items() if name not in BIRTHDAY]
        said = [pair for pair in said if pair[0] != "uid"]
        if "birth_day" in self.fills or "birth_year" in self.fills:
            said.append(("birthday", spoken_day(*(self.fills.get(name) for name in BIRTHDAY))))
        said += [(row._meta.model_name or "", str(row)) for row in self.rows]
        said += [("tagging", tag) for tag in self.tags]
        return said + [(OWN + name, value) for name, value in self.own.items()]

    @property
    def is_empty(self) -> bool:
        """Nothing to see; the card's identifier alone is none of anybody's business."""
        return not (self.adds or self.clashes)


@dataclasses.dataclass
class Known:
    """`pending` are columns that are to be written at the end, tags and own values by name."""

    customer: Customer
    phones: list[Phone] = dataclasses.field(default_factory=list)
    emails: list[Email] = dataclasses.field(default_factory=list)
    addresses: list[Address] = dataclasses.field(default_factory=list)
    interests: list[Interest] = dataclasses.field(default_factory=list)
    life_events: list[LifeEvent] = dataclasses.field(default_factory=list)
    taggings: list[Tagging] = dataclasses.field(default_factory=list)
    own_values: list[OwnValue] = dataclasses.field(default_factory=list)
    pending: dict[str, Any] = dataclasses.field(default_factory=dict)
    new_tags: dict[str, str] = dataclasses.field(default_factory=dict)  # folded -> name
    new_own: dict[str, tuple[str, str]] = dataclasses.field(default_factory=dict)  # folded -> both
    made: list[OwnedModel] = dataclasses.field(default_factory=list)
    is_new: bool = False

    @classmethod
    def of_card(cls, card: Card, defaults: dict[str, Any] | None = None) -> "Known":
        """Somebody new, with all that the card says."""
        said = {name: getattr(card, name) for name in COLUMNS}
        said = {name: value for name, value in said.items() if value not in ("", None)}
        known = cls(Customer(**{**(defaults or {}), **said}), is_new=True)
        news = News(rows=[row for name in ROWS for row in known.unknown(name, card)])
        known.compare_words(card, news)
        known.take(news)
        return known

    def said(self, column: str) -> Any:
        return self.pending.get(column, getattr(self.customer, column))

    @property
    def name(self) -> str:
        return f"{self.said('first_name')} {self.said('last_name')}".strip()

    def news(self, card: Card) -> News:
        news = News()
        self.compare_columns(card, news)
        self.compare_birthday(card, news)
        self.compare_note(card, news)
        for name in ("phones", "emails", "addresses", "interests", "life_events"):
            news.rows += self.unknown(name, card)
        self.compare_words(card, news)
        return news

    def compare_columns(self, card: Card, news: News) -> None:
        is_turned = set(fold(card.name).split()) == set(fold(self.name).split())
        for name in SINGLE[2:] if is_turned else SINGLE:
            stands, says = self.said(name), getattr(card, name)
            if says in ("", None) or stands == says:
                continue
            if stands in ("", None):
                news.fills[name] = says
            elif fold(str(stands)) != fold(str(says)):
                news.clashes[name] = (str(stands), str(says))
        if card.uid and not self.said("uid") and card.uid not in own_uids(self.customer):
            news.fills["uid"] = card.uid

    def compare_birthday(self, card: Card, news: News) -> None:
        stands = tuple(self.said(name) for name in BIRTHDAY)
        says = tuple(getattr(card, name) for name in BIRTHDAY)
        if says[0] is None or stands == says or (stands[:2] == says[:2] and says[2] is None):
            return
        if stands[0] is None or (stands[:2] == says[:2] and stands[2] is None):
            news.fills |= dict(zip(BIRTHDAY, says, strict=True))
        else:
            news.clashes["birthday"] = (spoken_day(*stands), spoken_day(*says))

    def compare_note(self, card: Card, news: News) -> None:
        """What a note says is added to, never replaced."""
        stands, says = self.said("note"), card.note
        if not says or fold(says) in fold(stands):
            return
        both = f"{stands}\n{says}" if stands else says
        if len(both) <= MOST_OF_A_NOTE:
            news.fills["note"] = both

    def compare_words(self, card: Card, news: News) -> None:
        have = {tagging.tag.folded for tagging in self.taggings} | set(self.new_tags)
        for tag in card.tags:
            folded = fold(tag)[:60]
            if folded and folded not in have:
                have.add(folded)
                news.tags.append(tag)
        fields = {value.field.folded: value.field for value in self.own_values}
        stored = {value.field.folded: value.text for value in self.own_values}
        stored |= {folded: said for folded, (_name, said) in self.new_own.items()}
        for name, says in card.own.items():
            folded = fold(name)[:90]
            stands = stored.get(folded)
            if fold(f"{name}: {says}") in fold(self.said("note")):
                continue
            if stands is None:
                news.own[name] = stored[folded] = says
            elif fold(stands) not in {fold(says), fold(own.as_stored(fields.get(folded), says))}:
                news.clashes[OWN + name] = (stands, says)

    def unknown(self, name: str, card: Card) -> list[OwnedModel]:
        """Rows for those parts of a card that are not there yet."""
        if not getattr(card, name):
            return []
        here = getattr(self, name)
        keys = {key for row in here for key in keys_of(row)}
        has_preferred = any(getattr(row, "is_preferred", False) for row in here)
        found: list[OwnedModel] = []
        for part in getattr(card, name):
            row = ROWS[name](**vars(part))
            if isinstance(row, Phone):
                row.number = e164(row.typed)
            elif hasattr(row, "normalise"):
                row.normalise()
            if hasattr(row, "is_preferred"):
                row.is_preferred = part.is_preferred and not has_preferred
            if keys.isdisjoint(keys_of(row)) and not is_part_of(row, here):
                keys.update(keys_of(row))
                found.append(row)
        return found

    def take(self, news: News, wanted: Collection[str] = (), card: Card | None = None) -> None:
        """Let the news be known; `wanted` are the clashes in which the card shall win."""
        self.pending |= news.fills
        for row in news.rows:
            row.customer = self.customer  # type: ignore[attr-defined]
            getattr(self, NAMES[type(row)]).append(row)
        self.made += news.rows
        self.new_tags |= {fold(tag)[:60]: tag for tag in news.tags}
        self.new_own |= {fold(name)[:90]: (name, said) for name, said in news.own.items()}
        for name in set(wanted) & set(news.clashes) if card else ():
            if name.startswith(OWN):
                name = name.removeprefix(OWN)  # noqa: PLW2901
                self.new_own[fold(name)[:90]] = (name, news.clashes[OWN + name][1])
            else:
                columns = BIRTHDAY if name == "birthday" else (name,)
                self.pending |= {column: getattr(card, column) for column in columns}

    def note_down(self, name: str, said: str) -> None:
        """What an own field cannot hold."""
        stands, line = self.said("note"), f"{name}: {said}"
        if fold(line) not in fold(stands):
            self.pending["note"] = f"{stands}\n{line}" if stands else line

    @property
    def words(self) -> list[str]:
        """Folded, as `actions.search_words` says them; without tags and in its order."""
        ways: list[Any] = [*self.phones, *self.emails, *self.addresses]
        return [way.search_form for way in ways]

    @property
    def places(self) -> list[Address]:
        return sorted(self.addresses, key=lambda row: not row.is_preferred)


ROWS: dict[str, Any] = {
    "phones": Phone,
    "emails": Email,
    "addresses": Address,
    "interests": Interest,
    "life_events": LifeEvent,
}
NAMES = {model: name for name, model in ROWS.items()}


def load(partner: Partner, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Known]:
    """Living people of the circle with all that hangs on them, in a fixed number of queries."""
    people = partner.customers.filter(pk__in=set(ids)).prefetch_related(*HANGING)
    return {person.pk: Known(person, **hanging(person)) for person in people}


def hanging(person: Customer) -> Any:
    return {name: list(getattr(person, name).all()) for name in (*ROWS, "taggings", "own_values")}


def keys_of(row: Any) -> set[Any]:
    """In what two rows are the same thing."""
    match row:
        case Phone():
            return {row.number or text.digits(row.typed) or row.typed}
        case Email():
            return {row.address}
        case Address():
            return {row.normalised or fold(str(row))}
        case Interest():
            return {(row.kind, fold(row.what))}
        case LifeEvent():
            return {(row.kind, row.happened_on, fold(row.text))}
    return set()


def is_part_of(row: Any, here: list[Any]) -> bool:
    """A place of which more is known already, such as the town alone."""
    if not isinstance(row, Address):
        return False
    says = [fold(part) for part in (row.street, row.postcode, row.city)]
    return any(
        all(
            not said or said == fold(stands)
            for said, stands in zip(says, (at.street, at.postcode, at.city), strict=True)
        )
        for at in here
    )


def own_uids(customer: Customer) -> set[str]:
    """How our own cards name somebody who came on none."""
    return {str(customer.pk), f"urn:uuid:{customer.pk}"}


def spoken_day(day: int | None, month: int | None, year: int | None) -> str:
    return f"{day}.{month}.{year or ''}"
