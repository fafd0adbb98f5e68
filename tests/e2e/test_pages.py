"""Every page in a real browser: nothing axe would object to, nothing too wide, nothing in the console."""

import json
import re
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.circle import PHONE_BOOK, Keeper
from tests.e2e.people import Partner
from tests.harness.browser import Visitor, visitor

PASSWORD = "kundenkreis"
PARTNER_PAGES = [
    "/",
    "/?all=1",
    "/customers/",
    "/customers/?q=xyz",
    "/customers/add/",
    "/customers/{customer}/",
    "/customers/{customer}/edit/",
    "/customers/{customer}/near/",
    "/customers/{customer}/remember/?text=Schwester+von+Petra",
    "/customers/{customer}/tags/",
    "/customers/{customer}/relations/",
    "/customers/{customer}/interests/",
    "/customers/{customer}/events/",
    "/customers/{customer}/history/",
    "/recommendations/line/?text=Meike+Schulz+0661+12345+von+Petra",
    "/customers/{customer}/recommendations/add/",
    "/customers/{customer}/recommend/",
    "/customers/{customer}/references/add/",
    "/recommendations/",
    "/recommendations/tree/",
    "/customers/{customer}/network/",
    "/talk-notes/",
    "/talk-notes/add/",
    "/customers/{customer}/permissions/",
    "/customers/{customer}/permissions/proof/",
    "/customers/{customer}/mail/",
    "/customers/duties/",
    "/customers/{customer}/rights/",
    "/customers/{customer}/rights/erase/",
    "/customers/locked/",
    "/customers/?stage=regular&postcode=36",
    "/customers/?q=Maler",
    "/customers/filter/",
    "/customers/filters/save/?query=stage%3Dregular",
    "/customers/tags/",
    "/customers/bulk/",
    "/customers/bulk/tag/?ids={customer}",
    "/customers/import/",
    "{columns}",
    "{preview}",
    "{preview}?show=doubtful",
    "{report}",
    "/customers/export/",
    "/customers/export/labels/",
    "/customers/duplicates/",
    "/customers/merge/?ids={customer},{other}",
    "/customers/bin/",
    "/settings/own-fields/",
    "/settings/own-fields/add/",
    "/customers/{customer}/log/",
    "/customers/{customer}/follow-ups/add/",
    "/start/",
    "/follow-ups/spread/",
    "/search/?q=a",
    "/messages/",
    "/settings/",
    "/settings/digest/",
    "/settings/profile/",
    "/settings/profile/next/?next=/",
    "/settings/notice/",
    "{notice}",
    "{card}",
    "/settings/privacy-record/",
    "/more/",
    "{by_mail}",
    "{preferences}",
    "/accounts/2fa/",
    "/accounts/sessions/",
    "/accounts/password/change/",
    "/offline/",
    "/events/",
    "/events/month/",
    "/events/add/",
    "/events/compare/",
    "/events/templates/{template}/",
    "/events/{coming}/",
    "/events/{coming}/guests/",
    "/events/{coming}/guests/add/",
    "/events/{coming}/host/",
    "/events/{coming}/mails/",
    "/events/{coming}/print/invitations/",
    "/events/guests/{guest}/share/",
    "/events/guests/{guest}/evening/",
    "/events/{coming}/door/",
    "/events/{coming}/qr/open/",
    "/events/{held}/",
    "/events/{held}/result/",
    "/events/{held}/aftercare/",
    "/club/",
    "/club/members/{member}/",
    "/settings/calendar/",
    "{invitation}",
    "{open}",
    "{host}",
    "{stars}",
]
OFFICE_PAGES = ["/office/", "/office/mail/", "/office/partners/add/"]
EVENINGS = """
import json
from events import links
from partners.models import Partner
from partners.walls import acting_for
anna = Partner.objects.get(user__email="anna@example.org")
with acting_for(anna):
    coming = anna.events.filter(state="inviting", kind="presentation").latest("starts_at")
    held = anna.events.get(state="held")
    guest = coming.guests.filter(answer="").first()
    rows = {"coming": coming, "held": held, "guest": guest, "template": coming.template,
            "member": anna.memberships.first()}
    found = {name: str(row.pk) for name, row in rows.items()}
    found |= {"invitation": links.of_guest(guest), "open": links.of_event(coming),
              "host": links.of_host(coming), "stars": links.of_stars(held)}
print(json.dumps(found))
"""
WIDTHS = (390, 1280)
PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
GREY_AT_NIGHT = "@media (prefers-color-scheme: dark) { label { color: #333 !important } }"
VISITS = {
    "": ["/accounts/login/", "/accounts/password/reset/"],
    "anna@example.org": PARTNER_PAGES,
    "office@example.org": OFFICE_PAGES,
}


