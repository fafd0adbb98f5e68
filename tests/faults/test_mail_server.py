"""A mail server that says no, not now, or nothing."""

import pytest

from partners import outbox
from partners.models import MailGate, OutboxAttempt, OutboxMessage
from tests.faults.ground import State
from tests.faults.kinds import GUEST, REMINDER
from tests.faults.reckoning import reckon
from tests.faults.test_kills import assert_in_doubt
from tests.harness.smtp import DROPPED, REFUSED, Mood

Trouble = MailGate.Reason
EACH_KIND = 600
once = pytest.mark.postgresql  # nothing in it hangs on the kind of database


def drain(ground, mood: Mood) -> None:
    ground.mail.mood = mood
    users = ground.users(10)
    ground.write(EACH_KIND, REMINDER, users)
    ground.write(EACH_KIND, GUEST, users)
    ground.hire(2)
    ground.until_done()


def test_what_is_put_off_comes_later_and_what_is_refused_is_seen(ground, figures):
    drain(ground, Mood(1, put_off=0.05, refuse=0.01))

    told = reckon(ground, occurrences=2 * EACH_KIND, ends={State.SENT, State.FAILED})
    figures(told)
    refusals = ground.mail.replies["RCPT", REFUSED] + ground.mail.replies["DATA", REFUSED]
    assert told.failed == refusals > 0
    assert told.sink == told.sent
    put_off = OutboxAttempt.objects.filter(outcome=OutboxAttempt.Outcome.PUT_OFF)
    assert put_off.count() > EACH_KIND / 20
    failed = OutboxMessage.objects.filter(state=State.FAILED)
    assert set(failed.values_list("reason", "last_code", "attempts")) >= {("refused", 550, 1)}


def test_lost_answers(ground, figures):
    drain(ground, Mood(2, lose=0.02))

    told = reckon(ground, occurrences=2 * EACH_KIND, ends={State.SENT, State.UNKNOWN})
    figures(told)
    assert told.flagged == ground.mail.replies["DATA", DROPPED] > 0
    assert told.extra == told.flagged - told.unknown
    assert told.arrived == told.unknown


@once
@pytest.mark.parametrize(
    ("stage", "outcomes"),
    [
        ("CONNECT", []),
        ("MAIL", []),
        ("RCPT", ["broken-off"] * 2),
        ("354", ["broken-off"] * 2),
        ("DATA", ["no-answer"] * 2),
    ],
)
def test_silence(ground, figures, stage, outcomes):
    """Before the mail is named it is the server's fault, then a try, after the dot a doubt."""
    reminder, guest = ground.write_pair()
    ground.set_outbox(BATCH=1, COMMAND_TIMEOUT=1, DOT_TIMEOUT=1)
    with ground.mail.hold(stage) as barrier:
        ground.hire(2)
        barrier.wait(2)
        ground.until(lambda: tries() == outcomes and has_noticed(), "the end of patience")
    ground.until_done()

    figures(reckon(ground, occurrences=2, ends={State.SENT, State.UNKNOWN}))
    if stage == "DATA":
        assert_in_doubt(ground, reminder, guest)
    else:
        assert len(ground.mail.mails) == 2


def tries() -> list[str]:
    return list(OutboxAttempt.objects.values_list("outcome", flat=True))


def has_noticed() -> bool:
    gate = outbox.gate.state()
    return bool(gate.refusals or gate.closed_at)


@once
@pytest.mark.parametrize("reason", [Trouble.PASSWORD, Trouble.UNREACHABLE])
def test_a_server_out_of_order_makes_no_dead_letter(ground, figures, reason):
    ground.write(60, users=ground.users(3))
    ground.mail.refuses_password = reason == Trouble.PASSWORD
    if reason == Trouble.UNREACHABLE:
        ground.mail.stop()
    ground.hire(2)
    ground.until(lambda: outbox.gate.state().failures >= 3, "three tries")

    gate = outbox.gate.state()
    assert gate.reason == reason
    assert gate.code == (535 if reason == Trouble.PASSWORD else None)
    assert ground.states() == {State.PENDING: 60}
    # Two workers, each by two ways of saying the password: a closed gate is not asked again.
    assert ground.mail.logins.total() <= 2 * 2 * (gate.failures + 1)

    ground.mail.refuses_password = False
    if reason == Trouble.UNREACHABLE:
        ground.mail.start()
    ground.until_done()
    figures(reckon(ground, occurrences=60, ends={State.SENT}))
    assert set(OutboxMessage.objects.values_list("attempts", "ambiguous")) == {(1, 0)}
    assert outbox.gate.state().closed_at is None


@once
def test_a_gate_that_closes_forgets_no_mail_on_its_way(ground, figures):
    """Some answers are lost, which closes the gate, while others are still to come."""
    ground.set_outbox(BATCH=100, DOT_TIMEOUT=20, HANDOFF_LEASE=30, LEASE=20)
    ground.write(32, GUEST, ground.users())
    ground.write(32, REMINDER, ground.users())
    ground.mail.answer("DATA", DROPPED, times=3)
    with ground.mail.hold("DATA", passing=3) as barrier:
        ground.hire()
        barrier.wait(5)
        ground.until(has_noticed, "alarm")
    ground.until_done()

    told = reckon(ground, occurrences=64, ends={State.SENT, State.UNKNOWN})
    figures(told)
    assert told.flagged == 3
