"""What somebody likes, has or wants nothing of; what happened to them; where they work."""

import datetime as dt
import re

from customers.models import OLDEST_YEAR
from customers.remembering import days
from customers.remembering.guess import Guess

SINCE = re.compile(r"\s*,?\s*\(?\b(?:seit|since)\s+(?P<year>\d{4})\)?$", re.IGNORECASE)
ARTICLE = re.compile(
    r"^(?:den|die|das|dem|der|einen|eine|ein|einem|the|a|an|some)\s+", re.IGNORECASE
)
NONE = r"(?:kein(?:e|en|em|er)?|nicht|nichts|no|not any)"
AVOIDS = re.compile(
    rf"^(?:(?:mag|trinkt|isst|raucht|nutzt|benutzt|verwendet|will|möchte|braucht|liebt|verträgt)\s+{NONE}(?:\s+(?:mit|mehr))?\s+(?P<no>.+)"
    r"|(?:mag|verträgt|will|möchte|isst|trinkt|nutzt)\s+(?P<not>.+?)\s+(?:gar\s+|überhaupt\s+)?nicht"
    r"|(?:hasst|hates|dislikes|meidet|avoids)\s+(?P<hates>.+)"
    r"|(?:does\s*n[o']t|doesn’t|does not|won't|cannot)\s+(?:like|drink|eat|want|use|need|stand)\s+(?P<doesnt>.+)"
    r"|(?:bitte\s+|please\s+)?(?:kein(?:e|en)?|no)\s+(?P<none>.+)"
    r"|(?:drinks|eats|likes|wants|uses)\s+no\s+(?P<drinks>.+))$",
    re.IGNORECASE,
)
LIKES = re.compile(
    r"^(?:(?:mag|liebt|schwärmt\s+für|begeistert\s+sich\s+für|interessiert\s+sich\s+für|interessiert\s+an|steht\s+auf"
    r"|trinkt\s+gern(?:e)?|isst\s+gern(?:e)?|hätte\s+gern(?:e)?|wünscht\s+sich|sammelt|interesse\s+an"
    r"|likes|loves|enjoys|is\s+interested\s+in|interested\s+in|is\s+fond\s+of|collects|wants|would\s+like)\s*:?\s+(?P<what>.+)"
    r"|(?P<does>(?:macht|kocht|backt|bäckt|liest|gärtnert|näht|malt|strickt|singt|tanzt|wandert|reist|läuft|spielt)\s+(?:sehr\s+)?gern(?:e)?(?:\s+.+)?))$",
    re.IGNORECASE,
)
OWNS = re.compile(
    r"^(?:(?:besitzt|owns|nutzt|benutzt|uses|hat\s+(?:schon|bereits)|has\s+already|already\s+has|already\s+owns|kaufte|hat\s+gekauft|bought)\s*:?\s+(?P<sure>.+)"
    r"|(?:hat|has)\s+(?P<perhaps>.+))$",
    re.IGNORECASE,
)
EVENTS = (
    ("move", r"zieht\b.*\b(?:nach|um|in|zu)\b|ist\s+.*gezogen|(?:um|weg)gezogen|neue\s+wohnung|zog\s+|moved?\b|moves\b|is moving|has moved|umzug"),
    ("birth", r".*\b(?:baby|kind|tochter|sohn|zwillinge|enkel|enkelin)\b.*\b(?:bekommen|geboren|bekommt|gekriegt)\b|(?:had|has had|has|is having)\s+a\s+(?:new\s+)?baby|ist\s+(?:mama|mutter|papa|vater|oma|opa)\s+geworden|baby\s+ist\s+da|nachwuchs"),
    ("job", r"neuer?\s+(?:job|arbeit|stelle|arbeitsplatz|arbeitgeber)\b|new\s+(?:job|position)\b|hat\s+(?:einen\s+|eine\s+)?neuen?\s+(?:job|stelle|arbeit)\b|hat\s+.*\bgekündigt|fängt\s+(?:bei|als)\b|wurde\s+befördert|macht\s+sich\s+selbstständig|got\s+a\s+new\s+job"),
    ("wedding", r"(?:hat\s+)?(?:geheiratet|heiratet\b)|(?:hat|haben)\s+.*geheiratet|hochzeit\b|got\s+married|is\s+getting\s+married|married$|wedding\b"),
    ("retirement", r"(?:ist\s+|geht\s+)?(?:jetzt\s+|bald\s+)?in\s+(?:rente|pension|den\s+ruhestand)|rentner(?:in)?$|(?:has\s+|is\s+)?retired|retires\b|ruhestand"),
)  # fmt: skip
HAPPENED = [(kind, re.compile(rf"^(?:{pattern})", re.IGNORECASE)) for kind, pattern in EVENTS]
JOB_AT = re.compile(r"\b(?:bei|at|beim)\s+(?P<company>[^,]+)$", re.IGNORECASE)
WORKS = re.compile(
    r"^(?:arbeitet|works|jobbt|ist|is)\s+(?:jetzt\s+|now\s+)?(?:(?:als|as)\s+(?:an?\s+|eine?\s+)?(?P<job>.+?)\s*)?(?:(?:\bbei|\bbeim|\bat|\bfor|\bfür)\s+(?:der\s+|dem\s+)?(?P<company>.+))?$",
    re.IGNORECASE,
)
JOB_IN_COMPANY = re.compile(
    r"^(?:ist\s+|is\s+an?\s+)?(?P<job>[A-ZÄÖÜ][\w-]+(?:\s[A-ZÄÖÜ][\w-]+)?)\s+(?:bei|at)\s+(?P<company>[A-ZÄÖÜ].+)$"
)
BY_TRADE = re.compile(
    r"^(?:beruf|occupation|job|von beruf|ist von beruf)\s*:?\s+(?P<job>.+)$", re.IGNORECASE
)
FIRM = re.compile(r"^(?:firma|company)\s*:?\s+(?P<company>.+)$", re.IGNORECASE)
NO_THING = re.compile(
    r"(?:geburtstag|urlaub|zeit|lust|interesse|angst|termin|besuch|ferien|stress|fragen)\b",
    re.IGNORECASE,
)
SUCCEEDED = 2100


