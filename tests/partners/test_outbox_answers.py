"""Strange answers of mail servers: none loses a message, doubles one unmarked, or stops the queue."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.db import OperationalError

from partners.models import MailGate
from partners.outbox import delivery, gate, settling
from tests.harness.smtp import ACCEPTED, MailServer
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
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "crm", server.password
        settings.OUTBOX = settings.OUTBOX | {"CONNECTIONS": 1}
        yield server


@pytest.mark.parametrize("reply", ["200 fine", "251 fine"])
def test_a_yes_in_other_words_is_a_yes(anna, letter, server, reply):
    row = wrote(anna.user)
    server.answer("DATA", reply)

    assert deliver() == 1
    assert now_in(row) == State.SENT


@pytest.mark.parametrize(
    ("stage", "ambiguous"), [("MAIL", 0), ("RCPT", 0), ("354", 0), ("DATA", 1)]
)
def test_an_answer_that_makes_no_sense_stops_nothing(anna, letter, server, stage, ambiguous):
    row, other = wrote(anna.user), wrote(anna.user)
    server.answer(stage, "what do you want?")

    for _number in range(2):
        deliver()
        wait_over()

    assert [now_in(row), now_in(other)] == [State.SENT, State.SENT]
    assert (row.ambiguous, other.ambiguous) == (ambiguous, 0)


def test_a_nul_in_a_refusal_can_be_written_down(anna, letter, server):
    row = wrote(anna.user)
    server.answer("RCPT", "550 bad\0 recipient")

    deliver()

    assert (now_in(row), row.last_error) == (State.FAILED, "bad recipient")


def test_too_many_mails_on_one_connection_begin_another_one(anna, letter, server):
    rows = [wrote(anna.user) for _number in range(4)]
    for answer in (ACCEPTED, ACCEPTED, "421 4.7.0 too many messages in this connection"):
        server.answer("MAIL", answer)

    assert deliver() == 4

    assert {now_in(row) for row in rows} == {State.SENT}
    assert gate.state().closed_at is None


def test_a_password_no_server_can_be_told_closes_the_gate(anna, letter, server, settings):
    wrote(anna.user)
    settings.EMAIL_HOST_PASSWORD = "schön"

    assert deliver() == 0

    assert gate.state().reason == MailGate.Reason.PASSWORD


def test_a_name_no_envelope_can_hold_fails_for_good(anna, letter, server):
    row = wrote(anna.user, "jürgen")

    deliver()

    assert now_in(row) == State.FAILED
    assert server.mails == []


def test_a_database_that_comes_back_in_time_leaves_no_doubt(anna, letter, server, monkeypatch):
    """The answer is kept for some seconds: a restart of the database costs no second mail."""
    tries = []

    def moody() -> bool:
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError
        return True

    monkeypatch.setattr(settling, "PATIENCE", (0, 0, 0))
    anew = SimpleNamespace(in_atomic_block=False, close=lambda: None)
    monkeypatch.setattr(settling, "connection", anew)

    assert settling.insist(moody)
    assert len(tries) == 3


def test_a_database_that_fails_before_the_hand_over_costs_no_try(anna, letter, server, monkeypatch):
    row = wrote(anna.user)

    def fail(batch):
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "ready", fail)
        with pytest.raises(OperationalError):
            deliver()

    assert (now_in(row), row.attempts, row.crashes) == (State.PENDING, 0, 0)
    assert deliver() == 1


def test_while_all_is_refused_one_mail_at_a_time_finds_out(anna, letter, server, settings):
    settings.OUTBOX = settings.OUTBOX | {"REFUSALS": 2}
    rows = [wrote(anna.user) for _number in range(9)]
    server.answer("RCPT", "550 5.7.1 relaying denied", times=5)

    deliver()
    assert [now_in(row) for row in rows].count(State.FAILED) == 3
    for failed in (4, 5):
        wait_over()
        deliver()
        assert [now_in(row) for row in rows].count(State.FAILED) == failed
    wait_over()
    assert deliver() == 4
    assert gate.state().closed_at is None
