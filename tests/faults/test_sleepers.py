"""Workers that stand still longer than their lease, and go on as if nothing had happened."""

from tests.faults.ground import State
from tests.faults.reckoning import reckon
from tests.faults.test_kills import assert_in_doubt


def wake_up(ground, sleepers) -> None:
    """Let them finish what they were at."""
    for sleeper in sleepers:
        sleeper.wake()
    for sleeper in sleepers:
        ground.until_round(sleeper)


def test_a_sleeper_before_the_hand_over_is_fenced(ground, figures):
    """It wakes up while another worker, who has its messages now, waits for the answers."""
    ground.write_pair()
    ground.set_outbox(BATCH=1, DOT_TIMEOUT=20, HANDOFF_LEASE=30)
    with ground.mail.hold("354") as ready:
        sleepers = ground.hire(2)
        ready.wait(2)
        for sleeper in sleepers:
            sleeper.pause()
    with ground.mail.hold("DATA") as dot:
        ground.hire(2)
        dot.wait(2)
        wake_up(ground, sleepers)
    ground.until_done()

    told = reckon(ground, occurrences=2, ends={State.SENT})
    figures(told)
    assert (told.sink, told.flagged) == (2, 0)


def test_a_sleeper_after_the_final_dot_changes_no_outcome(ground, figures):
    reminder, guest = ground.write_pair()
    with ground.mail.hold("DATA") as barrier:
        sleepers = ground.hire(2)
        barrier.wait(2)
        for sleeper in sleepers:
            sleeper.pause()
    ground.hire()
    ground.until_done()
    wake_up(ground, sleepers)

    figures(reckon(ground, occurrences=2))
    assert_in_doubt(ground, reminder, guest)
