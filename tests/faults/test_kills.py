"""Workers that end without a word, at any moment of their work."""

import random

import pytest
from django.db import connection

from partners.models import OutboxMessage, Reason
from tests.faults.ground import State
from tests.faults.kinds import GUEST, REMINDER
from tests.faults.reckoning import reckon

SEED = 20261124
EACH_KIND, KILLS = {"postgresql": (3000, 40), "sqlite": (1000, 15)}[connection.vendor]


def test_kills_at_random_moments(ground, figures):
    dice = random.Random(SEED)  # noqa: S311 - no secret
    users = ground.users(20)
    ground.write(EACH_KIND, REMINDER, users)
    ground.write(EACH_KIND, GUEST, users)
    ground.hire(3)

    for mark in sorted(dice.sample(range(50, int(1.8 * EACH_KIND)), KILLS)):
        ground.until(lambda mark=mark: len(ground.mail.mails) >= mark, f"{mark} mails")
        ground.kill(dice.choice(ground.workers))
        ground.hire()
    ground.until_done(workers=3)

    told = reckon(ground, occurrences=2 * EACH_KIND, ends={State.SENT, State.UNKNOWN})
    figures(told)
    assert told.kills == KILLS


@pytest.mark.parametrize("stage", ["RCPT", "354"])
def test_a_kill_before_the_hand_over(ground, figures, stage):
    ground.write_pair()
    with ground.mail.hold(stage) as barrier:
        workers = ground.hire(2)
        barrier.wait(2)
        for worker in workers:
            ground.kill(worker)
    ground.hire()
    ground.until_done()

    told = reckon(ground, occurrences=2, ends={State.SENT})
    figures(told)
    assert (told.sink, told.flagged) == (2, 0)


def test_a_kill_between_the_final_dot_and_its_answer(ground, figures):
    reminder, guest = ground.write_pair()
    with ground.mail.hold("DATA") as barrier:
        workers = ground.hire(2)
        barrier.wait(2)
        for worker in workers:
            ground.kill(worker)
    ground.hire()
    ground.until_done()

    figures(reckon(ground, occurrences=2))
    assert_in_doubt(ground, reminder, guest)


def assert_in_doubt(ground, reminder: OutboxMessage, guest: OutboxMessage) -> None:
    """The user's reminder came twice and says so; the guest's mail came once and is held."""
    copies = [mail.message_id for mail in ground.mail.mails]
    for row in (reminder, guest):
        row.refresh_from_db()
    assert (reminder.state, reminder.ambiguous) == (State.SENT, 1)
    assert (guest.state, guest.reason) == (State.UNKNOWN, Reason.NO_ANSWER)
    assert (copies.count(reminder.message_id), copies.count(guest.message_id)) == (2, 1)
