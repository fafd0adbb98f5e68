"""Cards of a vCard file in slices, each on its own: a broken one costs one card."""

import re
from collections.abc import Iterator
from typing import Any

from customers.imports.reading.contentlines import Property, parsed
from customers.imports.reading.drafts import Draft
from customers.imports.reading.lines import Lines
from customers.imports.reading.parts import Entry, Page, Problem, problem
from customers.imports.reading.properties import fill
from partners import clock

START = re.compile(r"(?:[\w-]+\.)?[\w-]+\s*[;:]")
EDGE = re.compile(r"(BEGIN|END)\s*:\s*VCARD\s*", re.IGNORECASE)
BINARY = re.compile(r"(?:[\w-]+\.)?(PHOTO|LOGO|SOUND|KEY)\b[^:]*:", re.IGNORECASE)
AGENT = re.compile(r"(?:[\w-]+\.)?AGENT\b[^:]*:\s*", re.IGNORECASE)
ONE_LINE = 300  # what of a line is shown when it is not understood
LARGEST_CARD = 200_000  # characters, pictures not counted
SHOWN = 10_000
SOFT_BREAK = "QUOTED-PRINTABLE"


class Broken(Exception):
    def __init__(self, found: Problem):
        super().__init__(found.code)
        self.problem = found


class Raw:
    """A card's lines, unfolded as they come; pictures are passed over."""

    def __init__(self, line: int):
        self.line = line
        self.written: list[str] = []  # lines as they stand in the file
        self.pieces: list[list[str]] = []  # of each content line
        self.size = 0
        self.dropping = ""
        self.dropped: list[str] = []
        self.is_soft = False
        self.depth = 0  # of cards within the card
        self.problem: Problem | None = None

    def add(self, said: str, number: int) -> None:
        said = said.rstrip("\r\n")
        if self.goes_on(said):
            return
        found = BINARY.match(said)
        if found:
            self.dropping = found[1].upper()
            self.dropped.append(self.dropping)
            return
        if not said.strip():
            self.is_soft = False
            return
        self.size += len(said)
        if self.size > LARGEST_CARD:
            self.problem = self.problem or problem("card-too-large", line=self.line)
            return
        self.written.append(said)
        self.take(said, number)

    def goes_on(self, said: str) -> bool:
        """Whether this belongs to a picture."""
        if self.dropping and not START.match(said):
            return True
        self.dropping = ""
        return False

    def take(self, said: str, number: int) -> None:
        if self.is_soft:
            self.pieces[-1].append(said.lstrip(" \t") if said[:1] in {" ", "\t"} else said)
        elif said[:1] in {" ", "\t"} and self.pieces:
            self.pieces[-1].append(said[1:])
        elif START.match(said):
            self.pieces.append([said])
        elif self.pieces and self.pieces[-1][0].upper().startswith("NOTE"):
            self.pieces[-1].append(f"\\n{said}")
        else:
            self.problem = self.problem or problem("card-line", line=number, text=said[:ONE_LINE])
        self.is_soft = said.endswith("=") and self.is_quoted()
        if self.is_soft:
            self.pieces[-1][-1] = self.pieces[-1][-1][:-1]

    def is_quoted(self) -> bool:
        return bool(self.pieces) and SOFT_BREAK in self.pieces[-1][0].partition(":")[0].upper()

    @property
    def is_over(self) -> bool:
        """Whether a card that begins here is the next one, and not one of an AGENT."""
        has_begun = bool(self.pieces) and not self.depth
        return has_begun and not AGENT.fullmatch("".join(self.pieces[-1]))

    @property
    def properties(self) -> Iterator[Property]:
        for pieces in self.pieces:
            said = "".join(pieces)
            found = parsed(said)
            if found is None:
                wrong = problem("card-line", line=self.line, text=said[:ONE_LINE])
                raise Broken(wrong)
            yield found


class Cards:
    """Reads on from a position."""

    def __init__(self, content: Any, settings: dict[str, Any], position: dict[str, int] | None):
        start = position or {"at": 0, "line": 1, "record": 1}
        self.lines = Lines(content, settings["encoding"], start["at"], start["line"])
        self.record = start["record"]

    @property
    def position(self) -> dict[str, int]:
        return {"at": self.lines.at, "line": self.lines.number, "record": self.record}

    def cards(self) -> Iterator[Raw]:
        """Each from its BEGIN to its END; one that never ends is broken."""
        raw: Raw | None = None
        at, number = self.lines.at, self.lines.number
        for said in self.lines:
            edge = edge_of(said)
            if raw is None:
                raw = Raw(number) if edge == "BEGIN" else None
            elif edge == "BEGIN" and raw.is_over:
                self.lines.seek(at, number)
                yield self.counted(raw, ended=False)
                raw = None
            elif edge == "BEGIN":
                raw.depth += bool(raw.pieces)  # a second one right after the first says nothing
            elif edge == "END" and not raw.depth:
                yield self.counted(raw)
                raw = None
            elif raw.depth:
                raw.depth -= edge == "END"
            else:
                raw.add(said, number)
            at, number = self.lines.at, self.lines.number
        if raw:
            yield self.counted(raw, ended=False)

    def counted(self, raw: Raw, *, ended: bool = True) -> Raw:
        self.record += 1
        if not ended:
            raw.problem = raw.problem or problem("no-end", line=raw.line)
        return raw


def edge_of(said: str) -> str:
    """Whether a card begins or ends here."""
    found = EDGE.fullmatch(said) if said[:1] in "BEbe" else None
    return found[1].upper() if found else ""


def read_cards(
    content: Any, settings: dict[str, Any], position: dict[str, int] | None, limit: int
) -> Page:
    file = Cards(content, settings, position)
    this_year = clock.now().year
    entries: list[Entry] = []
    for raw in file.cards():
        number = file.record - 1
        entries.append(entry(number, raw, file.lines, this_year))
        if len(entries) >= limit:
            break
    return Page(entries, file.position, not file.lines.has_more())


def entry(number: int, raw: Raw, lines: Lines, this_year: int) -> Entry:
    notes = [problem("nul")] if lines.has_nul else []
    notes += [problem("odd-letters")] if lines.is_odd else []
    lines.has_nul = lines.is_odd = False
    notes += left_out(raw)
    shown = "\n".join(raw.written)[:SHOWN]
    if raw.problem:
        return Entry(number, None, [raw.problem], notes, shown)
    draft = Draft(day_first=True, this_year=this_year)
    try:
        fill(draft, list(raw.properties))
    except Broken as broken:
        return Entry(number, None, [broken.problem], notes, shown)
    draft.finish()
    card = None if draft.problems else draft.card
    return Entry(number, card, draft.problems, notes + draft.notes, shown)


def left_out(raw: Raw) -> list[Problem]:
    names = dict.fromkeys(raw.dropped)
    return [
        problem("photo" if name in {"PHOTO", "LOGO"} else "left-out", name=name) for name in names
    ]
