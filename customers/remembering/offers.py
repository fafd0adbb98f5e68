"""The places a typed fact is offered, with the people a name may mean."""

import dataclasses
import datetime as dt

from customers import health
from customers.models import Customer, Relation
from customers.naming import called
from customers.remembering import Guess, anywhere, places, read
from partners.models import Partner


@dataclasses.dataclass
class Offer:
    guess: Guess
    title: str
    text: str

    @property
    def key(self) -> str:
        return self.guess.key


@dataclasses.dataclass
class Offers:
    """What is likely and what else there is; `people` are those a relation may mean."""

    typed: str
    likely: list[Offer]
    others: list[Offer]
    people: list[Customer]
    name: str = ""
    is_household: bool = False
    is_health: bool = False

    @property
    def offers(self) -> dict[str, Offer]:
        return {offer.key: offer for offer in (*self.others, *self.likely)}


def offers(partner: Partner, customer: Customer, typed: str, today: dt.date) -> Offers:
    guesses = read(typed, today, partner.ownfields.all())
    guesses = [*at_known_business(partner, customer, guesses), *guesses]
    taken = {guess.key for guess in guesses}
    rest = [guess for guess in anywhere(typed) if guess.key not in taken]
    note = rest.pop()
    relation = next((guess for guess in guesses if guess.place == "relation"), None)
    name = relation.values["name"] if relation else ""
    return Offers(
        typed=typed,
        likely=[offer(guess, customer, today) for guess in (*guesses, note)],
        others=[offer(guess, customer, today) for guess in rest],
        people=called(partner, name, besides=customer) if name else [],
        name=name,
        is_household=bool(relation) and relation.values["kind"] == Relation.Kind.HOUSEHOLD,  # type: ignore[union-attr]
        is_health=health.smells_of_health(typed),
    )


def offer(guess: Guess, customer: Customer, today: dt.date) -> Offer:
    return Offer(guess, places.title(guess), places.spoken(guess, customer, today))


def at_known_business(partner: Partner, customer: Customer, guesses: list[Guess]) -> list[Guess]:
    """“arbeitet bei Müller GmbH”, where that business is in the circle too."""
    company = next((g.values["company"] for g in guesses if g.values.get("company")), "")
    if not company or customer.is_business:
        return []
    if not any(found.is_business for found in called(partner, company, besides=customer)):
        return []
    values = {"name": company, "kind": Relation.Kind.EMPLOYEE, "salutation": "", "is_other": False}
    return [Guess("relation", values)]
