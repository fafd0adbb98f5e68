"""Two entries side by side: what they differ in, what comes together, what is proposed."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from customers import agenda, own, permit, text
from customers.actions.permitting import overruled
from customers.models import Customer
from customers.rows import sentence
from partners import clock
from partners.changes import Values

ONE, OTHER = "one", "other"
BIRTHDAY = ("birth_day", "birth_month", "birth_year")

# What the page asks where both say something else; every column is in one of these groups.
ASKED = (
    "salutation",
    "title",
    "first_name",
    "last_name",
    "nickname",
    "is_business",
    "company",
    "job_title",
    "website",
    "formality",
    "stage",
    "rank",
    "satisfaction",
    "preferred_channel",
    "best_time",
    "source_kind",
    "source",
)
JOINED = ("note",)
TOLD = ("informed_on", "informed_how", "notice_version", "kept_on")
EACH_KEEPS = ("is_hidden", "uid", "merged_into", "link_version", "restricted_at", *TOLD)

# A regular customer was a prospect once.
STAGES = ("guest", "prospect", "inactive", "customer", "regular")
COMING_TOGETHER = {
    "phones": gettext_lazy("Phone numbers"),
    "emails": gettext_lazy("E-mails"),
    "addresses": gettext_lazy("Addresses"),
    "taggings": gettext_lazy("Tags"),
    "interests": gettext_lazy("Interests"),
    "life_events": gettext_lazy("Life events"),
}


@dataclasses.dataclass(frozen=True)
class Question:
    """A field in which both say something else; `proposed` is whose answer is taken."""

    name: str
    label: str
    one: str
    other: str
    proposed: str


@dataclasses.dataclass(frozen=True)
class Side:
    """One of the two entries: how much there is of it."""

    key: str
    customer: Customer
    since: dt.date
    carries: list[str]


@dataclasses.dataclass
class Pair:
    """Two people of one circle; `wishes` is what the page sent, and where it says nothing what is
    proposed holds.
    """

    one: Customer
    other: Customer
    wishes: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def wish(self, name: str, proposed: str) -> str:
        said = self.wishes.get(name)
        return said if said in (ONE, OTHER) else proposed

    @property
    def staying(self) -> str:
        """Whose address stays; the older one's by default, yet never that of a hidden guest."""
        older = ONE if self.one.pk < self.other.pk else OTHER
        if self.one.is_hidden != self.other.is_hidden:
            return OTHER if self.one.is_hidden else ONE
        return self.wish("staying", older)

    @property
    def survivor(self) -> Customer:
        return self.one if self.staying == ONE else self.other

    @property
    def leaving(self) -> Customer:
        return self.other if self.staying == ONE else self.one

    @property
    def newer(self) -> str:
        return ONE if self.one.updated_at > self.other.updated_at else OTHER

    def sides(self) -> list[Side]:
        zone = self.one.partner.zone
        return [
            Side(key, customer, customer.created_at.astimezone(zone).date(), carried_by(customer))
            for key, customer in ((ONE, self.one), (OTHER, self.other))
        ]

    # --- questions ---

    def questions(self) -> list[Question]:
        asked = [self.about(name) for name in ASKED if self.differs(name)]
        if self.births_differ:
            asked.append(self.about_birthday())
        return [*asked, *map(self.about_own, self.own_pairs())]

    def differs(self, name: str) -> bool:
        one, other = getattr(self.one, name), getattr(self.other, name)
        both_speak = name == "is_business" or (says(one) and says(other))
        return both_speak and one != other

    def about(self, name: str) -> Question:
        field: Any = Customer._meta.get_field(name)
        label = sentence(str(field.verbose_name))
        one, other = (spoken_value(customer, name) for customer in (self.one, self.other))
        return Question(name, label, one, other, self.wish(name, self.better(name)))

    def better(self, name: str) -> str:
        """The fuller answer, else the newer one."""
        one, other = getattr(self.one, name), getattr(self.other, name)
        if name == "stage":
            return ONE if STAGES.index(one) > STAGES.index(other) else OTHER
        if isinstance(one, str) and isinstance(other, str):
            if text.fold(other) in text.fold(one):
                return ONE
            if text.fold(one) in text.fold(other):
                return OTHER
        return self.newer

    @property
    def births_differ(self) -> bool:
        both = self.one.birth_day and self.other.birth_day
        return bool(both) and born(self.one) != born(self.other)

    def about_birthday(self) -> Question:
        today = clock.today(self.one.partner.zone)
        one, other = (agenda.birthday_spoken(who, today) for who in (self.one, self.other))
        fuller = self.newer
        if bool(self.one.birth_year) != bool(self.other.birth_year):
            fuller = ONE if self.one.birth_year else OTHER
        return Question("birthday", _("Birthday"), one, other, self.wish("birthday", fuller))

    def own_pairs(self) -> list[tuple[Any, Any]]:
        theirs = {value.field_id: value for value in self.other.own_values.all()}
        mine = self.one.own_values.all()
        pairs = [(value, theirs[value.field_id]) for value in mine if value.field_id in theirs]
        return [(one, other) for one, other in pairs if one.text != other.text]

    def about_own(self, values: tuple[Any, Any]) -> Question:
        one, other = values
        name = f"own-{one.field_id}"
        newer = ONE if one.updated_at > other.updated_at else OTHER
        said, said_there = (own.spoken(one.field.kind, value.text) for value in values)
        return Question(name, one.field.name, said, said_there, self.wish(name, newer))

    # --- what comes of it ---

    def values(self) -> Values:
        """What the one who stays says then."""
        taken = {
            question.name: question.proposed
            for question in self.questions()
            if question.name in ASKED
        }
        sides = {ONE: self.one, OTHER: self.other}
        values = {
            name: getattr(sides[taken.get(name) or self.speaker(name)], name) for name in ASKED
        }
        birth = self.about_birthday().proposed if self.births_differ else self.speaker("birth_day")
        values |= {name: getattr(sides[birth], name) for name in BIRTHDAY}
        return values | {name: self.joined(name) for name in JOINED}

    def speaker(self, name: str) -> str:
        """Who says something at all."""
        return ONE if says(getattr(self.one, name)) else OTHER

    def joined(self, name: str) -> str:
        """Both notes, the survivor's first; what one repeats of the other stands there once."""
        kept, added = getattr(self.survivor, name), getattr(self.leaving, name)
        if added in kept:
            return kept
        return added if kept in added else f"{kept}\n\n{added}"

    def own_fields(self) -> list[UUID]:
        """The own fields in which the one who leaves is right."""
        asked = [(pair, self.about_own(pair)) for pair in self.own_pairs()]
        return [pair[0].field_id for pair, about in asked if about.proposed != self.staying]

    def together(self) -> list[tuple[str, list[str]]]:
        """By kind all that both have, what is the same once."""
        found = []
        for name, label in COMING_TOGETHER.items():
            rows = [*getattr(self.survivor, name).all(), *getattr(self.leaving, name).all()]
            once = {row.merging.same(row): str(row) for row in reversed(rows)}
            if once:
                found.append((str(label), list(reversed(once.values()))))
        return found

    def refusals(self) -> list[str]:
        """Where one says no and the other yes, the no stays."""
        said = (list(side.permissions.all()) for side in (self.one, self.other))
        return [permit.refusal(*pair) for pair in overruled(*said)]


