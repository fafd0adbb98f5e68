"""No more of these mails: one click in the mail program, a page for people, and the way back."""

import pytest
from django.test import Client
from django.urls import reverse

from partners import preferences
from partners.models import Partner
from partners.preferences import DIGEST, REMINDERS
from tests.harness.roles import AppClient

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
FORM = "application/x-www-form-urlencoded"
WORDS = {  # the question, the answer, and the answer on the way back
    DIGEST: ("Keine Morgenmail mehr?", "Die Morgenmail ist aus", "Die Morgenmail ist wieder an"),
    REMINDERS: (
        "Keine einzelnen Erinnerungen mehr?",
        "Einzelne Erinnerungen sind aus",
        "Einzelne Erinnerungen sind wieder an",
    ),
}


@pytest.fixture(params=[DIGEST, REMINDERS])
def which(request):
    return request.param


@pytest.fixture
def link(anna, which):
    return path_of(preferences.link(anna, which))


def path_of(link: str) -> str:
    return link.removeprefix("http://testserver")


def switched(anna) -> dict[str, bool]:
    stored = Partner.objects.get(pk=anna.pk)
    return {DIGEST: stored.digest_on, REMINDERS: stored.reminders_on}


def only_off(which) -> dict[str, bool]:
    return {DIGEST: True, REMINDERS: True} | {which: False}


# --- one click (RFC 8058) --------------------------------------------------------------------


@pytest.fixture(params=["plain", "behind https"])
def mail_program(request, settings):
    """A stranger without cookies or referrer, who follows no redirect and knows no CSRF token."""
    secure = settings.SECURE_SSL_REDIRECT = request.param != "plain"
    client = AppClient(enforce_csrf_checks=True)
    return lambda url: client.post(url, "List-Unsubscribe=One-Click", FORM, secure=secure)


def test_one_click_ends_it_at_once_however_often(mail_program, anna, which, link):
    for _time in range(2):
        response = mail_program(link)

        assert (response.status_code, dict(response.cookies)) == (200, {})
        assert switched(anna) == only_off(which)


def test_one_click_may_come_as_a_multipart_form(anna, which, link):
    program = Client(enforce_csrf_checks=True)

    assert program.post(link, ONE_CLICK).status_code == 200
    assert switched(anna) == only_off(which)


def test_one_click_ends_what_was_switched_on_again(client, anna, which, link):
    for typed in (ONE_CLICK, {"on": "1"}, ONE_CLICK):
        client.post(link, typed)

    assert switched(anna) == only_off(which)


def test_the_mail_names_the_address_and_the_method(settings, anna, which):
    settings.BASE_URL = "https://circle.example"

    headers = preferences.headers(anna, which)

    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"] == f"<{preferences.link(anna, which)}>"
    assert headers["List-Unsubscribe"].startswith("<https://circle.example/p/")


# --- the page for people -----------------------------------------------------------------------


def test_looking_changes_nothing(client, anna, which, link):
    question, *_answers = WORDS[which]
    for look in (client.get, client.head, client.options) * 2:
        look(link)

    assert switched(anna) == {DIGEST: True, REMINDERS: True}
    assert question in client.get(link).content.decode()


def test_a_slip_is_mended_on_the_same_page(client, anna, which, link):
    _question, off, on_again = WORDS[which]

    assert off in client.post(link).content.decode()
    assert off in client.get(link).content.decode()
    assert on_again in client.post(link, {"on": "1"}).content.decode()
    assert switched(anna) == {DIGEST: True, REMINDERS: True}


def test_the_page_speaks_its_partners_language(client, anna, link):
    type(anna.user).objects.update(language="en")

    assert "No more " in client.get(link, headers={"Accept-Language": "de"}).content.decode()


def test_nobody_passes_the_address_on(client, link):
    for response in (client.get(link), client.post(link), client.get(f"{link[:-2]}/")):
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["X-Robots-Tag"] == "noindex"


# --- links that are none -------------------------------------------------------------------------


def test_a_higher_version_revokes_both_links(client, anna, which, link):
    Partner.objects.filter(pk=anna.pk).update(digest_off_version=2)

    assert client.post(link).status_code == 404
    assert switched(anna) == {DIGEST: True, REMINDERS: True}


def test_the_other_purpose_is_another_token(anna):
    digest, reminder = (path_of(preferences.link(anna, which)) for which in (DIGEST, REMINDERS))

    assert digest != reminder
    assert preferences.link(anna) == preferences.link(anna, DIGEST)


@pytest.mark.parametrize(
    "text", ["x", "%00", "٧.١.x", "9" * 10_000, "..", "%F0%9F%92%A5", "1.1.1.1"]
)
def test_an_invented_link_is_a_kind_page(client, anna, text):
    response = client.post(reverse("preferences", args=["TEXT"]).replace("TEXT", text))

    assert response.status_code == 404
    assert "Dieser Link führt nirgendwohin" in response.content.decode()


def test_a_link_of_one_partner_cannot_be_turned_to_another(client, anna, boris, link):
    turned = link.replace(f"/{anna.pk}.", f"/{boris.pk}.", 1)

    assert client.post(turned).status_code == 404
    assert Partner.objects.filter(digest_on=True, reminders_on=True).count() == 2
