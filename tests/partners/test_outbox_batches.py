"""Many messages at once: one bad one, the walls around them, and whose turn it is."""

import datetime as dt
import time

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners import outbox
from partners.models import MailClass, OutboxMessage, Reason
from partners.outbox import delivery
from tests.factories import CustomerFactory, PartnerFactory
from tests.partners.post import (
    Letter,
    Reset,
    State,
    deliver,
    hand_over,
    now_in,
    registered,
    wait_over,
    wrote,
)


@pytest.fixture
def letter(monkeypatch) -> Letter:
    return registered(monkeypatch, Letter())


@pytest.fixture
def reset(monkeypatch) -> Letter:
    return registered(monkeypatch, Reset())


# --- one bad message -------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", ["poison", "unreadable"])
def test_one_bad_message_does_not_hold_up_the_others(anna, boris, letter, trouble):
    good = wrote(anna.user, "clara")
    bad = wrote(anna.user, "bad")
    other = wrote(boris.user, "dora")
    getattr(letter, trouble).add("bad")

    assert deliver() == 2

    assert [now_in(row) for row in (good, bad, other)] == [State.SENT, State.PENDING, State.SENT]
    assert (bad.attempts, bad.next_attempt_at is None) == (1, False)


def test_a_bad_message_is_given_up_after_five_pauses_of_growing_length(anna, letter, settings):
    row = wrote(anna.user)
    letter.unreadable.add("clara")
    pauses = []

    while now_in(row) == State.PENDING:
        wait_over()
        deliver()
        row.refresh_from_db()
        if row.next_attempt_at:
            pauses.append((row.next_attempt_at - dt.datetime.now(dt.UTC)).total_seconds())

    assert (row.state, row.reason, row.attempts) == (State.FAILED, Reason.FAULT, 6)
    backoff = settings.OUTBOX["BACKOFF"]
    assert len(pauses) == len(backoff)
    for pause, most in zip(pauses, backoff, strict=True):
        assert most / 2 - 2 < pause <= most, "with some chance, so that not all come back at once"


def test_a_kind_this_version_does_not_know_waits_for_one_that_does(anna, letter):
    strange = wrote(anna.user)
    OutboxMessage.objects.update(kind="from the future")
    known = wrote(anna.user)

    assert deliver() == 1
    assert [now_in(strange), now_in(known)] == [State.PENDING, State.SENT]


# --- walls -----------------------------------------------------------------------------------


def test_a_batch_sees_the_rows_of_its_partners(anna, boris, letter):
    CustomerFactory(partner=anna, first_name="Clara")
    CustomerFactory(partner=boris, first_name="Dora")
    wrote(anna.user, "anna")
    wrote(boris.user, "boris")

    assert deliver() == 2

    assert {message.to[0]: message.body for message in mail.outbox} == {
        "anna@example.org": "['Clara']",
        "boris@example.org": "['Dora']",
    }


def test_office_mail_in_a_batch_with_reminders_finds_its_reader(office, anna, letter, monkeypatch):
    """The office stands outside every partner's wall."""

    def load(rows):
        users = type(office).objects.in_bulk([int(row.recipient_id) for row in rows])
        return {row.pk: users[int(row.recipient_id)] for row in rows}

    def render(row, user):
        return outbox.Mail(to=user.email, subject="Reset", text="")

    kind = outbox.Kind("reset", MailClass.SYSTEM, load, lambda row, user: True, render)
    monkeypatch.setitem(outbox.kinds, "reset", kind)
    wrote(anna.user)
    wrote(office, kind="reset")

    assert deliver() == 2
    assert mail.outbox[0].to == ["office@example.org"]


def test_a_mail_is_rendered_in_its_readers_language_and_zone(anna, letter):
    type(anna).objects.update(time_zone="Asia/Kathmandu")
    type(anna.user).objects.update(language="en")
    wrote(anna.user)

    deliver()

    assert letter.seen == ["en Asia/Kathmandu"]


# --- order and patience ----------------------------------------------------------------------


def test_a_password_link_overtakes_reminders(anna, letter, reset, settings):
    settings.OUTBOX = settings.OUTBOX | {"BATCH": 2}
    for _number in range(3):
        wrote(anna.user, "reminder")
    wrote(anna.user, "reset", kind="reset")

    deliver()

    assert [message.to[0].partition("@")[0] for message in mail.outbox] == [
        "reset", "reminder", "reminder", "reminder",
    ]  # fmt: skip


def test_a_slow_batch_lets_a_password_link_pass(anna, letter, reset, settings, monkeypatch):
    settings.OUTBOX = settings.OUTBOX | {"BATCH_SECONDS": 0}
    wrote(anna.user, "first")
    wrote(anna.user, "second")

    claimed = delivery.claim()
    seconds = iter(range(100))
    monkeypatch.setattr(time, "monotonic", lambda: next(seconds) / 2)
    settings.OUTBOX = settings.OUTBOX | {"BATCH_SECONDS": 0.5}
    assert hand_over(claimed) == 1

    wrote(anna.user, "reset", kind="reset")
    assert [row.kind for row in delivery.claim()] == ["reset", "letter"]


def test_a_long_backlog_ends_with_the_round(anna, letter, settings):
    settings.OUTBOX = settings.OUTBOX | {"BATCH": 1, "ROUND": 0}
    wrote(anna.user)

    assert deliver() == 0


def test_a_batch_is_loaded_once_and_each_mail_costs_the_same_few_statements(letter):
    letter.names_for = lambda row: []
    costs = {}
    for count in (1, 3):
        for partner in PartnerFactory.create_batch(count):
            wrote(partner.user)
        claimed = delivery.claim()
        with CaptureQueriesContext(connection) as queries:
            assert hand_over(claimed) == count
        costs[count] = len(queries)

    assert letter.loads == [1, 3]
    statements = 4  # the reader, the hand-over, the outcome, the attempt
    savepoints = 4
    walls = 2 if connection.vendor == "postgresql" else 0
    assert costs[3] - costs[1] == 2 * (statements + savepoints + walls)
