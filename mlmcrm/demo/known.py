"""What is known of people beside their story: tags, likings, who knows whom, own fields."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from customers.models import (
    Customer,
    Interest,
    LifeEvent,
    OwnField,
    OwnValue,
    Relation,
    Tag,
    Tagging,
)
from partners.models import OwnedModel

LIKES, OWNS, AVOIDS = Interest.Kind.LIKES, Interest.Kind.OWNS, Interest.Kind.AVOIDS
FIELDS_SINCE, TAGS_SINCE = 400, 410  # days ago


@dataclass(frozen=True)
class Known:
    """`says` are columns of the customer; a day counts from today."""

    tags: Sequence[str] = ()
    likes: Sequence[str] = ()
    owns: Sequence[str] = ()
    avoids: Sequence[str] = ()
    knows: Sequence[tuple[str, str]] = ()  # (kind, name): the person is the <kind> of that one
    events: Sequence[tuple[str, int, str]] = ()  # kind, day, text
    own: Mapping[str, str] = field(default_factory=dict)
    says: Mapping[str, Any] = field(default_factory=dict)

    @property
    def words(self) -> Iterable[str]:
        return [*self.tags, *self.likes, *self.owns, *self.avoids]

    @property
    def interests(self) -> Iterator[tuple[str, str]]:
        for kind, things in ((LIKES, self.likes), (OWNS, self.owns), (AVOIDS, self.avoids)):
            yield from ((kind, what) for what in things)


@dataclass(frozen=True)
class Asked:
    """An own field: its kind, its purpose and perhaps its choices."""

    name: str
    kind: str
    purpose: str
    choices: Sequence[str] = ()


class Surroundings:
    """The rows around the people of one teller."""

    def __init__(self, teller: Any, known: Mapping[str, Known], fields: Iterable[Asked]):
        self.teller = teller
        self.known = known
        self.people = {customer.name: customer for customer in teller.customers}
        names = dict.fromkeys(tag for one in known.values() for tag in one.tags)
        self.tags = {name: self.new(Tag, TAGS_SINCE, "tag", name, name=name) for name in names}
        self.fields = {
            asked.name: self.new(
                OwnField,
                FIELDS_SINCE,
                "field",
                asked.name,
                name=asked.name,
                kind=asked.kind,
                purpose=asked.purpose,
                choices=list(asked.choices),
                position=position,
            )
            for position, asked in enumerate(fields)
        }
        for row in (*self.tags.values(), *self.fields.values()):
            row.normalise()

    def new(self, model: type[OwnedModel], since: int, *path: object, **values: Any) -> Any:
        return model(**self.teller.owned(since, *path), **values)

    def groups(self) -> Iterator[list]:
        """All rows, those first that others point to."""
        yield list(self.tags.values())
        yield list(self.fields.values())
        of_people = [(one, self.people[name], name) for name, one in self.known.items()]
        for rows in (self.taggings, self.interests, self.relations, self.events, self.values):
            yield [row for person in of_people for row in rows(*person)]

    def taggings(self, one: Known, customer: Customer, name: str) -> Iterator[Tagging]:
        for tag in one.tags:
            yield self.new(Tagging, 30, name, "tag", tag, customer=customer, tag=self.tags[tag])

    def interests(self, one: Known, customer: Customer, name: str) -> Iterator[Interest]:
        for kind, what in one.interests:
            yield self.new(Interest, 30, name, kind, what, customer=customer, kind=kind, what=what)

    def relations(self, one: Known, customer: Customer, name: str) -> Iterator[Relation]:
        for kind, other in one.knows:
            ends = {"customer": customer, "other": self.people[other], "kind": kind}
            yield self.new(Relation, 30, name, kind, other, **ends)

    def events(self, one: Known, customer: Customer, name: str) -> Iterator[LifeEvent]:
        for kind, day, text in one.events:
            said = {"customer": customer, "kind": kind, "text": text}
            said["happened_on"] = self.teller.date(day)
            yield self.new(LifeEvent, -day, name, kind, text, **said)

    def values(self, one: Known, customer: Customer, name: str) -> Iterator[OwnValue]:
        for asked, said in one.own.items():
            row = self.new(
                OwnValue, 30, name, asked, customer=customer, field=self.fields[asked], text=said
            )
            if row.field.kind == OwnField.Kind.NUMBER:
                row.number = said
            yield row
