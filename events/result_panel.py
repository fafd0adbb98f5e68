"""What the page of an evening says of it."""

from typing import Any

from events import result
from events.evening import Evening, Phase


def panel(evening: Evening) -> dict[str, Any]:
    """Nothing before it is over: sums are not for everybody's eyes."""
    if evening.phase not in {Phase.RESULT, Phase.CLOSED}:
        return {}
    return {"result": result.of(evening)}
