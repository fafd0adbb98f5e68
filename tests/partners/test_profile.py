"""How customers see a partner: the form, its live card, and what a mail needs, asked one by one."""

import datetime as dt
from urllib.parse import urlencode

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from customers import actions
from partners import letters, profile
from partners.models import Profile
from tests.trust_factories import ProfileFactory

PAGE = reverse("profile")
ASK = reverse("imprint-next")


def said(**changes) -> dict:
    return {
        "name": "Anna Berger",
        "business": "Duftstübchen",
        "sentence": "Düfte für jeden Tag",
        "signature": "Herzliche Grüße\nAnna",
        "street": "Lindenweg 4",
        "postcode": "36037",
        "city": "Fulda",
        "country": "",
        "phone": "0661 900090",
        "email": "anna@example.org",
        "website": "",
        "vat_id": "",
        "notice_extra": "",
        "quiet_from": "20:00",
        "quiet_until": "08:00",
        "mail_gap": "14",
        "row_version": "1",
        **changes,
    }


def test_a_new_profile_says_what_the_account_knows(as_anna, anna):
    page = as_anna.get(PAGE).content.decode()

    assert 'value="Anna"' in page
    assert 'value="anna@example.org"' in page
    assert not anna.profiles.exists()


def test_what_was_said_is_kept_and_can_be_taken_back(as_anna, anna):
    as_anna.post(PAGE, said())
    stored = anna.profiles.get()
    response = as_anna.post(PAGE, said(business="Seifen & Co", row_version=stored.version))

    assert response.status_code == 302
    stored.refresh_from_db()
    assert (stored.business, stored.city, stored.quiet_from) == (
        "Seifen & Co", "Fulda", dt.time(20),
    )  # fmt: skip
    assert stored.is_complete
    last = anna.changes.latest("pk")
    actions.undo(anna, anna.user, last.act_id)
    assert anna.profiles.get().business == "Duftstübchen"


def test_a_form_that_is_sent_twice_makes_one_profile(as_anna, anna):
    for _time in range(2):
        assert as_anna.post(PAGE, said()).status_code == 302

    assert anna.profiles.count() == 1


def test_nobodys_change_is_lost(as_anna, anna):
    stored = ProfileFactory(partner=anna)
    Profile.unscoped.filter(pk=stored.pk).update(version=2, city="Hünfeld")

    response = as_anna.post(PAGE, said())

    assert response.status_code == 409
    assert anna.profiles.get().city == "Hünfeld"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Bitte sag uns, wie du heißt."),
        ({"phone": "0661"}, "Bitte schau noch einmal auf diese Nummer, da fehlt etwas."),
        ({"email": "anna@"}, "Bitte schau noch einmal auf diese Adresse, da fehlt etwas."),
        (
            {"website": "javascript://example.org/%0Aalert(1)"},
            "Bitte schreib die Adresse so: www.example.org.",
        ),
        ({"website": "no site"}, "Bitte schreib die Adresse so: www.example.org."),
        ({"vat_id": "?"}, "Bitte schreib die Nummer so: DE123456789."),
        ({"quiet_from": "late"}, "Bitte schreib die Uhrzeit so: 20:00."),
        ({"quiet_until": "20:00"}, "Bitte lass ein paar ruhige Stunden dazwischen."),
        ({"mail_gap": "0"}, "Bitte wähl zwischen 1 und 90 Tagen."),
        (
            {"mail_gap": "91"},
            "Bitte wähl zwischen 1 und 90 Tagen. Weiter schauen wir nicht zurück.",
        ),
        ({"mail_gap": "often"}, "Bitte wähl zwischen 1 und 90 Tagen."),
    ],
)
def test_what_we_cannot_use_is_answered_with_a_sentence(as_anna, anna, changes, sentence):
    response = as_anna.post(PAGE, said(**changes))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not anna.profiles.exists()


def test_one_line_stays_one_line_whatever_was_pasted(as_anna, anna):
    as_anna.post(PAGE, said(name="Anna\r\nBcc: all@example.org\u202e", website="example.org"))

    stored = anna.profiles.get()
    assert stored.name == "Anna Bcc: all@example.org"
    assert stored.website == "https://example.org"
    assert stored.signature == "Herzliche Grüße\nAnna"


def test_the_card_shows_what_is_being_typed_and_keeps_nothing(as_anna, anna):
    page = as_anna.post(reverse("profile-card"), said(sentence="Just <typed>", email="anna@"))

    text = page.content.decode()
    assert "Just &lt;typed&gt;" in text
    assert "Lindenweg 4, 36037 Fulda" in text
    assert not anna.profiles.exists()


# --- what a mail still needs, one thing at a time ---------------------------------------------


def test_what_a_mail_needs_is_asked_one_thing_at_a_time(as_anna, anna):
    answers = {"street": "Lindenweg 4", "postcode": "36037", "city": "Fulda", "phone": "0661 90009"}
    onward = f"{ASK}?{urlencode({'next': '/messages/'})}"
    went = []

    for name, answer in answers.items():
        page = as_anna.get(onward)
        assert page.context["asked"] == name
        assert [field.name for field in page.context["form"].visible_fields()] == [name]
        version = page.context["form"].instance.version
        typed = {"asked": name, name: answer, "next": "/messages/", "row_version": version}
        went.append(as_anna.post(ASK, typed).url)

    assert went == [f"{ASK}?next=%2Fmessages%2F"] * 3 + ["/messages/"]
    stored = anna.profiles.get()
    assert stored.is_complete
    assert (stored.name, stored.email) == ("Anna", "anna@example.org")


def test_an_empty_answer_is_asked_again(as_anna, anna):
    response = as_anna.post(ASK, {"asked": "street", "street": " ", "row_version": 1})

    assert response.status_code == 422
    assert "Bitte schreib Straße und Hausnummer." in response.content.decode()
    assert not anna.profiles.exists()


def test_who_has_said_everything_is_not_asked(as_anna, anna):
    ProfileFactory(partner=anna)

    assert as_anna.get(f"{ASK}?next=/messages/").url == "/messages/"
    assert as_anna.get(f"{ASK}?next=https://evil.example/").url == PAGE


# --- the foot of a mail ------------------------------------------------------------------------


def test_the_foot_of_a_mail_says_who_writes_in_both_kinds_of_text(anna):
    stored = ProfileFactory(
        partner=anna, name="Anna & Söhne", business="Duftstübchen", vat_id="DE123456789"
    )
    context = {"imprint": profile.footer(stored)}

    text = render_to_string("mail/_imprint.txt", context)
    html = letters.styled("mail/_imprint.html").render(context)

    assert text.strip().splitlines() == [
        "Anna & Söhne · Duftstübchen",
        "Lindenweg 4, 36037 Fulda",
        "0661 900090 · anna@example.org",
        "USt-IdNr.: DE123456789",
        f"Wie ich mit Daten umgehe: {profile.notice_link(anna)}",
    ]
    for said_there in (
        "Anna &amp; Söhne · Duftstübchen",
        "Lindenweg 4, 36037 Fulda",
        "DE123456789",
    ):
        assert said_there in html
    assert f'href="{profile.notice_link(anna)}"' in html


def test_what_lacks_is_named_in_the_order_in_which_it_is_asked(anna):
    new = profile.of(anna)

    assert new.lacks == ["street", "postcode", "city", "phone"]
    assert profile.question(new) == "street"
    assert profile.question(new, "phone") == "phone"
    assert profile.question(ProfileFactory(partner=anna)) == ""
    assert profile.signature(new) == "Anna"
