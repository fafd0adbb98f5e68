"""A sales presentation from both sides: what the partner does, and what a guest without a sign-in does."""

import re
from collections.abc import Iterable

from playwright.sync_api import Locator, Page, expect

from tests.e2e.people import Partner

INVITATION = re.compile(r"https?://\S+/i/\S+/")


class Hostess(Partner):
    """A partner who gives evenings; `evening` is the address of the one that all this is about."""

    evening = ""

    # --- planning ---

    def plan(self, day: str, host: str = "", *, booked_at: str = "") -> Locator:
        """Two fields; whatever is said of another evening at that time."""
        self.page.goto(booked_at or "/events/add/")
        form = self.page.locator("form[data-draft=event-new]")
        if host:
            form.locator("[name=host_name]").fill(host)
        form.locator("[name=day]").fill(day)
        form.locator("[name=day]").dispatch_event("change")
        return form

    def keep(self, form: Locator) -> None:
        self.submit(form)
        expect(self.page).to_have_url(re.compile(r"/events/[0-9a-f-]{36}/$"))

    def at_evening(self, part: str = "") -> Locator:
        self.page.goto(f"{self.evening}{part}")
        return self.page.locator("#main")

    def tick_next_step(self) -> None:
        done = self.at_evening().locator("li.step-row.is-done")
        before = done.count()
        self.page.locator("li.step-row:not(.is-done) button.tick").first.click()
        expect(done).to_have_count(before + 1)

    # --- guests ---

    def write_down(self, names: Iterable[str]) -> None:
        form = self.at_evening("guests/add/").locator("form:has([name=names])")
        form.locator("[name=names]").fill("\n".join(names))
        self.submit(form)

    def choose(self, name: str) -> None:
        main = self.at_evening(f"guests/add/?q={name}")
        row = main.locator("li.person").filter(has_text=name)
        row.locator("[name=ids]").check()
        self.submit(main.locator("form:has([name=ids])"))

    def guest(self, name: str) -> Locator:
        return self.at_evening("guests/").locator("li.guest").filter(has_text=name)

    def hand_over(self, name: str) -> str:
        """The personal link out of the words to send; from then on the guest counts as invited."""
        share = self.guest(name).locator("a.guest-share").get_attribute("href")
        self.page.goto(str(share))
        words = self.page.locator("[data-share-words]")
        words.fill(f"Du, ich freue mich!\n{words.input_value()}")
        found = INVITATION.search(words.input_value())
        self.page.locator("button[name=how][value=told]").click()
        assert found
        return found[0]

    def open_link(self) -> str:
        return self.at_evening("guests/").locator(".guest-link input").input_value()

    def same_person(self, name: str) -> None:
        """Who signed up turns out to be known: put together like any two others."""
        self.guest(name).locator("a[href*='merge']").first.click()
        self.submit(self.page.locator("form.merge-form"))
        expect(self.guest(name)).to_have_count(1)

    # --- the evening ---

    def tick_off(self, name: str) -> None:
        row = self.page.locator("li.door-row[data-guest]").filter(has_text=name)
        row.locator("button.door-tick").click()
        expect(row.locator("button.door-tick")).to_have_attribute("aria-pressed", "true")

    def let_in(self, name: str) -> None:
        self.page.locator("#newcomer").fill(name)
        self.submit(self.page.locator("form.door-newcomer"))
        expect(self.page.locator("li.door-row").filter(has_text=name)).to_be_visible()

    def note(self, name: str, interest: str, *, wants_evening: bool = False) -> str:
        """In place, while others look over the shoulder; the address of their page."""
        self.at_evening("door/")
        row = self.page.locator("li.door-row[data-guest]").filter(has_text=name)
        address = str(row.locator("a[data-note]").get_attribute("href"))
        self.page.goto(address)
        form = self.page.locator("form[data-draft^=evening-guest]")
        form.locator("[name=interest]").fill(interest)
        if wants_evening:
            form.locator("[name=wants_evening]").check()
        self.submit(form)
        return address

    # --- afterwards ---

    def start_rewards(self) -> None:
        self.page.goto("/settings/rewards/")
        self.submit(self.page.locator("form[action='/settings/rewards/start/']"))

    def note_result(self, sums: dict[str, str], **more: str) -> Locator:
        form = self.at_evening("result/").locator("form.result-form")
        for name, amount in sums.items():
            row = form.locator(".sums-row").filter(has_text=name)
            row.locator("input[name$='-sales']:not([type=hidden])").fill(amount)
        for field, value in more.items():
            form.locator(f"[name={field}]").fill(value)
        self.submit(form)
        return self.at_evening("result/").locator("#sums")

    def get_back_to_guests(self) -> int:
        """All that is proposed, as it is proposed; how many follow-ups that is."""
        form = self.at_evening("aftercare/").locator("form[data-draft^=aftercare]")
        count = form.locator("li.proposal").count()
        self.submit(form)
        return count

    def thank_host(self) -> None:
        self.at_evening("thanks/")
        self.submit(self.page.locator("form[action$='/thanks/']"))

    def close(self, went_well: str, next_time: str) -> None:
        form = self.at_evening("close/").locator("form[data-draft^=close]")
        form.locator("[name=went_well]").fill(went_well)
        form.locator("[name=next_time]").fill(next_time)
        self.submit(form)


class Guest:
    """Somebody with a link and no account: one thing at a time, each can be skipped."""

    def __init__(self, page: Page, link: str):
        self.page = page
        page.goto(link)

    def says(self, answer: str) -> None:
        self.page.locator(f"button[name=says][value={answer}]").click()

    def brings(self, count: int) -> None:
        self.page.locator(f"button[name=companions][value='{count}']").click()

    def would_like_to_see_it_privately(self) -> None:
        self.page.locator("button[name=wants_privately][value=true]").click()

    def skip(self) -> None:
        self.page.locator("a.invite-skip").click()

    def wants_reminder(self, email: str) -> None:
        self.page.locator("[name=wants_reminder]").check()
        self.page.locator("[name=email]").fill(email)
        self.next()

    def permits(self, *channels: str) -> None:
        for channel in channels:
            self.page.locator(f"[name=channel][value={channel}]").check()
        self.next()

    def signs_up(self, first_name: str, last_name: str = "", email: str = "") -> None:
        self.page.locator("[name=first_name]").fill(first_name)
        self.page.locator("details.invite-more summary").click()
        self.page.locator("[name=last_name]").fill(last_name)
        self.page.locator("[name=email]").fill(email)
        self.next()

    def next(self) -> None:
        self.page.locator("form.invite-step button.invite-button").click()

    @property
    def recorded(self) -> Locator:
        return self.page.locator(".invite-lines")

    def gives_stars(self, count: int, text: str, name: str) -> Locator:
        self.page.locator(f"[name=stars][value='{count}']").check(force=True)
        self.page.locator("[name=text]").fill(text)
        self.page.locator("[name=name]").fill(name)
        self.page.locator("form.stars-form button[type=submit]").click()
        return self.page.locator(".stars-thanks")
