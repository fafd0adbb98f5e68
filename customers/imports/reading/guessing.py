"""Which column holds what: by its heading, or by what stands in it."""

import re
from collections.abc import Callable, Sequence

from customers.imports.reading import dates, ways
from customers.imports.reading.columns import IGNORE, NAMED_NOTE
from customers.imports.reading.headers import heading, meaning, ours

PHONE = re.compile(r"[+(]?\d[\d\s()/.+-]{4,}\d")
POSTCODE = re.compile(r"(?:[A-Z]{1,2}-)?\d{5}")
STREET = re.compile(r"[^\d@]{3,}\s\d{1,4}\s?[a-zA-Z]?(?:[-/]\d+)?")
FULL_NAME = re.compile(r"[^\W\d]{2}[^\d@]*,\s*[^\W\d][^\d@]*")
WORDS = re.compile(r"[^\W\d][^\d@;]*")
MOSTLY = 0.6
LEAST_OWN = 5
SLASHED = re.compile(r"\s*(\d\d?)\s*[/-]\s*(\d\d?)\s*[/-]\s*\d{2,4}\b")
MONTHS_IN_A_YEAR = 12
SIGNS = {
    "google": {"E-mail 1 - Value", "Phone 1 - Value", "Group Membership", "E-Mail 1 – Wert"},
    "outlook": {"Business Street", "Straße geschäftlich", "E-mail Display Name"},
    "thunderbird": {"Primary Email", "Primäre E-Mail-Adresse"},
}
SIGNS = {source: set(map(heading, headings)) for source, headings in SIGNS.items()}
PARTS_OF_A_PLACE = {"city", "postcode", "place"}
Rows = Sequence[Sequence[str]]


def is_birthday(text: str) -> bool:
    return not text.isdecimal() and dates.birthday(text) is not None


LOOKS: list[tuple[str, Callable[[str], object]]] = [
    ("email", lambda text: "@" in text and ways.mails(text)),
    ("birthday", is_birthday),
    ("address.private.postcode", POSTCODE.fullmatch),
    ("address.private.place", lambda text: POSTCODE.match(text) and ways.POSTCODE.match(text)),
    ("phone", PHONE.fullmatch),
    ("address.private.street", STREET.fullmatch),
    ("name", FULL_NAME.fullmatch),
]

NO_HEADING = {"email", "birthday", "phone", "address.private.place"}


def looks_like(cells: Sequence[str]) -> str | None:
    said = [cell.strip() for cell in cells if cell.strip()]
    if not said:
        return None
    for key, looks in LOOKS:
        if sum(map(bool, map(looks, said))) >= MOSTLY * len(said):
            return key
    return None


def is_data(text: str) -> bool:
    """A cell that no heading would be."""
    return looks_like([text]) in NO_HEADING


def known(header: Sequence[str]) -> int:
    """How many of these are headings we know."""
    return sum(bool(text.strip()) and (ours(text) or meaning(text)) is not None for text in header)


def source_of(header: Sequence[str]) -> str:
    said = set(map(heading, header))
    if sum(ours(text) is not None for text in header) >= LEAST_OWN and ours_alone(header):
        return "own-export"
    return next((source for source, words in SIGNS.items() if said & words), "")


def ours_alone(header: Sequence[str]) -> bool:
    return any(ours(text) == "uid" for text in header)


def guess(header: Sequence[str], rows: Rows, source: str) -> list[str]:
    widths = [len(row) for row in rows]
    width = max(len(header), max(widths, key=widths.count, default=0))
    columns = [
        column(header[at] if at < len(header) else "", cells_of(rows, at), source)
        for at in range(width)
    ]
    return settled(columns, header)


def cells_of(rows: Rows, at: int) -> list[str]:
    return [row[at] for row in rows if at < len(row)]


def column(text: str, cells: Sequence[str], source: str) -> str:
    if source == "own-export" and (own := ours(text)) is not None:
        return own
    meant = meaning(text) if text.strip() else None
    if meant:
        return meant
    looks = looks_like(cells) if not source else None
    if meant == IGNORE:
        return "phone.home" if looks == "phone" else looks or IGNORE
    return looks or (NAMED_NOTE if any(map(str.strip, cells)) or text.strip() else IGNORE)


def settled(columns: list[str], header: Sequence[str]) -> list[str]:
    """What the columns mean beside one another."""
    places = [key.split(".") for key in columns if key.startswith("address.")]
    has_parts = {group for _address, group, part in places if part in PARTS_OF_A_PLACE}
    for at, key in enumerate(columns):
        if key.startswith("address.") and key.endswith(".whole"):
            group = key.split(".")[1]
            if group.isalpha() and group in has_parts:
                columns[at] = f"address.{group}.street"
    if "name" in columns and "first_name" in columns and "last_name" not in columns:
        columns[columns.index("name")] = "last_name"
    if not {"name", "first_name", "last_name", "company"} & set(columns):
        name_by_content(columns, header)
    return columns


def name_by_content(columns: list[str], header: Sequence[str]) -> None:
    """Without any heading the first words are the name."""
    if any(text.strip() for text in header):
        return
    free = [at for at, key in enumerate(columns) if key == NAMED_NOTE]
    if len(free) > 1 and free[1] == free[0] + 1:
        columns[free[0]], columns[free[1]] = "first_name", "last_name"
    elif free:
        columns[free[0]] = "name"


def is_day_first(columns: Sequence[str], rows: Rows, source: str) -> bool:
    """12/04 is the twelfth of April here; an American list says otherwise somewhere."""
    for at, key in enumerate(columns):
        if key not in {"birthday", "wedding"} and not key.startswith("event."):
            continue
        for cell in cells_of(rows, at):
            found = SLASHED.match(cell)
            if found and int(found[1]) > MONTHS_IN_A_YEAR:
                return True
            if found and int(found[2]) > MONTHS_IN_A_YEAR:
                return False
    return True
