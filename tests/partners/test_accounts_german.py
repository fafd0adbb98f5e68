"""The account area speaks German to partners (du) and clerks (Sie) alike: so it says neither.

One walk visits every page of it, with its errors and its mails, and listens to each word.
"""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.urls import URLResolver, get_resolver, reverse

from partners import actions, outbox
from partners.account_texts import TEXTS
from partners.models import OutboxMessage
from tests.factories import PASSWORD
from tests.harness.roles import AppClient, as_app
from tests.partners.accounts import (
    NEW_PASSWORD,
    confirm_password,
    delivered,
    path_in,
    set_up_authenticator,
    sign_in,
)

DU = re.compile(r"\b(du|dich|dir|dein\w*|euch|eure\w*|euer|ihr|bist|hast|kannst)\b", re.IGNORECASE)
SIE = re.compile(r"\b(Sie|Ihnen|Ihr\w*)\b")
ENGLISH = re.compile(
    r"\b(the|your|you|and|of|is|are|this|that|please|enter|with|password|sign|not|has|have)\b",
    re.IGNORECASE,
)
OURS = ("account/", "mfa/", "usersessions/")
SENTENCES = [  # the walk must have come past these, or it did not listen
    "E-Mail-Adresse und Passwort passen nicht zusammen.",
    "Das war ein wenig zu oft.",
    "Dieses Passwort ist zu kurz.",
    "Dieses Feld ist zwingend erforderlich.",
    "Das ist nicht das bisherige Passwort.",
    "Das ist schon die Adresse dieses Kontos.",
    "Dieser Code stimmt nicht oder gilt nicht mehr.",
    "Alle anderen Geräte sind abgemeldet.",
    "Der Passkey ist entfernt.",
]


def spoken_in(page: str) -> str:
    """What a person reads or hears of a page: text, labels and descriptions."""
    body = re.sub(r"<(script|style|template)\b.*?</\1>", " ", page, flags=re.DOTALL)
    heard = re.findall(r'(?:title|alt|aria-label|placeholder)="([^"]*)"', body)
    return html.unescape(" ".join([re.sub(r"<[^>]+>", " ", body), *heard]))


def faults(text: str) -> list[str]:
    text = re.sub(r"http://\S+", "", text)
    return [
        f"{pattern.pattern[:12]}… in: {text[max(0, hit.start() - 40) : hit.end() + 40]!r}"
        for pattern in (DU, SIE, ENGLISH)
        for hit in pattern.finditer(text)
    ]


class Listener(AppClient):
    """A browser that remembers what it was told, and where."""

    def __init__(self):
        super().__init__(headers={"accept-language": "de"})
        self.heard: list[tuple[str, str]] = []
        self.visited: set[str] = set()
        self.foreign: set[str] = set()

    def request(self, **request):
        response = super().request(**request)
        if match := getattr(response, "resolver_match", None):
            self.visited.add(match.url_name)
        place = f"{request['REQUEST_METHOD']} {request['PATH_INFO']}"
        self.heard.append((place, spoken_in(response.content.decode())))
        for template in response.templates or []:
            if template.name and template.name.startswith(OURS):
                folder = Path(template.origin.name)
                if not folder.is_relative_to(settings.BASE_DIR / "templates"):
                    self.foreign.add(template.name)
        return response


@pytest.fixture
def listener() -> Listener:
    return Listener()


def account_pages(patterns=None) -> Iterator[str]:
    """The name of every page below /accounts/."""
    if patterns is None:
        rooms = (part for part in get_resolver().url_patterns if isinstance(part, URLResolver))
        (accounts,) = (part for part in rooms if str(part.pattern) == "accounts/")
        patterns = accounts.url_patterns
    for part in patterns:
        if isinstance(part, URLResolver):
            yield from account_pages(part.url_patterns)
        else:
            yield part.name


def walk(browser: Listener, user) -> None:
    outside(browser, user)
    cache.clear()  # the door has had enough of us
    inside(browser, user)
    second_factor(browser, user)


def outside(browser, user):
    """As a stranger, and with every mistake one can make at the door."""
    for name in ("account_login", "account_signup", "account_reset_password"):
        browser.get(reverse(name))
        browser.post(reverse(name), {})
    browser.get(reverse("account_inactive"))
    browser.get(reverse("account_logout"))
    browser.get(reverse("account_reset_password_done"))
    browser.get(reverse("account_reset_password_from_key_done"))
    browser.get(reverse("account_email_verification_sent"))
    browser.get(reverse("account_confirm_login_code"))
    browser.get(reverse("mfa_login_webauthn"))
    browser.post(reverse("mfa_login_webauthn"), {"credential": "{}"}, follow=True)
    browser.get(reverse("mfa_authenticate"))
    browser.get(reverse("account_reset_password_from_key", args=["1", "x"]))
    browser.get(reverse("account_confirm_email", args=["x"]))
    browser.get(reverse("welcome", args=["x"]))
    browser.post(reverse("account_login"), {"login": "no address", "password": "x"})
    browser.post(reverse("account_reset_password"), {"email": "no address"})
    browser.post(reverse("account_reset_password"), {"email": user.email}, follow=True)
    (message,) = delivered()
    form = browser.get(path_in(message), follow=True).redirect_chain[-1][0]
    for weak in ("", "kurz", "1234567890", user.email):
        browser.post(form, {"password1": weak})
    browser.post(form, {"password1": PASSWORD + "!"}, follow=True)
    actions.set_password(user, PASSWORD)
    for _ in range(6):
        sign_in(browser, user.email, "wrong")


