"""“Schwester von Meike”, “ihr Mann Jonas”, “Petras Nachbarin”: who is what to whom."""

import re

from customers.models import Relation
from customers.remembering.guess import Guess
from customers.text import fold

Kind = Relation.Kind
# Each line: kind, words for a woman, words for a man, words for anybody.
WORDS = {
    Kind.SPOUSE: (
        "frau ehefrau gattin partnerin lebensgefährtin verlobte wife girlfriend",
        "mann ehemann gatte partner lebensgefährte verlobter husband boyfriend",
        "spouse",
    ),
    Kind.PARENT: ("mutter mama mutti mother mum mom", "vater papa vati father dad", "parent"),
    Kind.CHILD: ("tochter daughter", "sohn son", "kind child"),
    Kind.SIBLING: ("schwester sister", "bruder brother", "zwilling twin sibling"),
    Kind.GRANDPARENT: (
        "oma omi großmutter grandmother grandma granny",
        "opa opi großvater grandfather grandpa",
        "grandparent",
    ),
    Kind.GRANDCHILD: ("enkelin granddaughter", "enkel grandson", "enkelkind grandchild"),
    Kind.RELATIVE: (
        """tante cousine kusine nichte schwägerin schwiegermutter schwiegertochter stiefmutter
        patentante patin aunt niece sister-in-law mother-in-law daughter-in-law""",
        """onkel cousin neffe schwager schwiegervater schwiegersohn stiefvater
        patenonkel pate uncle nephew brother-in-law father-in-law son-in-law""",
        "verwandt patenkind relative godchild",
    ),
    Kind.FRIEND: ("freundin", "freund", "friend befreundet"),
    Kind.NEIGHBOUR: ("nachbarin", "nachbar", "neighbour neighbor"),
    Kind.COLLEAGUE: (
        "kollegin arbeitskollegin",
        "kollege arbeitskollege",
        "colleague coworker co-worker",
    ),
    Kind.BOSS: ("chefin vorgesetzte", "chef vorgesetzter", "boss"),
    Kind.EMPLOYEE: ("mitarbeiterin angestellte", "mitarbeiter angestellter", "employee"),
    Kind.OTHER: ("bekannte", "bekannter", "acquaintance"),
}
SALUTATIONS = ("ms", "mr", "")
MEANING = {
    fold(word): (kind, salutation)
    for kind, lines in WORDS.items()
    for salutation, line in zip(SALUTATIONS, lines, strict=True)
    for word in line.split()
}
NAME = r"(?P<name>[^\W\d_][\w.'’-]*(?:\s+(?!und\b|and\b)[^\W\d_][\w.'’-]*){0,3})"
BEST = r"(?:beste[rn]?|gute[rn]?|alte[rn]?|ehemalige[rn]?|best|good|old|former)\s+"
DETERMINER = r"(?:(?:ihr|sein|her|his|die|der|das|the|a|an|eine?)e?\s+)?"
OF = re.compile(
    rf"^(?:ist\s+|is\s+)?{DETERMINER}(?:{BEST})?(?P<word>[\w-]+)\s+(?:von|of|mit|with)\s+(?:der\s+|dem\s+)?{NAME}$",
    re.IGNORECASE,
)
IS_NAMED = re.compile(
    rf"^{DETERMINER}(?:{BEST})?(?P<word>[\w-]+)(?:\s*:\s*|\s+(?:heißt|heisst|is|ist|is called)\s+|\s+){NAME}$",
    re.IGNORECASE,
)
GENITIVE = re.compile(
    r"^(?:ist\s+|is\s+)?(?P<name>[^\W\d_][\w.-]*(?:\s+[^\W\d_][\w.-]*)?)(?:'s|’s|'|’|s)\s+(?P<word>[\w-]+)$",
    re.IGNORECASE,
)
TOGETHER = re.compile(
    rf"^(?:wohnt|lebt|lives|living)\s+(?:zusammen\s+mit|together\s+with|mit|with|bei)\s+{NAME}$",
    re.IGNORECASE,
)
MARRIED = re.compile(
    rf"^(?:ist\s+|is\s+)?(?:verheiratet\s+mit|married\s+to)\s+{NAME}$", re.IGNORECASE
)
KNOWS = re.compile(rf"^(?:kennt|knows)\s+{NAME}$", re.IGNORECASE)


def read_relation(said: str) -> list[Guess]:
    said = said.rstrip(".!").removesuffix(" zusammen").strip()
    for pattern, kind in ((TOGETHER, Kind.HOUSEHOLD), (MARRIED, Kind.SPOUSE), (KNOWS, Kind.OTHER)):
        if (match := pattern.match(said)) and is_name(match["name"]):
            return [relation(kind, match["name"], salutation="")]
    for pattern in (OF, GENITIVE):
        match = pattern.match(said)
        meaning = MEANING.get(fold(match["word"])) if match else None
        if match and meaning and is_name(match["name"]):
            return [relation(meaning[0], match["name"], salutation=meaning[1])]
    match = IS_NAMED.match(said)
    meaning = MEANING.get(fold(match["word"])) if match else None
    if match and meaning and is_name(match["name"]):
        return [relation(meaning[0], match["name"], salutation=meaning[1], is_other=True)]
    return []


def relation(kind: str, name: str, *, salutation: str, is_other: bool = False) -> Guess:
    """With `is_other` the named one is the sister, otherwise the person on the page."""
    values = {"kind": kind, "name": name, "salutation": salutation, "is_other": is_other}
    return Guess("relation", values)


def is_name(words: str) -> bool:
    """Names begin with a capital, and so does each of their words but a few."""
    small = {"von", "van", "de", "zu", "der", "den", "di", "da"}
    return bool(words) and all(word[0].isupper() for word in words.split() if word not in small)
