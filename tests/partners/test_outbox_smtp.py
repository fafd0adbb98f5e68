"""What the mail server answers, and what becomes of the message."""

import smtplib
from collections.abc import Iterator

import pytest

from partners import outbox
from partners.models import MailClass
from tests.harness.smtp import DROPPED, MailServer
from tests.partners.post import (
    Letter,
    State,
    deliver,
    now_in,
    registered,
    wait_over,
    wrote,
)


@pytest.fixture
def letter(monkeypatch) -> Letter:
    return registered(monkeypatch, Letter())


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    """A real conversation instead of Django's memory."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "crm", server.password
        yield server


@pytest.fixture
def greetings(monkeypatch) -> list[int]:
    """One entry for each conversation begun."""
    greetings: list[int] = []
    login = smtplib.SMTP.login

    def counted(*args, **kwargs):
        greetings.append(1)
        return login(*args, **kwargs)

    monkeypatch.setattr(smtplib.SMTP, "login", counted)
    return greetings


@pytest.mark.usefixtures("letter", "server")
@pytest.mark.parametrize(("batch", "conversations"), [(100, 1), (2, 3)])
def test_a_batch_shares_one_conversation(anna, greetings, settings, batch, conversations):
    settings.OUTBOX = settings.OUTBOX | {"BATCH": batch}
    for _number in range(5):
        wrote(anna.user)

    assert deliver() == 5

    assert len(greetings) == conversations


def test_the_message_id_is_the_one_in_the_row(anna, letter, server):
    row = wrote(anna.user)

    deliver()

    assert server.mails[0].message_id == row.message_id
    assert server.mails[0].message["X-CRM-Ref"] == str(row.pk)


def test_a_refused_reader_fails_for_good_and_no_address_is_kept(anna, letter, server):
    refused, next_one = wrote(anna.user), wrote(anna.user)
    server.answer("RCPT", "550 5.1.1 <clara@example.org>: user unknown")

    assert deliver() == 1

    assert [now_in(refused), now_in(next_one)] == [State.FAILED, State.SENT]
    assert refused.last_code == 550
    assert "clara@example.org" not in refused.last_error
    assert "user unknown" in refused.last_error


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_a_server_that_asks_for_patience_is_asked_again(anna, letter, server, stage):
    row = wrote(anna.user)
    server.answer(stage, "451 4.7.1 greylisted, come back later")

    assert deliver() == 0
    assert (now_in(row), row.attempts, row.ambiguous) == (State.PENDING, 1, 0)
    assert deliver() == 0

    wait_over()
    assert deliver() == 1
    assert now_in(row) == State.SENT
    assert (row.attempts, row.last_code, row.last_error) == (2, None, "")


def test_a_lost_answer_is_doubt_and_the_same_message_goes_again(anna, letter, server):
    row = wrote(anna.user)
    server.answer("DATA", DROPPED)

    assert deliver() == 0
    assert (now_in(row), row.ambiguous) == (State.PENDING, 1)
    wait_over()
    assert deliver() == 1

    assert len({sent.message_id for sent in server.mails}) == 1
    assert len(server.mails) == 2


@pytest.mark.usefixtures("letter")
def test_a_refused_password_is_tried_once_per_bell(anna, server, greetings, settings):
    settings.EMAIL_HOST_PASSWORD = "wrong"
    for _number in range(3):
        wrote(anna.user)

    deliver()

    assert len(greetings) == 1


@pytest.mark.parametrize("trouble", ["down", "password", "sender", "closing"])
def test_a_server_out_of_order_costs_no_message_a_try(anna, letter, server, settings, trouble):
    settings.OUTBOX = settings.OUTBOX | {"BATCH": 2}
    rows = [wrote(anna.user) for _number in range(3)]
    if trouble == "down":
        server.stop()
    elif trouble == "password":
        settings.EMAIL_HOST_PASSWORD = "wrong"
    elif trouble == "sender":
        server.answer("MAIL", "550 5.7.1 you may not send as this", times=9)
    else:
        server.answer("RCPT", "421 4.3.2 shutting down", times=9)

    assert deliver() == 0

    assert {now_in(row) for row in rows} == {State.PENDING}
    assert {row.attempts for row in rows} == {0}
    assert {row.ambiguous for row in rows} == {0}
    tried = [row for row in rows if row.next_attempt_at]
    assert len(tried) == 2, "one try of one batch, then the next bell"
    if trouble == "down":
        server.start()
    settings.EMAIL_HOST_PASSWORD = server.password
    server.answers["MAIL"].clear()
    server.answers["RCPT"].clear()
    wait_over()
    assert deliver() == 3


def test_a_message_without_a_reader_is_not_called_sent(anna, letter, server):
    letter.render = lambda row, names: outbox.Mail(to="", subject="", text="")
    outbox.kinds["letter"] = outbox.Kind(
        "letter", MailClass.REMINDER, letter.load, letter.still_wanted, letter.render
    )
    row = wrote(anna.user)

    assert deliver() == 0
    assert now_in(row) == State.FAILED


def test_an_address_that_is_none_fails_for_good(anna, letter, server):
    nowhere, folded = wrote(anna.user, "two\nlines"), wrote(anna.user, "clara, dora")

    assert deliver() == 0
    assert {now_in(nowhere), now_in(folded)} == {State.FAILED}
