"""The main job from end to end: keep a contact, promise a follow-up, get the mail, be done."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.e2e.people import Clerk, Partner
from tests.factories import PASSWORD
from tests.harness.browser import LAPTOP, visitor

BERLIN = ZoneInfo("Europe/Berlin")
AFTERNOON = dt.datetime(2026, 12, 1, 15, tzinfo=BERLIN)
NEXT_MORNING = dt.datetime(2026, 12, 2, 7, 30, tzinfo=BERLIN)
MAKE_ANNA = (
    "from tests.factories import PartnerFactory;"
    "PartnerFactory(name='Anna', user__email='anna@example.org', user__name='Anna Albers')"
)
TEN = [
    "Petra 0661 12345",
    "Jürgen",
    "Frau Özil",
    "Uta",
    "Silke",
    "Ben",
    "Ilse",
    "Tom",
    "Lea",
    "Rolf",
]


@pytest.mark.parametrize("product", ["stack", "embedded_stack"])
def test_a_call_promised_today_is_in_tomorrow_s_mail_and_done_from_there(
    request, browser, mail, product
):
    product = request.getfixturevalue(product)
    product.start(at=AFTERNOON)
    product.manage("shell", "-v0", "-c", MAKE_ANNA)

    with visitor(browser, product.base_url) as window:
        anna = Partner(window)
        anna.sign_in("anna@example.org", PASSWORD)
        anna.add_person("Petra")
        anna.log_call("Tochter kommt in die Schule", next_time="morgen 10:00")

        product.stop()
        product.start(at=NEXT_MORNING)
        letter = mail.wait_for("anna@example.org")
        [link] = [link for link in letter.links if "/f/" in link]

        for body in (letter.text, letter.html):
            assert "Petra" in body
            assert "10:00" in body
            assert "Tochter" not in body
        assert letter.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

        with visitor(browser, product.base_url) as not_signed_in:
            Partner(not_signed_in).finish_by_mail(link)
        expect(anna.today).to_contain_text("Für heute ist alles getan.")
        expect(anna.person("Petra").locator(".timeline")).to_contain_text("Anruf erledigt")

    assert [letter.subject] == [sent.subject for sent in mail.mails]


def test_a_freshly_invited_partner_has_ten_people_and_three_promises_in_no_time(
    stack, browser, mail
):
    stack.environment["OFFICE_MFA"] = "optional"
    stack.start(at=AFTERNOON)
    link = stack.manage("create_office_user", "office@example.org", "--name", "Olga").split()[-1]
    with visitor(browser, stack.base_url, LAPTOP) as window:
        olga = Clerk(window)
        olga.accept_invitation(link, "ein langes Kennwort")
        olga.invite("Carla Conrad", "carla@example.org")
    invitation = mail.wait_for("carla@example.org")

    with visitor(browser, stack.base_url) as window:
        carla = Partner(window)
        carla.accept_invitation(invitation.links[0], "noch ein langes Kennwort")
        carla.accept_terms()
        carla.write_first_names(TEN)
        carla.choose_first_dates({"Petra": "heute Abend", "Uta": "morgen", "Ben": "in 3 Tagen"})

        assert window.clicks < 60
        expect(carla.today).to_contain_text("Petra")
        expect(window.page.locator("#main")).to_contain_text(re.compile("Uta.*Ben", re.DOTALL))
        expect(carla.people()).to_have_count(10)
