"""Search: every spelling, what sounds alike, what comes close, and where it was found."""

import re
import unicodedata

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from customers import listing, search_marks, text
from customers.actions import refresh_search
from tests.customers.pages import LIST
from tests.factories import (
    AddressFactory,
    CustomerFactory,
    EmailFactory,
    InterestFactory,
    PhoneFactory,
    TaggingFactory,
)
from tests.harness.queries import costs

pytestmark = pytest.mark.usefixtures("english")

QUICK = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
E_AFTER_VOWEL = re.compile("[aouäöü][eéè]", re.IGNORECASE)  # could be ä as well as a and e
LETTERS = st.text(st.sampled_from("aeouäöüßÄÖÜéèçøłñsbhklmnrtxyzAEMR"), min_size=2, max_size=12)


def names(rows) -> list[str]:
    return [row.customer.last_name or row.customer.first_name for row in rows]


def found(client, query: str, page: str = LIST) -> list[str]:
    return names(client.get(page, {"q": query}).context["rows"])


def people(partner, *last_names: str):
    return [CustomerFactory(partner=partner, first_name="Eva", last_name=n) for n in last_names]


def test_the_best_hit_comes_first(as_anna, anna):
    people(anna, "Walter", "Alt", "Alter", "Halt")
    CustomerFactory(partner=anna, first_name="Ida", last_name="Zett", note="alt und jung")

    # A whole name, the beginning of one, what else is known of them, what sounds alike.
    assert found(as_anna, "alt") == ["Alt", "Alter", "Halt", "Walter", "Zett"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Meyer", {"Meyer", "Maier", "Meier"}),
        ("maier", {"Meyer", "Maier", "Meier"}),
        ("Mueller", {"Müller"}),
        ("muller", {"Müller"}),
        ("haus", {"Häusler"}),
        ("Schmitt", {"Schmidt"}),
        ("eva meyer", {"Meyer", "Maier", "Meier"}),
    ],
)
@pytest.mark.parametrize("page", [LIST, "/search/"])
def test_names_are_found_as_they_sound(as_anna, anna, query, expected, page):
    people(anna, "Meyer", "Maier", "Meier", "Müller", "Häusler", "Schmidt", "Kahl")

    context = as_anna.get(page, {"q": query}).context

    assert set(names(context["rows" if page == LIST else "people"])) == expected


def test_what_only_sounds_alike_stands_below_a_line(as_anna, anna):
    people(anna, "Maier", "Meyer", "Meier")

    response = as_anna.get(LIST, {"q": "Meyer"})

    assert [row.divider for row in response.context["rows"]] == ["", "Sounds alike", ""]
    assert "Sounds alike" in as_anna.get("/search/", {"q": "Meyer"}).content.decode()


@pytest.mark.parametrize("query", ["Schmit", "Mülller", "Petar", "petra mulller", "Mülelr"])
def test_a_slip_of_the_finger_still_finds(as_anna, anna, query):
    people(anna, "Kahl", "Sommer")
    CustomerFactory(partner=anna, first_name="Petra", last_name="Müller")
    CustomerFactory(partner=anna, first_name="Peter", last_name="Schmitz")

    listed = as_anna.get(LIST, {"q": query})
    searched = as_anna.get("/search/", {"q": query})

    close = names(listed.context["rows"]) + names(listed.context["listing"].close)
    assert {"Müller", "Schmitz"} & set(close)
    assert not {"Kahl", "Sommer"} & set(close)
    both = [*searched.context["people"], *searched.context["close"]]
    assert names(both) == close


def test_close_names_are_offered_only_when_little_is_found(as_anna, anna, boris):
    people(anna, *["Müller"] * 5, "Müllex")
    people(boris, "Müllexx")

    assert names(as_anna.get(LIST, {"q": "Müller"}).context["listing"].close) == []
    close = names(as_anna.get(LIST, {"q": "Mülkex"}).context["listing"].close)
    assert (close[0], set(close)) == ("Müllex", {"Müllex"})


@pytest.mark.parametrize("query", ["", "12", "0661 1", "%", "a", "a b c d e f g h i j k"])
def test_numbers_and_single_letters_ask_for_no_close_names(anna, query):
    people(anna, "Kahl")

    assert listing.close_people(anna, query, []) == []


