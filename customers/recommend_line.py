"""What a line means in this circle: who is there already, and who “Petra” may be."""

import dataclasses

from customers import duplicates
from customers.models import Customer
from customers.naming import called
from customers.recommend_reading import Line, read
from customers.text import fold
from partners.models import Partner

NEW, SOURCE, NAME = "new", "source", "name"


@dataclasses.dataclass
class Understood:
    """`known` may be the one who is noted, `people` the one who recommended them."""

    line: Line
    known: list[Customer]
    people: list[Customer]

    @property
    def has_somebody(self) -> bool:
        return bool(self.line.name.first)

    @property
    def facts(self) -> str:
        """All that is understood beside the name."""
        place = " ".join(filter(None, (self.line.place.get(at) for at in ("postcode", "city"))))
        parts = (self.line.phone, self.line.email, self.line.place.get("street"), place)
        return " · ".join(filter(None, parts))

    @property
    def lone_known(self) -> str:
        """Whom the line means if nobody says more: one with this very number or name, or a new one."""
        if not self.known:
            return NEW
        return str(self.known[0].pk) if len(self.known) == 1 else ""

    @property
    def lone_recommender(self) -> str:
        """The one who must be meant, if there is no doubt."""
        if not self.people:
            return NEW if self.line.is_sure else ""
        exact = fold(self.line.recommender)
        exact_ones = [person for person in self.people if fold(person.name) == exact]
        certain = exact_ones if len(exact_ones) == 1 else self.people
        return str(certain[0].pk) if len(certain) == 1 else ""


def understood(partner: Partner, typed: str) -> Understood:
    line = read(typed)
    people = called(partner, line.recommender) if line.recommender else []
    if line.is_noble and not people:
        line = as_name(line)
    first, last = line.name.first, line.name.last
    known = duplicates.known(partner, first=first, last=last, phone=line.phone, email=line.email)
    return Understood(line, known, people)


def as_name(line: Line) -> Line:
    """What looked like a recommender belongs to the name."""
    return dataclasses.replace(line, name=line.full_name, recommender="", is_sure=True, kind="")
