"""Numbers, addresses, channels and times: how somebody is reached."""

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from customers import text
from customers.remembering.guess import Guess

KINDS = {
    "mobile": "handy mobil handynummer mobilnummer mobile cell",
    "home": "festnetz privat zuhause zu hause home landline",
    "work": "arbeit büro geschäftlich dienstlich firma work office",
}
KIND = {text.fold(word): kind for kind, words in KINDS.items() for word in words.split()}
PHONE = re.compile(
    r"^(?:neue\s+|new\s+)?(?P<word>[a-zäöüß-]+\.?)?\s*(?:nummer|number|nr\.?)?\s*:?\s*(?P<number>\+?[\d(][\d\s()/.-]{5,})$",
    re.IGNORECASE,
)
PHONE_WORDS = {
    "",
    "tel",
    "tel.",
    "telefon",
    "telefonnummer",
    "nummer",
    "phone",
    "number",
    "ruf",
    "whatsapp",
    "fon",
}
DATE_LIKE = re.compile(r"^\d{1,2}[./]\s?\d{1,2}[./]\s?(?:\d{4}|\d{2})$|^\d{4}-\d\d?-\d\d?$")
FEWEST_DIGITS, MOST_DIGITS = 6, 15
MAIL = re.compile(
    r"^(?:neue\s+|new\s+)?(?:e-?mail|mail|mailadresse)?\s*:?\s*(?P<mail>\S+@\S+\.\S+)$",
    re.IGNORECASE,
)
WEBSITE = re.compile(
    r"^(?:website|webseite|homepage|internet|web)?\s*:?\s*(?P<url>(?:https?://|www\.)[^\s/]+\.\S+)$",
    re.IGNORECASE,
)

LIVES = re.compile(
    r"^(?:(?:wohnt|lebt|lives)(?:\s+(?:jetzt|now))?\s+(?-i:(?:in|im|at|am)\s+)?|(?:neue\s+)?(?:adresse|anschrift|address)\s*:?\s*)",
    re.IGNORECASE,
)
STREET = re.compile(
    r"^(?P<street>[^,\d][^,]*?\s\d+\s?[a-z]?(?:\s?[-/]\s?\d+\s?[a-z]?)?)\s*(?:,\s*|\s+(?=\d{4,5}\s)|$)(?P<rest>.*)$",
    re.IGNORECASE,
)
STREET_LIKE = re.compile(
    r"(?:str(?:\.|aße|asse)|weg|gasse|platz|allee|ring|ufer|damm|steig|hof|berg|park|chaussee|street|road|lane|avenue)\s+\d",
    re.IGNORECASE,
)
TOWN = re.compile(
    r"^(?:(?:D-|DE-|A-|AT-|CH-)?(?P<postcode>\d{4,5})\s+)?(?P<city>[^\W\d_][^\d,]{1,78})$"
)
TOWN_FIRST = re.compile(
    r"^(?P<town>(?:\d{4,5}\s+)?[^\W\d_][^\d,]{1,78}),\s*(?P<street>[^,\d]+\s\d+\s?[a-z]?)$",
    re.IGNORECASE,
)
WITH = re.compile(r"(?:mit|zusammen|bei|allein|with|alone)\b")
POSTCODE = re.compile(r"^(?P<postcode>\d{5})$")

