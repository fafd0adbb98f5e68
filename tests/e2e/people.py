"""How people use the pages: one method per thing a person does, in the words of the screen."""

import re
from collections.abc import Iterable

from playwright.sync_api import Locator, expect

from tests.harness.browser import Visitor


class Partner:
    """A partner with a browser window."""

    def __init__(self, visitor: Visitor):
        self.visitor, self.page = visitor, visitor.page

    # --- coming in ---

    def sign_in(self, email: str, password: str) -> None:
        self.page.goto("/accounts/login/")
        self.page.fill("[name=login]", email)
        self.page.fill("[name=password]", password)
        self.submit(self.page.locator("form[action='/accounts/login/']"))

    def accept_invitation(self, link: str, password: str) -> None:
        self.page.goto(link)
        self.page.fill("[name=password]", password)
        self.submit(self.page.locator("form:has([name=password])"))

    def accept_terms(self) -> None:
        expect(self.page).to_have_url(re.compile("/terms/"))
        self.submit(self.page.locator("form:has([name=version])"))

    # --- people and promises ---

    def add_person(self, first_name: str) -> None:
        """The plus in the bar, a first name, save."""
        self.page.click(".nav-add")
        form = self.page.locator("form[data-draft=customer-add]")
        form.locator("[name=first_name]").fill(first_name)
        self.submit(form)
        expect(self.headline).to_have_text(first_name)

    def log_call(self, said: str, next_time: str) -> None:
        """From a person's page: reached, what was said, when again."""
        self.page.locator("a[href*='/log/']").first.click()
        form = self.page.locator("form.log-form")
        form.locator("label:has([value=reached])").click()
        form.locator("[name=text]").fill(said)
        form.locator("[name=next_when]").fill(next_time)
        self.submit(form)
        expect(self.page.locator(".timeline")).to_contain_text(said)

    def write_first_names(self, names: Iterable[str]) -> None:
        form = self.page.locator("form[data-draft=first-names]")
        form.locator("[name=names]").fill("\n".join(names))
        self.submit(form)

    def choose_first_dates(self, wishes: dict[str, str]) -> None:
        """Tap one chip for each of these people, leave out the others."""
        for name, chip in wishes.items():
            row = self.page.locator("li.when-row").filter(
                has=self.page.get_by_text(name, exact=True)
            )
            row.get_by_text(chip, exact=True).click()
        self.submit(self.page.locator("form:has(li.when-row)"))
        expect(self.page).to_have_url(re.compile(r"/$"))

    def finish_by_mail(self, link: str) -> None:
        """The link in the mail, then the big button."""
        self.page.goto(link)
        self.page.get_by_role("button", name="Erledigt", exact=True).click()
        expect(self.page.locator("main")).to_contain_text("Erledigt. Schön!")

    # --- looking ---

    @property
    def headline(self) -> Locator:
        """What the page is about; a sheet in front of it has a heading of its own."""
        return self.page.locator("#main h1")

    @property
    def today(self) -> Locator:
        self.page.goto("/")
        return self.page.locator("#main")

    def person(self, name: str) -> Locator:
        self.page.goto("/customers/")
        self.page.get_by_role("link", name=name).first.click()
        expect(self.headline).to_have_text(name)
        return self.page.locator("#main")

    def people(self) -> Locator:
        self.page.goto("/customers/")
        return self.page.locator("#rows a[href^='/customers/'][href$='/']")

    @staticmethod
    def submit(form: Locator) -> None:
        form.locator("button[type=submit]").last.click()


class Clerk(Partner):
    """Somebody of the back office."""

    def invite(self, name: str, email: str) -> None:
        self.page.goto("/office/partners/add/")
        self.page.fill("[name=name]", name)
        self.page.fill("[name=email]", email)
        self.submit(self.page.locator("form:has([name=email])"))
        expect(self.headline).to_contain_text(name)
