"""Names as people write them into one field, taken apart."""

import re
from typing import NamedTuple

from customers.imports.reading.words import code
from customers.text import fold

TITLES = re.compile(
    r"(?:dr|prof|professor|doktor|dipl|mag|ing|lic|ra|med|dent|vet|rer|nat|phil|jur|hc|h\.c|mult|"
    r"univ|habil|inf|kfm|kffr|päd|psych|fm|betriebsw|b\.?sc|m\.?sc|b\.?a|m\.?a|mba|ll\.?m)\b\.?"
    r"(?:-[a-zäöüß]+\.?)*(?:\([^)]*\)\.?)?(?=\s|$)\s*",
    re.IGNORECASE,
)
FIRST_TITLE = re.compile(
    r"(?:dr|prof|professor|doktor|dipl|mag|lic)\b\.?(?:-[a-zäöüß]+\.?)*(?=\s|$)\s*", re.IGNORECASE
)
GENERATIONS = {"jr", "sr", "jun", "sen", "junior", "senior", "ii", "iii", "iv"}
LONGEST_GENERATION = len("senior.")
PARTICLES = {
    "von",
    "vom",
    "zu",
    "zum",
    "zur",
    "van",
    "de",
    "der",
    "den",
    "del",
    "della",
    "di",
    "da",
}
PARTICLES |= {"do", "dos", "du", "la", "le", "el", "al", "bin", "ibn", "ten", "ter", "op"}
BUSINESS = re.compile(
    r"\b(?:gmbh|mbh|ag|ug|kg|kgaa|ohg|gbr|e\. ?k\.|e\. ?v\.|eg|ltd\.?|inc\.?|llc|s\.a\.|s\.r\.l\.|partg)(?=\W|$)",
    re.IGNORECASE,
)
SALUTATIONS = {"ms", "mr"}
LONGEST_SALUTATION = 8


class Name(NamedTuple):
    salutation: str = ""
    title: str = ""
    first: str = ""
    last: str = ""
    is_business: bool = False


def prefix(text: str) -> tuple[str, str]:
    """ "Frau Dr." is a salutation and a title; what is no salutation is all title."""
    first, _space, rest = text.partition(" ")
    said = salutation(first)
    return (said, rest.strip()) if said else ("", text)


def salutation(word: str) -> str:
    if not len("Fr") <= len(word.rstrip(".")) <= LONGEST_SALUTATION:
        return ""
    said = code("salutation", word) or ""
    return said if said in SALUTATIONS else ""


def split(text: str) -> Name:
    """ "Müller, Anna" and "Frau Dr. Anna von der Heide" alike."""
    if BUSINESS.search(text):
        return Name(first=text, is_business=True)
    last, comma, first = (part.strip() for part in text.partition(","))
    if comma and first and is_generation(first):
        text, comma = f"{last} {first}", ""
    said, title, rest = parted(first if comma else text)
    if comma:
        said_too, title_too, last = parted(last)
        title = " ".join(filter(None, (title_too, title)))
        return Name(said or said_too, title, rest, last)
    words = rest.split()
    if said and len(words) == 1:
        return Name(said, title, "", rest)
    at = last_name_at(words)
    return Name(said, title, " ".join(words[:at]), " ".join(words[at:]))


def parted(text: str) -> tuple[str, str, str]:
    """Salutation, title, and the name itself."""
    first, _space, rest = text.partition(" ")
    said = salutation(first) if rest else ""
    rest = rest if said else text
    title = ""
    found = FIRST_TITLE.match(rest)
    while found and found.end() < len(rest):
        title, rest = title + found[0], rest[found.end() :]
        found = TITLES.match(rest)
    return said, title.strip(), rest.strip()


def last_name_at(words: list[str]) -> int:
    """Where the last name begins: at the particles before the last word."""
    if len(words) < len(("first", "last")):
        return len(words)
    at = len(words) - 1
    if is_generation(words[at]) and at > 1:
        at -= 1
    while at > 1 and words[at - 1].lower() in PARTICLES:
        at -= 1
    return at


def is_generation(text: str) -> bool:
    return len(text) <= LONGEST_GENERATION and fold(text).rstrip(".") in GENERATIONS
