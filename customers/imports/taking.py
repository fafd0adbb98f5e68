"""Taking over a page: people are added or filled up in memory, then written in a few statements."""

import dataclasses
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from customers import own
from customers.actions.people import NAMES
from customers.actions.tags import found_or_made, tags_named
from customers.cards import Card
from customers.imports.decisions import ADD, LINKS, PEOPLE, SAME, SKIP, choice_of
from customers.imports.known import Known, fold
from customers.imports.looking import Row, with_notes
from customers.imports.matching import Earlier, Found, FurtherUp, find, judge, keys_of, people_in
from customers.imports.reading.parts import Problem, problem
from customers.models import (
    Customer,
    Import,
    ImportPage,
    NotDuplicate,
    OwnField,
    OwnValue,
    Tag,
    Tagging,
)
from partners import changes
from partners.changes import Act
from partners.models import OwnedModel

ADDED, CHANGED, SAME_AS_BEFORE, LEFT, FAILED = "added", "changed", "same", "left", "failed"


@dataclasses.dataclass
class Taker:
    """Everybody of one page, by what was decided."""

    act: Act
    run: Import
    number: int
    counts: Counter = dataclasses.field(default_factory=Counter)
    touched: dict[int, Known] = dataclasses.field(default_factory=dict)
    links: list[dict[str, str]] = dataclasses.field(default_factory=list)
    apart: list[tuple[Known, Known]] = dataclasses.field(default_factory=list)

    def take(self, rows: Sequence[Row]) -> None:
        wanted = [(row, choice) for row in rows if (choice := self.wanted(row))]
        cards = [Card.from_json(row["card"]) for row, _choice in wanted]
        keys = [keys_of(card) for card in cards]
        found = find(self.act.partner, keys)
        named = (uuid.UUID(pk) for row, _choice in wanted for pk in row.get("who", ()))
        circle = people_in(self.act.partner, found, named)
        further_up = FurtherUp()
        for (row, choice), card, each, one in zip(wanted, cards, keys, found, strict=True):
            if choice.startswith(SAME) and row.get("who"):
                _same, _dash, which = choice.partition("-")
                known = circle.get(uuid.UUID(row["who"][int(which or 0)]))
                if known is None:  # thrown away or merged since
                    self.counts[LEFT] += 1
                    continue
            else:
                known = self.came_since(card, one, circle)
                if known is None and (earlier := further_up.find(card, each)):
                    known = earlier.person
            if known is None or (choice == ADD and row["v"] != "new"):
                known = self.add(row, card, circle)
                further_up.add(card, each, Earlier(card, row["n"], known))
            else:
                self.fill(row, card, known)
            self.note_links(known, card)

    def wanted(self, row: Row) -> str:
        """What is to be done with a row, if anything."""
        choice = choice_of(self.run, row)
        if row["v"] in {FAILED, SAME_AS_BEFORE}:
            self.counts[row["v"]] += 1
            return ""
        if choice in {SKIP, ""}:
            self.counts[LEFT] += 1
            return ""
        return choice

    @staticmethod
    def came_since(card: Card, found: Found, circle: dict[uuid.UUID, Known]) -> Known | None:
        """Somebody whom another page, another tab or another import has brought meanwhile."""
        judgement = judge(card, found, circle)
        return circle[judgement.who[0]] if judgement.verdict == "sure" else None

    def add(self, row: Row, card: Card, circle: dict[uuid.UUID, Known]) -> Known:
        known = Known.of_card(card, self.defaults)
        self.counts[ADDED] += 1
        self.touch(known)
        if row.get("choice") == ADD:
            others = (circle.get(uuid.UUID(pk)) for pk in row.get("who", ()))
            self.apart += [(known, other) for other in others if other]
        return known

    def fill(self, row: Row, card: Card, known: Known) -> None:
        news = known.news(card)
        wanted = set(row.get("take", ())) & set(news.clashes)
        if not (news.adds or wanted):
            self.counts[SAME_AS_BEFORE] += 1
            return
        known.take(news, wanted, card)
        self.counts[CHANGED] += 1
        self.touch(known)

    def touch(self, known: Known) -> None:
        self.touched[id(known)] = known
        if tag := self.run.settings.get("tag"):
            folded = fold(tag)[:60]
            if folded not in {tagging.tag.folded for tagging in known.taggings}:
                known.new_tags.setdefault(folded, tag)

    def note_links(self, known: Known, card: Card) -> None:
        self.links += [
            {"of": str(known.customer.pk), "kind": link.kind, "name": link.name, "uid": link.uid}
            for link in card.relations
        ]

    @property
    def defaults(self) -> dict[str, Any]:
        chosen = {name: self.run.settings.get(name) for name in ("stage", "source_kind", "source")}
        return {name: value for name, value in chosen.items() if value}

    # --- writing -------------------------------------------------------------------------------

    def write(self) -> None:
        people = list(self.touched.values())
        words = Words(self.act, self.run, self.number)
        words.learn(people)
        rows: list[Any] = [known.customer for known in people if known.is_new]
        rows += [row for known in people for row in known.made]
        values: list[tuple[OwnValue, dict[str, Any]]] = []
        for known in people:
            taggings = [Tagging(customer=known.customer, tag=tag) for tag in words.tags_of(known)]
            known.taggings += taggings
            rows += taggings
            new, changed = words.values_of(known)
            rows += new
            values += changed
        self.run.counts["notes"] = with_notes(self.run.counts.get("notes", []), words.remarks)
        rows += [apart(known, other) for known, other in self.apart]
        wishes = [(known.customer, columns(known)) for known in people if not known.is_new]
        for known in people:
            if known.is_new:
                changes.assign(known.customer, known.pending)
                known.customer.refresh_search(all_words(known), known.places)
        changes.create(self.act, *sorted(rows, key=order))
        changes.update_all(self.act, wishes)
        changes.update_all(self.act, values)
        if self.links:
            self.act.partner.import_pages.create(
                run=self.run, number=LINKS + self.number - PEOPLE, rows=self.links
            )


