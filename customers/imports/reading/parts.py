"""What reading answers with: plain values that know no database."""

import dataclasses
from typing import Any

from customers.cards import Card


@dataclasses.dataclass(frozen=True)
class Problem:
    """What is wrong, or worth knowing; `sentence` says it in the reader's language."""

    code: str
    params: dict[str, Any] = dataclasses.field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "params": self.params}

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "Problem":
        return cls(said["code"], said.get("params", {}))


def problem(code: str, **params: Any) -> Problem:
    return Problem(code, params)


class Unreadable(Exception):
    """The file as a whole is none we can read."""

    def __init__(self, code: str, **params: Any):
        super().__init__(code)
        self.problem = Problem(code, params)
        self.code = code
        self.params = params


@dataclasses.dataclass
class Entry:
    """`number` is the line where a row begins, or the card's place in the file, from 1.

    Problems make the entry fail, notes do not; `raw` is what stood there.
    """

    number: int
    card: Card | None
    problems: list[Problem]
    notes: list[Problem]
    raw: list[str] | str


@dataclasses.dataclass
class Page:
    entries: list[Entry]
    position: dict[str, int]
    is_last: bool


@dataclasses.dataclass
class Sniffed:
    """What a file seems to be. `csv` is the sheet of a workbook, to be kept in its place."""

    kind: str
    encoding: str = "utf-8"
    delimiter: str = ""
    has_header: bool = False
    header: list[str] = dataclasses.field(default_factory=list)
    sample: list[list[str]] = dataclasses.field(default_factory=list)
    columns: list[str] = dataclasses.field(default_factory=list)
    day_first: bool = True
    skip: int = 0  # records above the header
    source: str = ""
    warnings: list[Problem] = dataclasses.field(default_factory=list)
    rows: int = 0
    csv: bytes | None = None

    @property
    def settings(self) -> dict[str, Any]:
        """What `pages` needs to know; all of it may be corrected."""
        kept = {"kind", "encoding", "delimiter", "has_header", "header", "columns", "day_first"}
        return {name: getattr(self, name) for name in sorted(kept | {"skip", "source"})}
