"""From the story to rows: every day counts from today, every row has its fixed id.

The ids look like those of other rows (UUIDv7) and keep the order in which people were noted.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping

from customers.models import Address, Customer, Email, FollowUp, Interaction, Phone
from customers.text import fold, is_mobile
from mlmcrm.demo.known import Asked, Known, Surroundings
from mlmcrm.demo.story import Person, Plan, Talk, Turns
from partners import clock
from partners.models import OwnedModel, Partner, User

NAMESPACE = uuid.UUID("a6cf9c1a-6f0e-4c43-8d0b-2f9f4c9c3c11")
STORY_BEGINS = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
MORNING, EVENING = dt.time(9), dt.time(20)
TALK_SETTLES = {
    Interaction.Kind.CALL: FollowUp.Kind.CALL,
    Interaction.Kind.VISIT: FollowUp.Kind.VISIT,
    Interaction.Kind.MEETING: FollowUp.Kind.VISIT,
    Interaction.Kind.MESSAGE: FollowUp.Kind.MESSAGE,
    Interaction.Kind.EMAIL: FollowUp.Kind.MESSAGE,
}


def fixed_id(days_ago: int, *path: object) -> uuid.UUID:
    """The same id on every load, in the shape of a version 7 (RFC 9562)."""
    noted = STORY_BEGINS - dt.timedelta(days=days_ago)
    digest = uuid.uuid5(NAMESPACE, "/".join(map(str, path))).int
    value = int(noted.timestamp() * 1000) << 80 | digest & (1 << 80) - 1
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


class Teller:
    """Tells the people of one partner as they stand today."""

    def __init__(
        self,
        partner: Partner,
        user: User,
        known: Mapping[str, Known],
        fields: Iterable[Asked],
    ):
        self.partner, self.user = partner, user
        self.known, self.fields = known, fields
        self.today = clock.today(partner.zone)
        self.customers: list[Customer] = []
        self.follow_ups: list[FollowUp] = []
        self.interactions: list[Interaction] = []
        self.phones: list[Phone] = []
        self.emails: list[Email] = []
        self.addresses: list[Address] = []

    def tell(self, people: Iterable[Person]) -> None:
        for person in people:
            self.add(person)

    def groups(self) -> Iterable[list]:
        """All rows, those first that others point to."""
        yield self.customers
        yield from (self.phones, self.emails, self.addresses)
        yield from (self.follow_ups, self.interactions)
        yield from filter(None, Surroundings(self, self.known, self.fields).groups())

    def moment(self, day: int, time: dt.time) -> dt.datetime:
        return clock.moment(self.date(day), time, self.partner.zone)

    def date(self, day: int) -> dt.date:
        return self.today + dt.timedelta(days=day)

    def owned(self, days_ago: int, *path: object) -> dict:
        """What every row of the story has: whose it is, its id, and since when."""
        since = self.moment(-days_ago, EVENING)
        return {
            "id": fixed_id(days_ago, self.user.email, *path),
            "partner": self.partner,
            "created_at": since,
            "updated_at": since,
        }

    def add(self, person: Person) -> None:
        name = f"{person.first_name} {person.last_name}".strip()
        owned, known = self.owned(person.since, name), self.known.get(name, Known())
        customer = Customer(
            **owned,
            first_name=person.first_name,
            last_name=person.last_name,
            salutation=person.salutation,
            formality=person.formality,
            stage=person.stage,
            rank=person.rank,
            source=person.source,
            note=person.note,
            is_hidden=person.hidden,
            **self.birthday(person.born),
            **known.says,
        )
        reachable = list(self.ways(person, customer, name))
        places = [way for way in reachable if isinstance(way, Address)]
        words = [way.search_form for way in reachable] + [fold(word) for word in known.words]
        customer.refresh_search(words, places)
        self.customers.append(customer)
        for number, chapter in enumerate(person.story):
            if isinstance(chapter, Talk):
                self.add_talk(customer, chapter, name, number)
            else:
                self.add_plan(customer, chapter, name, number)

    def birthday(self, born: str | Turns) -> dict[str, int | None]:
        if not born:
            return {}
        if isinstance(born, Turns):
            day = self.date(born.day)
            return {
                "birth_day": day.day,
                "birth_month": day.month,
                "birth_year": day.year - born.age,
            }
        typed_day, month, year = born.split(".")
        return {
            "birth_day": int(typed_day),
            "birth_month": int(month),
            "birth_year": int(year) if year else None,
        }

    def ways(self, person: Person, customer: Customer, name: str) -> Iterable:
        for typed in person.phones:
            owned = self.owned(person.since, name, typed)
            phone = Phone(**owned, customer=customer, typed=typed, kind=kind_of(typed))
            yield self.kept(self.phones, phone)
        if person.email:
            owned = self.owned(person.since, name, person.email)
            yield self.kept(self.emails, Email(**owned, customer=customer, typed=person.email))
        if person.home:
            street, postcode, city = person.home
            owned = self.owned(person.since, name, "home")
            place = {"street": street, "postcode": postcode, "city": city}
            yield self.kept(self.addresses, Address(**owned, customer=customer, **place))

    @staticmethod
    def kept(rows: list, way):
        way.normalise()
        rows.append(way)
        return way

    def add_talk(self, customer: Customer, talk: Talk, name: str, number: int) -> None:
        at = self.moment(talk.day, talk.time)
        settled = None
        if talk.kept:
            settled = FollowUp(
                **self.owned(1 - talk.day, name, number, "kept"),
                customer=customer,
                kind=TALK_SETTLES[Interaction.Kind(talk.kind)],
                what=talk.kept,
                **self.closed(FollowUp.State.DONE, at),
            )
            self.schedule(settled, talk.day, None)
            self.follow_ups.append(settled)
        interaction = Interaction(
            **self.owned(-talk.day, name, number),
            customer=customer,
            follow_up=settled,
            kind=talk.kind,
            occurred_at=at,
            text=talk.text,
            outcome=talk.outcome,
        )
        self.interactions.append(interaction)

    def add_plan(self, customer: Customer, plan: Plan, name: str, number: int) -> None:
        follow_up = FollowUp(
            **self.owned(max(1 - plan.day, 1), name, number),
            customer=customer,
            kind=plan.kind,
            what=plan.what,
            nature=FollowUp.Nature.CARE if plan.care else FollowUp.Nature.PROMISE,
        )
        if plan.dropped is not None:
            end = self.moment(plan.dropped, MORNING)
            for column, value in self.closed(FollowUp.State.DROPPED, end).items():
                setattr(follow_up, column, value)
        self.schedule(follow_up, plan.day, plan.time)
        self.follow_ups.append(follow_up)

    def schedule(self, follow_up: FollowUp, day: int, time: dt.time | None) -> None:
        """Said when it was noted; told anew on a later day, it is reminded of anew."""
        follow_up.schedule(self.date(day), time, self.partner.zone)
        follow_up.scheduled_at = follow_up.created_at
        follow_up.schedule_version = self.today.toordinal()

    def closed(self, state: str, at: dt.datetime) -> dict:
        return {"state": state, "closed_at": at, "closed_by": self.user.pk}


def moved(fresh: OwnedModel, stored: OwnedModel, columns: Iterable[str]) -> bool:
    """Bring the dates of a stored row to where today puts them; False if they are there."""
    changed = False
    for column in columns:
        value = getattr(fresh, column)
        if getattr(stored, column) != value:
            setattr(stored, column, value)
            changed = True
    return changed


def kind_of(typed: str) -> str:
    return Phone.Kind.MOBILE if is_mobile(typed) else Phone.Kind.HOME
