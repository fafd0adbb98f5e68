"""From Tuesday to Friday: an evening is planned, guests answer, come and order, the host is thanked."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.e2e.presentation import Guest, Hostess
from tests.e2e.trust import Reader
from tests.factories import PASSWORD
from tests.harness.browser import visitor

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = dt.datetime(2026, 12, 1, 20, tzinfo=BERLIN)
WEDNESDAY = dt.datetime(2026, 12, 16, 9, tzinfo=BERLIN)
THURSDAY = dt.datetime(2026, 12, 17, 17, 31, tzinfo=BERLIN)
FRIDAY = dt.datetime(2026, 12, 18, 9, tzinfo=BERLIN)
DAY, NEXT_DAY = "2026-12-17", "2027-01-14"
SUM = re.compile(r"412\s€")
SABINE = "sabine@example.org"
MAKE_SABINE = """
from tests.factories import AddressFactory, CustomerFactory, EmailFactory, PartnerFactory
from partners.walls import acting_for
sabine = PartnerFactory(name="Sabine", user__email="sabine@example.org", user__name="Sabine Vogt")
with acting_for(sabine):
    sabine.profiles.create(name="Sabine Vogt", street="Am Ring 3", postcode="36037", city="Fulda",
                           email="sabine@example.org", phone="030 23125-100")
    petra = CustomerFactory(partner=sabine, first_name="Petra", last_name="Hahner", formality="du")
    EmailFactory(customer=petra, typed="petra@example.org")
    AddressFactory(customer=petra, street="Birkenweg 9", postcode="36093", city="Künzell")
    CustomerFactory(partner=sabine, first_name="Heike", last_name="Vogel")
    nicole = CustomerFactory(partner=sabine, first_name="Nicole", last_name="Bleuel")
    EmailFactory(customer=nicole, typed="nicole@example.org")
"""
LINK = """
from events import links
from events.models import Event
from partners.models import Partner
from partners.walls import acting_for
sabine = Partner.objects.get()
with acting_for(sabine):
    print(links.of_{}(sabine.events.earliest("starts_at")))
