"""The evening itself: a list at the door that survives a cellar, and two phones that agree."""

import datetime as dt
import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.people import Partner
from tests.factories import PASSWORD
from tests.harness.browser import Visitor, visitor
from tests.harness.stack import EmbeddedStack

THURSDAY_EVENING = dt.datetime(2026, 12, 3, 19, 20, tzinfo=ZoneInfo("Europe/Berlin"))
PLAN = """
import datetime as dt
from customers.models import Customer
from events.actions import answering, guesting, planning
from events.models import Event, EventGuest
from partners import changes, clock, walls
from partners.models import Partner

anna = Partner.objects.get(user__email="anna@example.org")
with walls.acting_for(anna):
    event = Event(host=anna.customers.get(first_name="Petra", last_name="Hahner"))
    event.title = "Herbstabend"
    event.schedule(clock.today(anna.zone), dt.time(19, 30), dt.time(22), anna.zone)
    planning.create(anna, anna.user, event)
    act = changes.Act(anna, anna.user, "guest-add")
    for guest in guesting.name(act, event, "Ida\\nOle\\nRosa"):
        answering.answer(anna, guest, "yes", actor=anna.user)
    print(event.pk)
"""
A_WHILE = 3000  # milliseconds, by which the clocks of two phones cannot be apart
KEPT = """async () => {
  const door = await caches.open("door");
  const parts = [...document.querySelectorAll("script[src]")].map(({ src }) => src);
  const found = await Promise.all([location.href, ...parts].map((url) => door.match(url)));
  return Boolean(navigator.serviceWorker.controller) && found.every(Boolean);
}"""
NOWHERE = "00000000-0000-0000-0000-000000000001"
OF_A_DELETED_EVENING = f"""() => {{
  const [key] = Object.keys(localStorage).filter((key) => key.startsWith("tap:"));
  const tap = {{ ...JSON.parse(localStorage[key]), at: 1 + Date.now() }};
  localStorage.setItem(key.split(":").with(2, "{NOWHERE}").join(":"), JSON.stringify(tap));
}}"""
# The list is just being asked for, so that a tap has to wait its turn.
IS_ASKING = """{
  const real = window.fetch;
  const isAsking = (url, how) => url.includes("/door/taps/") && how.method !== "POST";
  window.fetch = (url, how) => (isAsking(url, how) ? new Promise(() => {}) : real(url, how));
}"""
SENT = "() => !Object.keys(localStorage).some((key) => key.startsWith('tap:'))"


class AtTheDoor(Partner):
    def __init__(self, window: Visitor, event: str):
        super().__init__(window)
        self.event = event

    def open(self) -> None:
        self.page.goto(f"/events/{self.event}/door/")
        expect(self.row("Ida")).to_be_visible()

    def row(self, name: str) -> Locator:
        return self.page.locator("li.door-row").filter(has_text=name)

    def tick(self, name: str) -> None:
        self.row(name).locator("[data-tap=attended]").click()

    def cross_out(self, name: str) -> None:
        self.row(name).locator("[data-tap=no-show]").click()

    def expect_presence(self, name: str, presence: str) -> None:
        expect(self.row(name)).to_have_attribute("data-presence", presence)

    def expect_sent(self) -> None:
        """A tap shows before it has arrived."""
        self.page.wait_for_function(SENT)

    def welcome(self, name: str) -> None:
        self.page.locator("[data-door-newcomer] [name=name]").fill(name)
        self.page.locator("[data-door-newcomer] button").click()

    def note(self, name: str, interest: str) -> None:
        self.row(name).locator("[data-note]").click()
        sheet = self.page.locator("dialog.sheet[open]")
        sheet.locator("[name=interest]").fill(interest)
        sheet.locator("[data-keep]").click()

    def lose_connection(self) -> None:
        self.page.wait_for_function(KEPT)
        self.visitor.context.set_offline(True)
        expect(self.page.locator("[data-door-state]")).to_contain_text("Keine Verbindung")

    def reload_without_connection(self) -> None:
        """The browser complains of the network, and still shows the list."""
        self.page.goto("/")
        expect(self.page).to_have_url(re.compile(r"/door/$"))
        self.page.reload()
        expect(self.row("Ida")).to_be_visible()
        self.forget_lost_connection()

    def forget_lost_connection(self) -> None:
        self.forget_trouble("ERR_INTERNET_DISCONNECTED")

    def forget_trouble(self, words: str) -> None:
        self.visitor.troubles[:] = [one for one in self.visitor.troubles if words not in one]

    def find_connection(self) -> None:
        self.visitor.context.set_offline(False)
        expect(self.page.locator("[data-door-state]")).to_be_hidden()


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[EmbeddedStack]:
    """One for all: each test has an evening of its own."""
    with EmbeddedStack(tmp_path_factory.mktemp("evening"), {"DEMO": "1"}) as product:
        product.start(at=THURSDAY_EVENING)
        yield product


@pytest.fixture
def event(demo) -> str:
    return demo.manage("shell", "--verbosity", "0", "--command", PLAN).split()[-1]


@pytest.fixture
def phone(demo, browser, event):
    with visitor(browser, demo.base_url) as window:
        yield signed_in(window, event)


