"""Excel workbooks: what people keep in them, and what is made to burst."""

import datetime as dt
import io
import subprocess
import sys
import zipfile

import pytest
from django.conf import settings

from customers.imports import reading
from customers.imports.reading import workbooks
from tests.customers.imports.reading_files import card, cards, read, saved, workbook

HEAD = ("Name", "Telefon", "Geburtstag", "PLZ", "Ort")


def refused(content: bytes) -> str:
    with pytest.raises(reading.Unreadable) as refusal:
        reading.sniff(content, "x.xlsx")
    return refusal.value.code


def changed(content: bytes, name: str, text: bytes) -> bytes:
    """The workbook with another text in place of one of its members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", 8) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, text if entry.filename == name else old.read(entry))
    return buffer.getvalue()


def test_dates_numbers_and_zeros_are_what_people_see():
    book = workbook(
        HEAD,
        ("Müller, Anna", 49151123456.0, dt.date(1980, 4, 12), 1067, "Dresden"),
        ("Berta Klein", "0661 5550", dt.datetime.fromisoformat("2026-04-12"), "01067", "Dresden"),
    )
    book["Kunden"]["D2"].number_format = "00000"
    book["Kunden"]["C3"].number_format = "d. mmm"
    anna, berta = cards(saved(book))

    place = {"postcode": "01067", "city": "Dresden", "kind": "private"}
    assert anna == {
        "first_name": "Anna",
        "last_name": "Müller",
        "birth_day": 12,
        "birth_month": 4,
        "birth_year": 1980,
        "phones": [{"typed": "49151123456", "kind": "mobile"}],
        "addresses": [place],
    }
    assert berta == {
        "first_name": "Berta",
        "last_name": "Klein",
        "birth_day": 12,
        "birth_month": 4,
        "phones": [{"typed": "0661 5550", "kind": "home"}],
        "addresses": [place],
    }


def test_the_sheet_with_most_rows_is_read_and_rows_keep_their_number():
    book = workbook(("Deckblatt",))
    sheet = book.create_sheet("Kunden")
    for row in (("Vorname", "Notiz"), (), ("Anna", "a\nb"), (), ("Berta", "#N/A")):
        sheet.append(row)
    entries = read(saved(book))

    assert [(entry.number, entry.card.first_name) for entry in entries] == [
        (3, "Anna"),
        (5, "Berta"),
    ]
    assert reading.sniff(saved(book), "x").kind == "xlsx"


def test_a_cell_far_out_costs_nothing():
    book = workbook(("Name", "Ort"), ("Anna", "Fulda"))
    book["Kunden"]["XFD1048576"] = "weit draußen"

    assert reading.xlsx_to_csv(saved(book)) == b"Name,Ort\nAnna,Fulda\n"


def test_formulas_in_cells_stay_text():
    book = workbook(("Name", "Notiz"), ("Anna", None))
    book["Kunden"]["B2"].value, book["Kunden"]["B2"].data_type = "=1+1", "s"

    assert card(saved(book))["note"] == "=1+1"


def test_an_empty_workbook_is_empty():
    assert refused(saved(workbook())) == "empty"


def test_entities_are_refused():
    content = saved(workbook(HEAD, ("Anna",)))
    lol = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'

    assert refused(changed(content, "xl/worksheets/sheet1.xml", lol)) == "entities"


def test_a_bomb_is_refused_before_it_is_unpacked():
    content = saved(workbook(HEAD, ("Anna",)))

    assert refused(changed(content, "xl/worksheets/sheet1.xml", b" " * (60 << 20))) == "burst"
    assert refused(changed(content, "xl/worksheets/sheet1.xml", b" " * (20 << 20))) == "burst"


def test_more_members_than_a_workbook_has_are_refused():
    buffer = io.BytesIO(saved(workbook(HEAD, ("Anna",))))
    with zipfile.ZipFile(buffer, "a") as archive:
        for at in range(200):
            archive.writestr(f"xl/{at}.xml", "x")

    assert refused(buffer.getvalue()) == "burst"


def test_a_damaged_workbook_is_refused():
    content = saved(workbook(HEAD, ("Anna",)))

    assert refused(changed(content, "xl/workbook.xml", b"<workbook")) == "broken-workbook"
    assert refused(content[:-40]) == "broken-workbook"


def test_the_child_has_memory_of_its_own_and_no_more():
    """Within the limits of the directory, and still too much for the child."""
    content = saved(workbook(HEAD, ("Anna",)))
    start = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"ab" * (12 << 20)
    end = b"</t></is></c></row></sheetData></worksheet>"
    small = "import customers.imports.workbook as w; w.MEMORY = 120 << 20; w.main()"
    done = subprocess.run(
        [sys.executable, "-c", small],
        input=changed(content, "xl/worksheets/sheet1.xml", start + cell + end),
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=False,
    )

    assert workbooks.REASONS[done.returncode] == "burst"
