"""What a partner types about somebody, as guesses where it belongs, the likeliest first.

Pure: no database, no clock. Whatever is not understood is a note.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from customers import birthdays, text
from customers.models import OwnField
from customers.remembering.guess import Guess
from customers.remembering.habits import read_habits
from customers.remembering.reaching import read_reaching
from customers.remembering.relatives import read_relation

LONGEST = 500
WHO = re.compile(r"^(?:sie|er|she|he)\s+(?=\w)", re.IGNORECASE)
BORN = re.compile(
    r"^(?:(?:hat|has)\s+)?(?:(?:am|on)\s+)?(?P<before>[\d./ \w,-]*?)\s*"
    r"(?:geburtstag|geboren|geb\.|geb|birthday|bday|b-day|born|\*)\s*[:.]?\s*(?:ist\s+|is\s+)?(?:am\s+|on\s+)?"
    r"(?P<after>[\d./ \w,-]*)$",
    re.IGNORECASE,
)
STARS = re.compile(
    r"^(?P<number>[1-5])\s*(?:von\s*5\s*|of\s*5\s*|/\s*5\s*)?(?:sterne?|stars?)$|^(?P<drawn>[★⭐*]{1,5})☆*$",
    re.IGNORECASE,
)
TAG = re.compile(r"^(?:schlagwort|tag|stichwort|label)\s*:?\s+(?P<name>\S.*)$", re.IGNORECASE)
HASHES = re.compile(r"^(?:#[^#]+)+$")
NICKNAME = re.compile(
    r"^(?:(?:wird\s+)?genannt|spitzname|rufname|nickname|called|goes by|nennt sich)\s*:?\s*[„“\"]?(?P<name>[^„“\"]+?)[”“\"]?$",
    re.IGNORECASE,
)
KNOWN_FROM = re.compile(
    r"^(?:kennengelernt|kennen gelernt|kenne ich|empfohlen|empfehlung|getroffen|met|recommended|we met|known)\b",
    re.IGNORECASE,
)
FORMALITY = re.compile(
    r"^(?:wir\s+(?P<both>duzen|siezen)(?:\s+uns)?|(?:per|beim?)\s+(?P<one>du|sie)|(?P<short>du|sie|duzen|siezen))[.!]?$",
    re.IGNORECASE,
)

Reader = Callable[[str, dt.date], list[Guess]]


def read(typed: str, today: dt.date, fields: Iterable[OwnField] = ()) -> list[Guess]:
    """The places a text is likely to mean, without the note, which takes anything."""
    said = text.line(typed)[:LONGEST]
    if not said:
        return []
    bare = WHO.sub("", said)
    guesses = read_own(bare, fields)
    for reader in READERS:
        guesses += reader(bare, today)
    return list({guess.key: guess for guess in reversed(guesses)}.values())[::-1]


def anywhere(typed: str) -> list[Guess]:
    """The places that take any words, for whoever wants another one; the note comes last."""
    said = text.line(typed)[:LONGEST]
    words = said.rstrip(".!").lstrip("#").strip()
    return [
        Guess("tags", {"names": [words[:40]]}),
        Guess("likes", {"what": words[:120]}),
        Guess("owns", {"what": words[:120]}),
        Guess("avoids", {"what": words[:120]}),
        Guess("event", {"kind": "other", "text": words[:200]}),
        Guess("reach", {"best_time": words[:120]}),
        Guess("work", {"job_title": words[:120]}),
        Guess("nickname", {"nickname": words[:60]}),
        Guess("source", {"source": words[:200]}),
        Guess("note", {"text": text.clean(typed)[:LONGEST]}),
    ]


def read_own(said: str, fields: Iterable[OwnField]) -> list[Guess]:
    """“Schuhgröße 38”, “Schuhgröße: 38”: the name of an own field, then what it says."""
    found = []
    for field in fields:
        words = len(field.name.split())
        parts = said.replace(":", " ").split()
        name, rest = " ".join(parts[:words]), " ".join(parts[words:])
        if rest and text.fold(name) == text.fold(field.name):
            found.append(Guess("own", {"field": str(field.pk), "name": field.name, "text": rest}))
    return found


def read_birthday(said: str, today: dt.date) -> list[Guess]:
    match = BORN.match(said)
    typed = f"{match['before'] or ''} {match['after'] or ''}".strip() if match else said
    typed = re.sub(r"^(?:am|on)\s+", "", typed)
    try:
        day, month, year = birthdays.read(typed, today)
    except ValidationError:
        return []
    if day is None:
        return []
    return [Guess("birthday", {"birth_day": day, "birth_month": month, "birth_year": year})]


def read_stars(said: str, _today: dt.date) -> list[Guess]:
    match = STARS.match(said)
    if match is None:
        return []
    stars = int(match["number"]) if match["number"] else len(match["drawn"])
    return [Guess("stars", {"satisfaction": stars})]


def read_tags(said: str, _today: dt.date) -> list[Guess]:
    names = []
    if HASHES.match(said):
        names = [name.strip(" ,;") for name in said.split("#")]
    elif match := TAG.match(said):
        names = [name.strip(" #") for name in match["name"].split(",")]
    names = [name[:40] for name in names if text.fold(name)]
    return [Guess("tags", {"names": names})] if names else []


def read_nickname(said: str, _today: dt.date) -> list[Guess]:
    match = NICKNAME.match(said)
    return [Guess("nickname", {"nickname": match["name"].strip()[:60]})] if match else []


def read_source(said: str, _today: dt.date) -> list[Guess]:
    return [Guess("source", {"source": said[:200]})] if KNOWN_FROM.match(said) else []


def read_formality(said: str, _today: dt.date) -> list[Guess]:
    match = FORMALITY.match(said)
    if match is None:
        return []
    word = (match["both"] or match["one"] or match["short"]).lower()
    return [Guess("formality", {"formality": "du" if word.startswith("du") else "sie"})]


def read_relatives(said: str, _today: dt.date) -> list[Guess]:
    return read_relation(said)


def is_mail(said: str) -> bool:
    try:
        validate_email(said)
    except ValidationError:
        return False
    return True


READERS: tuple[Reader, ...] = (
    read_tags,
    read_stars,
    read_formality,
    read_birthday,
    read_relatives,
    read_reaching,
    read_nickname,
    read_source,
    read_habits,
)
