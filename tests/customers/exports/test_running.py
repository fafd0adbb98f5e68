"""A file grows slice by slice, in the request or in a worker, and comes out whole."""

import csv
import datetime as dt
import gc
import io
import tracemalloc
import zipfile

import pytest
import vobject
from django.utils import timezone

from customers.exports import collect, running
from partners import files, jobs
from partners.changes import Act, update
from partners.models import Job, Partner, StoredFile
from tests.customers.exports.people import sheet_of, somebody
from tests.factories import CustomerFactory
from tests.harness.queries import costs
from tests.harness.roles import as_app
from tests.trust_factories import PermissionFactory, PersonalMailFactory

TABLE = {"columns": "everything"}


def export(partner: Partner, wish: str, **more) -> bytes:
    """Made in the request, or by workers if it is much."""
    ids = partner.customers.by_name().values_list("pk", flat=True)
    job = running.start(partner, partner.user, ids, {"format": wish, **TABLE, **more})
    while not job.is_over:
        with as_app():
            jobs.work()
        job.refresh_from_db()
    assert job.state == Job.State.DONE
    file = partner.files.get(pk=job.result["file"])
    assert file.is_complete
    content = files.content(file)
    assert file.size == len(content)
    return content


def rows(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


@pytest.fixture
def slices_of_two(monkeypatch):
    monkeypatch.setattr(collect, "BATCH", 2)
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    monkeypatch.setattr(running.everything, "AT_ONCE", 2)


def test_a_table_opens_in_a_german_excel(anna):
    somebody(anna)

    content = export(anna, "csv")

    assert content.startswith("\ufeffAnrede;Titel;Vorname;".encode())
    [leni, _mother] = rows(content)
    assert leni["Nachname"] == "Müller-Şahin"
    assert leni["Telefon 1"] == "'+49 151 23456789"
    assert leni["Eigenes: Schuhgröße"] == "38"


@pytest.mark.parametrize("wish", ["csv", "xlsx", "vcard", "vcard3", "zip"])
@pytest.mark.usefixtures("slices_of_two")
def test_many_people_are_written_by_a_worker(anna, wish):
    for number in range(5):
        CustomerFactory(partner=anna, first_name=f"Person {number}")

    content = export(anna, wish)

    assert Job.objects.get().done == 5
    assert people_in(wish, content) == [f"Person {number}" for number in range(5)]


def people_in(wish: str, content: bytes) -> list[str]:
    match wish:
        case "csv":
            return [row["Vorname"] for row in rows(content)]
        case "xlsx":
            sheet = sheet_of(content)
            return [row[2] for row in sheet.iter_rows(min_row=2, values_only=True)]
        case "zip":
            archive = zipfile.ZipFile(io.BytesIO(content))
            return people_in("csv", archive.read("kontakte.csv"))
    return [card.fn.value for card in vobject.readComponents(content.decode())]


@pytest.mark.parametrize("wish", ["csv", "xlsx", "vcard"])
@pytest.mark.usefixtures("slices_of_two")
def test_slices_and_one_piece_are_the_same_file(anna, wish, monkeypatch):
    for name in ("Ada", "Bea", "Cleo"):
        somebody(anna, name)
    in_slices = export(anna, wish)
    monkeypatch.setattr(collect, "BATCH", 500)
    monkeypatch.setattr(jobs, "AT_ONCE", 500)

    in_one = export(anna, wish)

    if wish == "xlsx":
        assert cells(in_slices) == cells(in_one)
    else:
        assert in_slices == in_one


def cells(content: bytes) -> list[tuple]:
    sheet = sheet_of(content)
    return list(sheet.iter_rows(values_only=True))


def test_a_workbook_holds_text_and_dates_and_no_formula(anna):
    somebody(anna, "=1+1", birth_year=1984, note="@SUM(A1)")

    sheet = sheet_of(export(anna, "xlsx"))
    head = [cell.value for cell in sheet[1]]
    found = dict(zip(head, sheet[2], strict=True))

    assert found["Vorname"].value == "=1+1"
    assert {cell.data_type for cell in sheet[2]} <= {"s", "n", "d", "inlineStr"}
    assert found["Telefon 1"].value == "+49 151 23456789"
    assert found["Geburtstag"].value.date() == dt.date(1984, 2, 29)
    assert (sheet.freeze_panes, sheet["A1"].font.bold) == ("A2", True)
    assert sheet.column_dimensions["A"].width > 10


def test_what_begins_like_a_formula_is_text_in_a_table(anna):
    for name in ("=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", "\tx"):
        CustomerFactory(partner=anna, first_name=name)

    assert all(row["Vorname"].startswith("'") for row in rows(export(anna, "csv")))


def test_a_letter_needs_a_name_an_address_and_how_it_begins(anna):
    somebody(anna)

    [leni, _mother] = rows(export(anna, "csv", columns="letters"))

    assert leni["Straße und Hausnummer"] == "Lindenweg 4"
    assert leni["So beginnt der Brief"] == "Liebe Frau Dr. Müller-Şahin,"


def test_everything_is_in_the_archive(anna):
    leni = somebody(anna, note="<script>alert(1)</script>")
    update(Act(anna, anna.user, "customer-edit"), leni, best_time="morgens")

    archive = zipfile.ZipFile(io.BytesIO(export(anna, "zip")))

    assert archive.testzip() is None
    assert archive.namelist() == [
        "LIESMICH.txt",
        "index.html",
        "kontakte.vcf",
        "kontakte.csv",
        "gespraeche.csv",
        "wiedervorlagen.csv",
        "schlagworte.csv",
        "eigene-felder.csv",
        "verlauf.csv",
        "profil.csv",
        "informiert.csv",
        "empfehlungen.csv",
        "referenzen.csv",
        "erlaubnisse.csv",
        "persoenliche-mails.csv",
        "anfragen.csv",
        "gespraechshilfen.csv",
        "gespeicherte-listen.csv",
        "abende.csv",
        "gaeste.csv",
        "checklisten.csv",
        "sterne.csv",
        "abend-vorlagen.csv",
        "abend-vorlagen-schritte.csv",
        "dankeschoen-stufen.csv",
        "kalender.csv",
        "kundenclub.csv",
        "kundenclub-mitglieder.csv",
        "vorteile.csv",
        "vorteile-gegeben.csv",
    ]
    page = archive.read("index.html").decode()
    assert "Ihre Tochter kommt in die Schule" in page
    assert "Katalog bringen" in page
    assert "Mutter von Anna Lena" in page
    assert "<script" not in page
    assert "http" not in page.replace("https://example.org", "")
    assert page.rstrip().endswith("</html>")
    [talk] = rows(archive.read("gespraeche.csv"))
    assert (talk["Person"], talk["Text"]) == (leni.name, "Ihre Tochter kommt in die Schule")
    [promise] = rows(archive.read("wiedervorlagen.csv"))
    assert promise["Was"] == "Katalog bringen"
    [change] = rows(archive.read("verlauf.csv"))
    assert (change["Wer"], change["Danach"]) == ("Anna Albers", '{"best_time": "morgens"}')
    assert [row["Name"] for row in rows(archive.read("eigene-felder.csv"))] == ["Schuhgröße"]
    assert len(rows(archive.read("schlagworte.csv"))) == 2


@pytest.mark.usefixtures("slices_of_two")
def test_the_history_is_whole_and_nothing_comes_twice(anna):
    for customer in CustomerFactory.create_batch(3, partner=anna):
        act = Act(anna, anna.user, "customer-edit")
        for number in range(3):
            update(act, customer, note=f"{number}")

    archive = zipfile.ZipFile(io.BytesIO(export(anna, "zip")))

    found = [(row["Nummer der Zeile"], row["Danach"]) for row in rows(archive.read("verlauf.csv"))]
    assert len(found) == len(set(found)) == 9


def test_a_circle_without_anybody_is_an_archive_too(anna):
    archive = zipfile.ZipFile(io.BytesIO(export(anna, "zip")))

    assert archive.testzip() is None
    assert rows(archive.read("kontakte.csv")) == []


@pytest.mark.usefixtures("slices_of_two")
def test_what_is_meant_is_written_down_at_the_start(anna):
    one, two, three = CustomerFactory.create_batch(3, partner=anna)
    ids = [three.pk, one.pk, two.pk]
    job = running.start(anna, anna.user, ids, {"format": "csv", **TABLE})
    CustomerFactory(partner=anna)
    anna.customers.filter(pk=one.pk).update(deleted_at=timezone.now())
    with as_app():
        jobs.work()
    job.refresh_from_db()

    content = files.content(anna.files.get(pk=job.result["file"]))

    assert [row["Vorname"] for row in rows(content)] == [three.first_name, two.first_name]
    assert "first" not in str(job.cursor)


@pytest.mark.usefixtures("slices_of_two")
def test_a_cancelled_export_leaves_no_file_to_fetch(anna):
    CustomerFactory.create_batch(3, partner=anna)
    ids = anna.customers.values_list("pk", flat=True)
    job = running.start(anna, anna.user, ids, {"format": "csv", **TABLE})

    assert jobs.cancel(anna, job.pk)
    with as_app():
        jobs.work()

    assert not StoredFile.unscoped.filter(is_complete=True).exists()


@pytest.mark.usefixtures("slices_of_two")
def test_a_worker_that_dies_in_a_slice_doubles_nothing(anna, monkeypatch):
    CustomerFactory.create_batch(5, partner=anna)
    ids = list(anna.customers.by_name().values_list("pk", flat=True))
    job = running.start(anna, anna.user, ids, {"format": "xlsx", **TABLE})
    whole, calls = running.xlsx.rows, []

    def dies_once(*args):
        calls.append(args)
        if len(calls) == 2:
            raise ZeroDivisionError
        return whole(*args)

    monkeypatch.setattr(running.xlsx, "rows", dies_once)
    with as_app():
        jobs.work()
        Job.objects.update(next_attempt_at=None)
        jobs.work()
    job.refresh_from_db()

    content = files.content(anna.files.get(pk=job.result["file"]))

    assert len(people_in("xlsx", content)) == 5
    assert len(calls) == 4


@pytest.mark.parametrize("wish", ["csv", "xlsx", "vcard", "zip"])
def test_a_slice_costs_the_same_however_many_are_in_it(anna, wish):
    somebody(anna)
    with costs(COSTS[wish]):
        slice_of(anna, wish)
    somebody(anna, "Bea")
    somebody(anna, "Cleo")
    with costs(COSTS[wish]):
        slice_of(anna, wish)


COSTS = {"csv": 25, "xlsx": 32, "vcard": 20, "zip": 96}


def slice_of(partner: Partner, wish: str) -> None:
    ids = list(partner.customers.values_list("pk", flat=True))
    running.start(partner, partner.user, ids, {"format": wish, **TABLE})


@pytest.mark.usefixtures("slices_of_two")
@pytest.mark.parametrize("wish", ["xlsx", "zip"])
def test_memory_stays_flat_however_many_slices_there_are(anna, wish, monkeypatch):
    for number in range(12):
        person = CustomerFactory(partner=anna, first_name=f"Person {number}", note="x" * 5000)
        PersonalMailFactory(customer=person, text="x" * 5000)
        PermissionFactory.create_batch(3, partner=anna, customer=None, text="x" * 5000)
    ids = list(anna.customers.values_list("pk", flat=True))
    monkeypatch.setattr(jobs, "let_others_write", gc.collect)
    peaks = []
    for count in (2, 12):
        job = running.start(anna, anna.user, ids[:count] * 3, {"format": wish, **TABLE})
        tracemalloc.start()
        while not job.is_over:
            with as_app():
                jobs.work()
            job.refresh_from_db()
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < peaks[0] * 1.5