PREFETCHED = (
    "phones",
    "emails",
    "addresses",
    "taggings__tag",
    "interests",
    "life_events",
    "own_values__field",
    "interactions",
    "follow_ups",
    "relations",
    "relations_back",
    "permissions",
)


def says(value: Any) -> bool:
    return value not in (None, "") and value is not False


def born(customer: Customer) -> tuple:
    return tuple(getattr(customer, name) for name in BIRTHDAY)


def spoken_value(customer: Customer, name: str) -> str:
    if name == "stage":
        return customer.stage_spoken
    if name == "is_business":
        return _("a business") if customer.is_business else _("a person")
    value = getattr(customer, name)
    choices = dict(Customer._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
    return str(choices.get(value, value))


def carried_by(customer: Customer) -> list[str]:
    """What hangs on somebody, in numbers."""
    talks, promises = len(customer.interactions.all()), len(customer.follow_ups.all())
    relations = len(customer.relations.all()) + len(customer.relations_back.all())
    return list(
        filled(
            (talks, ngettext("%(count)d talk", "%(count)d talks", talks)),
            (promises, ngettext("%(count)d follow-up", "%(count)d follow-ups", promises)),
            (relations, ngettext("%(count)d relation", "%(count)d relations", relations)),
        )
    )


def filled(*counted: tuple[int, str]) -> Iterable[str]:
    return (words % {"count": count} for count, words in counted if count)
