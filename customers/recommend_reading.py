"""What one line says of somebody new: “Meike Schulz 0661 12345 von Petra, sucht ein Messer”.

Pure: no database, no clock. What is not understood is kept as words.
"""

import dataclasses
import re

from customers import text
from customers.imports.reading import names
from customers.imports.reading.names import Name
from customers.remembering.reaching import read_address, read_mail, read_phone
from customers.remembering.relatives import MEANING

LONGEST = 300
NUMBER = re.compile(r"(?<![\w.@])(?:\+|\(?0)(?:(?!\s(?:\+|\(?0\d))[\d\s()/.-]){4,}\d")
MAIL = re.compile(r"\S+@\S+\.[^\s,;]+")
GAP = "\0"  # where a number or an address stood
PAUSE = re.compile(rf"\s*[,;{GAP}]\s*|\s+[–-]\s+")
SURE = (
    r"(?:(?:empfohlen|empfehlung|tipp|kontakt)\s+(?:von|vom|durch)"
    r"|(?:recommended|sent)\s+by|(?:referral|recommendation|tip)\s+(?:from|by)|durch|from|via)"
)
BY = re.compile(
    rf"(?:^|(?<=\s)|(?<={GAP}))(?P<sure>{SURE}|)(?P<bare>(?<!\w)von|(?<!\w)vom|)"
    rf"\s+(?P<article>(?:der|dem|the)\s+)?(?P<rest>[^\W\d_].*)$",
    re.IGNORECASE,
)
PARTICLES = names.PARTICLES - {"von", "vom"}
PLACE = re.compile(
    r"\s+(?:aus\s+|(?:wohnt\s+in|lives\s+in)\s+|(?P<postcode>\d{5})\s+)(?P<city>[^\W\d_][^\d,;]*)$",
    re.IGNORECASE,
)
MOST_WORDS = 3


@dataclasses.dataclass(frozen=True)
class Line:
    """`is_sure`: the recommender is one beyond doubt, and not the end of a noble name."""

    typed: str = ""
    name: Name = dataclasses.field(default_factory=Name)
    # If what looked like a recommender belongs to the name.
    full_name: Name = dataclasses.field(default_factory=Name)
    phone: str = ""
    email: str = ""
    place: dict[str, str] = dataclasses.field(default_factory=dict)
    recommender: str = ""
    is_sure: bool = True
    is_noble: bool = False
    kind: str = ""  # what the new one is to the recommender: a value of Relation.Kind
    why: str = ""

    @property
    def said_name(self) -> str:
        return spoken(self.name)


def spoken(name: Name) -> str:
    return " ".join(filter(None, (name.title, name.first, name.last)))


def read(typed: str) -> Line:
    said = text.line(typed)[:LONGEST].rstrip(".! ")
    phone, more_numbers, rest = taken(NUMBER, said, lambda found: bool(read_phone(found.strip())))
    email, more_mails, rest = taken(MAIL, rest, lambda found: bool(read_mail(found)))
    before, by, after, found = split_at_recommender(rest)
    if not before.strip(f" ,;{GAP}"):  # “von Petra: Meike Schulz”
        before, after = after, ""
    segments = [part for part in PAUSE.split(before) if part]
    segment, *others = segments or [""]
    kind, salutation, segment, others = relation_in(segment, others, by)
    segment, place = place_in(segment)
    place, why = place_among([*others, *PAUSE.split(after)], place)
    name = named(segment) if segment else Name(first=phone or email)
    return Line(
        typed=text.line(typed)[:LONGEST],
        name=Name(name.salutation or salutation, *name[1:]),
        full_name=named(f"{segment} {found}".strip()) if found else name,
        phone=phone,
        email=email,
        place=place,
        recommender=capitals(by),
        is_sure=not found,
        is_noble=is_noble(found),
        kind=kind,
        why=", ".join([*why, *more_numbers, *more_mails]),
    )


