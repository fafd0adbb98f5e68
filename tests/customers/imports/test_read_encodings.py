"""How a file is written: its letters, its separators, its headings."""

import codecs

import pytest

from customers.imports import reading
from tests.customers.imports.reading_files import card, cards, codes, read

LIST = "Vorname;Nachname;Straße\r\nJürgen;Groß;Ölmühle 1\r\n"
JUERGEN = {
    "first_name": "Jürgen",
    "last_name": "Groß",
    "addresses": [{"street": "Ölmühle 1", "kind": "private"}],
}


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (LIST.encode(), "utf-8"),
        (LIST.encode("utf-8-sig"), "utf-8"),
        (LIST.encode("cp1252"), "cp1252"),
        (codecs.BOM_UTF16_LE + LIST.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + LIST.encode("utf-16-be"), "utf-16-be"),
        (LIST.encode("utf-16-le"), "utf-16-le"),
        (LIST.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_an_encoding_is_found_by_content(content, encoding):
    found = reading.sniff(content, "liste.txt")

    assert (found.encoding, found.warnings) == (encoding, [])
    assert found.header == ["Vorname", "Nachname", "Straße"]
    assert found.sample == [["Jürgen", "Groß", "Ölmühle 1"]]
    assert card(content) == JUERGEN


def test_a_byte_that_windows_does_not_know_is_read_with_a_warning():
    content = LIST.encode("cp1252") + b"A\x81;B;\r\n"
    found = reading.sniff(content, "x")

    assert (found.encoding, codes(found.warnings)) == ("latin-1", ["latin-1"])
    assert cards(content)[0] == JUERGEN


def test_one_old_line_in_a_new_file_is_read_too():
    content = LIST.encode() * 3 + "Käthe;Voß;\r\n".encode("cp1252")
    entries = read(content)

    assert codes(reading.sniff(content, "x").warnings) == ["mixed-encoding"]
    assert entries[-1].card.name == "Käthe Voß"
    assert codes(entries[-1].notes) == ["odd-letters"]
    assert entries[0].notes == []


def test_the_encoding_can_be_corrected():
    content = LIST.encode("cp1252")

    assert card(content, encoding="cp1252") == JUERGEN
    assert reading.look_again(content, "cp1252", ";", has_header=True).header[2] == "Straße"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_delimiter_is_found(delimiter):
    content = LIST.replace(";", delimiter)

    assert reading.sniff(content.encode(), "x").delimiter == delimiter
    assert card(content) == JUERGEN


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(end):
    assert card(LIST.replace("\r\n", end)) == JUERGEN


def test_a_name_with_a_comma_does_not_make_a_comma_the_delimiter():
    found = reading.sniff(b"Name;Tel\nM, Anna;1,2\nK, Berta;3,4\n", "x")

    assert (found.delimiter, found.columns) == (";", ["name", "phone"])


def test_excel_may_say_the_delimiter_itself():
    assert card(f"sep=;\r\n{LIST}") == JUERGEN


def test_lines_above_the_header_are_passed_over():
    assert card(f"Meine Kunden;;\r\n;;\r\n{LIST}") == JUERGEN


def test_a_list_without_header_is_guessed_by_what_it_holds():
    content = (
        "Anna;Meier;0661 5550;anna@example.org;36037 Fulda\nBerta;Klein;0170 5551;;36041 Fulda\n"
    )
    found = reading.sniff(content.encode(), "x")

    assert not found.has_header
    assert found.columns == [
        "first_name",
        "last_name",
        "phone",
        "email",
        "address.private.place",
    ]
    assert [one["first_name"] for one in cards(content)] == ["Anna", "Berta"]


def test_name_beside_vorname_is_the_last_name():
    assert reading.sniff(b"Name,Vorname\nKlein,Anna\n", "x").columns == ["last_name", "first_name"]


def test_an_address_beside_a_place_is_the_street():
    found = reading.sniff(b"Name;Adresse;PLZ;Ort\nAnna;Ring 5;36037;Fulda\n", "x")

    assert found.columns[1:] == [
        "address.private.street",
        "address.private.postcode",
        "address.private.city",
    ]


@pytest.mark.usefixtures("in_english")
def test_a_heading_nobody_knows_goes_into_the_note():
    assert card("Name;Lieblingstee\nAnna;Fenchel\n")["note"] == "Lieblingstee: Fenchel"


def test_headings_may_stand_there_twice():
    content = "Name;Telefon;Telefon\nAnna;0661 5550;0170 5551\n"
    (warning,) = reading.sniff(content.encode(), "x").warnings

    assert (warning.code, warning.params) == ("same-headings", {"names": "Telefon"})
    assert [phone["typed"] for phone in card(content)["phones"]] == ["0661 5550", "0170 5551"]


def test_american_days_are_known_by_one_that_cannot_be_ours():
    content = "First Name,Birthday\nAnn,04/05/1980\nBob,12/24/1961\n"
    ann, bob = cards(content)

    assert (ann["birth_day"], ann["birth_month"]) == (5, 4)
    assert (bob["birth_day"], bob["birth_month"]) == (24, 12)


def test_columns_can_be_corrected():
    content = "Name;Woher\nAnna;Markt\n"

    assert card(content, columns=["name", "tags"])["tags"] == ["Markt"]
    assert card(content, columns=["name", "own:Ort"])["own"] == {"Ort": "Markt"}
    assert card(content, columns=["name", ""]) == {"first_name": "Anna"}


def test_half_a_letter_is_no_end_of_a_line():
    content = "Vorname;Nachname\nAnna;\u0a05\u0100\n".encode("utf-16")

    assert card(content)["last_name"] == "\u0a05\u0100"
