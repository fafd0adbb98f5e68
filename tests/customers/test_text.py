"""Names and numbers as they are stored, and as they are compared."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers import text
from tests.factories import AddressFactory, CustomerFactory, EmailFactory, PhoneFactory


@pytest.mark.parametrize(
    "spelling",
    [
        "Müller",
        "MÜLLER",
        "Mueller",
        "muller",
        "Mu\u0308ller",
        " müller ",
        "Mül\u00adler",
        "Mül\u200bler",
    ],
)
def test_one_name_in_all_its_spellings(spelling):
    assert text.fold(spelling) == "muller"


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Groß", "gross"),
        ("GROẞ", "gross"),
        ("René Lefèvre", "rene lefevre"),
        ("Łukasz", "lukasz"),
        ("Søren Ærø", "soren aro"),
        ("İpek", "ipek"),
        ("℡", "tel"),
        ("山田", "山田"),
        ("👩‍🌾 Eva", "👩🌾 eva"),
        ("a\x00b\tc", "ab c"),
    ],
)
def test_accents_and_case_fall_away(typed, folded):
    assert text.fold(typed) == folded


@given(st.text())
def test_how_a_text_is_encoded_makes_no_difference(typed):
    forms = {text.fold(unicodedata.normalize(form, typed)) for form in ("NFC", "NFD")}

    assert forms == {text.fold(typed)}


@given(st.text(st.characters(max_codepoint=0x17F)))
def test_case_makes_no_difference(typed):
    assert text.fold(typed.upper()) == text.fold(typed.lower()) == text.fold(typed)


@given(st.text())
def test_what_is_folded_has_no_edges_and_no_doubled_spaces(typed):
    assert text.fold(typed) == " ".join(text.fold(typed).split())


def test_a_line_stays_one_line_and_cannot_turn_around():
    assert text.line(" Anna\r\nBcc: all\u202egnp\u2066\x00 ") == "Anna Bcc: allgnp"


def test_prose_keeps_its_lines():
    assert text.clean("one\r\ntwo\rthree\x00\x1b\u202e\n") == "one\ntwo\nthree"


@pytest.mark.parametrize("typed", ["\u200b", "\u200e \u00ad", "\u0301", "\x00"])
def test_what_nobody_can_see_is_nothing(typed):
    assert text.line(typed) == ""


@pytest.mark.parametrize("typed", ["😀", "שרה", "ZQ\u200dX", "Zoe\u0308"])
def test_emoji_foreign_and_composed_letters_are_kept(typed):
    assert text.line(typed) == unicodedata.normalize("NFC", typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0661 12345", "+4966112345"),
        ("+49 (0) 661 / 123-45", "+4966112345"),
        ("0049 661 12345", "+4966112345"),
        ("+43 660 1234567", "+436601234567"),
        ("12", ""),
        ("ask her sister", ""),
        ("9" * 60, ""),
    ],
)
def test_a_number_is_stored_as_it_is_dialled(typed, number):
    assert text.e164(typed) == number


def test_numbers_are_shown_as_people_here_write_them():
    assert text.national("+493023125100") == "030 23125100"
    assert text.national("+436601234567").startswith("+43 660")
    assert text.national("her sister's") == "her sister's"


FOUND = {
    "name": [
        "Petra",
        "petra",
        "PETRA",
        "mull",
        "Mueller",
        "MÜLLER",
        "Mu\u0308ller",
        "müller petra",
    ],
    "number": [
        "030 23125-100",
        "03023125100",
        "+49 30 23125100",
        "0049 30 23125",
        "+49 (0)30 23125",
        "23125 100",
        "petra 030 231",
    ],
    "address": ["Fulda", "36037", "36037 fulda", "Lindenweg 4", "petra fulda", "lindenweg petra"],
    "mail": ["petra@example.org", "PETRA@", "@example.org"],
    "nothing": ["", "  ", "\x00", "+"],
}


@pytest.mark.parametrize("query", [query for queries in FOUND.values() for query in queries])
def test_a_person_is_found_by_every_spelling(anna, query):
    petra = CustomerFactory(partner=anna, first_name="Petra", last_name="Müller")
    PhoneFactory(customer=petra, typed="030 23125 100")
    EmailFactory(customer=petra, typed="petra@example.org")
    AddressFactory(customer=petra)

    assert list(anna.customers.search(query)) == [petra]


@pytest.mark.parametrize(
    "query", ["%", "_", "\\", "Pet%", "P_tra", "'", '"', "petra fulda", "0661", "x" * 10_000]
)
def test_nobody_is_found_by_what_nobody_has(anna, query):
    CustomerFactory(partner=anna, first_name="Petra", last_name="Müller")

    assert list(anna.customers.search(query)) == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("Lindenweg 4, 36037", ["lindenweg", "4", "36037"]),
        ("0661 12345, Fulda", ["66112345", "fulda"]),
        ("(Dr. „Meyer“; Fulda!)", ["dr", "meyer", "fulda"]),
        ("O'Neil - Müller-Lüdenscheidt", ["o'neil", "muller-ludenscheidt"]),
    ],
)
def test_what_divides_words_is_not_searched_for(query, words):
    assert text.search_words(query) == words


@pytest.mark.parametrize("name", ["100%", "a_b", "back\\slash", "O'Brien", '"Bine"'])
def test_special_characters_are_searched_as_they_are(anna, name):
    odd = CustomerFactory(partner=anna, first_name=name)
    CustomerFactory(partner=anna, first_name="100 aXb backslash OBrien Bine")

    assert list(anna.customers.search(name)) == [odd]


def test_a_query_of_a_thousand_words_is_cut(anna):
    assert len(text.search_words("a " * 1000)) == 8


def test_search_sees_only_ones_own(anna, boris):
    CustomerFactory(partner=boris, first_name="Petra")

    assert list(anna.customers.search("petra")) == []


def test_a_tag_is_found_the_way_it_is_shown():
    assert text.search_words("#Gartenverein") == text.search_words("Gartenverein")
    assert not text.search_words("#")
