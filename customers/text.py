"""Names and numbers as they are stored, and in the form in which they are compared."""

import re
import unicodedata
from itertools import groupby

import cologne_phonetics
import phonenumbers
from django.conf import settings

# Letters that no decomposition takes apart; æ and œ then follow the pairs below.
STROKES = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "þ": "th"}
    | {"æ": "ae", "œ": "oe"}
)
# Umlauts and their spellings fall together: Müller, Mueller and Muller are one name.
PAIRS = re.compile("ae|oe|ue")
# What turns the direction of a line, and what is no text at all.
CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b-\u001f\u007f-\u009f]")
NUMBER_LIKE = re.compile(r"^[\d()/+.-]*\d[\d()/+.-]*$|^\+$")
# Between words of a query, and what a word may stand in.
PAUSES = re.compile(r"(?<!\S)[,;:!?…„“”»«]+|[,;:!?…„“”»«]+(?!\S)")
EDGES = "#.,;:!?()[]…„“”»«-–"
INVISIBLE = {"Cc", "Cf"}
SHORTEST_NUMBER = 4  # emergency and inquiry numbers cannot be dialled with a country code
LONGEST_QUERY, MOST_WORDS = 100, 8


def fold(text: str) -> str:
    """Lower case without accents; ä, ae and a are one letter, ß is ss."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(char for char in plain if char.isspace() or not is_invisible(char))
    return " ".join(PAIRS.sub(first_letter, plain.translate(STROKES)).split())


def sounds(text: str) -> str:
    """Each word's code in the Kölner Phonetik, between spaces: Meyer and Maier share one."""
    codes = dict.fromkeys(code for word in fold(text).split() for code in sound_of(word))
    return f" {' '.join(codes)} " if codes else ""


def sound_of(word: str) -> list[str]:
    """Codes for the parts of a folded word; very short codes say too little."""
    return [code for _part, code in cologne_phonetics.encode(word) if len(code) > 1]


def is_invisible(char: str) -> bool:
    return bool(unicodedata.combining(char)) or unicodedata.category(char) in INVISIBLE


def first_letter(pair: re.Match[str]) -> str:
    return pair.group()[0]


def clean(text: str) -> str:
    """What people typed (NFC), without characters that could turn a line around."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROLS.sub("", unicodedata.normalize("NFC", lines)).strip()


def line(text: str) -> str:
    """The same for a field of one line; what cannot be seen is nothing."""
    kept = " ".join(clean(text).split())
    return kept if fold(kept) else ""


def e164(typed: str, region: str = settings.PHONE_REGION) -> str:
    """A number as +4966112345, or nothing if it is none we could dial."""
    number = parsed(typed, region)
    if number is None or not phonenumbers.is_possible_number(number):
        return ""
    if len(str(number.national_number)) < SHORTEST_NUMBER:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_mobile(typed: str, region: str = settings.PHONE_REGION) -> bool:
    number = parsed(typed, region)
    kind = phonenumbers.PhoneNumberType.MOBILE
    return number is not None and phonenumbers.number_type(number) == kind


def national(number: str) -> str:
    """A stored number as people here write it: 0661 12345; foreign ones with their country."""
    found = parsed(number, None)
    if found is None:
        return number
    style = phonenumbers.PhoneNumberFormat
    is_here = str(found.country_code) == country_code()
    return phonenumbers.format_number(found, style.NATIONAL if is_here else style.INTERNATIONAL)


def parsed(typed: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        return None


def country_code() -> str:
    return str(phonenumbers.country_code_for_region(settings.PHONE_REGION))


def digits(text: str) -> str:
    """What counts of a number in a search: +49 661, 0661 and 661 fall together."""
    number = re.sub(r"\D", "", unicodedata.normalize("NFKC", text))
    if text.strip().startswith("+") or number.startswith("00"):
        number = number.lstrip("0").removeprefix(country_code())
    return number.lstrip("0")


def search_words(query: str) -> list[str]:
    """A query as the words to look for in `search_text`, without what divides them."""
    words: list[str] = []
    for part in PAUSES.split(line(query)[:LONGEST_QUERY]):
        for is_number, found in groupby(part.split(), looks_like_number):
            run = list(found)
            if not is_number:
                words += [word.strip(EDGES) for word in fold(" ".join(run)).split()]
            elif run[0].startswith(("+", "0", "(")):
                words.append(digits(" ".join(run)))
            else:
                words += map(digits, run)
    return [word for word in words if word][:MOST_WORDS]


def looks_like_number(word: str) -> bool:
    return bool(NUMBER_LIKE.match(word))
