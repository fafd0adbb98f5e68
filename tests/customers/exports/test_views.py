"""The pages: whom, as what, at once or by a worker, and onto paper."""

import csv
import datetime as dt
import io

import pytest

from customers.exports import collect
from partners import jobs
from partners.models import Job
from tests.factories import AddressFactory, CustomerFactory, PhoneFactory
from tests.harness.queries import costs
from tests.harness.roles import as_app

pytestmark = pytest.mark.usefixtures("english", "clock")

EXPORT, LABELS, CARDS = (f"/customers/export/{page}" for page in ("", "labels/", "cards/"))


def person(partner, first_name, *, born=None, **fields):
    day = {"birth_day": born.day, "birth_month": born.month} if born else {}
    return CustomerFactory(partner=partner, first_name=first_name, **day, **fields)


def body(response) -> str:
    return response.content.decode()


def names(response) -> list[str]:
    text = b"".join(response).decode("utf-8-sig")
    return [row["First name"] for row in csv.DictReader(io.StringIO(text, newline=""))]


def download(client, **typed):
    return client.post(EXPORT, {"format": "csv", **typed}, follow=True)


def test_everybody_comes_at_once(as_anna, anna, boris):
    person(anna, "Bea")
    person(anna, "Ada")
    person(boris, "Stranger")

    answer = download(as_anna)

    assert names(answer) == ["Ada", "Bea"]
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert not Job.objects.exists()


def test_a_selection_by_ids_or_by_a_question_to_the_list(as_anna, anna, boris):
    ada, _bea = person(anna, "Ada", stage="regular"), person(anna, "Bea")
    stranger = person(boris, "Stranger")

    assert names(download(as_anna, ids=f"{ada.pk},{stranger.pk}")) == ["Ada"]
    assert names(download(as_anna, query="stage=regular")) == ["Ada"]
    page = body(as_anna.get(EXPORT, {"ids": str(ada.pk)}))
    assert "Your selection <span" in page
    assert "Download 1 person" in page


def test_the_list_may_hand_its_selection_over_by_post(as_anna, anna):
    ids = [str(person(anna, name).pk) for name in ("Ada", "Bea")]
    person(anna, "Cleo")

    page = as_anna.post(EXPORT, {"ids": ids})

    assert page.status_code == 200
    assert "Download 2 people" in body(page)


def test_a_selection_stays_at_hand_while_another_is_chosen(as_anna, anna):
    ada = person(anna, "Ada")

    page = body(as_anna.get(EXPORT, {"ids": str(ada.pk), "people": "all"}))

    assert f'name="ids" value="{ada.pk}"' in page
    assert 'value="all" aria-pressed="true"' in page


@pytest.mark.parametrize("month", [11, 12])
def test_birthdays_of_the_next_month_are_one_tap_away(as_anna, anna, clock, month):
    clock.move_to(dt.datetime(2026, month, 15, tzinfo=dt.UTC))
    soon = dt.date(2000, month % 12 + 1, 9)
    person(anna, "Late", born=soon.replace(day=28))
    person(anna, "Early", born=soon)
    person(anna, "Now", born=dt.date(2000, month, 16))

    assert names(download(as_anna, people="birthdays")) == ["Early", "Late"]


def test_nobody_is_no_file(as_anna, anna):
    person(anna, "Eva")

    answer = as_anna.post(EXPORT, {"format": "csv", "people": "birthdays"})

    assert answer.status_code == 422
    assert "There is nobody in it yet." in body(answer)


@pytest.mark.parametrize("typed", [{"format": "exe"}, {"format": "csv", "columns": "secret"}])
def test_what_nobody_offers_is_not_made(as_anna, anna, typed):
    person(anna, "Ada")

    assert as_anna.post(EXPORT, typed).status_code == 422
    assert not anna.files.exists()


