"""Who brought whom: all recommendations of one partner, read once and told from memory."""

import dataclasses
import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from django.db.models import Q

from customers.actions.recommending import BUYERS, OPEN
from customers.models import Recommendation
from customers.recommend import listed
from customers.text import fold
from partners import addresses, spoken
from partners.models import Partner

Status, Thanks = Recommendation.Status, Recommendation.Thanks
PERSON = ("", "__first_name", "__last_name", "__stage")
SHOWN_BEFORE = 2  # of a long chain, besides the one with whom it began


@dataclasses.dataclass(frozen=True)
class Who:
    pk: uuid.UUID
    name: str
    is_buyer: bool
    short: str  # the first name, unless several have it

    @property
    def href(self) -> str:
        return addresses.of("customer-detail", self.pk)

    @property
    def network_href(self) -> str:
        return addresses.of("customer-network", self.pk)


@dataclasses.dataclass(frozen=True)
class Word:
    """One recommendation, as the list tells it."""

    pk: uuid.UUID
    by: Who
    to: Who | None
    only_name: str
    status: str
    thanks: str
    day: dt.date
    what: str
    why: str

    @property
    def name(self) -> str:
        return self.to.name if self.to else self.only_name

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_to_thank(self) -> bool:
        return self.thanks == Thanks.DUE

    @property
    def status_spoken(self) -> str:
        return str(Status(self.status).label)

    @property
    def edit_address(self) -> str:
        return addresses.of("recommendation-edit", self.pk)

    @property
    def status_address(self) -> str:
        return addresses.of("recommendation-status", self.pk)

    def day_spoken(self, today: dt.date) -> str:
        return spoken.day(self.day, today)

    def has(self, words: list[str]) -> bool:
        told = fold(f"{self.name} {self.by.name} {self.what} {self.why}")
        return all(word in told for word in words)


@dataclasses.dataclass(frozen=True)
class Due:
    """Somebody who was not thanked yet, and for whom."""

    who: Who
    names: str

    @property
    def thanks_address(self) -> str:
        return addresses.of("recommendation-thanks", self.who.pk)


@dataclasses.dataclass(frozen=True)
class Friend:
    """Somebody who recommends, and what came of it."""

    who: Who
    words: int
    customers: int


@dataclasses.dataclass(frozen=True)
class Line:
    """Petra → Meike → Jana and Tom: by whom, and whom the last of them brought."""

    by: list[Who]
    is_long: bool  # some in between are left out
    brought: list[Who]


@dataclasses.dataclass(frozen=True)
class Story:
    """All that began with one person."""

    who: Who
    known: int
    directly: int
    customers: int

    @property
    def later(self) -> int:
        return self.known - self.directly


