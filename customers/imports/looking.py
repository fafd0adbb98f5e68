"""What the entries of a file would do: one verdict per row, before anything is done."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from customers.cards import Card
from customers.imports.known import Known
from customers.imports.matching import Earlier, Found, FurtherUp, find, judge, keys_of, people_in
from customers.imports.reading import Entry, Problem
from partners.models import Partner

VERDICTS = ("new", "changed", "doubtful", "same", "failed")
LONGEST_SHOWN = 120
MOST_RAW, MOST_CELLS = 2000, 100  # what is kept of a row that fails

Row = dict[str, Any]


def look(partner: Partner, entries: Sequence[Entry]) -> list[Row]:
    """A row per entry, ready to be kept; a fixed number of queries however many there are."""
    readable = [entry for entry in entries if entry.card is not None and not entry.problems]
    keys = [keys_of(entry.card) for entry in readable if entry.card]
    found = find(partner, keys)
    looker = Looker(people_in(partner, found))
    looked = {
        id(entry): looker.look(entry, each, one)
        for entry, each, one in zip(readable, keys, found, strict=True)
    }
    return [looked.get(id(entry)) or failed(entry) for entry in entries]


class Looker:
    """What came further up in the file counts, too."""

    def __init__(self, circle: dict[uuid.UUID, Known]):
        self.circle = circle
        self.further_up = FurtherUp()

    def look(self, entry: Entry, keys: Any, found: Found) -> Row:
        card = entry.card or Card()
        judgement = judge(card, found, self.circle)
        row: Row = {"n": entry.number, "card": card.as_json()}
        if entry.notes:
            row["notes"] = [note.as_json() for note in entry.notes]
        if judgement.verdict == "sure":
            row["who"] = [str(judgement.who[0])]
            return row | compared(self.circle[judgement.who[0]], card)
        if judgement.verdict == "doubtful":
            who = [str(pk) for pk in judgement.who]
            return row | {"v": "doubtful", "why": judgement.why, "who": who}
        twin = self.further_up.find(card, keys)
        if twin:
            return row | {"twin": twin.number} | compared(twin.person, card)
        self.further_up.add(card, keys, Earlier(card, entry.number))
        return row | {"v": "new"}


def compared(known: Known, card: Card) -> Row:
    """What the card adds to somebody, of whom it is known from now on."""
    news = known.news(card)
    if news.is_empty:
        return {"v": "same"}
    row: Row = {"v": "changed", "adds": [(name, said[:LONGEST_SHOWN]) for name, said in news.adds]}
    if news.clashes:
        row["clash"] = news.clashes
    known.take(news)
    return row


def failed(entry: Entry) -> Row:
    cells = [entry.raw] if isinstance(entry.raw, str) else entry.raw
    problems = [problem.as_json() for problem in entry.problems]
    raw = [cell[:MOST_RAW] for cell in cells[:MOST_CELLS]]
    return {"n": entry.number, "v": "failed", "problems": problems, "raw": raw}


def with_notes(known: list[Any], notes: Iterable[Problem]) -> list[Any]:
    """Remarks, the first of each kind with how often it came."""
    found = {note["code"]: (note, count) for note, count in known}
    for note in notes:
        first, count = found.get(note.code, (note.as_json(), 0))
        found[note.code] = (first, count + 1)
    return list(found.values())


def counted(rows: Sequence[Row]) -> list[int]:
    """How many rows there are of each verdict, in the order of VERDICTS."""
    counts = Counter(row["v"] for row in rows)
    return [counts[verdict] for verdict in VERDICTS]
