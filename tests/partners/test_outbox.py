"""The outbox: one row per message, one mail per row, and every outcome written down."""

import datetime as dt
import smtplib
import time
import uuid

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone, translation

from partners import outbox
from partners.models import MailClass, OutboxMessage
from partners.outbox import delivery, settling, smtp
from partners.tasks import deliver_outbox
from tests.factories import CustomerFactory, PartnerFactory
from tests.harness.roles import as_app
from tests.harness.smtp import DROPPED, MailServer

State = OutboxMessage.State


class Letter:
    """A kind of message for these tests: it looks into a private table and can be told to fail."""

    def __init__(self):
        self.poison: set[str] = set()
        self.unwanted: set[str] = set()
        self.gone: set[str] = set()
        self.unreadable: set[str] = set()
        self.loads: list[int] = []
        self.seen: list[str] = []

    def load(self, rows):
        self.loads.append(len(rows))
        for row in rows:
            if row.source_id in self.poison:
                raise ZeroDivisionError
        return {row.pk: self.names_for(row) for row in rows if row.source_id not in self.gone}

    @staticmethod
    def names_for(row):
        return [customer.first_name for customer in row.partner.customers.all()]

    def still_wanted(self, row, names):
        return row.source_id not in self.unwanted

    def render(self, row, names):
        if row.source_id in self.unreadable:
            raise ZeroDivisionError
        self.seen.append(f"{translation.get_language()} {timezone.get_current_timezone_name()}")
        return outbox.Mail(to=f"{row.source_id}@example.org", subject="A\nletter", text=str(names))


class Reset(Letter):
    @staticmethod
    def names_for(row):
        return []


@pytest.fixture
def letter(monkeypatch):
    kind = Letter()
    parts = (kind.load, kind.still_wanted, kind.render)
    monkeypatch.setitem(outbox.kinds, "letter", outbox.Kind("letter", MailClass.REMINDER, *parts))
    return kind


@pytest.fixture
def reset(monkeypatch):
    kind = Reset()
    parts = (kind.load, kind.still_wanted, kind.render)
    monkeypatch.setitem(outbox.kinds, "reset", outbox.Kind("reset", MailClass.SYSTEM, *parts))
    return kind


@pytest.fixture
def server(settings):
    """A real conversation instead of Django's memory."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "crm", server.password
        yield server


def wrote(recipient, name="clara", kind="letter", **fields) -> OutboxMessage:
    row = outbox.message(kind, key=str(uuid.uuid4()), recipient=recipient, source_id=name, **fields)
    outbox.write([row])
    return row


def deliver() -> int:
    with as_app():
        return deliver_outbox()


def now_in(row: OutboxMessage) -> str:
    row.refresh_from_db()
    return row.state


def wait_over() -> None:
    """As if every pause had passed."""
    OutboxMessage.objects.update(next_attempt_at=None)


# --- the database's clock --------------------------------------------------------------------


def test_the_database_adds_seconds_to_its_own_clock(anna, letter):
    """What leases stand on: `Now() + timedelta`, written and compared on either database."""
    row = wrote(anna.user)
    rows = OutboxMessage.objects.filter(pk=row.pk)
    lease = uuid.uuid4()
    rows.update(
        state=State.SENDING, lease_token=lease, lease_until=Now() + dt.timedelta(seconds=120)
    )

    row.refresh_from_db()
    assert row.lease_until
    left = row.lease_until - dt.datetime.now(dt.UTC)
    assert dt.timedelta(seconds=115) < left <= dt.timedelta(seconds=120)
    assert rows.filter(lease_until__gt=Now()).exists()
    assert rows.filter(lease_until__gt=Now() + dt.timedelta(seconds=110)).exists()
    assert not rows.filter(lease_until__gt=Now() + dt.timedelta(seconds=121)).exists()
    assert not rows.filter(lease_until__lt=Now()).exists()
    rows.update(lease_until=F("lease_until") - dt.timedelta(seconds=121))
    assert rows.filter(lease_until__lt=Now()).exists()


def test_leases_do_not_care_for_the_business_clock(clock, anna, letter):
    row = wrote(anna.user)
    delivery.claim()

    clock.shift(dt.timedelta(days=300))
    delivery.reclaim_broken_leases()

    assert now_in(row) == State.SENDING


# --- one row, one mail -----------------------------------------------------------------------


def test_a_message_leaves_once(anna, letter):
    row = wrote(anna.user)

    assert [deliver(), deliver()] == [1, 0]

    (message,) = mail.outbox
    assert (message.to, message.subject) == (["clara@example.org"], "A letter")
    assert message.extra_headers["Message-ID"] == row.message_id
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert now_in(row) == State.SENT
    assert (row.attempts, row.lease_token, row.last_error) == (1, None, "")
    assert row.sent_at is not None
    assert row.handoff_at is not None


def test_an_occurrence_is_written_once(anna, letter):
    for _time in range(2):
        outbox.write([outbox.message("letter", key="same", recipient=anna.user)])

    assert OutboxMessage.objects.count() == 1


def test_what_is_due_is_judged_by_business_time(clock, anna, letter):
    row = wrote(anna.user, due_at=timezone.now() + dt.timedelta(hours=1))

    assert deliver() == 0
    clock.shift(dt.timedelta(hours=1))
    assert deliver() == 1
    assert now_in(row) == State.SENT


def test_what_was_claimed_is_nobody_elses(anna, letter):
    rows = {wrote(anna.user).pk for _number in range(3)}

    assert {row.pk for row in delivery.claim()} == rows
    assert delivery.claim() == []


def test_nothing_is_claimed_within_a_transaction():
    """What only we can see must not be handed over; the suite's own transaction does not count."""
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        delivery.claim()