@pytest.fixture
def other_phone(demo, browser, event):
    with visitor(browser, demo.base_url) as window:
        yield signed_in(window, event)


def signed_in(window: Visitor, event: str) -> AtTheDoor:
    anna = AtTheDoor(window, event)
    anna.sign_in("anna@example.org", PASSWORD)
    expect(anna.page).to_have_url(re.compile(r"/$"))
    return anna


def test_without_a_connection_no_tap_is_lost(phone, other_phone):
    phone.open()
    phone.tick("Ida")
    phone.lose_connection()

    phone.tick("Ole")
    phone.note("Ole", "Kerzen")
    phone.welcome("Uta")
    phone.reload_without_connection()
    phone.cross_out("Rosa")
    expect(phone.page.locator(".door-complete")).to_have_text("Alle da. Einen schönen Abend!")
    phone.expect_presence("Ole", "attended")
    phone.expect_presence("Uta", "attended")
    phone.find_connection()

    other_phone.open()
    for name, presence in (("Ida", "attended"), ("Ole", "attended"), ("Rosa", "no-show")):
        other_phone.expect_presence(name, presence)
    other_phone.expect_presence("Uta", "attended")
    other_phone.row("Ole").locator("[data-note]").click()
    expect(other_phone.page.locator("dialog.sheet [name=interest]")).to_have_value("Kerzen")


def test_two_phones_on_one_list_end_in_agreement(phone, other_phone):
    phone.open()
    other_phone.open()
    phone.lose_connection()

    phone.tick("Ole")
    phone.cross_out("Ida")
    phone.page.wait_for_timeout(A_WHILE)
    other_phone.tick("Ida")
    other_phone.expect_sent()
    phone.tick("Rosa")
    phone.find_connection()

    expect(phone.page.locator("[data-door-lost]")).to_contain_text("Ida ist da.")
    for one in (phone, other_phone):
        for name in ("Ida", "Ole", "Rosa"):
            one.expect_presence(name, "attended")
        expect(one.page.locator(".door-complete")).to_be_visible()


def test_a_tap_left_behind_arrives_from_any_page(phone, other_phone):
    phone.page.add_init_script(IS_ASKING)
    phone.open()
    phone.tick("Ole")
    phone.page.evaluate(OF_A_DELETED_EVENING)
    phone.page.goto("/")
    expect(phone.page.locator("#toasts")).to_have_text("Was an der Tür getippt wurde, ist da.")
    phone.forget_trouble("404")

    other_phone.open()
    other_phone.expect_presence("Ole", "attended")
    left = phone.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('tap:'))")
    assert [key.split(":")[2] for key in left] == [NOWHERE]  # the evening may come back


def test_a_tap_that_another_phone_took_back_is_told_until_it_is_read(phone, other_phone):
    other_phone.open()
    phone.open()
    phone.lose_connection()
    phone.cross_out("Ida")
    phone.page.goto("about:blank")  # not the list, which would send it at once
    phone.forget_lost_connection()
    other_phone.page.wait_for_timeout(A_WHILE)
    other_phone.tick("Ida")
    other_phone.expect_sent()
    phone.visitor.context.set_offline(False)

    phone.page.goto("/customers/")
    told = phone.page.locator(".toast-note").filter(has_text="Ida ist da.")
    expect(told).to_be_visible()
    phone.page.evaluate(
        "htmx.ajax('GET', '/customers/', { target: '#main', source: document.body })"
    )
    phone.page.wait_for_event("requestfinished")
    expect(phone.page.locator(".htmx-request")).to_have_count(0)
    told.get_by_role("button", name="Schließen").click()
    expect(told).to_have_count(0)
    expect(phone.page.locator("#main")).to_be_focused()


def test_signing_out_leaves_no_list_on_the_phone(phone):
    phone.open()
    phone.page.wait_for_function(KEPT)

    phone.page.goto("/more/")
    phone.page.locator("form[data-signout] button").click()
    phone.page.wait_for_function("async () => !(await caches.has('door'))")


def test_signing_out_sends_what_was_tapped_and_keeps_none_of_it(phone, other_phone):
    phone.open()
    phone.lose_connection()
    phone.tick("Ida")
    phone.welcome("Uta")
    phone.page.goto("/offline/")  # not the list, which would send it at once
    phone.forget_lost_connection()
    phone.visitor.context.set_offline(False)

    phone.page.goto("/more/")
    phone.page.locator("form[data-signout] button").click()
    expect(phone.page).to_have_url(re.compile("/login/"))

    kept = phone.page.evaluate(
        "Object.keys(localStorage).filter((key) => /^(tap:|door-)/.test(key))"
    )
    assert kept == []
    other_phone.open()
    other_phone.expect_presence("Ida", "attended")
    other_phone.expect_presence("Uta", "attended")


def test_another_partner_on_the_same_phone_finds_no_list_of_the_first(phone):
    phone.open()
    phone.page.wait_for_function(KEPT)
    phone.visitor.context.clear_cookies()

    phone.sign_in("boris@example.org", PASSWORD)
    phone.page.wait_for_function("async () => !(await caches.has('door'))")