def read_habits(said: str, today: dt.date) -> list[Guess]:
    plain = said.rstrip(".! ")
    guesses = [*read_events(plain, today), *read_likings(plain), *read_work(plain)]
    if not guesses:
        guesses = read_owns(plain)
    return guesses


def read_events(said: str, today: dt.date) -> list[Guess]:
    for kind, pattern in HAPPENED:
        if pattern.match(said):
            day = days.day_in(said, today)
            event = Guess("event", {"kind": kind, "text": said[:200], "happened_on": day})
            at = JOB_AT.search(said) if kind == "job" else None
            return [event, *([work(company=at["company"])] if at else [])]
    return []


def read_likings(said: str) -> list[Guess]:
    if match := AVOIDS.match(said):
        what = next(filter(None, match.groups()))
        return [Guess("avoids", {"what": without_article(what)[:120]})]
    if match := LIKES.match(said):
        what = match["what"] or match["does"]
        return [Guess("likes", {"what": without_article(what)[:120]})]
    return []


def read_owns(said: str) -> list[Guess]:
    """“hat Thermomix seit 2021”; “hat zwei Kinder” is none of it."""
    match = OWNS.match(said)
    if match is None:
        return []
    what = match["sure"] or match["perhaps"]
    since = SINCE.search(what)
    is_thing = bool(match["sure"]) or since is not None or is_a_thing(said, what)
    if not is_thing or re.match(r"kein|no\b", what, re.IGNORECASE):
        return []
    values = {
        "what": without_article(SINCE.sub("", what))[:120],
        "since": first_day_of(int(since["year"])) if since else None,
    }
    return [Guess("owns", values)]


def is_a_thing(said: str, what: str) -> bool:
    """German nouns show it by their capital, English ones by their article."""
    name = ARTICLE.sub("", what)
    is_english = said.lower().startswith("has ") and name != what
    return (is_english or name[:1].isupper()) and not NO_THING.match(name)


def read_work(said: str) -> list[Guess]:
    for pattern in (WORKS, JOB_IN_COMPANY, BY_TRADE, FIRM):
        if match := pattern.match(said):
            parts = match.groupdict()
            job, company = parts.get("job") or "", parts.get("company") or ""
            if job or company:
                return [work(job=job, company=company)]
    return []


def work(*, job: str = "", company: str = "") -> Guess:
    values = {"job_title": job.strip()[:120], "company": company.strip()[:120]}
    return Guess("work", {name: value for name, value in values.items() if value})


def without_article(words: str) -> str:
    return ARTICLE.sub("", words.strip())


def first_day_of(year: int) -> dt.date | None:
    """A year alone is kept as its first of January."""
    return dt.date(year, 1, 1) if OLDEST_YEAR <= year < SUCCEEDED else None