def order(row: OwnedModel) -> tuple[bool, str]:
    """People first, then what hangs on them, each kind together."""
    return not isinstance(row, Customer), type(row).__name__


def columns(known: Known) -> dict[str, Any]:
    """What is to be written to somebody, and what follows from it."""
    wanted = Customer(**{name: known.said(name) for name in NAMES})
    return known.pending | wanted.search_columns(all_words(known), known.places)


def all_words(known: Known) -> list[str]:
    tags = [tagging.tag.folded for tagging in known.taggings]
    return [*known.words, *tags, *(fold(interest.what) for interest in known.interests)]


def apart(one: Known, other: Known) -> NotDuplicate:
    """The partner said that these two are not the same."""
    first, second = sorted((one.customer, other.customer), key=lambda person: person.pk)
    return NotDuplicate(customer=first, other=second)


class Words:
    """Tags and own fields by name; new ones come by an act of their own, taken back last of all."""

    def __init__(self, act: Act, run: Import, number: int):
        self.act, self.run, self.number = act, run, number
        self.tags: dict[str, Tag] = {}
        self.fields: dict[str, OwnField] = {}
        self.remarks: list[Problem] = []

    def learn(self, people: Iterable[Known]) -> None:
        tags = {folded: name for known in people for folded, name in known.new_tags.items()}
        names = {
            folded: name for known in people for folded, (name, _said) in known.new_own.items()
        }
        partner = self.act.partner
        act = Act(partner, self.act.actor, self.act.name)
        if tags:
            self.tags = {tag.folded: tag for tag in tags_named(act, tags.values())}
        if names:
            with translation.override(partner.user.language):
                purpose = _("from an import")
            drafts = [OwnField(name=name[:60], purpose=purpose) for name in names.values()]
            self.fields = found_or_made(act, partner.ownfields, drafts)
        if act.left_traces:
            self.run.pages.create(
                partner=partner, number=self.number - PEOPLE, act_id=act.id, is_done=True
            )

    def tags_of(self, known: Known) -> list[Tag]:
        return list({self.tags[folded].pk: self.tags[folded] for folded in known.new_tags}.values())

    def values_of(
        self, known: Known
    ) -> tuple[list[OwnValue], list[tuple[OwnValue, dict[str, Any]]]]:
        """New values, and old ones that shall say something else."""
        stored = {value.field_id: value for value in known.own_values}
        new, changed = [], []
        for folded, (name, says) in known.new_own.items():
            field = self.fields[folded]
            try:
                said = own.read(field, says)
            except ValidationError:
                known.note_down(name, says)
                self.remarks.append(problem("does-not-fit", field=f"own:{name}", text=says[:60]))
                continue
            if said and field.pk in stored:
                changed.append((stored[field.pk], vars(said)))
            elif said:
                new.append(OwnValue(customer=known.customer, field=field, **vars(said)))
        return new, changed


def take_page(act: Act, run: Import, page: ImportPage) -> Counter:
    """What was done with how many; the page keeps what failed, and the act by which to undo it."""
    taker = Taker(act, run, page.number)
    taker.take(page.rows)
    taker.write()
    page.rows = [row for row in page.rows if row["v"] == "failed"]
    page.act_id = act.id if act.left_traces else None
    page.is_done = True
    page.save(update_fields=["rows", "act_id", "is_done"])
    return taker.counts
