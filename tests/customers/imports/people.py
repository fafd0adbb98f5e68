"""Cards as hypothesis makes them: whatever a partner may have written down."""

import datetime as dt

from hypothesis import strategies as st

from customers.cards import Card, Liking, Link, Mail, Number, Occasion, Place
from customers.imports.reading.drafts import LIMITS, PLACE_LIMITS
from customers.imports.reading.words import WORDS
from customers.text import clean, line

CHARACTERS = st.characters(exclude_categories=["Cs", "Cc", "Cf"], include_characters="\n\t\u200d")
SPICES = st.sampled_from("=+-@'\"\\;,|:%\t\n^ aÄß😀")


def words(most: int, least: int = 1):
    """A field of one line, as it is stored."""
    raw = st.text(CHARACTERS | SPICES, min_size=least, max_size=min(most, 12)).map(line)
    return raw.filter(lambda said: least <= len(said) <= most)


def maybe(most: int):
    return st.just("") | words(most)


def choice(field: str):
    return st.sampled_from(sorted(WORDS[field]))


def chosen(field: str):
    return st.just("") | choice(field)


days = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
birthdays = st.dates(dt.date(1900, 1, 1), dt.date(2025, 12, 31))
mails = st.from_regex(r"[a-z]{1,8}(\.[a-z0-9]{1,8})?@[a-z]{2,8}\.(org|de|com)", fullmatch=True)
places = st.builds(
    Place,
    **{part: maybe(most) for part, most in PLACE_LIMITS.items()},
    kind=choice("reach"),
    label=maybe(60),
    is_preferred=st.booleans(),
).filter(lambda place: any(getattr(place, part) for part in PLACE_LIMITS))
entry = {"label": maybe(60), "is_preferred": st.booleans()}


@st.composite
def people(draw):
    """What the database takes: a first name, a birthday that exists, each tag once."""
    fields = {name: draw(maybe(most)) for name, most in LIMITS.items()}
    for field in (
        "salutation",
        "formality",
        "stage",
        "rank",
        "preferred_channel",
        "source_kind",
    ):
        fields[field] = draw(chosen(field))
    born = draw(st.none() | birthdays)
    if born:
        fields |= {"birth_day": born.day, "birth_month": born.month}
        fields["birth_year"] = draw(st.sampled_from([None, born.year]))
        if (born.day, born.month, fields["birth_year"]) == (29, 2, 1900):
            fields["birth_year"] = None
    return Card(
        **fields,
        first_name=draw(words(100)),
        last_name=draw(maybe(100)),
        is_business=draw(st.booleans()),
        satisfaction=draw(st.none() | st.integers(1, 5)),
        note=draw(st.text(CHARACTERS | SPICES, max_size=60).map(clean)),
        phones=draw(st.lists(st.builds(Number, words(60), choice("phone"), **entry), max_size=3)),
        emails=draw(st.lists(st.builds(Mail, mails, choice("reach"), **entry), max_size=3)),
        addresses=draw(st.lists(places, max_size=2)),
        tags=draw(st.lists(words(40), unique=True, max_size=3)),
        interests=draw(
            st.lists(
                st.builds(Liking, words(120), choice("interest"), st.none() | days), max_size=2
            )
        ),
        life_events=draw(
            st.lists(
                st.builds(Occasion, choice("life_event"), st.none() | days, maybe(200)),
                max_size=2,
            )
        ),
        relations=draw(
            st.lists(st.builds(Link, choice("relation"), words(100), maybe(60)), max_size=2)
        ),
        own=draw(st.dictionaries(words(60), words(500), max_size=2)),
    )
