"""The operator's commands: the first clerk, and what the mail server says."""

import smtplib
import socket
import ssl
from io import StringIO

import pytest
from django.core import mail
from django.core.mail import get_connection
from django.core.management import CommandError, call_command

from partners.models import User
from tests.partners.accounts import NEW_PASSWORD, sign_in


def run(*args: str, **options) -> str:
    out = StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue()


def printed_path(text: str) -> str:
    return text.splitlines()[-1].removeprefix("http://testserver")


# --- the first clerk ---------------------------------------------------------------------------


def test_the_first_clerk_chooses_a_password_by_a_link_that_works_once(client, settings):
    settings.OFFICE_MFA = "optional"
    path = printed_path(run("create_office_user", "Olga@Example.org", "--name", "Olga Office"))
    user = User.objects.get()
    assert (user.email, user.name, user.is_staff) == ("olga@example.org", "Olga Office", True)
    assert not user.has_usable_password()

    assert client.post(path, {"password": NEW_PASSWORD}).url == "/office/"
    assert client.get("/office/").status_code == 200
    client.logout()

    assert client.get(path).status_code == 410
    assert sign_in(client, "olga@example.org", NEW_PASSWORD).url == "/office/"


def test_asking_again_prints_a_new_link_and_voids_the_old_one(client, clock):
    first = printed_path(run("create_office_user", "olga@example.org"))
    clock.shift(60)
    second = printed_path(run("create_office_user", "olga@example.org"))

    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200
    assert User.objects.count() == 1


def test_who_has_a_password_gets_no_link(office):
    with pytest.raises(CommandError, match="has an account and a password already"):
        run("create_office_user", "OFFICE@example.org")


def test_a_partner_does_not_become_a_clerk(anna):
    with pytest.raises(CommandError, match="belongs to a partner"):
        run("create_office_user", "anna@example.org")


def test_an_address_must_look_like_one():
    with pytest.raises(CommandError, match="is not an e-mail address"):
        run("create_office_user", "olga")


# --- what the mail server says ------------------------------------------------------------------


@pytest.fixture
def server(settings):
    settings.EMAIL_URL = "smtp+tls://crm:x@mail.example.org:587"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "mail.example.org", 587
    return settings


def test_a_mail_that_went_through_says_so(server):
    assert "mail.example.org:587 took the mail" in run("send_test_mail", "you@example.org")
    assert [message.to for message in mail.outbox] == [["you@example.org"]]


def test_without_a_mail_server_it_says_where_the_mail_is_kept(settings):
    settings.EMAIL_URL = ""

    answer = run("send_test_mail", "you@example.org")

    assert f"kept in {settings.MAIL_DIR}" in answer
    assert "EMAIL_URL=" in answer


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (smtplib.SMTPAuthenticationError(535, b"5.7.8 no"), "user or password in EMAIL_URL"),
        (smtplib.SMTPSenderRefused(550, b"no", "x@y"), "set DEFAULT_FROM_EMAIL"),
        (smtplib.SMTPRecipientsRefused({"a@b": (550, b"5.1.1 no")}), "does not take mail for this"),
        (smtplib.SMTPNotSupportedError("STARTTLS"), "does not offer"),
        (smtplib.SMTPServerDisconnected("closed"), "smtp+ssl://"),
        (smtplib.SMTPDataError(554, b"spam"), "answered 554 spam"),
        (socket.gaierror(-2, "unknown"), "No server is called 'mail.example.org'"),
        (ssl.SSLError(1, "WRONG_VERSION_NUMBER"), "does not speak TLS as expected"),
        (ConnectionRefusedError(111, "refused"), "refuses the connection"),
        (TimeoutError("timed out"), "does not answer"),
        (OSError(101, "unreachable"), "cannot be reached"),
        (ValueError("bad header"), "cannot be sent"),
    ],
)
def test_each_trouble_is_one_sentence_with_advice(server, monkeypatch, error, advice):
    backend = type(get_connection())

    def fail(*args):
        raise error

    monkeypatch.setattr(backend, "send_messages", fail)
    with pytest.raises(CommandError) as caught:
        run("send_test_mail", "you@example.org")

    assert advice in str(caught.value)
    assert "\n" not in str(caught.value)
