"""What a file is, by what is in it."""

import csv
import dataclasses
import re
from itertools import islice
from typing import Any

from customers.imports.reading.encodings import encoding_of, is_binary
from customers.imports.reading.guessing import guess, is_data, is_day_first, known, source_of
from customers.imports.reading.lines import Lines
from customers.imports.reading.parts import Problem, Sniffed, Unreadable, problem
from customers.imports.reading.tables import Table
from customers.imports.reading.workbooks import is_workbook, xlsx_to_csv

LARGEST = 32 << 20
OTHER_FILES = [
    (re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)"), "zip"),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "old-excel"),
    (re.compile(rb"%PDF"), "pdf"),
    (re.compile(rb"MZ[\s\S]{0,1022}PE\0\0|MZ[^\r\n\t -~]|\x7fELF|\xcf\xfa\xed\xfe"), "program"),
    (
        re.compile(
            rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP|II\*\0|MM\0\*|....ftyp", re.DOTALL
        ),
        "image",
    ),
    (re.compile(rb"BM....\0\0\0\0", re.DOTALL), "image"),
    (re.compile(rb"\x1f\x8b|7z\xbc\xaf|Rar!\x1a|BZh\d1AY|\xfd7zXZ"), "zip"),
    (
        re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype|html|svg|table)", re.IGNORECASE),
        "web-page",
    ),
    (re.compile(rb"SQLite format 3\0"), "binary"),
]
CARD = re.compile(r"^\s*BEGIN\s*:\s*VCARD\s*$", re.IGNORECASE | re.MULTILINE)
SEPARATORS = ";,\t|"
SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
HEAD = 1 << 16
FIRST, SHOWN, TOP = 60, 20, 10  # rows looked at, rows shown, rows among which a header is sought
LONGEST_LINE = 10_000
LEAST_KNOWN = 2
SPACES = b" \t\r\n\0\x1a\xef\xbb\xbf\xff\xfe"


def sniff(content: bytes, name: str) -> Sniffed:
    """What it is, and a first guess at what its columns hold; raises Unreadable."""
    if len(content) > LARGEST:
        raise Unreadable("too-large", limit=LARGEST >> 20)
    if not content.strip(SPACES):
        raise Unreadable("empty")
    kind = other_file(content)
    if kind == "zip" and content.startswith(b"PK") and is_workbook(content):
        return sniff_workbook(content)
    if kind:
        raise Unreadable(kind)
    encoding, warnings = encoding_of(content)
    if is_binary(content, encoding):
        raise Unreadable("binary")
    if CARD.search(content[:HEAD].decode(encoding, "replace").lstrip("\ufeff")):
        count = content.upper().count("BEGIN:VCARD".encode(encoding))
        return Sniffed("vcard", encoding=encoding, warnings=warnings, rows=count)
    return sniff_table(content, encoding, warnings)


def look_again(
    content: Any, encoding: str, delimiter: str, *, has_header: bool, kind: str = "csv"
) -> Sniffed:
    """The same table under settings that a person chose."""
    rows = first_rows(content, encoding, delimiter)
    skip, header = header_of(rows, at_least=False)
    if not has_header:
        skip, header = 0, []
    elif not header:
        header = rows[skip] if skip < len(rows) else []
    return described(rows, skip, header, Sniffed(kind, encoding=encoding, delimiter=delimiter))


def other_file(content: bytes) -> str:
    return next((kind for pattern, kind in OTHER_FILES if pattern.match(content)), "")


def sniff_workbook(content: bytes) -> Sniffed:
    converted = xlsx_to_csv(content)
    if not converted.strip(SPACES + b","):
        raise Unreadable("empty")
    found = sniff_table(converted, "utf-8", [], delimiters=",")
    return dataclasses.replace(found, kind="xlsx", csv=converted)


def sniff_table(
    content: bytes, encoding: str, warnings: list[Problem], delimiters: str = SEPARATORS
) -> Sniffed:
    head = list(islice(Lines(content, encoding), FIRST))
    named = SEPARATOR_LINE.fullmatch(head[0])
    delimiter = named[1] if named else best_delimiter(head, delimiters)
    rows = first_rows(content, encoding, delimiter)
    skip, header = header_of(rows, at_least=bool(named))
    found = Sniffed("csv", encoding=encoding, delimiter=delimiter, warnings=warnings)
    found = described(rows, skip, header, found)
    if not found.sample:
        raise Unreadable("header-only" if header else "empty")
    above = skip + found.has_header
    found.rows = max(1, content.count("\n".encode(encoding)) - above)
    return found


def described(rows: list[list[str]], skip: int, header: list[str], found: Sniffed) -> Sniffed:
    """With what its columns seem to hold."""
    data = [row for row in rows[skip + bool(header) :] if any(map(str.strip, row))]
    source = source_of(header)
    columns = guess(header, data, source)
    return dataclasses.replace(
        found,
        has_header=bool(header),
        header=header + [""] * (len(columns) - len(header)),
        sample=data[:SHOWN],
        columns=columns,
        day_first=is_day_first(columns, data, source),
        skip=skip,
        source=source,
        warnings=found.warnings + doubts(header, columns),
    )


def best_delimiter(head: list[str], delimiters: str) -> str:
    """The one by which most headings are known, then by which most lines agree."""

    def rating(delimiter: str) -> tuple[int, float, int]:
        rows = list(csv.reader(closed(head), delimiter=delimiter))
        widths = [len(row) for row in rows if any(row)]
        width = max(set(widths), key=widths.count, default=1)
        agreed = widths.count(width) / len(widths) if width > 1 else 0
        return max(map(known, rows[:TOP]), default=0), agreed, width

    return max(delimiters, key=rating)


def closed(head: list[str]) -> list[str]:
    """Each line on its own, also when a quotation mark stays open; of long ones the beginning."""
    lines = [said[:LONGEST_LINE] for said in head]
    return [said if said.count('"') % 2 == 0 else said.replace('"', "") for said in lines]


def first_rows(content: bytes, encoding: str, delimiter: str) -> list[list[str]]:
    table = Table(content, {"encoding": encoding, "delimiter": delimiter}, None)
    return [row for _line, row, _wrong in islice(table.records(), FIRST)]


def header_of(rows: list[list[str]], *, at_least: bool) -> tuple[int, list[str]]:
    """How many records stand above it, and the header; none if the first row is data."""
    known_here = [known(row) for row in rows[:TOP]]
    best = max(known_here, default=0)
    at = known_here.index(best) if best else 0
    filled = next((at for at, row in enumerate(rows) if any(map(str.strip, row))), 0)
    skip = max(filled, 1 if at_least else 0)
    if best >= LEAST_KNOWN or (best and at == skip):
        if not any(map(is_data, rows[at])):
            return at, [text.strip().strip("\ufeff") for text in rows[at]]
    elif skip < len(rows) and looks_headed(rows[skip : skip + FIRST]):
        return skip, [text.strip() for text in rows[skip]]
    return skip, []


def looks_headed(rows: list[list[str]]) -> bool:
    """Words above, data below."""
    first, rest = rows[0], rows[1:]
    if not rest or any(map(is_data, first)):
        return False
    return any(is_data(cell) for row in rest for cell in row) and all(map(str.strip, first))


def doubts(header: list[str], columns: list[str]) -> list[Problem]:
    said = [text for text in header if text]
    twice = [text for text in dict.fromkeys(said) if said.count(text) > 1]
    found = [problem("same-headings", names=", ".join(twice))] if twice else []
    if not {"name", "first_name", "last_name", "company", "nickname"} & set(columns):
        found.append(problem("no-name-column"))
    return found
