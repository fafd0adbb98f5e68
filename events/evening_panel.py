"""What the page of an event says on the evening, and of the stars afterwards."""

from typing import Any

from events import stars
from events.door import door
from events.evening import Evening
from partners.models import uuid7


def panel(evening: Evening) -> dict[str, Any]:
    return {**at_the_door(evening), "stars": stars.summary(evening)}


def at_the_door(evening: Evening) -> dict[str, Any]:
    return {"door": door(evening), "newcomer": uuid7()}
