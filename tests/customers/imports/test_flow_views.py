"""The walk: choose, look through, decide, take over, take back; twice, in two tabs, by strangers."""

import json
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from customers import import_forms
from customers.actions import importing
from customers.imports import reading
from customers.models import Import
from partners.models import Job, uuid7
from tests.customers.imports.flows import (
    BROKEN,
    card,
    everything,
    lines_of,
    plain_cards,
    read,
    take,
)
from tests.factories import CustomerFactory, ImportFactory, PhoneFactory
from tests.harness.queries import costs

__all__ = ["plain_cards"]
pytestmark = pytest.mark.usefixtures("plain_cards", "english")
START = reverse("customer-import")
State = Import.State


def url(name: str, run: Import) -> str:
    return reverse(f"customer-import-{name}", args=[run.pk])


def upload(client, *cards, row_id=None, name="phone.vcf"):
    file = SimpleUploadedFile(name, lines_of(*cards))
    return client.post(START, {"row_id": row_id or uuid7(), "file": file})


@pytest.fixture
def clara(anna):
    clara = CustomerFactory(partner=anna, first_name="Clara", last_name="Möller")
    PhoneFactory(customer=clara, typed="0661 12345")
    return clara


@pytest.fixture
def run(anna, clara) -> Import:
    """One of each kind."""
    return read(
        anna,
        card("Meike Schulz", phone="0171 5556677"),
        card("Clara Möller", phone="0661 12345", company="Bakery"),
        card("Peter Möller", phone="0661 12345"),
        card("Clara Möller", phone="0661 12345"),
        BROKEN,
    )


def test_the_walk_from_the_file_to_the_undo(as_anna, anna, clara):
    before = everything(anna)

    looked = upload(as_anna, card("Meike Schulz"), card("Peter Möller", phone="0661 12345"))
    run = anna.imports.get()
    assert looked.url == url("preview", run)
    page = as_anna.get(looked.url).content.decode()
    assert "Meike Schulz" in page
    doubt = as_anna.get(looked.url, {"show": "doubtful"}).content.decode()
    assert "The same number, but another name." in doubt

    choice = {"row": "1000000-1", "choice": "add", "show": "doubtful"}
    decided = as_anna.post(url("decide", run), choice)
    assert decided.url == url("preview", run) + "?show=doubtful"

    started = as_anna.post(url("start", run), {"tag": "Import", "stage": "prospect"})
    assert started.url == url("detail", run)
    report = as_anna.get(started.url).content.decode()
    assert "Show “Import”" in report
    assert {person.first_name for person in anna.customers.all()} == {"Clara", "Meike", "Peter"}

    as_anna.post(url("undo", run), follow=True)
    assert everything(anna) == before
    assert "Everything is as it was before." in as_anna.get(url("detail", run)).content.decode()


def test_each_kind_of_row_has_its_page(as_anna, run):
    pages = {
        "new": "Meike Schulz",
        "changed": "+ company: <bdi>Bakery</bdi>",
        "doubtful": "In your circle:",
        "same": "Clara Möller",
        "failed": "broken; row",
    }

    for verdict, said in pages.items():
        assert said in as_anna.get(url("preview", run), {"show": verdict}).content.decode()


def test_a_decision_by_htmx_answers_with_its_row_and_what_is_left(as_anna, run):
    choice = {"row": "1000000-2", "choice": "add", "show": "doubtful"}
    answer = as_anna.post(url("decide", run), choice, headers={"HX-Request": "true"})

    said = answer.content.decode()
    assert said.strip().startswith("<li") or "<li" in said[:200]
    assert "import-undecided" in said
    assert "doubtful person" not in said
    run.refresh_from_db()
    assert run.pages.get().rows[2]["choice"] == "add"


@pytest.mark.parametrize(
    "choice",
    [
        {"row": "1000000-2", "choice": "same-3"},
        {"row": "1000000-2", "choice": "sudo"},
        {"row": "1000000-3", "choice": "add"},
        {"row": "1000000-99", "choice": "add"},
        {"row": "7-0", "choice": "add"},
        {"row": "x-²", "choice": "add"},
        {"show": "same", "choice": "add"},
        {"show": "nothing", "choice": "add"},
    ],
)
def test_a_choice_that_is_none_changes_nothing(as_anna, run, choice):
    rows = run.pages.get().rows

    answer = as_anna.post(url("decide", run), choice)

    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert run.pages.get().rows == rows


def test_all_new_ones_can_be_left_out_at_once(as_anna, anna, run):
    as_anna.post(url("decide", run), {"show": "new", "choice": "skip"})
    as_anna.post(url("start", run))

    assert {person.first_name for person in anna.customers.all()} == {"Clara"}


def test_the_same_form_sent_twice_is_one_import(as_anna, anna):
    row_id = uuid7()

    first = upload(as_anna, card("Meike"), row_id=row_id)
    second = upload(as_anna, card("Meike"), row_id=row_id)

    assert first.url == second.url
    assert anna.imports.count() == 1


def test_a_second_click_on_take_over_finds_what_the_first_did(as_anna, anna, run):
    as_anna.post(url("start", run))
    before = everything(anna)

    again = as_anna.post(url("start", run))

    assert again.url == url("detail", run)
    assert everything(anna) == before
    late = as_anna.post(url("decide", run), {"show": "new", "choice": "skip"})
    assert late.url == url("detail", run)
    assert as_anna.get(url("preview", run)).url == url("detail", run)


