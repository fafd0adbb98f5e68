"""Files as the tests read them: whole, with a guess at everything."""

import io
from pathlib import Path

from openpyxl import Workbook

from customers.imports import reading

SAMPLES = Path(__file__).with_name("samples")


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def read(content: bytes | str, limit: int = 500, **settings) -> list[reading.Entry]:
    """All entries, page after page, with the guessed settings or others."""
    content = content.encode() if isinstance(content, str) else content
    found = reading.sniff(content, "contacts")
    content = found.csv or content
    entries, position, is_last = [], None, False
    while not is_last:
        page = reading.pages(content, found.settings | settings, position, limit)
        entries += page.entries
        position, is_last = page.position, page.is_last
    return entries


def cards(content: bytes | str, **settings) -> list[dict]:
    """The people in a file, as plain values; every one of them could be read."""
    entries = read(content, **settings)
    assert [entry.problems for entry in entries] == [[] for entry in entries]
    return [entry.card.as_json() for entry in entries]


def card(content: bytes | str, **settings) -> dict:
    (only,) = cards(content, **settings)
    return only


def codes(problems) -> list[str]:
    return [problem.code for problem in problems]


def workbook(*rows) -> Workbook:
    book = Workbook()
    book.active.title = "Kunden"
    for row in rows:
        book.active.append(row)
    return book


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
