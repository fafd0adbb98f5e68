"""Files in the database: fetched whole and by their owner alone, and gone in time."""

import datetime as dt

import pytest

from partners import clock, files, housekeeping
from partners.models import FilePart, StoredFile
from tests.factories import StoredFileFactory
from tests.harness.roles import as_app


def fetch(client, file):
    return client.get(f"/files/{file.pk}/")


def test_a_file_is_downloaded_under_its_name_and_never_opened_as_a_page(as_anna, anna):
    file = StoredFileFactory(
        partner=anna, name="Kundinnen für München.csv", content=b"<script>1</script>"
    )

    answer = fetch(as_anna, file)

    assert b"".join(answer) == b"<script>1</script>"
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''Kundinnen%20f%C3%BCr%20M%C3%BCnchen.csv"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Length"] == "18"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("in_memory", [0, 1 << 20])
def test_parts_come_in_their_order(as_anna, anna, monkeypatch, in_memory):
    monkeypatch.setattr("partners.file_views.IN_MEMORY", in_memory)
    monkeypatch.setattr(files, "PART", 3)
    file = StoredFileFactory(partner=anna, content=b"abcdefghij")

    assert file.parts.count() == 4
    assert b"".join(fetch(as_anna, file)) == b"abcdefghij"


def test_nobody_fetches_what_is_another_s_or_not_whole(as_anna, as_boris, anna):
    whole = StoredFileFactory(partner=anna)
    begun = files.begin(anna, "x.csv", "text/csv")

    assert fetch(as_boris, whole).status_code == 404
    assert fetch(as_anna, begun).status_code == 404


def test_a_file_that_has_expired_says_so(as_anna, anna, clock):
    file = StoredFileFactory(partner=anna)
    clock.shift(dt.timedelta(days=1))

    answer = fetch(as_anna, file)

    assert answer.status_code == 410
    assert "Diese Datei gibt es nicht mehr" in answer.content.decode()


def test_expired_files_go_with_all_their_parts(anna, boris, monkeypatch):
    monkeypatch.setattr(files, "PART", 2)
    monkeypatch.setattr(housekeeping, "AT_ONCE", 2)
    kept = StoredFileFactory(partner=boris)
    over = [StoredFileFactory(partner=partner, content=b"abcdef") for partner in (anna, boris)]
    never_whole = files.begin(anna, "x.csv", "text/csv")
    files.add_part(never_whole, b"x", section="ids")
    gone = [file.pk for file in [*over, never_whole]]
    StoredFile.unscoped.filter(pk__in=gone).update(expires_at=clock.now())

    with as_app():
        assert files.tidy() == 3 + 1 + 1 + 1 + 3 + 1

    assert [row.pk for row in StoredFile.unscoped_with_bin.all()] == [kept.pk]
    assert set(FilePart.unscoped_with_bin.values_list("file", flat=True)) == {kept.pk}


def test_the_rounds_of_housekeeping_tidy_files():
    assert housekeeping.tidiers["files"] is files.tidy
