"""What lives on trust: recommendations, permissions, and the rights of the people stored."""

import re

from playwright.sync_api import Locator, expect

from tests.e2e.circle import Keeper


class Trusted(Keeper):
    def person(self, name: str) -> Locator:
        """Found by name: the circle is larger than a page of the list."""
        self.page.goto(f"/customers/?q={name}")
        self.page.get_by_role("link", name=name).first.click()
        expect(self.headline).to_have_text(name)
        return self.page.locator("#main")

    # --- recommendations ---

    def note_recommendation(self, line: str) -> Locator:
        """The plus in the bar, one line; what it is understood to say."""
        self.page.click(".nav-add")
        box = self.page.locator("#id_line")
        with self.page.expect_response(re.compile("/recommendations/line/")):
            box.fill(line)
        return self.page.locator("#line-preview")

    def save_line(self) -> None:
        self.page.locator("#line-preview button[type=submit]").click()

    def thank(self, name: str) -> None:
        self.person(name).locator("button[name=thanks][value=given]").click()
        expect(self.page.locator("#toasts .toast-undo")).to_have_count(1)

    def note_what_came(self, recommender: str, recommended: str, status: str) -> None:
        row = self.person(recommender).locator("ul.given li").filter(has_text=recommended).first
        row.locator(".given-status").click()
        row.locator(f"button[name=status][value={status}]").click()
        expect(self.page.locator("#toasts .toast-undo")).to_have_count(1)

    # --- mails to a customer ---

    def about_to_write(self, name: str) -> Locator:
        address = self.person(name).locator("a[href$='/mail/']").get_attribute("href")
        self.page.goto(str(address))
        return self.page.locator("#main")

    def ask_by_mail(self) -> None:
        form = self.page.locator("form[action$='/mail/ask/']")
        form.locator("label:has([value=phone])").click()
        self.submit(form)

    def write(self, subject: str, text: str) -> None:
        form = self.page.locator("form.mail-form")
        form.locator("[name=subject]").fill(subject)
        form.locator("[name=text]").fill(text)
        self.submit(form)

    # --- rights ---

    def rights_of(self, name: str) -> Locator:
        self.person(name).locator("a[href$='/rights/']").click()
        expect(self.headline).to_contain_text("Daten")
        return self.page.locator("#main")

    def erase(self) -> None:
        address = self.page.locator("a[href$='/erase/']").first.get_attribute("href")
        self.page.goto(str(address))
        self.page.locator("[name=sure]").check()
        self.submit(self.page.locator("form:has([name=sure])"))


class Reader:
    """Somebody who gets a mail and has no account here."""

    def __init__(self, page):
        self.page = page

    def open(self, link: str) -> Locator:
        self.page.goto(link)
        return self.page.locator("main")

    def press(self, name: str) -> Locator:
        self.page.get_by_role("button", name=name, exact=True).click()
        return self.page.locator("main")
