"""A card while it is being read: parts come in any order, `finish` makes a person of them."""

import dataclasses
from typing import Any

from django.utils.translation import gettext as _

from customers import text
from customers.cards import Card, Link, Mail, Number, Occasion, Place
from customers.imports.reading import dates, names, ways
from customers.imports.reading.columns import label as label_of
from customers.imports.reading.parts import Problem, problem
from customers.imports.reading.words import code

LIMITS = {
    "title": 40,
    "nickname": 60,
    "company": 120,
    "job_title": 120,
    "website": 200,
    "best_time": 120,
    "source": 200,
    "uid": 255,
}
LONGEST_NAME = 100
LONGEST_NOTE = 5000
LONGEST_NUMBER, LONGEST_MAIL, LONGEST_LABEL = 60, 254, 60
LONGEST_TAG, LONGEST_INTEREST, LONGEST_EVENT = 40, 120, 200
LONGEST_OWN_NAME, LONGEST_OWN_VALUE = 60, 500
PLACE_LIMITS = {"extra": 120, "street": 120, "postcode": 10, "city": 80, "region": 80}
PLACE_LIMITS |= {"country": 60}
SHORTEST_WAY = 3  # letters or digits; what has no more reaches nobody
FIRST_MARK = "\u0300"  # below stand no characters that combine
NOBODYS_GROUPS = {"my contacts", "mycontacts", "meine kontakte", "starred", "markiert"}
BEST, WORST = 5, 1


def line(said: str) -> str:
    """`text.line`, quickly for what is plain."""
    if said.isprintable() and (said.isascii() or max(said) < FIRST_MARK):
        return " ".join(said.split())
    return text.line(said)


def lines(said: str) -> str:
    """`text.clean`, quickly for what is plain."""
    if said.isprintable() and (said.isascii() or max(said) < FIRST_MARK):
        return said.strip()
    return text.clean(said)