def place_among(parts: list[str], place: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """The first part or two that are an address, and all other words."""
    words = [part.strip() for part in parts if part.strip()]
    for length in (2, 1):
        for at in range(len(words) - length + 1):
            guesses = [] if place else read_address(", ".join(words[at : at + length]))
            if guesses:
                return guesses[0].values, [*words[:at], *words[at + length :]]
    return place, words


def taken(pattern: re.Pattern[str], said: str, is_one) -> tuple[str, list[str], str]:
    """The first that fits, further ones, and the text with a gap where they stood."""
    found = [match[0].strip() for match in pattern.finditer(said) if is_one(match[0].strip())]
    for one in found:
        said = said.replace(one, GAP, 1)
    return (found[0] if found else ""), found[1:], said


def split_at_recommender(said: str) -> tuple[str, str, str, str]:
    """What stands before, who, what stands after; and the words as typed where they may be a name."""
    for match in reversed(starts(said)):
        before, words = said[: match.start()], match["rest"]
        by, after = name_at_start(words)
        if not by or by.split()[0].lower() in PARTICLES:
            continue
        is_after_name = bool(before.strip()) and not re.search(rf"[,;{GAP}]\s*$", before)
        is_after_name = is_after_name and not (ends_with_relation(before) or place_in(before)[1])
        doubtful = match["bare"] and is_after_name
        found = said[match.start() : len(said) - len(after)].strip() if doubtful else ""
        return before.strip(), by, after.strip(" ,;:"), found
    return said, "", "", ""


def starts(said: str) -> list[re.Match[str]]:
    """Where a recommender may be named: after “von”, and after “empfohlen von” but once."""
    found: list[re.Match[str]] = []
    for at in (at for at in range(len(said)) if at == 0 or said[at - 1] in f" ,;{GAP}"):
        match = BY.match(said, at)
        is_new = not found or found[-1].start("rest") != (match.start("rest") if match else 0)
        if match and (match["sure"] or match["bare"]) and is_new:
            found.append(match)
    return found


def name_at_start(words: str) -> tuple[str, str]:
    """A name at the beginning of these words, and the rest; small letters are forgiven."""
    head = re.split(rf"[,;:{GAP}]|\s[–-]\s", words, maxsplit=1)[0]
    parts = head.split()
    name: list[str] = []
    for part in parts[: MOST_WORDS + 1]:
        is_particle = bool(name) and part.lower() in names.PARTICLES
        if not (part[0].isupper() or is_particle) or (len(name) == MOST_WORDS):
            break
        name.append(part)
    while name and name[-1].lower() in names.PARTICLES:
        name.pop()
    if not name and parts:
        name = parts if len(parts) <= len(("first", "last")) else parts[:1]
    length = 0
    for part in name:
        length = words.index(part, length) + len(part)
    return " ".join(name), words[length:]


def relation_in(segment: str, others: list[str], by: str) -> tuple[str, str, str, list[str]]:
    """“Meike, Nachbarin von Petra”: the word before says what she is to Petra."""
    if not by:
        return "", "", segment, others
    said = others[-1] if others else segment
    before, _space, word = said.rpartition(" ")
    meaning = MEANING.get(text.fold(word))
    if meaning is None or (not others and not before):
        return "", "", segment, others
    if others:
        return *meaning, segment, [*others[:-1], *([before] if before else [])]
    return *meaning, re.sub(r"\s+(?:eine?|die|der|a|the|an)$", "", before), others


def ends_with_relation(before: str) -> bool:
    return bool(before.split()) and text.fold(before.rsplit(maxsplit=1)[-1]) in MEANING


def place_in(segment: str) -> tuple[str, dict[str, str]]:
    match = PLACE.search(segment)
    if match is None:
        return segment, {}
    place = {"street": "", "postcode": match["postcode"] or "", "city": match["city"].strip()[:80]}
    return segment[: match.start()], place


def named(segment: str) -> Name:
    name = names.split(capitals(segment.strip(" -*•:")))
    return name if name.first else Name(name.salutation, name.title, name.last)


def capitals(name: str) -> str:
    """A name typed in small letters, as names are written."""
    if name != name.lower():
        return name
    return " ".join(
        word if word in names.PARTICLES else "-".join(part.capitalize() for part in word.split("-"))
        for word in name.split()
    )


def is_noble(found: str) -> bool:
    """“von der Heide” rather than “von Petra”."""
    words = found.lower().split()
    return len(words) > len(("von", "Petra")) and words[1] in {"der", "dem"}
