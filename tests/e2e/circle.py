"""How somebody keeps a whole circle: bring contacts, find, tag, merge, take everything along."""

import re
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.e2e.people import Partner
from tests.harness.environment import ROOT

PHONE_BOOK = ROOT / "mlmcrm" / "demo" / "telefonbuch.vcf"
VERDICTS = ("new", "changed", "doubtful", "same", "failed")


class Keeper(Partner):
    # --- bringing contacts ---

    def choose(self, file: Path) -> str:
        """Choose a file; the address where it goes on."""
        self.page.goto("/customers/import/")
        self.page.set_input_files("input[type=file]", file)
        self.submit(self.page.locator("form[enctype]"))
        expect(self.page).to_have_url(re.compile(r"/(preview|columns)/"))
        return self.page.url

    def bring(self, file: Path) -> None:
        """Choose a file, look through it; a table shows its columns first."""
        if "/columns/" in self.choose(file):
            self.page.locator("form button.btn-primary[type=submit]").last.click()
            expect(self.page).to_have_url(re.compile("/preview/"))

    def preview(self) -> dict[str, int]:
        """How many rows there are of each kind."""
        return {
            verdict: int(
                self.page.locator(f"a.import-tab[href$='show={verdict}'] strong").inner_text()
            )
            for verdict in VERDICTS
        }

    def look_at(self, verdict: str) -> None:
        self.page.locator(f"a.import-tab[href$='show={verdict}']").click()
        expect(self.page).to_have_url(re.compile(f"show={verdict}"))

    def decide(self, name: str, choice: str) -> None:
        row = self.page.locator("#main ul.rows > li").filter(has_text=name)
        label = row.locator(f"label.chip:has([value^={choice}])").first
        with self.page.expect_response(re.compile("/decide/")):
            label.click()

    def take_over(self, tag: str = "") -> Locator:
        if tag:
            self.page.fill("[name=tag]", tag)
        self.submit(self.page.locator("form[action$='/start/']"))
        expect(self.page).to_have_url(re.compile(r"/customers/import/[0-9a-f-]+/$"))
        return self.page.locator("#main")

    # --- finding ---

    def search(self, words: str) -> Locator:
        self.page.goto("/customers/")
        box = self.page.locator("#id_q")
        with self.page.expect_response(re.compile(r"[?&]q=")):
            box.press_sequentially(words)
        return self.page.locator("#rows")

    def keep_filter(self, query: str, name: str) -> None:
        self.page.goto(f"/customers/?{query}")
        self.page.locator("a[href*='/customers/filters/save/']").click()
        form = self.page.locator("form:has([name=name])")
        form.locator("[name=name]").fill(name)
        self.submit(form)
        expect(self.page.locator("#main")).to_contain_text(name)

    def open_filter(self, name: str) -> Locator:
        self.page.goto("/customers/")
        self.page.get_by_role("link", name=name).first.click()
        return self.page.locator("#rows")

    # --- many at once, and two that are one ---

    def tag_all_found(self, tag: str) -> None:
        switch = self.page.locator("label.pick-switch")
        if switch.is_visible():
            switch.click()
        self.page.locator("label.pick-all").click()
        self.page.locator("button[formaction$='/customers/bulk/tag/']").click()
        form = self.page.locator("form.form-card:has([name=name])")
        form.locator("[name=name]").fill(tag)
        self.submit(form)

    def expect_toast(self, words: str) -> None:
        expect(self.page.locator("#toasts")).to_contain_text(words)

    def take_back(self) -> None:
        """The button of the last toast."""
        self.page.locator("#toasts .toast-undo").last.click()
        self.expect_toast("Zurückgenommen")

    def merge_first_pair(self) -> None:
        self.page.goto("/customers/duplicates/")
        self.page.locator("a[href*='/customers/merge/']").first.click()
        self.submit(self.page.locator("form.merge-form"), "button.btn-primary")

    def count_people(self, *, keep_toast: bool = False) -> int:
        """How many there are; looked at in another window where this one still offers an undo."""
        page = self.page.context.new_page() if keep_toast else self.page
        page.goto("/customers/")
        count = int(page.locator("#rows .count").inner_text().split()[0])
        if keep_toast:
            page.close()
        return count

    # --- taking everything along ---

    def download_everything(self, to: Path) -> Path:
        self.page.goto("/customers/export/")
        with self.page.expect_download() as waiting:
            self.submit(self.page.locator("form:has([name=format][value=zip])"))
        waiting.value.save_as(to)
        return to

    @staticmethod
    def submit(form: Locator, button: str = "button[type=submit]") -> None:
        form.locator(button).last.click()
