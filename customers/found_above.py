"""What a search from anywhere finds besides people; each room above declares its own."""

from collections.abc import Callable
from typing import Any

from partners.models import Partner

Finder = Callable[[Partner, str], list[dict[str, Any]]]

finders: dict[Any, Finder] = {}


def register(title: Any, find: Finder) -> None:
    """`find` answers with rows of title, line, url and icon."""
    finders[title] = find


def find(partner: Partner, query: str) -> list[tuple[Any, list[dict[str, Any]]]]:
    """By title what was found, where anything was."""
    found = [(title, find_in(partner, query)) for title, find_in in finders.items()]
    return [(title, rows) for title, rows in found if rows]
