"""A circle from the phone book to the archive: nothing is lost, and everything can be taken back."""

import zipfile

import pytest
from playwright.sync_api import expect

from tests.e2e.circle import PHONE_BOOK, Keeper
from tests.factories import PASSWORD
from tests.harness.browser import LAPTOP, PHONE, visitor

FULDA = "Bekannte in 36037"


@pytest.fixture
def demo(embedded_stack):
    embedded_stack.environment["DEMO"] = "1"
    embedded_stack.start()
    return embedded_stack


@pytest.mark.parametrize("look", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_a_phone_book_comes_in_is_kept_and_leaves_whole(demo, browser, tmp_path, look):
    with visitor(browser, demo.base_url, look) as window:
        anna = Keeper(window)
        anna.sign_in("anna@example.org", PASSWORD)

        anna.bring(PHONE_BOOK)
        assert anna.preview() == {"new": 9, "changed": 1, "doubtful": 2, "same": 1, "failed": 0}
        anna.look_at("doubtful")
        anna.decide("Karin Jestädt", "same")
        anna.decide("Nicki", "add")
        expect(anna.take_over(tag="Telefonbuch")).to_contain_text("Telefonbuch")

        expect(anna.search("Mayer")).to_contain_text("Anna Maier")
        expect(anna.search("Häussler")).to_contain_text("Friedrich Häusler")

        anna.keep_filter("postcode=36037", FULDA)
        expect(anna.open_filter(FULDA)).to_contain_text("Bernd Meyer")
        found = anna.page.locator("#rows a.person-name").count()

        anna.tag_all_found("Brunch")
        anna.expect_toast(f"{found} Personen")
        expect(anna.search("brunch")).to_contain_text("Bernd Meyer")
        anna.open_filter(FULDA)
        anna.tag_all_found("Kaffee")
        anna.take_back()
        expect(anna.search("kaffee")).not_to_contain_text("Bernd Meyer")

        people = anna.count_people()
        anna.merge_first_pair()
        assert anna.count_people(keep_toast=True) == people - 1
        anna.take_back()
        assert anna.count_people() == people

        archive = anna.download_everything(tmp_path / "alles.zip")
        with zipfile.ZipFile(archive) as everything:
            names = {name.rpartition("/")[2]: name for name in everything.namelist()}
            for name in ("kontakte.vcf", "kontakte.csv"):
                (tmp_path / name).write_bytes(everything.read(names[name]))
        for name in ("kontakte.vcf", "kontakte.csv"):
            anna.bring(tmp_path / name)
            rows = anna.preview()
            assert rows == {"new": 0, "changed": 0, "doubtful": 0, "same": people, "failed": 0}
