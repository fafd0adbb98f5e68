"""Mails to people through a real mail server: what it gets, and what never reaches it."""

from collections.abc import Iterator

import pytest

from partners.models import OutboxAttempt
from partners.outbox.smtp import Lane
from tests.customers.mails import (
    State,
    asked,
    deliver,
    fate,
    link_for,
    person,
    says_no,
    says_yes,
    with_imprint,
    written,
)
from tests.harness.roles import AppClient
from tests.harness.smtp import MailServer

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "crm", server.password
        yield server


def test_a_yes_by_double_opt_in_and_one_click_out(anna, server, clock):
    clara = person(with_imprint(anna), address="Clara.Zobel@Example.net")
    row = asked(clara)
    assert deliver() == 1
    question = server.mails[0]
    assert question.recipients == ["Clara.Zobel@Example.net"]
    assert question.message_id == row.message_id
    assert str(question.message["Reply-To"]) == "anna@example.org"
    AppClient().post(link_for(question))

    mail = written(clara)
    assert deliver() == 1
    advertising = server.mails[1]
    assert str(advertising.message["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
    assert link_for(advertising) in str(advertising.message["List-Unsubscribe"])
    assert fate(mail) == (State.SENT, "")

    AppClient().post(link_for(advertising), {"List-Unsubscribe": "One-Click"})
    clock.shift(60 * 60 * 24 * 20)
    refused = written(clara, "Once more")
    assert deliver() == 0
    assert fate(refused) == (State.CANCELLED, "not-allowed")
    assert len(server.mails) == 2


def test_what_is_refused_or_waits_never_reaches_the_mail_server(anna, boris, server):
    stranger = written(person(with_imprint(anna)))
    waiting = person(boris, "Dora")
    says_yes(waiting)
    kept = written(waiting)

    assert deliver() == 0

    assert fate(stranger) == (State.CANCELLED, "not-allowed")
    assert fate(kept) == (State.PENDING, "no-imprint")
    assert server.mails == []


def test_a_no_that_comes_while_the_server_is_spoken_to_wins(anna, server, monkeypatch):
    """Said after the server was ready for the mail, before its hand-over was granted."""
    clara = person(with_imprint(anna))
    says_yes(clara)
    mail = written(clara)
    get_data = Lane.get_data

    def and_then_a_no(lane, letter):
        get_data(lane, letter)
        says_no(clara)

    monkeypatch.setattr(Lane, "get_data", and_then_a_no)

    assert deliver() == 0
    assert (fate(mail), server.mails) == ((State.PENDING, ""), [])
    assert deliver() == 0
    assert (fate(mail), server.mails) == ((State.CANCELLED, "not-allowed"), [])
    assert not OutboxAttempt.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        "550 5.1.1 <clara.zobel@example.net>: user unknown",
        "550 5.1.1 mailbox clara.zobel unknown",
        "550 5.1.1 'Clara.Zobel' has left; SRS0=x=clara.zobel=40example.net is gone",
        '550 5.1.1 <"clara zobel"@example.net> unknown',
    ],
)
@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_what_the_server_says_is_kept_without_any_address(anna, server, said, stage):
    clara = person(with_imprint(anna), address="Clara.Zobel@Example.net")
    says_yes(clara)
    mail = written(clara)
    server.answer(stage, said)

    assert deliver() == 0

    attempt = OutboxAttempt.objects.get()
    row = attempt.message
    assert fate(mail)[0] == State.FAILED
    for kept in (attempt.reply, row.last_error):
        assert "zobel" not in kept.lower()
        assert "example" not in kept.lower()
        assert kept
