"""The next entries of a file, from where reading stands."""

from typing import Any

from customers.imports.reading.parts import Page
from customers.imports.reading.tables import read_table
from customers.imports.reading.vcards import read_cards


def pages(
    content: Any, settings: dict[str, Any], position: dict[str, int] | None, limit: int = 500
) -> Page:
    """`position` is that of the page before, None at the beginning."""
    if settings["kind"] == "vcard":
        return read_cards(content, settings, position, limit)
    return read_table(content, settings, position, limit)
