"""What the page of an evening says of its guests; it asks the database nothing."""

import dataclasses
from typing import Any

from events.evening import Evening
from events.guest_listing import Chip, GuestList, Row, row, summary

SHOWN = 8


@dataclasses.dataclass(frozen=True)
class Panel:
    rows: list[Row]
    count: int
    chips: list[Chip]
    summary: str

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


def panel(evening: Evening) -> dict[str, Any]:
    guests = GuestList(evening)
    lines = guests.all_lines
    rows = [row(line, evening) for line in lines[:SHOWN]]
    said = Panel(rows, len(lines), guests.chips, summary(evening))
    return {"guest_panel": said}
