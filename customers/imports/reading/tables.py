"""A table in slices: records with the line they begin on, each one on its own when it is broken."""

import csv
from collections.abc import Iterator
from typing import Any

from customers.imports.reading.drafts import LONGEST_NOTE
from customers.imports.reading.lines import Lines, RunsOn
from customers.imports.reading.parts import Entry, Page, Problem, problem
from customers.imports.reading.rows import RowReader
from partners import clock

MOST_BREAKS = 20  # in a field; more come of a quotation mark that nobody closed
MOST_LINES = 100  # of a record
QUOTE = '"'
Record = tuple[int, list[str], Problem | None]


class Table:
    """Reads on from a position; `at` there is a byte, `line` and `record` are counted from 1."""

    def __init__(self, content: Any, settings: dict[str, Any], position: dict[str, int] | None):
        start = position or {"at": 0, "line": 1, "record": 1}
        self.lines = Lines(content, settings["encoding"], start["at"], start["line"])
        self.record = start["record"]
        self.reader = csv.reader(self.lines, delimiter=settings["delimiter"], strict=True)
        self.delimiter = settings["delimiter"]
        self.width = len(settings.get("columns") or ())
        is_ours = settings.get("source") == "own-export"
        self.most_breaks = LONGEST_NOTE if is_ours else MOST_BREAKS
        self.most_lines = LONGEST_NOTE if is_ours else MOST_LINES

    @property
    def position(self) -> dict[str, int]:
        return {"at": self.lines.at, "line": self.lines.number, "record": self.record}

    def records(self) -> Iterator[Record]:
        """Each with the line it begins on, and what is wrong with it; empty ones too."""
        while True:
            at, number = self.lines.at, self.lines.number
            self.lines.left = self.most_lines
            self.lines.has_nul = self.lines.is_odd = False
            try:
                row = next(self.reader)
                wrong = self.trouble(row, self.lines.number - number, number)
            except StopIteration:
                return
            except (csv.Error, RunsOn):
                row, wrong = [], problem("quote", line=number)
            if wrong and wrong.code == "quote":
                row, wrong = self.again(at, number, wrong)
            self.record += 1
            yield number, row, wrong

    def trouble(self, row: list[str], height: int, number: int) -> Problem | None:
        if height > MOST_BREAKS and any(cell.count("\n") > self.most_breaks for cell in row):
            return problem("quote", line=number)
        if not self.width or not row or len(row) == self.width:
            return None
        if len(row) > self.width and not any(row[self.width :]):
            return None
        if height > 1:
            return problem("quote", line=number)
        return problem("columns", expected=self.width, found=len(row))

    def again(self, at: int, number: int, wrong: Problem) -> tuple[list[str], Problem | None]:
        """The first line alone, so that a forgotten quotation mark costs one row only."""
        self.lines.seek(at, number)
        self.lines.left = 1
        said = next(self.lines)
        if len(said) > csv.field_size_limit():
            return [said[:MOST_LINES]], problem("line-too-long", line=number)
        row = next(csv.reader([said], delimiter=self.delimiter))
        if said.count(QUOTE) % 2 == 0 and len(row) == self.width:
            return row, None
        return [said.rstrip("\r\n")], wrong


def read_table(
    content: Any, settings: dict[str, Any], position: dict[str, int] | None, limit: int
) -> Page:
    table = Table(content, settings, position)
    reader = RowReader(settings, clock.now().year)
    skipped = 0 if position else settings.get("skip", 0) + bool(settings.get("has_header"))
    is_sheet = settings["kind"] == "xlsx"
    entries: list[Entry] = []
    for number, row, wrong in table.records():
        if skipped:
            skipped -= 1
            continue
        if wrong or any(map(str.strip, row)):
            shown = table.record - 1 if is_sheet else number
            entries.append(entry(reader, shown, row, wrong, table.lines))
        if len(entries) >= limit:
            break
    return Page(entries, table.position, not table.lines.has_more())


def entry(
    reader: RowReader, number: int, row: list[str], wrong: Problem | None, lines: Lines
) -> Entry:
    notes = [problem("nul")] if lines.has_nul else []
    notes += [problem("odd-letters")] if lines.is_odd else []
    if wrong:
        return Entry(number, None, [wrong], notes, row)
    draft = reader.read(row)
    card = None if draft.problems else draft.card
    return Entry(number, card, draft.problems, notes + draft.notes, row)
