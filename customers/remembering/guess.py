"""One place where a fact may belong, with what would be stored there."""

import dataclasses
from typing import Any


@dataclasses.dataclass(frozen=True)
class Guess:
    place: str
    values: dict[str, Any]

    @property
    def key(self) -> str:
        """Names the guess among all that a text leads to."""
        return f"own-{self.values['field']}" if self.place == "own" else self.place
