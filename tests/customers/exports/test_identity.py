"""What leaves comes back: any card in any form, and a whole circle through the real files."""

import csv
import datetime as dt
import io
import zipfile

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from customers.cards import Card, Number
from customers.exports import collect, running, tables, vcard, xlsx
from customers.imports import reading
from partners import files
from tests.customers.exports.people import sheet_of, somebody
from tests.customers.imports.people import people
from tests.customers.imports.reading_files import cards
from tests.factories import CustomerFactory

PEOPLE = st.lists(people(), min_size=1, max_size=4)
EXAMPLES = settings(max_examples=30, deadline=None)
TEXTS = st.lists(st.text(max_size=20), min_size=1, max_size=5)


def exported(partner, wish: str) -> bytes:
    ids = partner.customers.by_name().values_list("pk", flat=True)
    job = running.start(partner, partner.user, ids, {"format": wish, "columns": "everything"})
    return files.content(partner.files.get(pk=job.result["file"]))


def circle(partner) -> list[dict]:
    ids = partner.customers.by_name().values_list("pk", flat=True)
    return [collect.card(row).as_json() for row in collect.customers(partner, ids)]


@pytest.fixture
def odd_people(anna):
    somebody(anna, "Erika")
    somebody(anna, "=cmd|' /C calc'!A0", last_name="+Plus", birth_year=1984, birth_day=28)
    somebody(anna, "Blumen, Meier & Söhne", is_business=True, last_name="")
    CustomerFactory(partner=anna, first_name="😀 Zoë", note="'=1\n@SUM(1)\n\\n ; , |", uid="x;y,z")
    return anna


def test_a_circle_comes_back_from_each_kind_of_file(odd_people):
    for wish in ("csv", "xlsx", "vcard", "vcard3"):
        assert cards(exported(odd_people, wish)) == circle(odd_people), wish


def test_a_circle_comes_back_from_the_archive_with_everything(odd_people):
    archive = zipfile.ZipFile(io.BytesIO(exported(odd_people, "zip")))

    assert cards(archive.read("kontakte.csv")) == circle(odd_people)
    assert cards(archive.read("kontakte.vcf")) == circle(odd_people)


# --- tables ------------------------------------------------------------------------------------


@EXAMPLES
@given(PEOPLE, st.booleans())
def test_a_table_of_anybody_comes_back(everyone, german):
    columns = reading.columns_for(everyone)
    header = [column[1 + german] for column in columns]
    rows = [header, *(reading.own_row(card, columns, german) for card in everyone)]

    written = tables.BOM + tables.write(rows, german=german)

    assert cards(written) == [card.as_json() for card in everyone]


@EXAMPLES
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_no_cell_of_a_table_begins_a_formula(rows):
    written = tables.write(rows, german=True)

    found = list(csv.reader(io.StringIO(written, newline=""), delimiter=";"))
    assert not any(cell[:1] in set("=+-@\t\r") for row in found for cell in row if cell)
    unguarded = [[reading.unguarded(cell) for cell in row] for row in found]
    assert unguarded == [row for row in rows if row]


# --- workbooks ---------------------------------------------------------------------------------


def workbook(*rows) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, said in xlsx.around("A & <B>").items():
            archive.writestr(name, said)
        sheet = xlsx.begin([str(number) for number in range(60)]) + xlsx.rows(2, rows) + xlsx.END
        archive.writestr(xlsx.SHEET, sheet)
    return content.getvalue()


SEEN = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")


@EXAMPLES
@given(st.lists(st.text(SEEN, min_size=1, max_size=20), min_size=1, max_size=60))
def test_every_cell_of_a_workbook_is_the_text_that_was_meant(row):
    sheet = sheet_of(workbook(row))

    found = list(sheet[2])[: len(row)]
    assert [cell.value for cell in found] == row
    assert all(cell.data_type in {"s", "inlineStr"} for cell in found)


@given(st.dates(dt.date(1900, 3, 1), dt.date(2100, 12, 31)))
@EXAMPLES
def test_a_date_is_a_date(day):
    sheet = sheet_of(workbook([day]))

    assert sheet["A2"].value.date() == day


def test_an_early_date_that_excel_would_move_is_text():
    sheet = sheet_of(workbook([dt.date(1900, 2, 28)]))

    assert sheet["A2"].value == "1900-02-28"


def test_what_xml_cannot_say_is_left_out():
    sheet = sheet_of(workbook(["a\x00\x0bb\ud800", "x" * 40_000]))

    assert sheet["A2"].value == "ab"
    assert len(sheet["B2"].value) == xlsx.LONGEST


# --- cards -------------------------------------------------------------------------------------


@EXAMPLES
@given(PEOPLE, st.sampled_from(["4.0", "3.0"]))
def test_another_library_reads_our_cards(everyone, version):
    written = vcard.write(everyone, version)

    assert max(len(line.encode()) for line in written.split("\r\n")) <= 75
    found = list(vobject.readComponents(written))
    assert [card.version.value for card in found] == [version] * len(everyone)
    assert [card.fn.value for card in found] == [card.name for card in everyone]
    assert [len(card.contents.get("tel", [])) for card in found] == [
        len(card.phones) for card in everyone
    ]


def written(version: str = "4.0", **fields) -> list[str]:
    return vcard.write([Card(first_name="Anna", **fields)], version).split("\r\n")


def test_a_birthday_without_year():
    born = {"birth_day": 12, "birth_month": 4}

    assert "BDAY:--0412" in written(**born)
    assert "BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12" in written("3.0", **born)
    assert "BDAY:19840412" in written(birth_year=1984, **born)
    assert "BDAY:1984-04-12" in written("3.0", birth_year=1984, **born)


def test_a_number_with_a_name_of_its_own_is_understood_by_apple_and_google():
    phones = [Number("0661 1", "home", "Ferienhaus", is_preferred=True), Number("0171 2")]

    assert [line for line in written(phones=phones) if "TEL" in line or "LABEL" in line] == [
        "item1.TEL;TYPE=home;PREF=1:0661 1",
        "item1.X-ABLABEL:Ferienhaus",
        "TEL;TYPE=cell:0171 2",
    ]
    assert "item1.TEL;TYPE=home,pref:0661 1" in written("3.0", phones=phones)


def test_nothing_typed_ends_a_line_or_a_card():
    lines = written(note="a\r\nEND:VCARD\nBEGIN:VCARD\u2028x\x0bEND:VCARD\rb")

    assert lines.count("END:VCARD") == 1
    assert len("\n".join(lines).splitlines()) == len(lines) - 1


def test_a_line_has_75_octets_at_most_and_is_never_folded_inside_a_character():
    for shift in range(4):
        lines = written(note="x" * shift + "😀" * 40)
        assert max(len(line.encode()) for line in lines) <= 75
        assert "".join(line.lstrip() for line in lines).count("😀") == 40