def inside(browser, user):
    """Signed in: password, address, devices."""
    other = AppClient()
    sign_in(other, user.email)
    browser.force_login(user)
    actions.trust_address(user)
    for name in ("account_change_password", "account_set_password", "usersessions_list"):
        browser.get(reverse(name))
    browser.get(reverse("account_logout"))
    browser.post(reverse("usersessions_list"), follow=True)
    for old, new in (("", ""), ("wrong", NEW_PASSWORD), (PASSWORD, "kurz")):
        form = {"oldpassword": old, "password1": new}
        browser.post(reverse("account_change_password"), form)
    browser.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": PASSWORD}
    )
    browser.get(reverse("account_reauthenticate"))
    browser.post(reverse("account_reauthenticate"), {"password": "wrong"})
    confirm_password(browser)
    browser.get(reverse("account_email"))
    for typed in ("", "no address", user.email):
        browser.post(reverse("account_email"), {"action_add": "", "email": typed})
    for action in ("action_add", "action_send", "action_remove"):
        form = {action: "", "email": "neu@example.org"}
        browser.post(reverse("account_email"), form, follow=True)
    user.set_unusable_password()
    user.save()
    browser.force_login(user)
    browser.get(reverse("account_set_password"))
    browser.post(reverse("account_set_password"), {"password1": PASSWORD}, follow=True)
    browser.post(reverse("account_logout"), follow=True)


def second_factor(browser, user):
    sign_in(browser, user.email)
    browser.get(reverse("mfa_index"))
    confirm_password(browser)
    browser.get(reverse("mfa_activate_totp"))
    browser.post(reverse("mfa_activate_totp"), {"code": "000000"})
    set_up_authenticator(browser)
    key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "Handy"})
    for name in (
        "mfa_index",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_list_webauthn",
        "mfa_reauthenticate",
        "mfa_deactivate_totp",
    ):
        browser.get(reverse(name))
    browser.post(reverse("mfa_reauthenticate"), {"code": "000000"})
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        browser.get(reverse(name, args=[key.pk]))
    browser.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": ""})
    browser.post(reverse("mfa_remove_webauthn", args=[key.pk]), follow=True)
    browser.get(reverse("mfa_add_webauthn"))
    browser.post(reverse("mfa_add_webauthn"), {"credential": "{}"})
    browser.get(reverse("mfa_reauthenticate_webauthn"))
    browser.post(reverse("mfa_generate_recovery_codes"), follow=True)
    browser.post(reverse("account_logout"), follow=True)
    sign_in(browser, user.email)
    browser.get(reverse("mfa_authenticate"))
    browser.post(reverse("mfa_authenticate"), {"code": "000000"})


@pytest.mark.parametrize("who", ["partner", "clerk"])
def test_no_page_of_the_account_says_du_or_sie_or_speaks_english(listener, anna, office, who):
    Authenticator.objects.all().delete()
    user = anna.user if who == "partner" else office

    walk(listener, user)

    found = [(place, fault) for place, text in listener.heard for fault in faults(text)]
    assert found == []
    everything = " ".join(text for _, text in listener.heard)
    assert [sentence for sentence in SENTENCES if sentence not in everything] == []
    assert set(account_pages()) - listener.visited == set()
    assert listener.foreign == set()


def test_the_welcome_speaks_the_same_way(client, anna):
    anna.user.invited_at = None
    actions.expect_password(anna.user)
    path = actions.welcome_link(anna.user).removeprefix("http://testserver")

    for page in (client.get(path), client.post(path, {"password": "kurz"})):
        assert faults(spoken_in(page.content.decode())) == []


@pytest.mark.parametrize("kind", ["invitation", *sorted(TEXTS)])
def test_no_mail_about_the_account_says_du_or_sie_or_speaks_english(anna, kind):
    name = kind if kind == "invitation" else "account"
    actions.expect_password(anna.user)
    address = anna.user.emailaddress_set.create(email="neu@example.org")
    row = OutboxMessage(
        kind=name, source_type=kind, source_id=str(address.pk), recipient_id=str(anna.user.pk)
    )
    with as_app():
        letter = outbox.kinds[name].load([row])[row.pk]
    mail = outbox.rendered(row, anna.user, letter)

    for text in (mail.subject, mail.text, spoken_in(mail.html)):
        assert text.strip()
        assert faults(text) == []
    assert "testserver" not in mail.subject


def test_the_listener_hears_du_sie_and_english():
    for wrong in ("Hast du es?", "Das ist dein Code.", "Geben Sie es ein.", "Enter it."):
        assert faults(wrong)
    assert faults("Damit öffnet sich das Konto; sie fragt nach ihrem Code.") == []
