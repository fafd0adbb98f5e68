"""A person as a file tells of one: what imports read, what exports write, the same for all forms."""

import dataclasses
import datetime as dt
from typing import Any


@dataclasses.dataclass
class Number:
    """`kind` is a value of `Phone.Kind`; `label` is a name of the entry that fits no kind."""

    typed: str
    kind: str = "mobile"
    label: str = ""
    is_preferred: bool = False


@dataclasses.dataclass
class Mail:
    typed: str
    kind: str = "private"
    label: str = ""
    is_preferred: bool = False


@dataclasses.dataclass
class Place:
    extra: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    kind: str = "private"
    label: str = ""
    is_preferred: bool = False


@dataclasses.dataclass
class Liking:
    """`kind` is a value of `Interest.Kind`."""

    what: str
    kind: str = "likes"
    since: dt.date | None = None


@dataclasses.dataclass
class Occasion:
    """`kind` is a value of `LifeEvent.Kind`."""

    kind: str
    happened_on: dt.date | None = None
    text: str = ""


@dataclasses.dataclass
class Link:
    """`kind` is a value of `Relation.Kind`, `name` the other person's, `uid` their card's."""

    kind: str
    name: str
    uid: str = ""


@dataclasses.dataclass
class Card:
    """All fields are named like the columns they fill; empty means: not said."""

    title: str = ""
    first_name: str = ""
    last_name: str = ""
    nickname: str = ""
    salutation: str = ""
    formality: str = ""
    is_business: bool = False
    company: str = ""
    job_title: str = ""
    website: str = ""
    birth_day: int | None = None
    birth_month: int | None = None
    birth_year: int | None = None
    stage: str = ""
    rank: str = ""
    satisfaction: int | None = None
    preferred_channel: str = ""
    best_time: str = ""
    source_kind: str = ""
    source: str = ""
    note: str = ""
    uid: str = ""
    phones: list[Number] = dataclasses.field(default_factory=list)
    emails: list[Mail] = dataclasses.field(default_factory=list)
    addresses: list[Place] = dataclasses.field(default_factory=list)
    tags: list[str] = dataclasses.field(default_factory=list)
    interests: list[Liking] = dataclasses.field(default_factory=list)
    life_events: list[Occasion] = dataclasses.field(default_factory=list)
    relations: list[Link] = dataclasses.field(default_factory=list)
    own: dict[str, str] = dataclasses.field(default_factory=dict)  # own field's name -> text

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def as_json(self) -> dict[str, Any]:
        """What is said, and nothing that is not."""
        return {name: value for name, value in plain(self).items() if value not in EMPTY}

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "Card":
        parts = {
            "phones": [Number(**part) for part in said.get("phones", ())],
            "emails": [Mail(**part) for part in said.get("emails", ())],
            "addresses": [Place(**part) for part in said.get("addresses", ())],
            "interests": [
                Liking(**part | {"since": day(part.get("since"))})
                for part in said.get("interests", ())
            ],
            "life_events": [
                Occasion(**part | {"happened_on": day(part.get("happened_on"))})
                for part in said.get("life_events", ())
            ],
            "relations": [Link(**part) for part in said.get("relations", ())],
        }
        return cls(**said | parts)


EMPTY: tuple[Any, ...] = ("", None, False, [], {})


def plain(value: Any) -> Any:
    """As JSON knows it; empty parts of a part are left out."""
    if isinstance(value, Card):
        return {
            field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    if dataclasses.is_dataclass(value):
        said = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return {name: plain(part) for name, part in said.items() if part not in EMPTY}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def day(said: str | None) -> dt.date | None:
    return dt.date.fromisoformat(said) if said else None
