"""A customer as a card: all that is known, at the same cost for one and for many."""

import datetime as dt

from django.utils import timezone

from customers.cards import Card, Liking, Link, Mail, Number, Occasion, Place
from customers.exports import collect
from tests.customers.exports.people import somebody
from tests.factories import CustomerFactory, PhoneFactory, RelationFactory
from tests.harness.queries import costs


def cards(partner) -> dict[str, Card]:
    ids = partner.customers.by_name().values_list("pk", flat=True)
    return {card.first_name: card for card in map(collect.card, collect.customers(partner, ids))}


def test_a_card_says_all_that_is_known(anna):
    leni = somebody(anna)
    mother = anna.customers.get(first_name="Mutter von Anna Lena")

    assert cards(anna)["Anna Lena"] == Card(
        title="Dr.",
        first_name="Anna Lena",
        last_name="Müller-Şahin",
        nickname="Leni",
        salutation="ms",
        formality="sie",
        company="Blumen, Garten; & mehr",
        job_title="Floristin",
        website="https://example.org/?a=1,2;3",
        birth_day=29,
        birth_month=2,
        stage="regular",
        rank="A",
        satisfaction=5,
        preferred_channel="letter",
        best_time="abends, nach 18 Uhr",
        source_kind="fair",
        source="Gartenmesse",
        note='Sagt "ja";\nmag \\ und, Kommas',
        uid=f"urn:uuid:{leni.pk}",
        phones=[
            Number("+49 151 23456789", "mobile", is_preferred=True),
            Number("0661 12345", "home", "Ferienhaus"),
        ],
        emails=[Mail("leni@example.org")],
        addresses=[
            Place("c/o Groß", "Lindenweg 4", "36037", "Fulda", country="Deutschland"),
        ],
        tags=["Garten", "Bücher, alte"],
        interests=[Liking("Rosen", since=dt.date(2024, 5, 1)), Liking("Kaffee", "avoids")],
        life_events=cards(anna)["Anna Lena"].life_events,
        relations=[Link("parent", "Mutter von Anna Lena", f"urn:uuid:{mother.pk}")],
        own={"Schuhgröße": "38"},
    )
    assert {(event.kind, event.text) for event in cards(anna)["Anna Lena"].life_events} == {
        ("wedding", ""),
        ("move", "nach Fulda"),
    }
    assert Occasion("wedding", dt.date(2010, 6, 12)) in cards(anna)["Anna Lena"].life_events


def test_a_relation_is_told_from_both_ends(anna):
    leni = somebody(anna)

    found = cards(anna)

    assert found["Anna Lena"].relations[0].kind == "parent"
    assert found["Mutter von Anna Lena"].relations == [
        Link("child", "Anna Lena Müller-Şahin", f"urn:uuid:{leni.pk}")
    ]


def test_what_lies_in_the_bin_is_not_told(anna):
    here, gone = CustomerFactory.create_batch(2, partner=anna)
    RelationFactory(customer=here, other=gone)
    PhoneFactory(customer=here, deleted_at=timezone.now())
    anna.customers.filter(pk=gone.pk).update(deleted_at=timezone.now())

    [card] = cards(anna).values()

    assert (card.relations, card.phones) == ([], [])


def test_who_came_on_a_card_keeps_its_number(anna):
    CustomerFactory(partner=anna, uid="abc-123")

    [card] = cards(anna).values()

    assert card.uid == "abc-123"


def test_a_batch_costs_the_same_however_many_are_in_it(anna):
    somebody(anna)
    for _size in range(3):
        ids = list(anna.customers.values_list("pk", flat=True))
        with costs(10):
            assert len(list(map(collect.card, collect.customers(anna, ids)))) == len(ids)
        somebody(anna, "Noch eine")


def test_the_order_is_the_one_asked_for_and_who_is_gone_is_left_out(anna, boris):
    one, two = CustomerFactory.create_batch(2, partner=anna)
    stranger = CustomerFactory(partner=boris)

    assert collect.customers(anna, [two.pk, stranger.pk, one.pk]) == [two, one]
