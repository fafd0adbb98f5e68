"""Numbers, e-mails and addresses as they stand in one field."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from customers.cards import Place
from customers.imports.reading.words import code
from customers.text import fold

SEVERAL = re.compile(r"\s*(?::::|[;\n]|,(?=\s)|\b(?:oder|und|or|and)\b|u\.)\s*")
SLASH = re.compile(r"\s*/\s*(?=(?:\+|00|0\d|\(0))")
LEAST_DIGITS = 5
MOBILE = re.compile(r"^(?:(?:\+|00)?49\s*(?:\(0\)|0)?|0)\s*1[5-7]")
NO_DIGIT = re.compile(r"[^\d+]+")
ROUNDED = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
AS_NUMBER = re.compile(r"(\d{6,15})[.,]0")
BEFORE = re.compile(r"^([^\W\d][^\d+(]*?)[:.]*\s*(?=[\d+(])")
BEHIND = re.compile(r"\s*[(\[]([^\d)\]]+)[)\]]$")
MAIL = re.compile(r"[^\s<>,;:\"()\[\]]+@[^\s<>,;:\"()\[\]]+")
POSTCODE = re.compile(r"^(?:([A-Z]{1,3})[- ]{1,3})?(\d{4,5}|\d{3} \d{2})\s+(\S.*)$")
COUNTRIES = {"D": "Deutschland", "DE": "Deutschland", "A": "Österreich", "AT": "Österreich"}
COUNTRIES |= {"CH": "Schweiz", "I": "Italien", "L": "Luxemburg", "LI": "Liechtenstein"}
COUNTRIES |= {"F": "Frankreich", "FR": "Frankreich", "NL": "Niederlande", "PL": "Polen"}
IN_THE_MIDDLE = re.compile(r"^(\S.*\S)\s+((?:[A-Z]{1,3}-)?\d{5}\s+\S.*)$")
HOUSE = re.compile(r"\d")
FAX = "Fax"


def numbers(text: str) -> list[str]:
    """ "0661 1234 / 0170 12345" are two; "0661/12345" is one."""
    parts = [text]
    for separator in (SEVERAL, SLASH):
        parts = [piece for part in parts for piece in parted(part, separator)]
    return [part for part in parts if part]


def parted(text: str, separator: re.Pattern[str]) -> list[str]:
    found = separator.split(text)
    if len(found) > 1 and all(digit_count(part) >= LEAST_DIGITS or not part for part in found):
        return found
    return [text]


def digit_count(text: str) -> int:
    return sum(map(str.isdigit, text))


def is_mobile(number: str) -> bool:
    """By its first digits, here; others are looked at when they are dialled."""
    return bool(MOBILE.match(number.strip()))


def unrounded(number: str) -> str:
    """A spreadsheet made a number of it: 49151123456.0; a plus was lost, not the number."""
    found = AS_NUMBER.fullmatch(number)
    return found[1] if found else number


def labelled(number: str) -> tuple[str, str]:
    """ "0661 1234 (Mutter)" and "privat: 0661 1234" as number and word."""
    if found := BEHIND.search(number):
        return number[: found.start()], found[1].strip()
    if found := BEFORE.match(number):
        return number[found.end() :], found[1].strip(" .:")
    return number, ""


def kind_of(said: str, field: str) -> tuple[str, str, bool]:
    """A kind as files call it: our kind, a name of the entry that fits none, and preferred."""
    is_preferred = said.startswith("*")
    said = said.removeprefix("*").strip()
    found = code(field, said)
    if found:
        return found, "", is_preferred
    default = "other" if said else ("" if field == "phone" else "private")
    words = fold(said).replace("(", " ").replace(")", " ").split()
    if "fax" in words:
        kinds = [code(field, word) for word in words if word != "fax"]
        return next(filter(None, kinds), "other"), FAX, is_preferred
    return default, said, is_preferred


def mails(text: str) -> list[str]:
    """The addresses in a field; nothing if one of them is none."""
    found = [part.rstrip(".") for part in MAIL.findall(text.removeprefix("mailto:"))]
    return found if all(map(is_mail, found)) else []


def is_mail(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def place_in(text: str, place: Place) -> None:
    """ "36037 Fulda", "D-36037 Fulda"."""
    found = POSTCODE.match(text)
    if not found:
        place.city = text
        return
    place.postcode, place.city = found[2], found[3]
    if found[1] and not place.country:
        place.country = COUNTRIES.get(found[1], found[1])


def whole_place(text: str, place: Place) -> None:
    """ "Am Ring 5, 36037 Fulda", in lines or with commas."""
    parts = [part.strip() for part in re.split(r"[\n,;]", text) if part.strip()]
    at = next((at for at, part in enumerate(parts) if POSTCODE.match(part)), None)
    if at is None and len(parts) == 1 and (found := IN_THE_MIDDLE.match(parts[0])):
        parts, at = list(found.groups()), 1
    if at is None:
        place.street = ", ".join(parts)
        return
    place_in(parts[at], place)
    before, behind = parts[:at], parts[at + 1 :]
    houses = [index for index, part in enumerate(before) if HOUSE.search(part)]
    street = houses[-1] if houses else len(before) - 1
    if before:
        place.street = before.pop(street)
    place.extra = ", ".join(before)
    if behind:
        place.country = behind.pop()
        place.region = ", ".join(behind)
