"""The notice on data: open to all who have the link, complete, in both languages; and the record."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from partners import misses, profile, qr
from tests.harness.environment import ROOT
from tests.harness.queries import costs
from tests.trust_factories import ProfileFactory

TEXTS = ROOT / "templates" / "partners" / "profile"


@pytest.fixture
def stored(anna):
    return ProfileFactory(partner=anna, business="Duftstübchen", notice_extra="Firma Blüte GmbH")


@pytest.fixture
def link(anna):
    return profile.notice_link(anna).removeprefix("http://testserver")


def read(client, link: str, **query) -> str:
    return client.get(link, query).content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "de",
            [
                "Lindenweg 4, 36037 Fulda",  # who
                "0661 900090",
                "Bestellungen erledigen",  # what for, and by what right
                "einen Vertrag haben",
                "berechtigtes Interesse",
                "nur mit einem ausdrücklichen Ja",
                "lässt sich jederzeit zurücknehmen",
                "Niemand muss mir etwas sagen",
                "Über niemanden entscheidet bei mir ein Computer",
                "Manchmal nennt mir jemand",  # where from
                "Betreiber meiner Kundenkartei (testserver)",  # to whom
                "Maildienst",
                "Bestellung weitergebe",
                "außerhalb der EU",
                "drei Jahre danach",  # how long
                "acht Jahre",
                "Kopie davon",  # rights
                "berichtigen, löschen oder sperren",
                "in einer Datei mitnehmen",
                "jederzeit Nein sagen",
                "Datenschutzaufsicht",
                "Firma Blüte GmbH",
            ],
        ),
        (
            "en",
            [
                "Lindenweg 4, 36037 Fulda",
                "handling orders",
                "have a contract",
                "legitimate interest",
                "only with an express yes",
                "can be taken back at any time",
                "Nobody has to tell me anything",
                "No computer decides",
                "a friend gives me a name",
                "operator of my address book (testserver)",
                "mail service",
                "pass an order on",
                "outside of the EU",
                "three years after",
                "eight years",
                "get a copy of it",
                "corrected, deleted or locked",
                "as a file",
                "say no to advertising",
                "data protection authority",
                "Firma Blüte GmbH",
            ],
        ),
    ],
)
def test_the_notice_is_complete(client, stored, link, language, words):
    page = read(client, link, language=language)

    assert f'<html lang="{language}">' in page
    assert [word for word in words if word not in page] == []


def test_the_notice_speaks_the_partners_language_and_offers_the_other(client, anna, link):
    assert 'href="?language=en"' in read(client, link)
    anna.user.language = "en"
    anna.user.save()

    assert 'href="?language=de"' in read(client, link)
    assert 'href="?language=de"' in read(client, link, language="xx")


def test_the_german_notice_says_neither_du_nor_sie():
    text = (TEXTS / "notice" / f"{profile.EDITION}.de.html").read_text()

    found = re.findall(r"\b(du|dich|dir|dein\w*|Ihnen|Ihr\w*|[a-zäöü]+en Sie)\b", text)

    assert found == []


@pytest.mark.parametrize("kind", ["notice", "record"])
def test_both_languages_have_the_same_parts(kind):
    german, english = (
        (TEXTS / kind / f"{profile.EDITION}.{language}.html").read_text()
        for language in ("de", "en")
    )

    tags = [re.findall(r"<(\w+)", text) for text in (german, english)]

    assert tags[0] == tags[1]


def test_the_link_stays_and_opens_one_partners_notice_alone(client, stored, link, boris):
    ProfileFactory(partner=boris, name="Boris Beck", street="Am Markt 1")

    page = read(client, link)

    assert "Anna Berger" in page
    assert "Boris" not in page
    assert profile.notice_link(stored.partner).endswith(link)


def test_looking_changes_nothing_and_is_told_to_nobody(client, stored, link):
    response = client.get(link)

    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Cache-Control"] == "no-store"
    assert stored.partner.changes.count() == 0
    assert client.post(link).status_code == 405


@pytest.mark.parametrize("token", ["1.1.invented", "x", "1.1", "%00", "0" * 300])
def test_a_guessed_link_tells_nothing(client, stored, token):
    response = client.get(f"/n/{token}/")

    assert response.status_code == 404
    assert "Anna" not in response.content.decode()


def test_who_tries_one_link_after_the_other_waits_for_a_while(client, stored, link, monkeypatch):
    monkeypatch.setattr(misses, "MOST", 3)

    tries = [client.get(f"/n/{number}.1.x/").status_code for number in range(5)]

    assert tries == [404, 404, 404, 429, 429]
    assert client.get(link).status_code == 429
    assert client.get(link, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_looking_at_a_link_that_leads_somewhere_is_no_miss(client, stored, link, monkeypatch):
    monkeypatch.setattr(misses, "MOST", 1)

    assert {client.get(link).status_code for _time in range(5)} == {200}


def test_the_version_is_the_text_and_what_it_says_of_the_partner(anna, stored):
    before = profile.notice_version(stored)

    stored.sentence = "It does not say this"
    assert profile.notice_version(stored) == before
    stored.city = "Hünfeld"
    assert profile.notice_version(stored) != before
    assert before.startswith(f"{profile.EDITION}.")
    assert len(before) <= 20


def test_the_notice_needs_few_questions_to_the_database(client, stored, link):
    with costs(2):  # the partner, and the profile with its picture
        read(client, link)


def test_a_code_leads_to_the_link():
    drawn = qr.svg("https://example.org/n/1.1.abc/")

    assert drawn.startswith("<svg")
    assert "style=" not in drawn
    assert drawn != qr.svg("https://example.org/n/2.1.abc/")


def test_the_page_to_pass_it_on_has_code_and_link(as_anna, anna, stored):
    page = as_anna.get(reverse("notice-share")).content.decode()

    assert f'value="{profile.notice_link(anna)}"' in page
    assert "<svg" in page
    assert "https://wa.me/?text=Hier%20steht" in page
    assert reverse("imprint-next") not in page


def test_an_address_that_lacks_is_asked_for_where_the_notice_is_passed_on(as_anna):
    page = as_anna.get(reverse("notice-share")).content.decode()

    assert "Noch steht nicht darin, wo du zu erreichen bist." in page
    assert f'href="{reverse("imprint-next")}?next=/settings/notice/"' in page


def test_the_record_names_the_partner_and_everything_that_is_done(as_anna, stored):
    page = as_anna.get(reverse("privacy-record")).content.decode()

    for words in (
        "Anna Berger",
        "Lindenweg 4",
        "Empfehlungen",
        "Einwilligung",
        "Papierkorb",
        "GmbH",
    ):
        assert words in page


def test_the_texts_are_there_in_every_language(settings):
    for kind in ("notice", "record"):
        names = {path.name for path in Path(TEXTS / kind).glob(f"{profile.EDITION}.*")}
        assert names == {f"{profile.EDITION}.{code}.html" for code, _name in settings.LANGUAGES}
