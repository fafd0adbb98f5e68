"""Taking over: what comes, what is completed, what stays, and how all of it goes again."""

import datetime as dt

import pytest

from customers import actions
from customers.actions import importing
from customers.cards import Liking, Link, Number, Occasion
from customers.imports import decisions
from customers.models import Customer, Import, NotDuplicate, Relation
from partners import changes, jobs
from partners.changes import Act
from tests.customers.imports.flows import (
    BROKEN,
    card,
    everything,
    finish,
    plain_cards,
    read,
    rows_of,
    take,
    undo,
    verdicts,
)
from tests.factories import (
    CustomerFactory,
    EmailFactory,
    FollowUpFactory,
    OwnFieldFactory,
    OwnValueFactory,
    PhoneFactory,
    TagFactory,
    TaggingFactory,
)

__all__ = ["plain_cards"]
pytestmark = pytest.mark.usefixtures("plain_cards", "english")
State = Import.State


@pytest.fixture
def clara(anna):
    clara = CustomerFactory(partner=anna, first_name="Clara", last_name="Möller", note="Likes tea")
    PhoneFactory(customer=clara, typed="0661 12345", is_preferred=True)
    return clara


def full():
    return card(
        "Meike Schulz", phone="0171 5556677", email="Meike@Example.org", city="Fulda",
        birth_day=12, birth_month=4, company="Bakery", note="Met at the fair", uid="m-1",
        tags=["Garden"], interests=[Liking("Lavender")], own={"Shoe size": "38"},
        life_events=[Occasion("move", dt.date(2026, 3, 1), "to Fulda")],
    )  # fmt: skip


def decide(run: Import, at: int, choice: str, *wanted: str) -> None:
    decisions.decide(run, run.pages.get(), at, choice, list(wanted))


def test_somebody_new_comes_with_all_that_the_card_says(anna):
    run = take(read(anna, full()), tag="Import 22.11.", stage="guest", source_kind="fair")

    meike = anna.customers.get()
    assert (meike.name, meike.company, meike.birth_day, meike.uid) == (
        "Meike Schulz", "Bakery", 12, "m-1",
    )  # fmt: skip
    assert (meike.stage, meike.source_kind, meike.city) == ("guest", "fair", "Fulda")
    assert [str(phone) for phone in meike.phones.all()] == ["0171 5556677"]
    assert {tagging.tag.name for tagging in meike.taggings.all()} == {"Garden", "Import 22.11."}
    assert meike.interests.get().what == "Lavender"
    assert meike.life_events.get().text == "to Fulda"
    value = meike.own_values.get()
    assert (value.text, value.field.name, value.field.purpose) == (
        "38", "Shoe size", "from an import",
    )  # fmt: skip
    assert (run.state, run.counts["taken"]) == (State.DONE, {"added": 1})


def test_whoever_comes_is_found_by_all_that_is_known(anna):
    take(read(anna, full()), tag="Neuhof")

    meike = anna.customers.get()
    stored = (meike.sort_name, meike.search_text, meike.sounds, meike.postcode, meike.city)
    actions.refresh_search(anna, [meike.pk])
    meike.refresh_from_db()

    assert set(stored[1].split()) == set(meike.search_text.split())
    assert stored[::2] == (meike.sort_name, meike.sounds, meike.city)
    for query in ("meike@example", "0171 555", "lavender", "neuhof", "bakery"):
        assert list(anna.customers.search(query)) == [meike]


def test_what_the_partner_typed_stays_and_what_is_new_is_added(anna, clara):
    wish = card("Clara Möller", phone="0661 12345", email="c@example.org", note="Moves in May")
    wish.phones += [Number("0171 5556677", is_preferred=True)]
    wish.nickname, clara.nickname = "Claire", "Clärchen"
    clara.save()

    take(read(anna, wish))

    clara.refresh_from_db()
    assert clara.nickname == "Clärchen"
    assert clara.note == "Likes tea\nMoves in May"
    assert [(str(it), it.is_preferred) for it in clara.phones.all()] == [
        ("0661 12345", True),
        ("0171 5556677", False),
    ]
    assert list(anna.customers.search("c@example.org")) == [clara]