def test_taking_back_twice_is_harmless(as_anna, anna, run):
    as_anna.post(url("start", run))
    as_anna.post(url("undo", run))
    before = everything(anna)

    again = as_anna.post(url("undo", run))

    assert again.url == url("detail", run)
    assert everything(anna) == before


def test_people_picked_in_the_phone_take_the_same_way(as_anna, anna):
    people = [
        {"name": ["Meike Schulz"], "tel": ["0171 5556677", "0171 5556677"], "email": ["m@x.de"],
         "address": [{"addressLine": ["Lindenweg 4"], "postalCode": "36037", "city": "Fulda"}]},
        {"name": [], "tel": ["0661 12345"]},
        {"name": [], "tel": [7, None], "email": "odd"},
    ]  # fmt: skip
    answer = as_anna.post(START, {"row_id": uuid7(), "picked": json.dumps(people)})
    run = anna.imports.get()

    assert answer.url == url("preview", run)
    assert (run.kind, run.counts["new"], run.counts["failed"]) == ("picked", 2, 1)
    as_anna.post(url("start", run))
    meike = anna.customers.get(first_name="Meike")
    assert [str(phone) for phone in meike.phones.all()] == ["0171 5556677"]
    assert str(meike.addresses.get()) == "Lindenweg 4, 36037 Fulda"


@pytest.mark.parametrize("posted", ["", "{", "[]", "[1]", '{"name": 1}'])
def test_what_is_no_list_of_people_is_refused_with_a_sentence(as_anna, anna, posted):
    answer = as_anna.post(START, {"row_id": uuid7(), "picked": posted})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not anna.imports.exists()


def test_a_file_too_large_is_refused_with_a_sentence(as_anna, anna, monkeypatch):
    monkeypatch.setattr(import_forms, "LARGEST", 10)

    answer = upload(as_anna, card("Meike Schulz"))

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "larger than 32 MB" in answer.content.decode()
    assert not anna.imports.exists()


def test_no_file_and_an_empty_one_are_asked_for_again(as_anna, anna):
    none = as_anna.post(START, {"row_id": uuid7()})
    empty = as_anna.post(START, {"row_id": uuid7(), "file": SimpleUploadedFile("a.csv", b"")})

    assert "Please choose a file first." in none.content.decode()
    assert "This file is empty." in empty.content.decode()
    assert not anna.imports.exists()


def test_what_cannot_be_read_is_said_at_once(as_anna, anna, monkeypatch):
    def refuse(content, name):
        raise reading.Unreadable("pdf")

    monkeypatch.setattr(reading, "sniff", refuse)

    answer = upload(as_anna, card("Meike"))

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "id_file_error" in answer.content.decode()
    assert not anna.imports.exists()
    assert not anna.files.exists()


def test_what_breaks_off_while_being_read_says_why(anna, as_anna, monkeypatch):
    def refuse(*args):
        raise reading.Unreadable("quote", line=3)

    monkeypatch.setattr(reading, "pages", refuse)
    run = read(anna, card("Meike"))

    assert run.state == State.FAILED
    assert "This file cannot be read." in as_anna.get(url("detail", run)).content.decode()


def test_rows_that_failed_can_be_downloaded_and_open_safely(as_anna, run):
    answer = as_anna.get(url("failed", run))

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="import.csv"'
    assert lines[0] == "Line;Reason;What stood there"
    assert lines[1].startswith("5;")
    assert lines[1].endswith(""";'=cmd;"broken; row\"""")


def test_a_file_that_is_not_wanted_is_forgotten(as_anna, anna, run):
    as_anna.post(url("discard", run))

    assert not anna.imports.exists()
    assert not anna.import_pages.exists()
    assert not anna.files.exists()


def test_what_was_taken_over_cannot_be_discarded(as_anna, anna, run):
    take(run)

    as_anna.post(url("discard", run))

    assert anna.imports.get() == run


def test_an_import_at_work_shows_how_far_it_came(as_anna, anna, run):
    job = Job.objects.create(partner=anna, kind=importing.TAKE, done=2, total=5)
    anna.imports.update(state=State.RUNNING, job_id=job.pk)

    page = as_anna.get(url("detail", run)).content.decode()
    assert "2 of 5" in page
    assert reverse("job-cancel", args=[job.pk]) in page
    assert url("undo", run) not in page

    Job.objects.update(state="cancelled")
    page = as_anna.get(url("detail", run)).content.decode()
    assert "Stopped half-way." in page
    assert url("undo", run) in page
    assert url("start", run) in page


@pytest.mark.parametrize("name", ["decide", "start", "undo", "discard"])
def test_only_a_post_changes_anything_and_no_strangers(as_anna, as_boris, anna, run, name):
    before = everything(anna)

    assert as_anna.get(url(name, run)).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert as_boris.post(url(name, run)).status_code == HTTPStatus.NOT_FOUND
    assert everything(anna) == before
    assert anna.imports.get().state == State.READY


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_rows_costs_as_much_for_one_as_for_three(as_anna, anna, clara, count):
    names = ["Peter", "Paul", "Petra"][:count]
    run = read(anna, *(card(f"{name} Möller", phone="0661 12345") for name in names))

    with costs(5):
        as_anna.get(url("preview", run))


@pytest.mark.parametrize("count", [1, 3])
def test_the_start_page_costs_as_much_for_one_earlier_import_as_for_three(as_anna, anna, count):
    for _number in range(count):
        ImportFactory(partner=anna, state=State.DONE)

    with costs(3):
        as_anna.get(START)
