"""What the page of an evening says of its guests; it asks the database nothing."""

import dataclasses
from typing import Any

from events.evening import Evening
from events.guest_listing import Chip, GuestList, Line, summary

SHOWN = 8


@dataclasses.dataclass(frozen=True)
class Panel:
    lines: list[Line]
    count: int
    chips: list[Chip]
    summary: str

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


def panel(evening: Evening) -> dict[str, Any]:
    guests = GuestList(evening)
    lines = guests.all_lines
    said = Panel(lines[:SHOWN], len(lines), guests.chips, summary(evening))
    return {"guest_panel": said}