def test_a_hit_is_marked_in_the_name_and_told_elsewhere(as_anna, anna):
    eva = CustomerFactory(
        partner=anna,
        first_name="Eva",
        last_name="Häusler",
        note="Mag <b>Lavendel</b> und sonst wenig, jedenfalls nicht am Abend",
        company="Salon Kamm",
    )
    PhoneFactory(customer=eva, typed="0171 / 234 56 78")
    EmailFactory(customer=eva, typed="eva@haus.example")
    AddressFactory(customer=eva, street="Lindenweg 4", postcode="36037", city="Fulda")
    TaggingFactory(customer=eva, tag__name="Garten", tag__partner=anna)
    InterestFactory(customer=eva, what="Rosenöl")

    def told(query: str) -> tuple[str, str]:
        (row,) = as_anna.get(LIST, {"q": query}).context["rows"]
        return row.name, row.where

    assert told("haus") == ("Eva <mark>Häus</mark>ler", "")
    assert told("HAEUS eva") == ("<mark>Eva</mark> <mark>Häus</mark>ler", "")
    assert told("lavendel") == (
        "Eva Häusler",
        "Note: Mag &lt;b&gt;<mark>Lavendel</mark>&lt;/b&gt; und sonst wenig, je…",
    )
    assert told("kamm")[1] == "Salon <mark>Kamm</mark>"
    assert told("+49 171 23456")[1] == "0<mark>171 / 234 56</mark> 78"
    assert told("eva@")[1] == "<mark>eva@</mark>haus.example"
    assert told("36037")[1] == "Lindenweg 4 <mark>36037</mark> Fulda"
    assert told("garten")[1] == "Tag: <mark>Garten</mark>"
    assert told("rosenoel")[1] == "Interest: <mark>Rosenöl</mark>"


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_costs_the_same_for_any_number_of_hits(as_anna, anna, count):
    for _person in range(count + 5):
        eva = CustomerFactory(partner=anna, first_name="Eva", note="Lavendel")
        PhoneFactory(customer=eva, typed="0171 2345678")

    with costs(5):
        as_anna.get(LIST, {"q": "lavendel"})
    with costs(6):
        as_anna.get(LIST, {"q": "0171 2345678"})


@QUICK
@given(name=LETTERS.filter(lambda name: not E_AFTER_VOWEL.search(name)))
@example(name="Straße")
@example(name="Mülleröder")
def test_a_name_is_found_by_each_of_its_spellings(anna, name):
    customer = CustomerFactory(partner=anna, first_name=name)
    spellings = [
        name,
        name.upper(),
        name.lower(),
        unicodedata.normalize("NFD", name),
        unicodedata.normalize("NFC", name),
        name.replace("ß", "ss"),
        *(
            name.lower().replace("ä", umlaut[0]).replace("ö", umlaut[1]).replace("ü", umlaut[2])
            for umlaut in (("ae", "oe", "ue"), ("a", "o", "u"))
        ),
    ]

    for spelling in spellings:
        assert anna.customers.search(spelling).filter(pk=customer.pk).exists(), spelling
        assert text.fold(spelling) == text.fold(name)
    customer.delete()


@QUICK
@given(words=st.text(max_size=40))
@example(words="Straße Æsop ﬁ Ǆ ´ É́ aue ueb")
def test_what_is_marked_is_what_was_folded(words):
    folded = "".join(letter for letter, *_place in search_marks.letters(words))

    assert " ".join(folded.split()) == text.fold(words)


@QUICK
@given(words=st.text(max_size=40), wanted=st.text(min_size=1, max_size=4))
def test_marks_take_no_letter_away(words, wanted):
    marked = str(search_marks.marked(words, search_marks.spans(words, text.search_words(wanted))))

    plain = marked.replace("<mark>", "").replace("</mark>", "")
    assert plain == str(search_marks.marked(words, []))


def test_a_search_that_names_a_tag_follows_it(anna):
    tagging = TaggingFactory(customer__partner=anna, tag__name="Garten")
    refresh_search(anna, [tagging.customer_id])

    assert anna.customers.search("gart").get() == tagging.customer
