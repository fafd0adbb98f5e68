"""Several planners, planners that fail, planners that were silent for a day."""

import datetime as dt

import pytest

from customers.models import FollowUp
from customers.reminders import morning, single
from partners import heartbeat, outbox, planning
from partners.models import OutboxMessage
from tests.customers.mornings import (
    MONDAY,
    TUESDAY,
    State,
    at,
    plan,
    round_,
)
from tests.factories import CustomerFactory, FollowUpFactory


@pytest.fixture
def clock(clock):
    """Monday morning in Berlin, the minute of the morning mail."""
    clock.move_to(at(MONDAY, 7, 30))
    return clock


@pytest.fixture
def clara(anna):
    return CustomerFactory(partner=anna, first_name="Clara", last_name="Conrad")


def test_planners_who_see_nothing_of_each_other_write_one_morning_mail(clock, clara):
    """As two hosts do at the same moment: both found the row missing, the key decides."""
    FollowUpFactory(customer=clara, due=MONDAY)
    rows = [row for moments in morning.open_moments() for row in morning.rows_for(*moments)]

    plan()
    outbox.write(rows)

    assert OutboxMessage.objects.count() == 1


def test_planners_who_see_nothing_of_each_other_write_one_reminder_for_each(clock, clara):
    """As four hosts do at once: all find the rows missing, their statements meet in any order."""
    for minute in range(5):
        FollowUpFactory(customer=clara, due=MONDAY, due_time=dt.time(15, minute))
    clock.move_to(at(MONDAY, 15))
    planners = [list(single.missing_rows()) for _planner in range(4)]

    for rows in zip(*planners, strict=True):
        for row in rows:
            outbox.write([row])

    assert OutboxMessage.objects.count() == 5
    assert list(single.missing_rows()) == []


def test_after_a_days_outage_comes_one_morning_mail_and_nothing_stale(clock, anna, clara):
    """The morning mail and one of the reminders had been planned when everything stopped."""
    for hour in range(13, 18):
        FollowUpFactory(customer=clara, due=MONDAY, due_time=dt.time(hour))
    assert plan() == 1
    clock.move_to(at(MONDAY, 12, 45))
    assert plan() == 1

    clock.move_to(at(TUESDAY, 12, 45))

    assert [round_(), round_()] == [1, 0]
    rows = OutboxMessage.objects.order_by("created_at").values_list("kind", "state")
    assert list(rows) == [
        ("digest", State.EXPIRED),
        ("follow-up", State.EXPIRED),
        ("digest", State.SENT),
    ]


@pytest.mark.parametrize("broken", ["morning mails", "single reminders"])
def test_a_planner_that_fails_stops_no_other_and_stays_silent(
    clock, clara, monkeypatch, caplog, broken
):
    def fail():
        raise ZeroDivisionError

    FollowUpFactory(customer=clara, due=MONDAY, due_time=dt.time(8))
    FollowUp.unscoped.update(scheduled_at=None)
    clock.move_to(at(MONDAY, 7, 45))
    with monkeypatch.context() as patch:
        patch.setitem(planning.planners, broken, fail)
        assert plan() == 1

    assert heartbeat.silent(planning.planners, dt.timedelta(minutes=3)) == [broken]
    assert "failed, the next round tries again" in caplog.text
    assert plan() == 1
    assert set(OutboxMessage.objects.values_list("kind", flat=True)) == {"digest", "follow-up"}
