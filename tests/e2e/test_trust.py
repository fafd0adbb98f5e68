"""Trust from the first word to the last: recommended, asked, written to, left alone, erased."""

import datetime as dt
import json
import re
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.e2e.trust import Reader, Trusted
from tests.factories import PASSWORD
from tests.harness.browser import LAPTOP, PHONE, visitor

TUESDAY_MORNING = dt.datetime(2026, 12, 1, 10, tzinfo=ZoneInfo("Europe/Berlin"))
PETRA = "Petra Hahner"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def demo(embedded_stack):
    embedded_stack.environment["DEMO"] = "1"
    embedded_stack.start(at=TUESDAY_MORNING)
    return embedded_stack


@pytest.fixture(params=[PHONE, LAPTOP], ids=["phone", "laptop"])
def anna(request, demo, browser):
    with visitor(browser, demo.base_url, request.param) as window:
        anna = Trusted(window)
        anna.sign_in("anna@example.org", PASSWORD)
        yield anna


def test_a_recommendation_is_noted_thanked_for_and_counted(anna):
    understood = anna.note_recommendation("Meike Schulz 0661 4455667 von Petra")
    expect(understood).to_contain_text("Meike Schulz")
    expect(understood).to_contain_text("0661 4455667")
    expect(understood).to_contain_text(PETRA)
    anna.save_line()
    expect(anna.headline).to_have_text("Meike Schulz")
    expect(anna.page.locator("#main")).to_contain_text(f"Empfohlen von {PETRA}")

    expect(anna.person(PETRA)).to_contain_text("Durch Petra kennst du")
    anna.thank(PETRA)
    expect(anna.person(PETRA).locator("button[name=thanks]")).to_have_count(0)

    anna.note_what_came(PETRA, "Meike Schulz", "customer")
    expect(anna.person("Meike Schulz")).to_contain_text("Kund")

    anna.page.goto("/recommendations/tree/")
    expect(anna.page.locator("#main")).to_contain_text("Meike Schulz")
    anna.page.goto("/recommendations/sources/")
    expect(anna.page.locator("#main")).to_contain_text("Empfehlung")


def test_a_mail_waits_for_a_yes_and_one_click_ends_it(anna, demo, browser, mail):
    name, address = "Lena Bott", "lena.bott@example.org"
    refused = anna.about_to_write(name)
    expect(refused).to_contain_text("Von hier noch nicht")
    anna.ask_by_mail()
    asked = mail.wait_for(address)
    [link] = [link for link in asked.links if "/p/" in link]
    assert "List-Unsubscribe" not in asked.message

    with visitor(browser, demo.base_url) as window:
        lena = Reader(window.page)
        lena.open(link)
        expect(lena.press("Ja, gern")).to_contain_text("Danke")

    anna.about_to_write(name)
    anna.write("Die Seife ist da", "Du hattest danach gefragt.")
    letter = mail.wait_for(address, lambda one: one.subject == "Die Seife ist da")
    assert letter.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    with visitor(browser, demo.base_url) as window:
        lena = Reader(window.page)
        page = re.sub(r"[<>]", "", letter.message["List-Unsubscribe"])
        expect(lena.open(page)).to_contain_text("Neuigkeiten")
        window.page.request.post(page, form=ONE_CLICK)
    expect(anna.about_to_write(name)).to_contain_text("Von hier noch nicht")


def test_who_wants_to_be_erased_is_gone_and_an_old_file_does_not_bring_them_back(anna, tmp_path):
    name, address = "Lena Bott", "lena.bott@example.org"
    old_file = tmp_path / "alt.csv"
    old_file.write_text(f"Vorname;Nachname;E-Mail\nLena;Bott;{address}\n", encoding="utf-8")
    people = anna.count_people()

    anna.rights_of(name)
    for suffix in ("json", "pdf"):
        with anna.page.expect_download() as waiting:
            anna.page.locator(f"a[href$='data.{suffix}']").first.click()
        package = waiting.value.path().read_bytes()
        assert package.startswith(b"%PDF") if suffix == "pdf" else address in package.decode()
        if suffix == "json":
            assert json.loads(package)
    anna.erase()
    assert anna.count_people() == people - 1

    anna.bring(old_file)
    assert anna.preview()["new"] == 0
    expect(anna.page.locator("#main")).to_contain_text(re.compile("gelöscht"))