CHANNELS = {
    "whatsapp": "whatsapp whats app wa",
    "sms": "sms text",
    "phone": "telefon telefonisch anruf anrufen phone call handy",
    "email": "mail e-mail email",
    "letter": "brief post karte letter card",
    "visit": "persönlich besuch person visit",
}
CHANNEL = {
    text.fold(word): channel for channel, words in CHANNELS.items() for word in words.split()
}
PREFERS = re.compile(
    r"^(?:(?:am\s+)?(?:besten|liebsten)|lieber|bevorzugt|erreichbar|zu\s+erreichen|prefers|preferably|best|rather|reachable)\s*:?\s+(?P<how>.+)$",
    re.IGNORECASE,
)
NOT_BEFORE = re.compile(
    r"^(?:(?:bitte\s+)?nicht\s+(?:vor|nach|am|an)|erst\s+(?:ab|nach)|nur\s+(?:ab|nach|vor|am|abends|morgens|mittags|vormittags|nachmittags)|not\s+(?:before|after|on)|only\s+(?:after|before|in the)|ab\s+\d{1,2}\s*uhr|after\s+\d)",
    re.IGNORECASE,
)
BY = re.compile(r"^(?:per|via|über|mit|durch|by|in|on|an?)\s+", re.IGNORECASE)
TIME_LIKE = re.compile(
    r"\d|abend|morgen|mittag|vormittag|nachmittag|nacht|woche|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|feierabend|arbeit|schule|fruh|evening|morning|noon|afternoon|weekend|week|night|monday|tuesday|wednesday|thursday"
    r"|friday|saturday|sunday|work"
)


def read_reaching(said: str, _today: dt.date) -> list[Guess]:
    for reader in (read_mail, read_website, read_address, read_phone, read_preference):
        if guesses := reader(said):
            return guesses
    return []


def read_mail(said: str) -> list[Guess]:
    match = MAIL.match(said)
    if match is None:
        return []
    try:
        validate_email(match["mail"])
    except ValidationError:
        return []
    return [Guess("email", {"typed": match["mail"]})]


def read_website(said: str) -> list[Guess]:
    match = WEBSITE.match(said)
    return [Guess("website", {"website": match["url"][:200]})] if match else []


def read_phone(said: str) -> list[Guess]:
    match = PHONE.match(said)
    if match is None:
        return []
    word, number = text.fold(match["word"] or ""), match["number"].strip()
    if DATE_LIKE.match(number):
        return []
    has_number = FEWEST_DIGITS <= sum(char.isdigit() for char in number) <= MOST_DIGITS
    if not has_number or (word not in PHONE_WORDS and word not in KIND):
        return []
    guessed = "mobile" if text.is_mobile(number) else "home"
    return [Guess("phone", {"typed": number[:60], "kind": KIND.get(word, guessed)})]


def read_address(said: str) -> list[Guess]:
    """A street with its number, a postcode, or a place of which somebody says to live there."""
    where = LIVES.sub("", said)
    lives = where != said
    where = TOWN_FIRST.sub(r"\g<street>, \g<town>", where)
    street, rest = "", where
    if match := STREET.match(where):
        street, rest = match["street"].strip(), match["rest"].strip()
    town = None if WITH.match(rest) else TOWN.match(rest) or POSTCODE.match(rest)
    is_sure = lives or (town and town["postcode"]) or STREET_LIKE.search(street)
    if (not town and rest) or not (street or town) or not is_sure:
        return []
    parts = town.groupdict() if town else {}
    place = {"postcode": parts.get("postcode") or "", "city": (parts.get("city") or "").strip(" .")}
    return [Guess("address", {"street": street[:120], **place})]


def read_preference(said: str) -> list[Guess]:
    """“am liebsten per WhatsApp, abends”: a channel, a time, or both."""
    if NOT_BEFORE.match(said):
        return [Guess("reach", {"best_time": said.rstrip(".!")[:120]})]
    match = PREFERS.match(said)
    how = match["how"] if match else said if is_channel(said) else ""
    channel, times = "", []
    for part in re.split(r"\s*(?:,|;|\bund\b|\band\b)\s*", how.rstrip(".!")):
        if found := is_channel(part):
            channel = channel or found
        elif part and (
            first := is_channel(
                part.split(" ")[0] if not BY.match(part) else " ".join(part.split()[:2])
            )
        ):
            channel = channel or first
            times.append(part.split(" ", 2 if BY.match(part) else 1)[-1])
        elif part:
            times.append(part)
    when = ", ".join(times)
    if when and not TIME_LIKE.search(text.fold(when)):
        return []
    values = {"preferred_channel": channel, "best_time": when[:120]}
    values = {name: value for name, value in values.items() if value}
    return [Guess("reach", values)] if values else []


def is_channel(words: str) -> str:
    return CHANNEL.get(text.fold(BY.sub("", words.strip())), "")