def test_who_lost_the_lease_neither_sends_nor_settles(anna, letter):
    row = wrote(anna.user)
    (claimed,) = delivery.claim()
    OutboxMessage.objects.update(lease_until=Now() - dt.timedelta(seconds=1))
    delivery.reclaim_broken_leases()

    assert deliver() == 1
    with smtp.MailServer() as server:
        assert delivery.deliver([claimed], server) == 0
    settling.failed(claimed, "overslept", 550)

    assert len(mail.outbox) == 1
    assert now_in(row) == State.SENT


def test_a_lease_that_ran_out_before_the_hand_over_stops_it(anna, letter):
    row = wrote(anna.user)
    (claimed,) = delivery.claim()
    OutboxMessage.objects.update(lease_until=Now() - dt.timedelta(seconds=1))

    with smtp.MailServer() as server:
        assert delivery.deliver([claimed], server) == 0

    assert mail.outbox == []
    assert now_in(row) == State.SENDING


@pytest.mark.parametrize(("handed_over", "ambiguous"), [(False, 0), (True, 1)])
def test_a_worker_that_died_is_replaced_and_doubt_is_counted(anna, letter, handed_over, ambiguous):
    row = wrote(anna.user)
    (claimed,) = delivery.claim()
    if handed_over:
        assert delivery.take_off(claimed)
    assert deliver() == 0

    OutboxMessage.objects.update(lease_until=Now() - dt.timedelta(seconds=1))

    assert deliver() == 1
    assert now_in(row) == State.SENT
    assert row.ambiguous == ambiguous


# --- whether it is still wanted --------------------------------------------------------------


def test_too_late_is_too_late(clock, anna, letter):
    row = wrote(anna.user, expires_at=timezone.now() + dt.timedelta(hours=1))

    clock.shift(dt.timedelta(hours=1))

    assert deliver() == 0
    assert now_in(row) == State.EXPIRED


@pytest.mark.parametrize("reason", ["unwanted", "gone"])
def test_what_is_not_wanted_any_more_is_not_sent(anna, letter, reason):
    row = wrote(anna.user)
    getattr(letter, reason).add("clara")

    assert deliver() == 0
    assert now_in(row) == State.CANCELLED


def test_who_is_paused_or_gone_gets_no_reminder(anna, boris, letter):
    paused, gone, nobody = wrote(anna.user), wrote(boris.user), wrote(anna.user)
    OutboxMessage.objects.filter(pk=nobody.pk).update(recipient_id="0")
    type(anna).objects.filter(pk=anna.pk).update(paused_at=timezone.now())
    type(boris.user).objects.filter(pk=boris.user.pk).update(is_active=False)

    assert deliver() == 0
    assert [now_in(row) for row in (paused, gone, nobody)] == [State.CANCELLED] * 3


def test_a_password_link_comes_although_the_partner_is_paused(anna, reset):
    row = wrote(anna.user, kind="reset")
    type(anna).objects.update(paused_at=timezone.now())

    assert deliver() == 1
    assert now_in(row) == State.SENT


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


def test_a_bad_message_is_given_up_after_five_pauses(anna, letter, settings):
    row = wrote(anna.user)
    letter.unreadable.add("clara")
    pauses = []

    while now_in(row) == State.PENDING:
        wait_over()
        deliver()
        row.refresh_from_db()
        if row.next_attempt_at:
            pauses.append(round((row.next_attempt_at - dt.datetime.now(dt.UTC)).total_seconds()))

    assert pauses == settings.OUTBOX["BACKOFF"]
    assert (row.state, row.attempts) == (State.FAILED, 6)


def test_a_kind_this_version_does_not_know_waits_for_one_that_does(anna, letter):
    strange = wrote(anna.user)
    OutboxMessage.objects.update(kind="from the future")
    known = wrote(anna.user)

    assert deliver() == 1
    assert [now_in(strange), now_in(known)] == [State.PENDING, State.SENT]


def test_an_address_that_is_none_fails_for_good(anna, letter, server):
    nowhere, folded = wrote(anna.user, "two\nlines"), wrote(anna.user, "clara, dora")

    assert deliver() == 0
    assert {now_in(nowhere), now_in(folded)} == {State.FAILED}


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
    with smtp.MailServer() as server:
        assert delivery.deliver(claimed, server) == 1

    wrote(anna.user, "reset", kind="reset")
    assert [row.kind for row in delivery.claim()] == ["reset", "letter"]


def test_a_long_backlog_ends_with_the_round(anna, letter, settings):
    settings.OUTBOX = settings.OUTBOX | {"BATCH": 1, "ROUND": 0}
    wrote(anna.user)

    assert deliver() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_a_batch_is_loaded_once_and_each_mail_costs_two_statements(
    count, letter, django_assert_num_queries
):
    partners = PartnerFactory.create_batch(count)
    for partner in partners:
        wrote(partner.user)
    letter.names_for = lambda row: []

    claimed = delivery.claim()
    loading = 3  # users, and the wall's own transaction
    with smtp.MailServer() as server:
        walls = 2 if connection.vendor == "postgresql" else 0
        with django_assert_num_queries(loading + walls + 2 * count):
            assert delivery.deliver(claimed, server) == count

    assert letter.loads == [count]


# --- what the mail server answers ------------------------------------------------------------


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