class Network:
    def __init__(self, partner: Partner):
        self.words = list(read(partner))  # the latest first
        self.people = {
            who.pk: who for word in self.words for who in (word.by, word.to) if who is not None
        }

    # --- the list ---

    def found(self, show: str, query: str) -> list[Word]:
        words, wanted = fold(query).split(), SHOWS.get(show, SHOWS[""])
        return [word for word in self.words if wanted(word) and word.has(words)]

    @cached_property
    def counts(self) -> dict[str, int]:
        return {show: sum(map(wanted, self.words)) for show, wanted in SHOWS.items()}

    def due(self, words: Iterable[Word]) -> list[Due]:
        """Who is to be thanked, for these; whoever waits longest first."""
        names: dict[Who, list[str]] = defaultdict(list)
        for word in reversed(list(words)):
            if word.is_to_thank:
                names[word.by].append(word.name)
        return [Due(who, listed(list(dict.fromkeys(those)))) for who, those in names.items()]

    def friends(self, most: int) -> list[Friend]:
        """Whose word did most: those who brought customers, then those who spoke most often."""
        of: dict[Who, list[Word]] = defaultdict(list)
        for word in self.words:
            of[word.by].append(word)
        friends = [
            Friend(who, len(words), sum(word.status == Status.CUSTOMER for word in words))
            for who, words in of.items()
        ]
        friends.sort(key=lambda one: (one.customers, one.words), reverse=True)
        return friends[:most]

    # --- the tree ---

    @cached_property
    def parents(self) -> dict[uuid.UUID, Who]:
        """Through whom each came first. Nobody is brought by those whom they brought."""
        parents: dict[uuid.UUID, Who] = {}
        have_brought: set[uuid.UUID] = set()
        for word in reversed(self.words):
            if word.to is None or word.to.pk in parents or word.to.pk == word.by.pk:
                continue
            if word.to.pk in have_brought and word.to.pk in up(parents, word.by.pk):
                continue
            parents[word.to.pk] = word.by
            have_brought.add(word.by.pk)
        return parents

    @cached_property
    def brought(self) -> dict[uuid.UUID, list[Who]]:
        """Whom each brought, the first first."""
        brought: dict[uuid.UUID, list[Who]] = defaultdict(list)
        for pk, parent in self.parents.items():
            brought[parent.pk].append(self.people[pk])
        return dict(brought)

    @cached_property
    def totals(self) -> dict[uuid.UUID, tuple[int, int]]:
        """How many came through each, in the end, and how many of those are customers."""
        totals: dict[uuid.UUID, tuple[int, int]] = defaultdict(lambda: (0, 0))
        for root in self.beginners:
            for who in reversed(list(self.below(root))):
                if parent := self.parents.get(who.pk):
                    ours, mine = totals[parent.pk], totals[who.pk]
                    totals[parent.pk] = (
                        ours[0] + mine[0] + 1,
                        ours[1] + mine[1] + who.is_buyer,
                    )
        return totals

    @property
    def beginners(self) -> list[Who]:
        return [self.people[pk] for pk in self.brought if pk not in self.parents]

    def below(self, who: Who) -> Iterator[Who]:
        """Somebody and all who came through them, each before those whom they brought."""
        waiting = [who]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += reversed(self.brought.get(one.pk, []))

    def story(self, who: Who) -> Story:
        known, customers = self.totals[who.pk]
        return Story(who, known, len(self.brought.get(who.pk, [])), customers)

    @cached_property
    def stories(self) -> list[Story]:
        """Those through whom most came, first."""
        stories = [self.story(who) for who in self.beginners]
        return sorted(stories, key=lambda story: story.known, reverse=True)

    def lines(self, story: Story) -> list[Line]:
        return [
            self.line(story.who, who) for who in self.below(story.who) if who.pk in self.brought
        ]

    def line(self, beginner: Who, last: Who) -> Line:
        between: list[Who] = []
        one = last
        while one.pk != beginner.pk and len(between) <= SHOWN_BEFORE:
            between.insert(0, one)
            one = self.parents[one.pk]
        is_long = len(between) > SHOWN_BEFORE
        return Line([beginner, *between[-SHOWN_BEFORE:]], is_long, self.brought[last.pk])

    def way_to(self, who: Who) -> list[Who]:
        """Petra, Meike: through whom somebody came, from the one with whom it began."""
        return [self.people[pk] for pk in reversed(list(up(self.parents, who.pk)))][:-1]

    def also_by(self, who: Who) -> list[Who]:
        """Who recommended somebody besides the one through whom they came."""
        first = self.parents.get(who.pk)
        by = {word.by: None for word in self.words if word.to == who and word.by != first}
        return list(by)


def up(parents: dict[uuid.UUID, Who], pk: uuid.UUID) -> Iterator[uuid.UUID]:
    """Somebody, the one through whom they came, and so on."""
    while True:
        yield pk
        if pk not in parents:
            return
        pk = parents[pk].pk


SHOWS = {
    "": lambda word: True,
    "open": lambda word: word.is_open,
    "customer": lambda word: word.status == Status.CUSTOMER,
    "no": lambda word: word.status == Status.NO,
    "thanks": lambda word: word.is_to_thank,
}


def read(partner: Partner) -> Iterator[Word]:
    """Of people who are in the circle, in one query."""
    ends = ("recommender", "recipient")
    here = {f"recommender__{column}": None for column in ("deleted_at", "restricted_at")}
    somebody = Q(recipient__deleted_at=None, recipient__restricted_at=None)
    rows = partner.recommendations.filter(somebody, **here).values_list(
        *(f"{end}{column}" for end in ends for column in PERSON),
        *("pk", "recipient_name", "status", "thanks", "recommended_on", "what", "why"),
    )
    read_rows = [(row[:4], row[4:8], row[8:]) for row in rows]
    people = {person[0]: person for row in read_rows for person in row[:2] if person[0]}
    same = Counter(first for _pk, first, *_more in people.values())
    known = {
        pk: Who(pk, name, stage in BUYERS, first if same[first] == 1 else name)
        for pk, first, last, stage in people.values()
        for name in [f"{first} {last}".strip()]
    }
    for by, to, (pk, *told) in read_rows:
        yield Word(pk, known[by[0]], known.get(to[0]), *told)