def test_many_are_written_by_a_worker_and_then_lie_ready(as_anna, anna, monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    monkeypatch.setattr(collect, "BATCH", 2)
    for name in ("Ada", "Bea", "Cleo"):
        person(anna, name)

    page = as_anna.post(EXPORT, {"format": "csv"}, follow=True)

    job = Job.objects.get()
    assert "Your file is being made" in body(page)
    assert "0 of 3" in body(page)
    with as_app():
        jobs.work()
    page = as_anna.get(EXPORT)
    job.refresh_from_db()
    address = f"/files/{job.result['file']}/"
    assert address in body(page)
    assert names(as_anna.get(address)) == ["Ada", "Bea", "Cleo"]
    assert EXPORT in body(as_anna.get(f"/jobs/{job.pk}/"))


def test_the_same_asked_twice_is_made_once(as_anna, anna, monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 1)
    for name in ("Ada", "Bea"):
        person(anna, name)

    for _click in range(2):
        as_anna.post(EXPORT, {"format": "csv"})
    assert (Job.objects.count(), anna.files.count()) == (1, 1)

    as_anna.post(EXPORT, {"format": "xlsx"})
    assert Job.objects.count() == 2


def test_everything_is_one_tap_away_from_the_settings(as_anna, anna):
    person(anna, "Ada")

    assert f"{EXPORT}#everything" in body(as_anna.get("/settings/"))
    answer = as_anna.post(EXPORT, {"format": "zip"}, follow=True)

    assert answer.headers["Content-Type"] == "application/zip"
    assert "my-circle-2026-11-23.zip" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("page", [EXPORT, LABELS, CARDS])
def test_a_page_costs_the_same_for_one_and_for_three(as_anna, anna, page):
    for _round in range(3):
        customer = person(anna, "Ada", born=dt.date(2000, 12, 1))
        AddressFactory(customer=customer)
        PhoneFactory(customer=customer)
        as_anna.get(page)
        with costs(COSTS[page]):
            assert as_anna.get(page).status_code == 200


COSTS = {EXPORT: 5, LABELS: 6, CARDS: 7}


# --- paper -------------------------------------------------------------------------------------


def test_labels_are_a_pdf(as_anna, anna):
    AddressFactory(customer=person(anna, "Ada"))

    answer = as_anna.post(LABELS, {"start": "5", "families": "on"})

    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="labels.pdf"'


def test_who_has_no_address_is_named_and_can_get_one(as_anna, anna):
    ada = person(anna, "Ada")

    page = body(as_anna.get(LABELS))

    assert "0 people have an address." in page
    assert f"/customers/{ada.pk}/edit/?next=/customers/export/labels/" in page
    assert as_anna.post(LABELS, {"start": "1"}).status_code == 200, "nothing to print, no PDF"


def test_a_label_that_is_on_no_sheet_is_refused(as_anna, anna):
    AddressFactory(customer=person(anna, "Ada"))

    assert as_anna.post(LABELS, {"start": "25"}).status_code == 422


def test_the_card_list_tells_where_to_and_why_and_nothing_private(as_anna, anna):
    ada = person(anna, "Ada", born=dt.date(2000, 12, 3), birth_year=1966, note="Is ill", rank="A")
    AddressFactory(customer=ada)
    PhoneFactory(customer=ada)

    page = body(as_anna.get(CARDS, {"people": "birthdays"}))

    assert "Lindenweg 4" in page
    assert "Birthday on 3 December, turns 60" in page
    assert "informal" in page
    assert "Is ill" not in page
    assert "23125" not in page


def test_a_birthday_that_was_this_year_is_the_one_of_the_next(as_anna, anna):
    person(anna, "Ada", born=dt.date(2000, 2, 29), birth_year=1996)

    assert "Birthday on 29 February, turns 31" in body(as_anna.get(CARDS))


def test_nobody_can_be_taken_along_from_an_empty_circle(as_anna, anna):
    html = body(as_anna.get(EXPORT))

    assert "There is nobody to take along yet." in html
    assert "Download 0 people" not in html
    assert "Everybody" not in html
    assert "Make the ZIP" in html


def test_an_empty_group_says_so_and_offers_no_file_of_nobody(as_anna, anna):
    person(anna, "Eva")

    html = body(as_anna.get(EXPORT, {"people": "birthdays"}))

    assert "There is nobody in it yet. Choose somebody else above." in html
    assert "Download 0 people" not in html
    assert "Everybody" in html
