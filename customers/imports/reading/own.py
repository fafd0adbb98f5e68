"""Our own export as a table: its columns, a person as a row of it, and the way back of its cells."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from customers.cards import Card
from customers.imports.reading.words import word

Column = tuple[str, str, str]  # key, English header, German header

SINGLE: list[Column] = [
    ("salutation", "Salutation", "Anrede"),
    ("title", "Title", "Titel"),
    ("first_name", "First name", "Vorname"),
    ("last_name", "Last name", "Nachname"),
    ("nickname", "Nickname", "Spitzname"),
    ("formality", "Form of address", "Du oder Sie"),
    ("is_business", "A business", "Ist ein Betrieb"),
    ("company", "Company", "Firma"),
    ("job_title", "Occupation", "Beruf"),
    ("birthday", "Birthday", "Geburtstag"),
]
NUMBERED: dict[str, list[Column]] = {
    "phone": [
        ("phone.{}", "Phone {}", "Telefon {}"),
        ("phone.{}.kind", "Phone {} kind", "Telefon {} Art"),
        ("phone.{}.label", "Phone {} name", "Telefon {} Name"),
        ("phone.{}.preferred", "Phone {} preferred", "Telefon {} bevorzugt"),
    ],
    "email": [
        ("email.{}", "E-mail {}", "E-Mail {}"),
        ("email.{}.kind", "E-mail {} kind", "E-Mail {} Art"),
        ("email.{}.label", "E-mail {} name", "E-Mail {} Name"),
        ("email.{}.preferred", "E-mail {} preferred", "E-Mail {} bevorzugt"),
    ],
    "address": [
        ("address.{}.extra", "Address {} extra", "Adresse {} Zusatz"),
        ("address.{}.street", "Address {} street", "Adresse {} Straße"),
        ("address.{}.postcode", "Address {} postcode", "Adresse {} PLZ"),
        ("address.{}.city", "Address {} place", "Adresse {} Ort"),
        ("address.{}.region", "Address {} region", "Adresse {} Region"),
        ("address.{}.country", "Address {} country", "Adresse {} Land"),
        ("address.{}.kind", "Address {} kind", "Adresse {} Art"),
        ("address.{}.label", "Address {} name", "Adresse {} Name"),
        ("address.{}.preferred", "Address {} preferred", "Adresse {} bevorzugt"),
    ],
}
LATER: list[Column] = [
    ("website", "Website", "Webseite"),
    ("stage", "Stage", "Stand"),
    ("rank", "Rank", "Rang"),
    ("satisfaction", "Satisfaction", "Zufriedenheit"),
    ("preferred_channel", "Preferred channel", "Bevorzugter Weg"),
    ("best_time", "Best time", "Beste Zeit"),
    ("source_kind", "Source", "Quelle"),
    ("source", "How you know each other", "Woher ihr euch kennt"),
    ("tags", "Tags", "Schlagwörter"),
    ("interests", "Interests", "Interessen"),
    ("life_events", "Life events", "Lebensereignisse"),
    ("relations", "Relations", "Beziehungen"),
    ("note", "Note", "Notiz"),
]
UID: Column = ("uid", "UID of the card", "UID der Karte")
OWN: Column = ("own:{}", "Own: {}", "Eigenes: {}")

MANY = {"phone": "phones", "email": "emails", "address": "addresses"}
SPECIAL = re.compile(r"([\\;|])")
ITEM_PARTS = re.compile(r"((?:[^\\;|]|\\.)*)([;|]|$)", re.DOTALL)


def own_columns(
    phones: int = 3, emails: int = 2, addresses: int = 2, own: Iterable[str] = ()
) -> list[Column]:
    """Every field of a Card; numbered groups and own fields as many as are needed."""
    counts = {"phone": phones, "email": emails, "address": addresses}
    groups = [
        (key.format(at), english.format(at), german.format(at))
        for group, count in counts.items()
        for at in range(1, count + 1)
        for key, english, german in NUMBERED[group]
    ]
    fields = [(OWN[0].format(name), OWN[1].format(name), OWN[2].format(name)) for name in own]
    return [*SINGLE, *groups, *LATER, *fields, UID]


def columns_for(cards: Sequence[Card]) -> list[Column]:
    """As many columns as these people need."""
    counts = {
        many: max([1, *(len(getattr(card, many)) for card in cards)]) for many in MANY.values()
    }
    return own_columns(**counts, own=dict.fromkeys(name for card in cards for name in card.own))


def own_row(card: Card, columns: Sequence[Column], german: bool = False) -> list[str]:
    """A person in these columns; still to be written by a csv writer, and `guarded` there."""
    return [cell(card, key, german) for key, _english, _german in columns]


def cell(card: Card, key: str, german: bool) -> str:
    if key.startswith("own:"):
        return card.own.get(key.removeprefix("own:"), "")
    group, _dot, rest = key.partition(".")
    if rest:
        at, _dot, part = rest.partition(".")
        return numbered(getattr(card, MANY[group]), int(at) - 1, group, part, german)
    return SPECIALLY[key](card, german) if key in SPECIALLY else plain(card, key, german)


def plain(card: Card, key: str, german: bool) -> str:
    value = getattr(card, key)
    if key in {"salutation", "formality", "stage", "rank", "preferred_channel", "source_kind"}:
        return word(key, value, german)
    return "" if value is None else str(value)


def numbered(parts: list[Any], at: int, group: str, part: str, german: bool) -> str:
    if at >= len(parts):
        return ""
    if part == "preferred":
        return word("yes", "1", german) if parts[at].is_preferred else ""
    if part == "kind":
        return word("phone" if group == "phone" else "reach", parts[at].kind, german)
    return str(getattr(parts[at], part or "typed"))


def birthday(card: Card) -> str:
    """As ISO 8601 writes it; a year that is not known is left out, as cards do."""
    if card.birth_day is None:
        return ""
    year = "-" if card.birth_year is None else f"{card.birth_year:04d}"
    return f"{year}-{card.birth_month:02d}-{card.birth_day:02d}"


def packed(items: Iterable[Sequence[str]]) -> str:
    """Several things in one cell: `likes | tea; has | kettle | 2024-05-01`."""
    return "; ".join(
        " | ".join(SPECIAL.sub(r"\\\1", part) for part in shortened(item)) for item in items
    )


def shortened(item: Sequence[str]) -> list[str]:
    last = max((at for at, part in enumerate(item) if part), default=-1)
    return list(item[: last + 1])


def unpacked(text: str) -> list[list[str]]:
    items: list[list[str]] = [[]]
    for part, end in ITEM_PARTS.findall(text):
        items[-1].append(re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL).strip())
        if end == ";":
            items.append([])
        if not end:
            break
    return [item for item in items if any(item)]


SPECIALLY = {
    "is_business": lambda card, german: word("yes", "1", german) if card.is_business else "",
    "birthday": lambda card, german: birthday(card),
    "tags": lambda card, german: packed([tag] for tag in card.tags),
    "interests": lambda card, german: packed(
        (word("interest", it.kind, german), it.what, it.since.isoformat() if it.since else "")
        for it in card.interests
    ),
    "life_events": lambda card, german: packed(
        (
            word("life_event", it.kind, german),
            it.happened_on.isoformat() if it.happened_on else "",
            it.text,
        )
        for it in card.life_events
    ),
    "relations": lambda card, german: packed(
        (word("relation", it.kind, german), it.name, it.uid) for it in card.relations
    ),
}
