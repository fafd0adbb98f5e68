"""Double opt-in: a neutral mail, one button, one use, seven days; looking changes nothing."""

import datetime as dt

import pytest
from django.urls import reverse

from customers import permissions
from customers.models import Permission
from customers.reminders import opting_in
from partners import outbox
from partners.models import Partner
from tests.customers.mails import (
    ABOUT_MAIL,
    How,
    Says,
    State,
    asked,
    deliver,
    link_for,
    links_in,
    person,
    says_no,
    says_yes,
    with_imprint,
)
from tests.customers.pages import toasts
from tests.harness.roles import AppClient

pytestmark = pytest.mark.usefixtures("clock")
NO_LINK = "Dieser Link führt nirgendwohin"


@pytest.fixture
def clara(anna):
    return person(with_imprint(anna))


@pytest.fixture
def stranger() -> AppClient:
    """A mail program or a scanner: no cookies, no token against forgery."""
    return AppClient(enforce_csrf_checks=True)


@pytest.fixture
def link(clara, mailoutbox) -> str:
    asked(clara)
    deliver()
    return link_for(mailoutbox[0])


def statements(customer) -> list[tuple[str, str]]:
    return list(customer.permissions.order_by("pk").values_list("says", "how"))


def may_write(customer) -> bool:
    return bool(permissions.may_contact(customer, *ABOUT_MAIL))


# --- asking --------------------------------------------------------------------------------------


def test_the_mail_is_neutral_and_names_the_very_words(as_anna, clara, mailoutbox):
    url = reverse("opt-in-ask", args=[clara.pk])

    response = as_anna.post(url, {"how": How.PAPER})

    assert toasts(response) == ["Clara bekommt eine Mail zum Bestätigen."]
    assert deliver() == 1
    [mail], [said] = mailoutbox, clara.permissions.all()
    assert (said.says, said.how, said.point) == (Says.ASKED, How.PAPER, "clara@example.net")
    assert said.text in mail.body
    assert (mail.to, mail.reply_to) == (["Clara@example.net"], ["anna@example.org"])
    assert "Auto-Submitted" not in mail.extra_headers
    assert "List-Unsubscribe" not in mail.extra_headers
    assert len([link for link in links_in(mail) if link.startswith("/p/")]) == 1
    assert not may_write(clara)


@pytest.mark.parametrize(
    ("formality", "words"), [("du", "du hast Anna Berger gesagt"), ("sie", "Sie haben Anna Berger")]
)
def test_it_says_du_or_sie(anna, mailoutbox, formality, words):
    asked(person(with_imprint(anna), formality=formality))
    deliver()

    assert words in mailoutbox[0].body
    assert words in mailoutbox[0].alternatives[0][0]


def test_nobody_is_asked_out_of_the_blue(as_anna, clara, mailoutbox):
    response = as_anna.post(reverse("opt-in-ask", args=[clara.pk]))

    assert response.status_code == 422
    assert "niemand wird einfach so gefragt" in response.content.decode()
    assert not Permission.unscoped.exists()


def test_a_question_is_not_repeated_while_it_is_open(as_anna, clara, mailoutbox, clock):
    url = reverse("opt-in-ask", args=[clara.pk])
    for _time in range(2):
        as_anna.post(url, {"how": How.SPOKEN})
    assert deliver() == 1
    page = as_anna.get(reverse("mail-write", args=[clara.pk])).content.decode()
    assert "Noch keine Antwort." in page
    assert url not in page

    clock.shift(dt.timedelta(days=8))
    as_anna.post(url, {"how": How.SPOKEN})
    assert deliver() == 1


def test_who_said_no_is_not_asked_by_us(as_anna, clara, mailoutbox):
    says_no(clara)

    as_anna.post(reverse("opt-in-ask", args=[clara.pk]), {"how": How.SPOKEN})

    assert deliver() == 0
    assert statements(clara)[-1][0] == Says.NO


def test_a_no_that_came_first_stops_the_question(clara, mailoutbox):
    row = asked(clara)
    says_no(clara)

    assert deliver() == 0

    row.refresh_from_db()
    assert (row.state, row.reason) == (State.CANCELLED, "not-allowed")