"""


def link_of(product, kind):
    """What is printed as a code on the table, or handed to the host."""
    return product.manage("shell", "-v0", "-c", LINK.format(kind)).split()[-1]


def test_an_evening_from_the_booking_to_the_result(stack, browser, mail):
    stack.start(at=TUESDAY)
    stack.manage("shell", "-v0", "-c", MAKE_SABINE)
    evening = tuesday(stack, browser, mail)
    for moment, part in ((WEDNESDAY, wednesday), (THURSDAY, thursday), (FRIDAY, friday)):
        stack.stop()
        stack.start(at=moment)
        part(stack, browser, mail, evening)


def sign_in(window, evening=""):
    sabine = Hostess(window)
    sabine.evening = evening
    sabine.sign_in(SABINE, PASSWORD)
    expect(sabine.headline).to_be_visible()
    return sabine


def tuesday(product, browser, mail):
    """Planned in two fields; guests are asked, answer in one tap, sign up by the open link."""
    with visitor(browser, product.base_url) as window:
        sabine = sign_in(window)
        sabine.keep(sabine.plan(DAY, "Petra"))
        sabine.evening = window.page.url
        expect(window.page.locator("#main")).to_contain_text("Petra Hahner")
        expect(window.page.locator("li.step-row")).to_have_count(13)
        sabine.plan(DAY, "Petra")
        expect(window.page.locator("#collision p")).to_be_visible()

        sabine.write_down(["Ida", "Gerda"])
        sabine.choose("Heike")
        of_ida, of_gerda = sabine.hand_over("Ida"), sabine.hand_over("Gerda")
        open_link = sabine.open_link()
        expect(sabine.people().filter(has_text="Ida")).to_have_count(0)

        ida_comes_with_a_friend(product, browser, mail, of_ida)
        with visitor(browser, product.base_url) as phone:
            gerda = Guest(phone.page, of_gerda)
            gerda.says("no")
            gerda.would_like_to_see_it_privately()
        for first_name, last_name in (("Conny", "Jahn"), ("Nicole", "Bleuel")):
            with visitor(browser, product.base_url) as phone:
                someone = Guest(phone.page, open_link)
                someone.signs_up(first_name, last_name, f"{first_name.lower()}@example.org")
            confirmed = mail.wait_for(f"{first_name.lower()}@example.org")
            assert any("/i/" in link for link in confirmed.links)

        sabine.same_person("Nicole")
        expect(sabine.at_evening().locator(".lead-card h2")).to_have_text(re.compile("3.*5"))
        return sabine.evening


def ida_comes_with_a_friend(product, browser, mail, link):
    with visitor(browser, product.base_url) as phone:
        ida = Guest(phone.page, link)
        expect(phone.page.locator("main")).not_to_contain_text("Birkenweg")
        ida.says("yes")
        ida.brings(1)
        ida.skip()
        ida.wants_reminder("ida@example.org")
        ida.permits("email")
        expect(ida.recorded).to_be_visible()
        expect(phone.page.locator("main")).to_contain_text("Birkenweg")

        confirmed = mail.wait_for("ida@example.org", lambda one: "BEGIN:VCALENDAR" in calendar(one))
        assert "DTSTART;TZID=Europe/Berlin:20261217T193000" in calendar(confirmed)
        asked = mail.wait_for("ida@example.org", lambda one: any("/p/" in x for x in one.links))
        reader = Reader(phone.page)
        reader.open(next(address for address in asked.links if "/p/" in address))
        expect(reader.press("Ja, gern")).to_contain_text("Danke")


def calendar(letter):
    parts = (part for part in letter.message.walk() if part.get_content_type() == "text/calendar")
    return "".join(part.get_content() for part in parts)


def wednesday(product, browser, mail, evening):
    """The day before: the host hears who comes, ticks what she has done; coaching goes on."""
    digest = mail.wait_for(SABINE)
    assert "Petra" in digest.text
    with visitor(browser, product.base_url) as window:
        sabine = sign_in(window, evening)
        expect(sabine.today).to_contain_text("Petra")
        sabine.tick_next_step()

    with visitor(browser, product.base_url) as phone:
        petra = Reader(phone.page)
        page = petra.open(link_of(product, "host"))
        for name in ("Ida", "Conny", "Nicole"):
            expect(page).to_contain_text(name)
        expect(page).not_to_contain_text("Bleuel")
        phone.page.locator(".invite-steps button").first.click()
        expect(phone.page.locator(".invite-steps .is-done")).to_have_count(1)


def thursday(product, browser, mail, evening):
    """Two hours before, the reminder; then the list at the door, notes, stars, the next booking."""
    mail.wait_for(
        "ida@example.org", lambda one: "BEGIN:VCALENDAR" not in calendar(one) and "/i/" in one.text
    )
    with visitor(browser, product.base_url) as window:
        sabine = sign_in(window, evening)
        page = window.page
        sabine.at_evening()
        for name in ("Ida", "Conny", "Nicole"):
            sabine.tick_off(name)
        expect(page.locator(".door-complete")).to_be_visible()
        sabine.let_in("Olga")
        address = sabine.note("Ida", "Seife mit Minze", wants_evening=True)

        page.goto(f"{evening}qr/stars/")
        expect(page.locator("main svg")).to_be_visible()
        with visitor(browser, product.base_url) as phone:
            guest = Guest(phone.page, link_of(product, "stars"))
            thanks = guest.gives_stars(2, "Die Salbe roch zu stark.", "Conny")
            expect(thanks).to_be_visible()

        page.goto(address)
        booking = page.locator("a[href^='/events/add/?from=']").get_attribute("href")
        sabine.keep(sabine.plan(NEXT_DAY, booked_at=str(booking)))
        expect(page.locator(".evening-chain li")).to_have_count(2)


def friday(product, browser, mail, evening):
    """The result, the thank-you, who is called; what was learned greets at the next planning."""
    sums = {"Ida": "68,70", "Conny": "120", "Nicole": "143,30", "Olga": "80"}
    costs = {"kilometres": "27", "cost_gift": "12", "share": "25", "hours": "5"}
    with visitor(browser, product.base_url) as window:
        sabine = sign_in(window, evening)
        expect(sabine.today).to_contain_text("Die Salbe roch zu stark.")
        sabine.start_rewards()
        result = sabine.note_result(sums, **costs)
        expect(result).to_contain_text(SUM)
        expect(result).to_contain_text("61,80")
        assert sabine.get_back_to_guests() >= 4
        sabine.thank_host()
        sabine.close("Die Minze war der Renner.", "Früher zum Bestellen kommen.")
        expect(sabine.at_evening()).to_contain_text(SUM)

        window.page.goto("/events/add/?kind=presentation")
        expect(window.page.locator("#last-time")).to_contain_text("Früher zum Bestellen kommen.")
        window.page.goto("/events/compare/")
        expect(window.page.locator("#main")).to_contain_text("Petra")
        expect(sabine.person("Ida")).to_contain_text("Ida")