@pytest.fixture
def demo(embedded_stack):
    embedded_stack.environment["DEMO"] = "1"
    embedded_stack.start()
    return embedded_stack


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_has_a_flaw_that_a_machine_can_see(demo, browser, tmp_path, width):
    """What the console says, the visitor itself reports."""
    table = tmp_path / "liste.csv"
    table.write_text("Name;Tel.;Geb.\nMüller, Anna;0171 3920090;12.4.\n")
    flaws = []
    for email, pages in VISITS.items():
        with visitor(browser, demo.base_url, look(width)) as window:
            known = sign_in(window, email) if email else {}
            if known:
                known |= imports(window, table) | evenings(demo)
            for path in pages:
                window.page.goto(path.format_map(known))
                flaws += [f"{path} {width}: {flaw}" for flaw in flaws_of(window.page)]

    assert flaws == []


def test_the_search_for_flaws_can_find_some(demo, browser):
    with visitor(browser, demo.base_url, look(WIDTHS[0])) as window:
        window.page.goto("/accounts/login/")
        window.page.evaluate("dark => document.styleSheets[0].insertRule(dark)", GREY_AT_NIGHT)
        in_the_dark = flaws_of(window.page)
        window.page.evaluate("document.querySelectorAll('label').forEach(l => l.remove())")
        window.page.evaluate("document.body.style.width = '2000px'")
        flaws = flaws_of(window.page)

    assert [flaw.split()[0] for flaw in in_the_dark] == ["color-contrast"]
    assert [flaw.split()[0] for flaw in flaws] == ["label", "1610"]


def look(width: int) -> dict[str, Any]:
    return {"viewport": {"width": width, "height": 844}, "reduced_motion": "reduce"}


def sign_in(window: Visitor, email: str) -> dict[str, str]:
    """Sign in; for a partner somebody to visit, and the links of the morning mail."""
    Partner(window).sign_in(email, PASSWORD)
    window.page.wait_for_url(lambda url: "/accounts/" not in url)
    if "/office/" in window.page.url:
        return {}
    window.page.goto("/customers/")
    names = window.page.locator("a.person-name")
    addresses = [names.nth(place).get_attribute("href") or "" for place in (0, 1)]
    mail = window.page.request.get("/settings/digest/mail/").text()
    share = window.page.request.get(f"{addresses[0]}recommend/").text()
    return {
        "customer": addresses[0].strip("/").rpartition("/")[2],
        "other": addresses[1].strip("/").rpartition("/")[2],
        "by_mail": link_in(mail, "/f/"),
        "preferences": link_in(mail, "/p/"),
        "notice": link_in(window.page.request.get("/settings/notice/").text(), "/n/"),
        "card": link_in(share, "/r/"),
    }


def imports(window: Visitor, table: Path) -> dict[str, str]:
    """Three imports: one at its columns, one to be looked through, one taken over."""
    anna, found = Keeper(window), {}
    found["columns"] = anna.choose(table)
    found["preview"] = anna.choose(PHONE_BOOK)
    anna.choose(PHONE_BOOK)
    anna.take_over()
    found["report"] = window.page.url
    return found


def evenings(product: Any) -> dict[str, str]:
    """One to come and one that was held, with the links that guests and the host have."""
    return json.loads(product.manage("shell", "-v0", "-c", EVENINGS).splitlines()[-1])


def link_in(mail: str, place: str) -> str:
    found = re.search(rf'href="[^"?]*({place}[^"]+)"', mail)
    assert found, f"no link to {place}"
    return found[1]


def flaws_of(page: Page) -> list[str]:
    """As it is by day, then its colours by night, of which nothing but the contrast depends."""
    shine(page, "light")
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    found = violations(page) + [f"{overflow} px too wide"] * (overflow > 0)
    shine(page, "dark")
    return found + violations(page, runOnly=["color-contrast"])


def shine(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Painted, too: until then buttons may still have the colours of before."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate(PAINTED)


def violations(page: Page, **options: Any) -> list[str]:
    """The page itself; a mail in a frame is foreign ground that no script may enter."""
    report = Axe().run(page, options={"iframes": False, **options}).response
    return [
        f"{violation['id']} {[node['target'] for node in violation['nodes']]}"
        for violation in report["violations"]
    ]
