"""A database whose processes end at once, in the middle of everything."""

import random

import pytest
from django.db import transaction

from partners.models import OutboxMessage
from tests.faults.ground import State
from tests.faults.kinds import GUEST, REMINDER
from tests.faults.reckoning import reckon
from tests.harness.smtp import Mood

pytestmark = pytest.mark.postgresql
EACH_KIND, KILLS = 1000, 8


def test_two_crashes_of_the_database_between_kills_and_lost_answers(ground, figures, database):
    dice = random.Random(7)  # noqa: S311 - no secret
    ground.mail.mood = Mood(7, lose=0.005)
    users = ground.users(10)
    ground.write(EACH_KIND, REMINDER, users)
    ground.write(EACH_KIND, GUEST, users)
    ground.hire(3)

    marks = sorted(dice.sample(range(50, int(1.8 * EACH_KIND)), KILLS))
    for number, mark in enumerate(marks):
        ground.until(lambda mark=mark: len(ground.mail.mails) >= mark, f"{mark} mails")
        if number in {2, 5}:
            database.crash()
        ground.kill(dice.choice(ground.workers))
        ground.hire()
    ground.until_done(workers=3)

    told = reckon(ground, occurrences=2 * EACH_KIND, ends={State.SENT, State.UNKNOWN}, quiet=False)
    figures(told)
    assert "OperationalError" in ground.logs(), "the workers noticed"


def test_a_row_that_somebody_holds_keeps_no_other_waiting(ground, figures):
    first, *others = ground.write(20)
    sent = OutboxMessage.objects.filter(state=State.SENT)
    with transaction.atomic():
        OutboxMessage.objects.select_for_update().get(pk=first.pk)
        ground.hire(2)
        ground.until(lambda: sent.count() == len(others), "all but the one that is held")
    ground.until_done()

    figures(reckon(ground, occurrences=20, ends={State.SENT}))


def test_a_crash_right_before_the_hand_over(ground, figures, database):
    """The worker hangs up at once: to a server that waits for the text, no word makes sense."""
    ground.set_outbox(BATCH=100)
    ground.write(64)
    with ground.mail.hold("354") as barrier:
        ground.hire()
        barrier.wait(8)
        database.crash()
    ground.until_done(seconds=15)

    told = reckon(ground, occurrences=64, ends={State.SENT}, quiet=False)
    figures(told)
    assert told.sink == 64
