"""Columns that say one thing together: a number with its kind, an address, a special day."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from customers.cards import Place
from customers.imports.reading import columns, ways
from customers.imports.reading.drafts import Draft, lines
from customers.imports.reading.words import code


def preferred(parts: dict[str, str]) -> bool:
    return code("yes", parts.get("preferred", "")) == "1"


def phone(draft: Draft, at: str, parts: dict[str, str]) -> None:
    kind, label, star = ways.kind_of(parts.get("kind", ""), "phone")
    if said := parts.get(""):
        draft.call(said, kind, parts.get("label", label), star or preferred(parts))


def email(draft: Draft, at: str, parts: dict[str, str]) -> None:
    kind, label, star = ways.kind_of(parts.get("kind", ""), "reach")
    if said := parts.get(""):
        draft.mail(said, kind, parts.get("label", label), star or preferred(parts))


def address(draft: Draft, at: str, parts: dict[str, str]) -> None:
    said_kind = parts.get("kind", "") if at.isdigit() else at
    kind, label, star = ways.kind_of(said_kind, "reach")
    place = Place(kind=kind, label=parts.get("label", label))
    place.is_preferred = star or preferred(parts)
    for part in ("street", "postcode", "city", "region", "country", "extra"):
        setattr(place, part, parts.get(part, ""))
    place.street = f"{place.street} {parts.get('number', '')}".strip()
    if "place" in parts:
        ways.place_in(parts["place"], place)
    elif not place.postcode and not draft.is_exact:
        ways.place_in(place.city, place)
    if "box" in parts:
        box = f"{_('PO box')} {parts['box']}"
        place.extra = ", ".join(filter(None, (place.extra, box)))
    if "whole" in parts and not any((place.street, place.city, place.postcode, place.extra)):
        ways.whole_place(lines(parts["whole"]), place)
    draft.live(place)


def company(draft: Draft, at: str, parts: dict[str, str]) -> None:
    draft.put("company", parts.get("", ""))
    draft.put("job_title", parts.get("title", ""))
    if said := parts.get("department"):
        draft.keep(columns.label("department"), said)


def relation(draft: Draft, at: str, parts: dict[str, str]) -> None:
    if not (said := parts.get("")):
        return
    kind_said = parts.get("kind", "").removeprefix("*").strip()
    kind = code("relation", kind_said)
    draft.relate(kind or "other", said, label="" if kind else kind_said)


def event(draft: Draft, at: str, parts: dict[str, str]) -> None:
    if not (said := parts.get("")):
        return
    kind_said = parts.get("kind", "").removeprefix("*").strip()
    kind = code("life_event", kind_said)
    draft.happen(kind or "other", said, "" if kind else kind_said)


def website(draft: Draft, at: str, parts: dict[str, str]) -> None:
    draft.put("website", parts.get("", ""))


def kept(draft: Draft, at: str, parts: dict[str, str]) -> None:
    heading = parts.get("service") or parts.get("kind", "").removeprefix("*").strip()
    draft.keep(heading, parts.get("", ""))


def birth(draft: Draft, at: str, parts: dict[str, str]) -> None:
    day, month, year = (parts.get(part, "") for part in ("day", "month", "year"))
    if day and month:
        draft.born(f"{day}.{month}.{year}")
    else:
        draft.keep(columns.label("birthday"), ".".join(filter(None, (day, month, year))))


ASSEMBLED: dict[str, Callable[[Draft, str, dict[str, str]], None]] = {
    "phone": phone,
    "email": email,
    "address": address,
    "company": company,
    "relation": relation,
    "event": event,
    "site": website,
    "custom": kept,
    "im": kept,
    "birth": birth,
}