@dataclasses.dataclass
class Draft:
    """`is_exact`: our own export, whose cells say just what they say."""

    day_first: bool = True
    this_year: int = 2100
    is_exact: bool = False
    card: Card = dataclasses.field(default_factory=Card)
    full_name: str = ""
    middle: str = ""
    suffix: str = ""
    own_company: str = ""  # of a business
    notes: list[Problem] = dataclasses.field(default_factory=list)
    problems: list[Problem] = dataclasses.field(default_factory=list)
    kept: list[str] = dataclasses.field(default_factory=list)

    # --- taking in ---------------------------------------------------------------------------

    def keep(self, heading: str, said: str) -> None:
        """What has no place of its own stands in the note."""
        if said:
            self.kept.append(f"{heading[:1].upper()}{heading[1:]}: {said}" if heading else said)

    def put(self, field: str, said: str) -> None:
        """The first one said is the field's, any other goes into the note."""
        if not getattr(self.card, field):
            setattr(self.card, field, said)
        elif said and getattr(self.card, field) != said:
            self.keep(label_of(field), said)

    def choose(self, field: str, said: str) -> None:
        chosen = code(field, said)
        if chosen is None:
            self.keep(label_of(field), said)
            self.notes.append(problem("unknown-word", field=field, text=said))
        else:
            setattr(self.card, field, chosen)

    def address_as(self, said: str) -> None:
        """A salutation or title in front of the name."""
        chosen, title = names.prefix(said)
        self.card.salutation = chosen or self.card.salutation
        if title:
            known = code("salutation", title)
            self.card.salutation = known or self.card.salutation
            if known is None and ways.digit_count(title) == 0:
                self.put("title", title)

    def born(self, said: str) -> None:
        if dates.is_nothing(said):
            return
        found = dates.birthday(said, self.day_first, self.this_year)
        if found is None or (found.year or 0) > self.this_year:
            self.keep(label_of("birthday"), said)
            self.notes.append(problem("no-birthday", text=said))
            return
        self.card.birth_day, self.card.birth_month, self.card.birth_year = found[:3]
        if found.is_guessed:
            read_as = f"{found.day:02}.{found.month:02}.{found.year}"
            self.notes.append(problem("birthday-year", text=said, day=read_as))

    def rate(self, said: str) -> None:
        stars = said.count("★") or (int(said) if said.isdecimal() and len(said) == 1 else 0)
        if WORST <= stars <= BEST:
            self.card.satisfaction = stars
        else:
            self.keep(label_of("satisfaction"), said)

    def call(self, said: str, kind: str = "", label: str = "", preferred: bool = False) -> None:
        """One field with a number, or with several."""
        if self.is_exact:
            guess = "mobile" if ways.is_mobile(said) else "home"
            self.card.phones.append(Number(said, kind or guess, label, preferred))
            return
        for part in map(line, ways.numbers(said)):
            number, word = ways.labelled(ways.unrounded(part))
            if ways.ROUNDED.fullmatch(number) or not ways.digit_count(number):
                reason = "rounded-number" if ways.digit_count(number) else "no-number"
                self.keep(label_of("phone"), part)
                self.notes.append(problem(reason, text=part))
                continue
            found, name, _star = ways.kind_of(word, "phone")
            chosen = kind or (found if word else "")
            if not kind and chosen == "other":
                chosen = ""
            guess = "mobile" if ways.is_mobile(number) else "home"
            entry = Number(number, chosen or guess, label or name, preferred)
            if not any(entry.typed == other.typed for other in self.card.phones):
                self.card.phones.append(entry)

    def mail(self, said: str, kind: str = "", label: str = "", preferred: bool = False) -> None:
        found = ways.mails(said)
        if not found:
            self.keep(label_of("email"), said)
            self.notes.append(problem("no-email", text=said))
        for address in found:
            entry = Mail(address, kind or "private", label, preferred)
            known = [other.typed for other in self.card.emails]
            if self.is_exact or address not in known:
                self.card.emails.append(entry)

    def live(self, place: Place) -> None:
        if any(getattr(place, part) for part in PLACE_LIMITS):
            self.card.addresses.append(place)

    def tag(self, names_: list[str]) -> None:
        for name in names_:
            word = name if self.is_exact else name.removeprefix("*").strip()
            is_system = not self.is_exact and word.casefold() in NOBODYS_GROUPS
            if word and not is_system and word not in self.card.tags:
                self.card.tags.append(word)

    def relate(self, kind: str, said: str, uid: str = "", label: str = "") -> None:
        self.card.relations.append(Link(kind, said, uid))
        if label:
            self.keep(label, said)

    def happen(self, kind: str, said: str, words: str = "") -> None:
        """A special day; one without its year is no day yet, but worth a note."""
        if dates.is_nothing(said):
            return
        day = dates.date(said, self.day_first, self.this_year)
        if day is None:
            self.keep(words or str(_("special day")), said)
        else:
            self.card.life_events.append(Occasion(kind, day, words))

    # --- making a person of it ---------------------------------------------------------------

    def finish(self) -> Card:
        self.name()
        self.shorten()
        note = "\n".join(filter(None, [self.card.note, *self.kept]))
        if len(note) > LONGEST_NOTE:
            self.problems.append(problem("too-long", field="note", limit=LONGEST_NOTE))
        self.card.note = note
        return self.card

    def name(self) -> None:
        card = self.card
        if self.full_name and not (card.first_name or card.last_name):
            whole = names.Name(first=self.full_name)
            self.take_name(whole if card.is_business else names.split(self.full_name))
        card.first_name = " ".join(filter(None, (card.first_name, self.middle)))
        if self.suffix and names.is_generation(self.suffix):
            card.last_name = f"{card.last_name} {self.suffix}".strip()
        elif self.suffix:
            self.keep(str(_("name suffix")), self.suffix)
        if not card.first_name:
            self.stand_in()
        for field in ("first_name", "last_name"):
            if len(getattr(card, field)) > LONGEST_NAME:
                self.problems.append(problem("too-long", field=field, limit=LONGEST_NAME))

    def take_name(self, found: names.Name) -> None:
        card = self.card
        card.first_name, card.last_name = found.first, found.last
        card.salutation = card.salutation or found.salutation
        card.title = card.title or found.title
        card.is_business = card.is_business or found.is_business

    def stand_in(self) -> None:
        """A first name is needed: whatever else there is stands for it."""
        card = self.card
        typed = [way.typed for way in card.emails] + [way.typed for way in card.phones]
        if card.last_name:
            card.first_name, card.last_name = card.last_name, ""
            self.notes.append(problem("one-name", name=card.first_name))
        elif card.nickname:
            card.first_name, card.nickname = card.nickname, ""
        elif card.company:
            card.first_name, card.company, card.is_business = card.company, "", True
        elif way := next((way for way in typed if len(way) > SHORTEST_WAY), ""):
            card.first_name = way[:LONGEST_NAME]
            self.notes.append(problem("way-as-name"))
        else:
            self.problems.append(problem("no-name"))

    def shorten(self) -> None:
        """What is too long for its field moves into the note, whole."""
        card = self.card
        for field, limit in LIMITS.items():
            if len(getattr(card, field)) > limit:
                self.move(field, getattr(card, field))
                setattr(card, field, "")
        card.phones = self.fitting(card.phones, "typed", LONGEST_NUMBER, "phone")
        card.emails = self.fitting(card.emails, "typed", LONGEST_MAIL, "email")
        card.interests = self.fitting(card.interests, "what", LONGEST_INTEREST, "interests")
        card.life_events = self.fitting(card.life_events, "text", LONGEST_EVENT, "life_events")
        ways_there: list[Number | Mail | Place] = [*card.phones, *card.emails, *card.addresses]
        for way in ways_there:
            if len(way.label) > LONGEST_LABEL:
                self.move("label", way.label)
                way.label = ""
        if any(len(getattr(p, part)) > most for p in card.addresses for part, most in PLACE_ITEMS):
            card.addresses = [place for place in card.addresses if self.fits(place)]
        if any(len(tag) > LONGEST_TAG for tag in card.tags):
            for tag in [tag for tag in card.tags if len(tag) > LONGEST_TAG]:
                card.tags.remove(tag)
                self.move("tags", tag)
        for name, said in list(card.own.items()):
            if len(said) > LONGEST_OWN_VALUE or len(name) > LONGEST_OWN_NAME:
                self.keep(name, card.own.pop(name))
                self.notes.append(problem("moved", field=f"own:{name}"))

    def fitting(self, entries: list[Any], part: str, limit: int, field: str) -> list[Any]:
        if all(len(getattr(entry, part)) <= limit for entry in entries):
            return entries
        for entry in entries:
            if len(getattr(entry, part)) > limit:
                self.move(field, getattr(entry, part))
        return [entry for entry in entries if len(getattr(entry, part)) <= limit]

    def fits(self, place: Place) -> bool:
        parts = [(getattr(place, part), most) for part, most in PLACE_ITEMS]
        if all(len(said) <= most for said, most in parts):
            return True
        self.move("address", ", ".join(said for said, _most in parts if said))
        return False

    def move(self, field: str, said: str) -> None:
        self.keep(label_of(field), said)
        self.notes.append(problem("moved", field=field))


PLACE_ITEMS = list(PLACE_LIMITS.items())