def test_a_disagreement_can_be_settled_for_the_file(anna, clara):
    clara.birth_day, clara.birth_month, clara.nickname = 12, 4, "Clärchen"
    clara.save()
    wish = card("Clara Möller", phone="0661 12345", birth_day=13, birth_month=4, nickname="Claire")
    run = read(anna, wish)

    decide(run, 0, "same", "birthday")
    take(run)

    clara.refresh_from_db()
    assert (clara.birth_day, clara.nickname) == (13, "Clärchen")


def test_the_same_file_twice_adds_nothing(anna):
    cards = [full(), card("Oma"), card("Jan Falk", city="Fulda"), card("Ute", phone="0661 1")]
    take(read(anna, *cards), tag="Once")
    before = everything(anna)

    run = read(anna, *cards)

    assert verdicts(run) == ["same"] * 4
    assert take(run, tag="Twice").counts["taken"] == {"same": 4}
    assert everything(anna) == before


def test_two_previews_of_one_file_bring_everybody_once(anna):
    first, second = read(anna, full()), read(anna, full())

    take(first)
    before = everything(anna)
    take(second)

    assert everything(anna) == before
    assert anna.customers.count() == 1


def test_somebody_on_two_pages_comes_once(anna, monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    ida, again = card("Ida Falk", phone="0171 5556677"), card("Falk Ida", phone="0171/5556677")
    again.emails = full().emails
    run = read(anna, ida, card("Bea"), again, card("Jan"))

    finish(run, Import.State.READY)
    importing.start_taking(anna, anna.user, run, {})
    finish(run, State.DONE)

    assert sorted(person.first_name for person in anna.customers.all()) == ["Bea", "Ida", "Jan"]
    assert anna.customers.get(first_name="Ida").emails.count() == 1
    assert run.counts["taken"] == {"added": 3, "changed": 1}


def test_doubtful_ones_wait_for_a_word(anna, clara):
    peter = card("Peter Möller", phone="0661 12345")

    run = take(read(anna, peter))

    assert run.counts["taken"] == {"left": 1}
    assert anna.customers.get() == clara


def test_someone_else_is_added_and_not_asked_about_again(anna, clara):
    run = read(anna, card("Peter Möller", phone="0661 12345"))

    decide(run, 0, "add")
    take(run)

    peter = anna.customers.exclude(pk=clara.pk).get()
    pair = NotDuplicate.unscoped.get()
    assert (pair.customer, pair.other) == (clara, peter)
    assert verdicts(read(anna, card("Peter Möller", phone="0661 12345"))) == ["same"]


def test_the_same_person_in_spite_of_a_doubt_is_completed(anna, clara):
    run = read(anna, card("Peter Möller", phone="0661 12345", email="c@example.org"))

    decide(run, 0, "same")
    take(run)

    clara.refresh_from_db()
    assert (clara.first_name, clara.emails.get().typed) == ("Clara", "c@example.org")


def test_a_word_for_all_counts_until_a_later_one_for_a_row(anna, clara):
    peter, paul = (card(f"{name} Möller", phone="0661 12345") for name in ("Peter", "Paul"))
    run = read(anna, peter, paul)
    decide(run, 0, "skip")
    decisions.decide_for_all(run, "doubtful", "add")
    decide(run, 1, "skip")

    take(run)

    assert {person.first_name for person in anna.customers.all()} == {"Clara", "Peter"}
    assert run.counts["taken"] == {"added": 1, "left": 1}


def test_nobody_in_the_bin_comes_back_unasked(anna, clara):
    actions.remove_customer(anna, anna.user, clara)

    run = read(anna, card("Clara Möller", phone="0661 12345"))

    assert [(row["v"], row["why"]) for row in rows_of(run)] == [("doubtful", "bin")]
    assert take(run).counts["taken"] == {"left": 1}
    assert not anna.customers.exists()


def test_an_import_that_was_taken_back_may_come_again_unasked(anna):
    undo(take(read(anna, full())))

    assert verdicts(read(anna, full())) == ["new"]


def test_whoever_was_merged_is_known_as_who_remained(anna, clara):
    twin = CustomerFactory(partner=anna, first_name="Klara", uid="k-1")
    Customer.unscoped.filter(pk=twin.pk).update(deleted_at=clara.created_at, merged_into=clara)

    (row,) = rows_of(read(anna, card("Clara", uid="k-1", company="Bakery")))

    assert (row["v"], row["who"]) == ("changed", [str(clara.pk)])


def test_relations_are_noted_when_both_are_there(anna):
    mother = card("Meike Schulz", uid="m", relations=[Link("child", "Mia Schulz")])
    child = card("Mia Schulz", uid="c", relations=[Link("parent", "whoever", "m")])
    friend = card("Jan Falk", relations=[Link("friend", "Somebody Else")])

    take(read(anna, mother, child, friend))

    relation = anna.relations.get()
    assert (relation.customer.first_name, relation.kind) == ("Mia", Relation.Kind.CHILD)
    assert relation.other.first_name == "Meike"


def test_an_own_field_takes_what_fits_its_kind(anna, clara):
    size = OwnFieldFactory(partner=anna, name="Shoe size", kind="number")
    OwnFieldFactory(partner=anna, name="Since", kind="date")

    take(read(anna, card("Bea", own={"shoe SIZE": "38,5", "Since": "soon"})))

    value = anna.own_values.get()
    assert (value.field, value.text) == (size, "38.5")


def test_a_page_keeps_no_more_than_what_failed(anna):
    run = take(read(anna, full(), BROKEN))

    assert [row["v"] for row in rows_of(run)] == ["failed"]
    assert run.counts["taken"] == {"added": 1, "failed": 1}


# --- taking back -------------------------------------------------------------------------------


def test_an_import_taken_back_leaves_everything_as_it_was(anna, clara):
    EmailFactory(customer=clara, typed="old@example.org")
    TaggingFactory(customer=clara, tag=TagFactory(partner=anna, name="Tea"))
    OwnValueFactory(customer=clara, field=OwnFieldFactory(partner=anna, name="Shoe size"))
    before = everything(anna)
    more = card("Clara Möller", phone="0661 12345", email="c@example.org", company="Bakery")
    more.tags, more.relations = ["Tea", "Garden"], [Link("friend", "Meike Schulz")]
    run = take(read(anna, full(), more), tag="Import 22.11.")

    assert everything(anna) != before
    assert undo(run).state == State.UNDONE
    assert run.counts["kept"] == 0
    assert everything(anna) == before
    assert undo(run).counts["kept"] == 0
    assert everything(anna) == before


def test_what_changed_since_stays_and_is_counted(anna):
    run = take(read(anna, full(), card("Bea")), tag="Import 22.11.")
    meike, bea = anna.customers.order_by("-last_name")
    FollowUpFactory(customer=meike)
    stranger = CustomerFactory(partner=anna, first_name="Ute")
    changes.create(
        Act(anna, anna.user, "tag-add"), *[type(meike.taggings.first())(customer=stranger, tag=tag)
        for tag in anna.tags.filter(name="Import 22.11.")]
    )  # fmt: skip

    undo(run)

    assert set(anna.customers.all()) == {meike, stranger}
    assert meike.phones.count() == 1
    assert run.counts["kept"] > 0
    assert [tag.name for tag in anna.tags.filter(name__startswith="Import")] == ["Import 22.11."]
    assert bea not in anna.customers.all()
