"""A card as vCard 4.0, or as 3.0 for older devices; what comes back from reading it is the card.

What every address book knows:
    PRODID:-//mlmcrm//contacts//EN (so that a reader knows that each value says just what it says),
    UID, KIND:org (3.0: X-ABSHOWAS:COMPANY), FN, N (names and title, for a business too: its name is the given name),
    NICKNAME, ORG (company), TITLE (job_title), URL, BDAY, CATEGORIES (tags), NOTE,
    TEL;TYPE=cell|home|work|other, EMAIL and ADR;TYPE=home|work|other (private is home),
    preferred: PREF=1 (3.0: TYPE=…,pref), a label: itemN.TEL and itemN.X-ABLABEL,
    ADR: the additional line is the second component,
    ANNIVERSARY: a wedding with a day and without text (the first such; 4.0 alone),
    RELATED;VALUE=text;TYPE=…;X-MLMCRM-KIND=…;X-MLMCRM-UID=…:name  what that person is to this one
        (3.0: itemN.X-ABRELATEDNAMES with the same parameters, and itemN.X-ABLABEL),
    BDAY without year: --0412 (3.0: BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12).

What vCard has no word for, each value as it stands on the card:
    X-MLMCRM-SALUTATION, -FORMALITY, -STAGE, -RANK, -SATISFACTION, -PREFERRED-CHANNEL, -BEST-TIME,
    X-MLMCRM-SOURCE-KIND, -SOURCE,
    X-MLMCRM-COMPANY: the company of a business, whose ORG is its own name,
    X-MLMCRM-INTEREST;TYPE=likes|owns|avoids;SINCE=2024-05-01:what
    X-MLMCRM-EVENT;TYPE=move|birth|…;DATE=2024-05-01:text
    X-MLMCRM-OWN;NAME=name of the own field:text

Values of parameters are in quotation marks where they need to be, with ^n, ^^ and ^' inside
(RFC 6868). Values are escaped as RFC 6350 says, lines folded at 75 octets between characters.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from customers.cards import Card, Link, Occasion, Place

MADE_BY = "-//mlmcrm//contacts//EN"
CONTENT_TYPE = "text/vcard; charset=utf-8"
LONGEST = 75  # octets in a line
NO_YEAR = 1604  # Apple's word for it, a leap year
# What is no text, and what a reader would take for the end of a line.
NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")
PLAIN = re.compile(r"[^\s\",;:^]+")  # such a parameter needs no quotation marks

PHONE_TYPES = {"mobile": "cell", "home": "home", "work": "work", "other": "other"}
TYPES = {"private": "home", "work": "work", "other": "other"}
RELATED = {
    "household": "co-resident",
    "spouse": "spouse",
    "parent": "parent",
    "child": "child",
    "sibling": "sibling",
    "grandparent": "kin",
    "grandchild": "kin",
    "relative": "kin",
    "friend": "friend",
    "neighbour": "neighbor",
    "colleague": "colleague",
    "boss": "colleague",
    "employee": "colleague",
    "other": "acquaintance",
}
APPLE_LABELS = {
    "spouse": "_$!<Spouse>!$_",
    "parent": "_$!<Parent>!$_",
    "child": "_$!<Child>!$_",
    "friend": "_$!<Friend>!$_",
    "boss": "_$!<Manager>!$_",
}
OWN_WORDS = (
    "salutation",
    "formality",
    "stage",
    "rank",
    "satisfaction",
    "preferred_channel",
    "best_time",
    "source_kind",
    "source",
)


def write(cards: Iterable[Card], version: str = "4.0") -> str:
    return "".join(VCard(card, version).text() for card in cards)


class VCard:
    """One card on its way to text; groups (`item1`) are counted per card."""

    def __init__(self, card: Card, version: str = "4.0"):
        self.card, self.version, self.groups = card, version, 0

    @property
    def is_old(self) -> bool:
        return self.version == "3.0"

    def text(self) -> str:
        return "".join(f"{fold(line)}\r\n" for line in self.lines())

    def lines(self) -> Iterator[str]:
        yield "BEGIN:VCARD"
        yield f"VERSION:{self.version}"
        yield f"PRODID:{MADE_BY}"
        yield from self.who()
        yield from self.reached()
        yield from self.around()
        yield "END:VCARD"

    # --- who it is ---------------------------------------------------------------------------

    def who(self) -> Iterator[str]:
        card = self.card
        if card.uid:
            yield f"UID:{escape(card.uid)}"
        if card.is_business:
            yield "X-ABSHOWAS:COMPANY" if self.is_old else "KIND:org"
        yield f"FN:{escape(card.name)}"
        yield f"N:{structured(card.last_name, card.first_name, '', card.title, '')}"
        yield from self.said("NICKNAME", card.nickname)
        yield from self.said("ORG", card.name if card.is_business else card.company)
        if card.is_business:
            yield from self.said("X-MLMCRM-COMPANY", card.company)
        yield from self.said("TITLE", card.job_title)
        yield from self.said("URL", card.website)
        if card.birth_day:
            yield self.birthday()
        if card.tags:
            yield f"CATEGORIES:{','.join(map(escape, card.tags))}"
        for name in OWN_WORDS:
            if value := getattr(card, name):
                yield f"X-MLMCRM-{name.upper().replace('_', '-')}:{escape(str(value))}"
        yield from self.said("NOTE", card.note)

    @staticmethod
    def said(name: str, value: str) -> Iterator[str]:
        if value:
            yield f"{name}:{escape(value)}"

    def birthday(self) -> str:
        year, month, day = self.card.birth_year, self.card.birth_month, self.card.birth_day
        if not self.is_old:
            return f"BDAY:{f'{year:04}' if year else '--'}{month:02}{day:02}"
        name = "BDAY" if year else f"BDAY;X-APPLE-OMIT-YEAR={NO_YEAR}"
        return f"{name}:{year or NO_YEAR:04}-{month:02}-{day:02}"

    # --- how to reach them -------------------------------------------------------------------

    def reached(self) -> Iterator[str]:
        for phone in self.card.phones:
            yield from self.way("TEL", PHONE_TYPES[phone.kind], escape(phone.typed), phone)
        for mail in self.card.emails:
            yield from self.way("EMAIL", TYPES[mail.kind], escape(mail.typed), mail)
        for place in self.card.addresses:
            yield from self.way("ADR", TYPES[place.kind], address(place), place)

    def way(self, name: str, kind: str, value: str, way) -> Iterator[str]:
        if self.is_old:
            params = f";TYPE={kind},pref" if way.is_preferred else f";TYPE={kind}"
        else:
            params = f";TYPE={kind};PREF=1" if way.is_preferred else f";TYPE={kind}"
        if way.label:
            yield from self.labelled(f"{name}{params}:{value}", way.label)
        else:
            yield f"{name}{params}:{value}"

    def labelled(self, line: str, label: str) -> Iterator[str]:
        self.groups += 1
        yield f"item{self.groups}.{line}"
        yield f"item{self.groups}.X-ABLABEL:{escape(label)}"

    # --- what is around them -----------------------------------------------------------------

    def around(self) -> Iterator[str]:
        for link in self.card.relations:
            yield from self.related(link)
        for liking in self.card.interests:
            params = param("TYPE", liking.kind) + date_param("SINCE", liking.since)
            yield f"X-MLMCRM-INTEREST{params}:{escape(liking.what)}"
        wedding = next(filter(is_plain_wedding, self.card.life_events), None)
        for occasion in self.card.life_events:
            if occasion is wedding and occasion.happened_on and not self.is_old:
                yield f"ANNIVERSARY:{occasion.happened_on:%Y%m%d}"
            else:
                params = param("TYPE", occasion.kind) + date_param("DATE", occasion.happened_on)
                yield f"X-MLMCRM-EVENT{params}:{escape(occasion.text)}"
        for name, text in self.card.own.items():
            yield f"X-MLMCRM-OWN{param('NAME', name)}:{escape(text)}"

    def related(self, link: Link) -> Iterator[str]:
        params = param("TYPE", RELATED[link.kind]) + param("X-MLMCRM-KIND", link.kind)
        if link.uid:
            params += param("X-MLMCRM-UID", link.uid)
        if self.is_old:
            label = APPLE_LABELS.get(link.kind, link.kind)
            yield from self.labelled(f"X-ABRELATEDNAMES{params}:{escape(link.name)}", label)
        else:
            yield f"RELATED;VALUE=text{params}:{escape(link.name)}"


def is_plain_wedding(occasion: Occasion) -> bool:
    return occasion.kind == "wedding" and bool(occasion.happened_on) and not occasion.text


def address(place: Place) -> str:
    return structured(
        "",
        place.extra,
        place.street,
        place.city,
        place.region,
        place.postcode,
        place.country,
    )


def structured(*components: str) -> str:
    return ";".join(map(escape, components))


def escape(value: str) -> str:
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    value = NO_TEXT.sub("", value)
    for char, escaped in (("\\", "\\\\"), (",", "\\,"), (";", "\\;"), ("\n", "\\n")):
        value = value.replace(char, escaped)
    return value


def param(name: str, value: str) -> str:
    value = NO_TEXT.sub("", value)
    if PLAIN.fullmatch(value):
        return f";{name}={value}"
    for char, escaped in (("^", "^^"), ("\n", "^n"), ('"', "^'")):
        value = value.replace(char, escaped)
    return f';{name}="{value}"'


def date_param(name: str, date: dt.date | None) -> str:
    return f";{name}={date.isoformat()}" if date else ""


def fold(line: str) -> str:
    """Broken after at most 75 octets, never inside a character."""
    folded, rest = [], line
    room = LONGEST
    while len(rest.encode()) > room:
        head = rest.encode()[:room].decode(errors="ignore")
        folded.append(head)
        rest, room = rest[len(head) :], LONGEST - 1  # the space that says "it goes on"
    return "\r\n ".join([*folded, rest])
