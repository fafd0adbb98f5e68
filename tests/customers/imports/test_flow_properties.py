"""Whatever comes, and whoever is there already: an import that is taken back leaves no trace."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customers.cards import Card, Liking, Link, Mail, Number, Occasion, Place
from customers.imports import decisions
from customers.models import Import, Interest, LifeEvent, Relation
from partners.models import Partner
from tests.customers.imports.flows import everything, plain_cards, read, take, undo, verdicts

__all__ = ["plain_cards"]

# Few words, so that people meet.
NAMES = st.sampled_from(["Anna", "Bea", "Möller", "Moeller", "Falk", "von Ahn"])
NUMBERS = st.sampled_from(["0661 12345", "+49 661 12345", "0171 5556677", "112", "call me"])
ADDRESSES = st.sampled_from(["a@example.org", "A@Example.org", "b@example.org"])
TOWNS = st.sampled_from(["Fulda", "FULDA", "Kassel"])
WORDS = st.sampled_from(["Garden", "garden", "Tea", "Ä", "Ae"])
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2026, 12, 31))
BIRTHDAYS = st.sampled_from([(None, None, None), (12, 4, None), (12, 4, 1980), (29, 2, 1984)])
CHOICES = st.sampled_from(["add", "same", "skip", "same-1"])


@st.composite
def cards(draw):
    day, month, year = draw(BIRTHDAYS)
    return Card(
        first_name=draw(NAMES),
        last_name=draw(st.one_of(st.just(""), NAMES)),
        nickname=draw(st.sampled_from(["", "Mimi"])),
        company=draw(st.sampled_from(["", "Bakery"])),
        note=draw(st.sampled_from(["", "Likes tea", "Moves in May"])),
        uid=draw(st.sampled_from(["", "u-1", "u-2"])),
        birth_day=day,
        birth_month=month,
        birth_year=year,
        phones=[Number(typed) for typed in draw(st.lists(NUMBERS, max_size=2))],
        emails=[Mail(typed) for typed in draw(st.lists(ADDRESSES, max_size=2))],
        addresses=[Place(city=town) for town in draw(st.lists(TOWNS, max_size=2))],
        tags=draw(st.lists(WORDS, max_size=2)),
        interests=[Liking(what) for what in draw(st.lists(WORDS, max_size=1))],
        life_events=[
            Occasion(LifeEvent.Kind.MOVE, day, "to Fulda")
            for day in draw(st.lists(DAYS, max_size=1))
        ],
        relations=[
            Link(Relation.Kind.FRIEND, f"{name} Falk", "u-1")
            for name in draw(st.lists(NAMES, max_size=1))
        ],
        own=draw(st.dictionaries(st.sampled_from(["Shoe size", "shoe SIZE"]), WORDS, max_size=2)),
    )


FILES = st.lists(cards(), min_size=1, max_size=6)
OFTEN = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def choose(run: Import, choices: list[str]) -> None:
    page = run.pages.get()
    for at, (row, choice) in enumerate(zip(page.rows, choices, strict=False)):
        if decisions.may_choose(row, choice):
            decisions.decide(run, page, at, choice, list(row.get("clash", {}))[:1])


def emptied(partner: Partner) -> None:
    """Each example begins with nobody."""
    for model in (Import, Interest):
        model.unscoped_with_bin.filter(partner=partner).delete()
    for name in ("customers", "tags", "ownfields"):
        getattr(partner, name)(manager="unscoped_with_bin").all().delete()


@OFTEN
@given(FILES, FILES, st.lists(CHOICES, max_size=6))
def test_import_then_undo_leaves_every_row_as_it_was(plain_cards, anna, here, coming, choices):
    emptied(anna)
    take(read(anna, *here))
    before = everything(anna)

    run = read(anna, *coming)
    choose(run, choices)
    take(run, tag="Import")
    undo(run)

    assert run.counts["kept"] == 0
    assert everything(anna) == before


@OFTEN
@given(FILES)
def test_the_same_file_twice_adds_nothing(plain_cards, anna, coming):
    emptied(anna)
    for card in coming[1:]:
        card.uid = ""  # several people on one card's identifier contradict each other
    take(read(anna, *coming), tag="Import")
    before = everything(anna)

    again = take(read(anna, *coming), tag="Again")

    assert not again.counts["taken"].get("added")
    after = everything(anna)
    assert [
        (row, name) for name, rows in after.items() for row in rows if row not in before[name]
    ] == []


@OFTEN
@given(FILES)
def test_a_file_with_everybody_once_is_known_the_second_time(plain_cards, anna, coming):
    emptied(anna)
    for number, card in enumerate(coming):
        card.first_name, card.uid, card.relations = f"Guest {number}", "", []
        card.own = dict(list(card.own.items())[:1])  # two spellings may disagree
    take(read(anna, *coming))

    assert set(verdicts(read(anna, *coming))) <= {"same"}
