"""The outbox: one row per message, one mail per row, and every outcome written down."""

import datetime as dt
import uuid

import pytest
from django.core import mail
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from partners import outbox
from partners.models import OutboxMessage
from partners.outbox import delivery, settling
from partners.outbox.handing import Dispatch
from partners.outbox.smtp import Refused
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
    delivery.put_in_order()

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
    delivery.put_in_order()

    assert deliver() == 1
    assert hand_over([claimed]) == 0
    settling.refused(claimed, Refused(550, "overslept"))

    assert len(mail.outbox) == 1
    assert now_in(row) == State.SENT


def test_a_lease_that_ran_out_before_the_hand_over_stops_it(anna, letter):
    row = wrote(anna.user)
    (claimed,) = delivery.claim()
    OutboxMessage.objects.update(lease_until=Now() - dt.timedelta(seconds=1))

    assert hand_over([claimed]) == 0

    assert mail.outbox == []
    assert now_in(row) == State.PENDING


@pytest.mark.parametrize(("handed_over", "ambiguous"), [(False, 0), (True, 1)])
def test_a_worker_that_died_is_replaced_and_doubt_is_counted(anna, letter, handed_over, ambiguous):
    row = wrote(anna.user)
    (claimed,) = delivery.claim()
    if handed_over:
        assert delivery.grant([Dispatch(claimed, None, None)])
    assert deliver() == 0

    OutboxMessage.objects.update(lease_until=Now() - dt.timedelta(seconds=1))

    assert deliver() == (not handed_over)
    wait_over()
    assert deliver() == handed_over
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