def test_it_waits_for_the_imprint_too(anna, mailoutbox):
    row = asked(person(anna))

    assert deliver() == 0
    row.refresh_from_db()
    assert (row.state, row.reason) == (State.PENDING, "no-imprint")

    with_imprint(anna)
    outbox.wake(anna, "no-imprint")
    assert deliver() == 1


def test_taken_back_before_it_left_it_never_does(as_anna, clara, mailoutbox):
    response = as_anna.post(reverse("opt-in-ask", args=[clara.pk]), {"how": How.SPOKEN})
    [message] = response.wsgi_request._messages._queued_messages

    as_anna.post(reverse("undo", args=[message.extra_tags.removeprefix("undo-")]))

    assert deliver() == 0


# --- answering -----------------------------------------------------------------------------------


def test_twenty_looks_change_nothing(stranger, clara, link):
    before = statements(clara)
    for _look in range(20):
        for look in (stranger.get, stranger.head, stranger.options):
            look(link)

    assert statements(clara) == before
    assert "Ja, gern" in stranger.get(link).content.decode()


def test_one_tap_is_the_proof(stranger, clara, link, clock):
    clock.shift(dt.timedelta(hours=3))
    page = stranger.post(link)

    said = clara.permissions.last()
    question = clara.permissions.first()
    assert page.status_code == 200
    assert "Danke, bestätigt" in page.content.decode()
    assert (said.says, said.how, said.point) == (Says.YES, How.OPT_IN, "clara@example.net")
    assert (said.text, said.text_version) == (question.text, question.text_version)
    assert said.confirmed_at - question.said_at == dt.timedelta(hours=3)
    assert said.recorded_by is None
    assert may_write(clara)


def test_it_works_once(stranger, clara, link):
    stranger.post(link)
    before = statements(clara)

    again = stranger.post(link)

    assert again.status_code == 410
    assert "Das ist schon erledigt" in again.content.decode()
    assert statements(clara) == before


def test_a_used_link_does_not_undo_a_later_no(stranger, clara, link):
    stranger.post(link)
    says_no(clara)

    stranger.post(link)

    assert not may_write(clara)


def test_it_works_for_seven_days(stranger, clara, link, clock):
    clock.shift(dt.timedelta(days=9))

    page = stranger.post(link)

    assert page.status_code == 410
    assert "Dieser Link ist zu alt" in page.content.decode()
    assert not may_write(clara)


def test_a_yes_on_the_own_page_makes_the_question_needless(clara, mailoutbox):
    row = asked(clara)
    says_yes(clara)

    assert deliver() == 0

    row.refresh_from_db()
    assert (row.state, row.reason) == (State.CANCELLED, "unwanted")


@pytest.mark.parametrize("text", ["x", "%00", "1-0.1.x", "9" * 500, "..", "person.1.1"])
def test_an_invented_link_is_a_kind_page(stranger, clara, text):
    response = stranger.post(f"/p/{text}/")

    assert response.status_code == 404
    assert NO_LINK in response.content.decode()


def test_a_link_cannot_be_turned_to_another_circle(stranger, anna, boris, link):
    turned = link.replace(f"/p/{anna.pk}-", f"/p/{boris.pk}-", 1)

    assert stranger.post(turned).status_code == 404


def test_a_higher_version_revokes_it(stranger, clara, link):
    type(clara).unscoped.filter(pk=clara.pk).update(link_version=2)

    assert stranger.post(link).status_code == 404
    assert not may_write(clara)


def test_it_works_while_the_partner_rests(stranger, clara, link):
    Partner.objects.update(paused_at="2026-11-01T00:00Z")

    assert stranger.post(link).status_code == 200


def test_no_one_passes_the_address_on(stranger, link):
    for response in (stranger.get(link), stranger.post(link)):
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert not response.cookies


def test_one_reader_at_a_time_is_told_of(clara, anna):
    row = asked(clara)

    assert opting_in.load([row])[row.pk].customer == clara
