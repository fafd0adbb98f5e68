"""After a restore: what may have left since the backup waits for a person, the rest flows."""

import datetime as dt
import uuid
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from partners import outbox
from partners.models import MailGate, OutboxMessage, Reason
from partners.outbox import delivery
from tests.factories import FollowUpFactory
from tests.harness.roles import as_app
from tests.partners.post import Letter, Reset, State, deliver, now_in, registered, wrote
from tests.personas import MONDAY_NOON

BACKUP = "2026-11-23T03:00+01:00"
HOUR = dt.timedelta(hours=1)

pytestmark = pytest.mark.usefixtures("clock", "letter")


@pytest.fixture
def letter(monkeypatch) -> Letter:
    return registered(monkeypatch, Letter())


def after_restore(backup_time: str = BACKUP) -> str:
    out = StringIO()
    with as_app():
        call_command("after_restore", f"--backup-time={backup_time}", stdout=out)
    return out.getvalue()


def release(partner=None) -> int:
    with as_app():
        return outbox.held.release(partner)


def in_flight(row: OutboxMessage) -> None:
    """As a worker had it when the backup was made."""
    later = MONDAY_NOON + 900 * HOUR
    OutboxMessage.objects.filter(pk=row.pk).update(
        state=State.SENDING, lease_token=uuid.uuid4(), lease_until=later, handoff_at=MONDAY_NOON
    )


def test_what_waited_and_was_due_is_held_and_what_is_due_later_flows(anna, clock):
    waiting, sending = wrote(anna.user, due_at=MONDAY_NOON - HOUR), wrote(anna.user)
    in_flight(sending)
    later = wrote(anna.user, due_at=MONDAY_NOON + HOUR)

    after_restore()
    clock.shift(2 * HOUR)

    assert deliver() == 1
    assert [now_in(row) for row in (waiting, sending, later)] == ["unknown", "unknown", "sent"]
    assert {waiting.reason, sending.reason} == {Reason.RESTORED}
    assert (sending.lease_token, sending.lease_until, sending.ambiguous) == (None, None, 1)


def test_what_was_settled_before_the_backup_stays_as_it_was(anna):
    states = [State.SENT, State.FAILED, State.EXPIRED, State.CANCELLED, State.SKIPPED]
    rows = [wrote(anna.user, state=state) for state in states]

    after_restore()

    assert [now_in(row) for row in rows] == states


def test_account_mail_is_held_too(office, monkeypatch):
    registered(monkeypatch, Reset())
    row = wrote(office, kind="reset")

    after_restore()

    assert now_in(row) == State.UNKNOWN


def test_a_morning_mail_the_backup_does_not_know_comes_back_held(anna, clock):
    """It left this morning, after the backup; its row is gone, and its occurrence is planned anew."""
    FollowUpFactory(customer__partner=anna, due=MONDAY_NOON.date())

    said = after_restore()

    assert "1 message held now, 1 in all" in said
    assert OutboxMessage.objects.get().reason == Reason.RESTORED
    clock.shift(HOUR)
    assert deliver() == 0
    assert mail.outbox == []


def test_a_row_that_comes_back_later_is_held_before_anything_leaves(anna, clock):
    after_restore()
    clock.shift(HOUR)
    row = wrote(anna.user, due_at=MONDAY_NOON - HOUR)

    assert not delivery.queue().exists(), "not even between two looks"
    assert deliver() == 0
    assert now_in(row) == State.UNKNOWN


def test_releasing_everything_ends_the_restore(anna, boris, clock):
    rows = [wrote(partner.user) for partner in (anna, boris)]
    after_restore()
    clock.shift(HOUR)

    assert release() == 2
    assert deliver() == 2

    assert [now_in(row) for row in rows] == [State.SENT, State.SENT]
    assert {row.ambiguous for row in rows} == {1}, "it may have come twice, and says so"
    assert MailGate.objects.get().held_until is None
    wrote(anna.user, due_at=MONDAY_NOON - HOUR)
    assert deliver() == 1


def test_releasing_one_partner_leaves_the_others_held(anna, boris, clock):
    rows = [wrote(partner.user) for partner in (anna, boris)]
    after_restore()
    clock.shift(HOUR)

    assert release(anna) == 1
    assert deliver() == 1

    assert [now_in(row) for row in rows] == [State.SENT, State.UNKNOWN]


def test_what_is_too_late_when_it_is_released_says_so(anna, clock):
    row = wrote(anna.user, expires_at=MONDAY_NOON + HOUR)
    after_restore()
    clock.shift(2 * HOUR)

    assert release() == 0
    assert (now_in(row), row.reason) == (State.EXPIRED, Reason.TOO_LATE)


@pytest.mark.parametrize("put_off", [False, True])
def test_a_partner_releases_a_single_one_for_good(anna, clock, put_off):
    row, other = wrote(anna.user), wrote(anna.user)
    after_restore()
    clock.shift(HOUR)

    outbox.send_again(anna, row.pk)
    if put_off:
        OutboxMessage.objects.filter(pk=row.pk).update(reason=Reason.PUT_OFF)

    assert deliver() == 1
    assert [now_in(row), now_in(other)] == [State.SENT, State.UNKNOWN]


def test_what_a_partner_settled_is_not_released(anna, clock):
    row = wrote(anna.user)
    after_restore()
    outbox.dismiss(anna, row.pk)
    clock.shift(HOUR)

    assert release() == 0
    assert now_in(row) == State.UNKNOWN


def test_running_it_twice_holds_nothing_more(anna, clock):
    wrote(anna.user)
    assert "1 message held now, 1 in all" in after_restore()
    clock.shift(HOUR)
    meanwhile = wrote(anna.user)

    assert "0 messages held now, 1 in all" in after_restore()
    assert now_in(meanwhile) == State.PENDING

    release()
    assert "0 messages held now, 0 in all" in after_restore()
    assert MailGate.objects.get().held_until is None


def test_another_backup_is_another_restore(anna, clock):
    after_restore()
    release()
    clock.shift(HOUR)
    row = wrote(anna.user)

    after_restore("2026-11-23T04:00+01:00")

    assert now_in(row) == State.UNKNOWN


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        (BACKUP, dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC)),
        ("2026-11-23 03:00", dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC)),
        ("2026-07-01T03:00", dt.datetime(2026, 7, 1, 1, tzinfo=dt.UTC)),
        ("2026-10-25T02:30", dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)),
    ],
)
def test_a_time_without_a_zone_is_the_servers(text, moment):
    after_restore(text)

    assert MailGate.objects.get().backup_at == moment


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("yesterday", "'yesterday' is not a moment like 2026-"),
        ("2026-13-01T03:00", "is not a moment like"),
        ("", "is not a moment like"),
        ("0001-01-01", "is not a moment like"),
        ("9999-12-31T23:59-12:00", "is not a moment like"),
        ("2026-11-23T12:01+01:00", "lies in the future"),
        ("2126-11-23T03:00", "lies in the future"),
    ],
)
def test_nonsense_and_the_future_are_refused_with_a_sentence(anna, text, complaint):
    row = wrote(anna.user)

    with pytest.raises(CommandError, match=complaint):
        after_restore(text)

    assert now_in(row) == State.PENDING
    assert not MailGate.objects.exists()


def test_it_says_what_to_do_next():
    said = after_restore()

    assert "http://testserver/office/mail/" in said
    assert "http://testserver/messages/" in said
