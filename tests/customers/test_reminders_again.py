"""A promise that was settled and taken back: its reminder comes once for each moment promised."""

import datetime as dt

import pytest

from customers import actions
from customers.when import When
from partners.models import OutboxMessage
from tests.customers.mornings import MONDAY, TUESDAY, State, at, only_row, plan, round_
from tests.customers.test_reminders_changes import CHANGES
from tests.factories import CustomerFactory, FollowUpFactory

THREE = dt.time(15)


@pytest.fixture
def clara(anna, clock):
    """Somebody of Anna's, who has no morning mail here. It is Monday noon in Berlin."""
    anna.digest_on = False
    anna.save()
    return CustomerFactory(partner=anna, first_name="Clara", last_name="Conrad")


@pytest.fixture
def at_three(clara):
    """Promised at noon for three o'clock."""
    return FollowUpFactory(customer=clara, due=MONDAY, due_time=THREE)


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_taken_back_after_its_mail_brings_no_second_one(clock, anna, at_three, change):
    clock.move_to(at(MONDAY, 14, 45))
    assert round_() == 1
    clock.move_to(at(MONDAY, 14, 46))
    act = CHANGES[change](anna, at_three)
    actions.undo(anna, anna.user, act.id)

    for minute in (14, 46), (15, 0), (15, 30):
        clock.move_to(at(MONDAY, *minute))
        assert round_() == 0
    assert only_row().state == State.SENT


@pytest.mark.parametrize(
    "handed", [{"handoff_at": at(MONDAY, 14, 45)}, {"ambiguous": 1}, {"state": State.SENT}]
)
def test_what_may_have_left_is_not_planned_again(clock, anna, at_three, handed):
    clock.move_to(at(MONDAY, 14, 45))
    plan()
    OutboxMessage.objects.update(**handed)
    actions.undo(anna, anna.user, CHANGES["done"](anna, at_three).id)

    clock.move_to(at(MONDAY, 15))

    assert plan() == 0


@pytest.mark.parametrize("state", [State.CANCELLED, State.FAILED, State.EXPIRED])
def test_what_was_planned_and_never_left_is_planned_again(clock, anna, at_three, state):
    clock.move_to(at(MONDAY, 14, 45))
    plan()
    OutboxMessage.objects.update(state=state)
    actions.undo(anna, anna.user, CHANGES["done"](anna, at_three).id)

    clock.move_to(at(MONDAY, 15))

    assert round_() == 1


def test_each_promise_is_reminded_of_whatever_became_of_the_others(clock, anna, clara, at_three):
    """Of the same moment, and after more than nine schedules."""
    clock.move_to(at(MONDAY, 14, 45))
    assert round_() == 1
    clock.move_to(at(MONDAY, 14, 46))
    other = FollowUpFactory(customer=clara, due=MONDAY, due_time=THREE)
    for _time in range(6):
        for row in (at_three, other):
            row.refresh_from_db()
            actions.undo(anna, anna.user, actions.move(anna, anna.user, row, When(TUESDAY)).id)

    clock.move_to(at(MONDAY, 15))

    assert round_() == 1
    assert set(OutboxMessage.objects.values_list("source_id", "source_version")) == {
        (str(at_three.pk), "1"),
        (str(other.pk), "13"),
    }
