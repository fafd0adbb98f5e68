"""What a phone's own contact picker hands over: names, numbers, e-mails and addresses, as JSON."""

import json
from typing import Any

from customers import text
from customers.cards import Card, Mail, Number, Place
from customers.imports.reading import Entry, Page
from customers.models import Phone

KIND = "picked"
MOST = 5000
LONGEST = 200


def read(posted: str) -> list[dict[str, Any]] | None:
    """The contacts in it, or None if it is no such list."""
    try:
        said = json.loads(posted)
        json.dumps(said, ensure_ascii=False).encode()  # half a character cannot be stored
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, list) or not all(isinstance(one, dict) for one in said):
        return None
    return said[:MOST]


def pages(content: Any, settings: dict[str, Any], position: Any, limit: int = 500) -> Page:
    contacts = read(bytes(content[:]).decode()) or []
    start = (position or {}).get("at", 0)
    entries = [
        entry_of(number, contact)
        for number, contact in enumerate(contacts[start : start + limit], start + 1)
    ]
    after = start + len(entries)
    return Page(entries, {"at": after}, after >= len(contacts))


def entry_of(number: int, contact: dict[str, Any]) -> Entry:
    phones, emails = texts(contact.get("tel")), texts(contact.get("email"))
    named = next(iter([*texts(contact.get("name")), *phones, *emails]), "")
    first, _space, last = named.rpartition(" ")
    card = Card(
        first_name=(first or last)[:100],
        last_name=last[:100] if first else "",
        phones=[Number(typed[:60], kind=kind_of(typed)) for typed in phones],
        emails=[Mail(typed) for typed in emails if "@" in typed],
        addresses=[place for said in listed(contact.get("address")) if (place := place_of(said))],
    )
    return Entry(number, card if named else None, [], [], json.dumps(contact)[:1000])


def listed(said: Any) -> list[Any]:
    return said if isinstance(said, list) else []


def texts(said: Any) -> list[str]:
    found = (text.line(one)[:LONGEST] for one in listed(said) if isinstance(one, str))
    return list(dict.fromkeys(one for one in found if one))


def kind_of(typed: str) -> str:
    return Phone.Kind.MOBILE if text.is_mobile(typed) else Phone.Kind.HOME


def place_of(said: Any) -> Place | None:
    if not isinstance(said, dict):
        return None
    lines = texts(said.get("addressLine"))
    place = Place(
        street=", ".join(lines)[:120],
        postcode=first(said.get("postalCode"))[:10],
        city=first(said.get("city"))[:80],
    )
    return place if place.street or place.city or place.postcode else None


def first(said: Any) -> str:
    return next(iter(texts([said])), "")
