"""What the mail server answers, and what becomes of the message."""

import dataclasses
import datetime as dt
import smtplib
from collections.abc import Iterator

import pytest
from django.db import OperationalError
from django.utils import timezone

from partners import outbox
from partners.models import MailClass, MailGate, OutboxMessage, Reason
from partners.outbox import gate, settling
from tests.harness.smtp import ACCEPTED, DROPPED, MailServer
from tests.partners.post import (
    Invitation,
    Letter,
    State,
    deliver,
    now_in,
    registered,
    wait_over,
    wrote,
)

Gate = MailGate.Reason


@pytest.fixture
def letter(monkeypatch) -> Letter:
    return registered(monkeypatch, Letter())


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    """A real conversation instead of Django's memory."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.OUTBOX = settings.OUTBOX | {"CONNECTIONS": 1}
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
def test_many_mails_share_one_conversation(anna, greetings, settings, batch, conversations):
    settings.OUTBOX = settings.OUTBOX | {"MAILS_PER_CONNECTION": batch}
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


TROUBLES = {
    "down": Gate.UNREACHABLE,
    "password": Gate.PASSWORD,
    "sender": Gate.SENDER,
    "closing": Gate.TURNED_AWAY,
}


def break_down(server: MailServer, settings, trouble: str) -> None:
    if trouble == "down":
        server.stop()
    elif trouble == "password":
        settings.EMAIL_HOST_PASSWORD = "wrong"
    elif trouble == "sender":
        server.answer("MAIL", "550 5.7.1 you may not send as this", times=9)
    else:
        server.answer("MAIL", "421 4.3.2 shutting down", times=9)


def mend(server: MailServer, settings) -> None:
    if server.controller is None:
        server.start()
    settings.EMAIL_HOST_PASSWORD = server.password
    server.answers["MAIL"].clear()


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_server_out_of_order_closes_the_gate_and_costs_no_message_a_try(
    anna, letter, server, settings, trouble
):
    rows = [wrote(anna.user) for _number in range(3)]
    break_down(server, settings, trouble)

    assert deliver() == 0

    assert {now_in(row) for row in rows} == {State.PENDING}
    assert {(row.attempts, row.ambiguous, row.tries.count()) for row in rows} == {(0, 0, 0)}
    assert gate.state().reason == TROUBLES[trouble]
    mend(server, settings)
    assert deliver() == 0, "a closed gate is left alone until its pause is over"
    wait_over()
    assert deliver() == 3
    assert gate.state().closed_at is None


@pytest.mark.usefixtures("letter")
def test_a_wrong_password_for_an_hour_makes_no_dead_letter(anna, server, greetings, settings):
    settings.OUTBOX = settings.OUTBOX | {"GATE_PAUSE": 60, "GATE_LONGEST": 600}
    rows = [wrote(anna.user) for _number in range(3)]
    settings.EMAIL_HOST_PASSWORD = "wrong"
    pauses: list[int] = []

    while sum(pauses) < 3600:
        deliver()
        assert deliver() == 0
        closed_until = gate.state().closed_until
        assert closed_until
        pauses.append(round((closed_until - dt.datetime.now(dt.UTC)).total_seconds()))
        wait_over()

    assert pauses[:5] == [60, 120, 240, 480, 600]
    assert len(greetings) == len(pauses), "once for each pause"
    assert {(now_in(row), row.attempts) for row in rows} == {(State.PENDING, 0)}
    mend(server, settings)
    assert deliver() == 3


def test_the_office_may_open_the_gate(anna, letter, server, settings):
    wrote(anna.user)
    break_down(server, settings, "down")
    deliver()
    mend(server, settings)

    gate.open_now()

    assert deliver() == 1


def test_who_closes_a_closed_gate_does_not_lengthen_its_pause(settings):
    gate.close(Gate.PASSWORD, "no")
    first = gate.state().closed_until
    gate.close(Gate.UNREACHABLE, "nobody there")

    assert (gate.state().closed_until, gate.state().reason) == (first, Gate.PASSWORD)


def test_refusals_in_a_row_close_the_gate_and_a_success_between_forgives(
    anna, letter, server, settings
):
    settings.OUTBOX = settings.OUTBOX | {"REFUSALS": 3}
    for turn in range(6):
        wrote(anna.user)
        server.answer("RCPT", "550 5.1.1 unknown" if turn % 3 else ACCEPTED)
    deliver()
    assert gate.state().closed_at is None

    for _number in range(6):
        wrote(anna.user)
        server.answer("RCPT", "550 5.7.1 relaying denied")
    deliver()

    assert gate.state().reason == Gate.REFUSALS
    assert OutboxMessage.objects.filter(state=State.PENDING).count() == 4


def test_a_server_that_closes_the_line_at_one_mail_waits_and_that_mail_pays(anna, letter, server):
    """Else a mail that makes the server give up would hold up the queue for ever."""
    first, second = wrote(anna.user), wrote(anna.user)
    server.answer("RCPT", "421 4.3.2 closing")

    assert deliver() == 0

    assert (now_in(first), first.attempts) == (State.PENDING, 1)
    assert (now_in(second), second.attempts) == (State.PENDING, 0)
    assert gate.state().closed_at


def test_contact_lost_before_the_hand_over_is_no_doubt(anna, letter, server):
    row = wrote(anna.user)
    server.answer("RCPT", DROPPED)

    assert deliver() == 0
    assert (now_in(row), row.attempts, row.ambiguous) == (State.PENDING, 1, 0)
    wait_over()
    assert deliver() == 1
    assert len(server.mails) == 1


def test_a_connection_that_fell_asleep_is_opened_anew(anna, letter, server, settings):
    rows = [wrote(anna.user) for _number in range(3)]
    server.answer("MAIL", ACCEPTED)
    server.answer("MAIL", DROPPED)

    assert deliver() == 3

    assert {(now_in(row), row.attempts) for row in rows} == {(State.SENT, 1)}


# --- doubt -----------------------------------------------------------------------------------


def test_a_guests_mail_without_an_answer_is_held_for_a_decision(anna, monkeypatch, server):
    registered(monkeypatch, Invitation())
    row = wrote(anna.user, kind="invitation")
    server.answer("DATA", DROPPED)

    deliver()
    wait_over()
    deliver()

    assert (now_in(row), row.reason, row.ambiguous) == (State.UNKNOWN, Reason.NO_ANSWER, 1)
    assert len(server.mails) == 1
    assert outbox.send_again(anna, row.pk)
    deliver()
    assert now_in(row) == State.SENT


def test_a_reminder_is_not_sent_again_for_ever(anna, letter, server):
    row = wrote(anna.user)
    server.answer("DATA", DROPPED, times=9)

    while now_in(row) == State.PENDING:
        deliver()
        wait_over()

    assert (row.state, row.ambiguous) == (State.UNKNOWN, 3)
    assert len(server.mails) == 3


def test_what_may_have_arrived_and_is_too_late_is_not_called_too_late(anna, clock, server, letter):
    row = wrote(anna.user, expires_at=timezone.now() + dt.timedelta(hours=1))
    server.answer("DATA", DROPPED)
    deliver()

    clock.shift(dt.timedelta(hours=2))
    deliver()

    assert (now_in(row), row.reason) == (State.UNKNOWN, Reason.NO_ANSWER)


def test_a_database_that_fails_after_the_answer_leaves_doubt_behind(
    anna, letter, server, monkeypatch
):
    """The mail was taken, and nobody could write it down: that may not look like nothing."""
    row = wrote(anna.user)

    def fail(rows):
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(settling, "sent", fail)
        with pytest.raises(OperationalError):
            deliver()

    assert (now_in(row), row.handoff_at is None) == (State.SENDING, False)
    OutboxMessage.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    deliver()
    wait_over()
    deliver()
    assert (now_in(row), row.ambiguous, len(server.mails)) == (State.SENT, 1, 2)


# --- several connections ---------------------------------------------------------------------


@pytest.fixture
def several(settings, server) -> MailServer:
    settings.OUTBOX = settings.OUTBOX | {"CONNECTIONS": 4}
    return server


@pytest.mark.usefixtures("letter", "several")
@pytest.mark.parametrize(("mails", "conversations"), [(7, 1), (8, 2), (24, 4), (80, 4)])
def test_many_mails_open_a_few_connections(anna, greetings, mails, conversations):
    for _number in range(mails):
        wrote(anna.user)

    assert deliver() == mails

    assert len(greetings) == conversations


def test_each_mail_on_its_connection_has_its_own_fate(anna, letter, several):
    rows = [wrote(anna.user, f"number-{number}") for number in range(24)]
    several.answer("RCPT", ACCEPTED)
    several.answer("RCPT", "451 later")
    several.answer("RCPT", "550 never")
    several.answer("DATA", ACCEPTED)
    several.answer("DATA", DROPPED)

    deliver()

    states = [now_in(row) for row in rows[:4]]
    assert states == [State.SENT, State.PENDING, State.FAILED, State.PENDING]
    assert [row.ambiguous for row in rows[:4]] == [0, 0, 0, 1]
    assert {now_in(row) for row in rows[4:]} == {State.SENT}


@pytest.mark.usefixtures("letter")
def test_who_grants_one_connection_gets_all_mails_on_it(anna, several, monkeypatch, greetings):
    login = smtplib.SMTP.login

    def only_one(line, *args, **kwargs):
        if greetings:
            raise smtplib.SMTPResponseException(421, b"too many connections")
        return login(line, *args, **kwargs)

    monkeypatch.setattr(smtplib.SMTP, "login", only_one)
    for _number in range(24):
        wrote(anna.user)

    assert deliver() == 24
    assert gate.state().closed_at is None


# --- attempts --------------------------------------------------------------------------------


def test_every_try_is_written_down_without_an_address(anna, letter, server):
    row = wrote(anna.user)
    server.answer("RCPT", "451 <clara@example.org> later")
    server.answer("DATA", "452 too much")
    for _number in range(3):
        deliver()
        wait_over()

    told = [
        (found.outcome, found.code, found.handoff_at is not None) for found in row.tries.all()[::-1]
    ]
    assert told == [("put-off", 451, False), ("put-off", 452, True), ("sent", None, True)]
    assert not any("@" in found.reply for found in row.tries.all())
    assert all(found.worker for found in row.tries.all())


@pytest.mark.parametrize("code", [451, 550])
def test_a_message_that_expires_is_tried_until_then(anna, letter, server, settings, code):
    """Four hours after four hours, although the patience is used up; a final no is final."""
    settings.OUTBOX = settings.OUTBOX | {"BACKOFF": [1], "REFUSALS": 99}
    row = wrote(anna.user, expires_at=timezone.now() + dt.timedelta(hours=1))
    server.answer("RCPT", f"{code} no", times=4)

    for _number in range(5):
        deliver()
        wait_over()

    assert now_in(row) == (State.SENT if code == 451 else State.FAILED)


def test_a_line_that_begins_with_a_dot_arrives_as_it_was(anna, letter, server):
    letter.render = lambda row, names: outbox.Mail(
        to="clara@example.org", subject="Dots", text="one\n.two\n..three\n.\nend\n"
    )
    registered_kind = outbox.kinds["letter"]
    outbox.kinds["letter"] = dataclasses.replace(registered_kind, render=letter.render)
    wrote(anna.user)

    deliver()

    assert server.mails[0].text.split() == ["one", ".two", "..three", ".", "end"]


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
