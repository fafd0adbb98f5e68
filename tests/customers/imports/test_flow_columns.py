"""Tables: the columns are guessed, shown beside their first rows, and can be corrected."""

from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from customers.imports.content import Content
from customers.models import Import
from partners import files
from partners.models import uuid7
from tests.customers.imports.flows import everything, undo
from tests.factories import OwnFieldFactory

pytestmark = pytest.mark.usefixtures("english")
START = reverse("customer-import")
TABLE = """Vorname;Nachname;Handy;Geburtstag;Ort;Schuhgröße
Meike;Schulz;0171 5550001;12.4.1980;Fulda;38
Jürgen;Falk;0171 5550002;;Kassel;44
"""


def url(name: str, run: Import) -> str:
    return reverse(f"customer-import-{name}", args=[run.pk])


@pytest.fixture
def run(as_anna, anna) -> Import:
    file = SimpleUploadedFile("liste.csv", TABLE.encode("cp1252"))
    answer = as_anna.post(START, {"row_id": uuid7(), "file": file})
    run = anna.imports.get()
    assert answer.url == url("columns", run)
    return run


def as_shown(page) -> dict[str, str]:
    """What the form would send if nobody touched it."""
    form = page.context["form"]
    said = {name: form[name].value() for name in form.fields}
    said["has_header"] = "on" if said["has_header"] else None
    return {name: value for name, value in said.items() if value is not None}


def test_one_button_goes_on_with_what_was_guessed(as_anna, anna, run):
    page = as_anna.get(url("columns", run))
    assert "Meike" in page.content.decode()
    assert "Jürgen" in page.content.decode()

    answer = as_anna.post(url("columns", run), as_shown(page))
    assert answer.url == url("preview", run)
    as_anna.post(url("start", run))

    meike, juergen = anna.customers.order_by("-sort_name")
    assert (meike.name, meike.birth_year, meike.city) == ("Meike Schulz", 1980, "Fulda")
    assert juergen.name == "Jürgen Falk"
    assert "38" in meike.note


def test_a_column_can_hold_a_field_of_ones_own(as_anna, anna, run):
    OwnFieldFactory(partner=anna, name="Shoe size")
    wish = as_shown(as_anna.get(url("columns", run))) | {
        "column-4": "",
        "column-5": "own:Shoe size",
    }

    as_anna.post(url("columns", run), wish)
    as_anna.post(url("start", run))

    assert {value.text for value in anna.own_values.all()} == {"38", "44"}
    assert anna.ownfields.get().name == "Shoe size"
    assert not any(anna.customers.values_list("city", flat=True))


def test_another_encoding_is_shown_at_once(as_anna, run):
    asked = {"encoding": "mac-roman", "delimiter": ";", "has_header": "on"}

    answer = as_anna.get(
        url("columns", run), asked, headers={"HX-Request": "true", "HX-Target": "columns"}
    )

    said = answer.content.decode()
    assert said.strip().startswith('<div id="columns">')
    assert "Jürgen" not in said
    assert "Vorname" in said


def test_without_a_header_the_first_line_is_somebody(as_anna, run):
    said = as_anna.get(
        url("columns", run), {"encoding": "cp1252", "delimiter": ";"}
    ).content.decode()

    assert "Column 1" in said
    assert ">Vorname<" in said


def test_a_wrong_delimiter_makes_one_column_and_can_be_put_right(as_anna, run):
    asked = {"encoding": "cp1252", "delimiter": "|", "has_header": "on", "again": "1"}

    wrong = as_anna.post(url("columns", run), asked)
    right = as_anna.post(url("columns", run), asked | {"delimiter": ";"})

    assert len(wrong.context["columns"]) == 1
    assert len(right.context["columns"]) == 6
    assert Import.unscoped.get().state == Import.State.MAPPING


def test_a_table_without_a_name_is_asked_about(as_anna, anna, run):
    page = as_anna.get(url("columns", run))
    empty = {name: "" for name in as_shown(page) if name.startswith("column-")}

    answer = as_anna.post(url("columns", run), as_shown(page) | empty)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "which column holds the name" in answer.content.decode()
    assert not anna.import_pages.exists()


@pytest.mark.parametrize("asked", [{"encoding": "rot13", "delimiter": "xyz"}, {"encoding": "\0"}])
def test_settings_that_are_none_change_nothing(as_anna, anna, run, asked):
    shown = as_anna.get(url("columns", run), asked)
    sent = as_anna.post(url("columns", run), as_shown(shown) | asked)

    assert shown.status_code == HTTPStatus.OK
    assert sent.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not anna.import_pages.exists()


def test_columns_can_be_corrected_after_a_look_at_the_people(as_anna, anna, run):
    as_anna.post(url("columns", run), as_shown(as_anna.get(url("columns", run))))
    before = everything(anna)
    page = as_anna.get(url("columns", run))
    turned = as_shown(page) | {"column-0": "last_name", "column-1": "first_name"}

    as_anna.post(url("columns", run), turned)
    as_anna.post(url("start", run))

    assert {person.name for person in anna.customers.all()} == {"Schulz Meike", "Falk Jürgen"}
    run.refresh_from_db()
    undo(run)
    assert everything(anna) == before


def test_strangers_see_no_columns(as_boris, run):
    assert as_boris.get(url("columns", run)).status_code == HTTPStatus.NOT_FOUND
    assert as_boris.post(url("columns", run)).status_code == HTTPStatus.NOT_FOUND


def test_of_a_large_file_only_the_wanted_parts_are_read(anna):
    whole = bytes(range(256)) * 9000
    content = Content(files.store(anna, "large", "text/csv", whole))

    assert len(content) == len(whole)
    for start, stop in ((0, 10), (1 << 20, (1 << 20) + 5), ((1 << 20) - 3, (2 << 20) + 3)):
        assert content[start:stop] == whole[start:stop]
    assert content[len(whole) - 2 : len(whole) + 50] == whole[-2:]
    assert content[len(whole) :] == b""
    assert content[:] == whole
