"""The single reminder: one mail shortly before what was promised, for each promise of a time."""

import datetime as dt

import pytest

from customers.models import FollowUp
from partners.models import Partner
from tests.customers.mornings import (
    MONDAY,
    SUNDAY,
    TUESDAY,
    State,
    at,
    deliver,
    move_to,
    only_row,
    plan,
    round_,
)
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


# --- when ------------------------------------------------------------------------------------


def test_it_waits_for_its_moment_and_comes_once(clock, at_three):
    clock.move_to(at(MONDAY, 14, 44))
    assert plan() == 0
    clock.move_to(at(MONDAY, 14, 45))
    assert [plan(), plan()] == [1, 0]
    assert [deliver(), deliver()] == [1, 0]
    clock.move_to(at(MONDAY, 15))
    assert round_() == 0


def test_its_row_names_the_schedule_and_no_person(clock, anna, at_three):
    clock.move_to(at(MONDAY, 14, 45))
    plan()

    row = only_row()
    assert row.dedupe_key == f"follow-up:{at_three.pk.hex}:1"
    assert (row.due_at, row.expires_at) == (at(MONDAY, 14, 45), at(TUESDAY, 3))
    assert (row.partner, row.recipient_id) == (anna, str(anna.user.pk))
    source = (row.source_type, row.source_id, row.source_version)
    assert source == ("follow-up", str(at_three.pk), "1")


@pytest.mark.parametrize(
    ("lead", "moment"),
    [
        (0, at(MONDAY, 15)),
        (5, at(MONDAY, 14, 55)),
        (30, at(MONDAY, 14, 30)),
        (60, at(MONDAY, 14)),
        (120, at(MONDAY, 13)),
        (1440, at(SUNDAY, 15)),
    ],
)
def test_the_partner_says_how_long_before(clock, clara, lead, moment):
    clock.move_to(at(SUNDAY, 12))
    FollowUpFactory(customer=clara, due=MONDAY, due_time=THREE)
    Partner.objects.update(reminder_lead=lead)

    clock.move_to(moment - dt.timedelta(seconds=1))
    assert plan() == 0
    clock.move_to(moment)
    assert round_() == 1


@pytest.mark.parametrize("said", [at(MONDAY, 14, 45), at(MONDAY, 14, 59)])
def test_what_is_said_within_the_lead_comes_at_the_time_itself(clock, clara, said):
    clock.move_to(said)
    FollowUpFactory(customer=clara, due=MONDAY, due_time=THREE)

    assert plan() == 0
    clock.move_to(at(MONDAY, 14, 59))
    assert plan() == 0
    clock.move_to(at(MONDAY, 15))
    assert round_() == 1


@pytest.mark.parametrize("said", [at(MONDAY, 15), at(MONDAY, 17)])
def test_who_writes_down_a_past_time_needs_no_mail(clock, clara, said):
    clock.move_to(said)
    FollowUpFactory(customer=clara, due=MONDAY, due_time=THREE)

    clock.shift(60)
    assert plan() == 0


def test_what_was_said_before_we_kept_that_moment_was_said_long_ago(clock, at_three):
    FollowUp.unscoped.update(scheduled_at=None)

    clock.move_to(at(MONDAY, 14, 45))

    assert round_() == 1


def test_what_has_no_time_has_no_reminder(clock, clara):
    FollowUpFactory(customer=clara, due=MONDAY)
    FollowUpFactory(customer=clara, due=TUESDAY)

    for hour in range(12, 24):
        clock.move_to(at(MONDAY, hour))
        assert plan() == 0


@pytest.mark.parametrize(
    ("zone", "local", "utc"),
    [
        # The clocks go from 2 to 3: half past two moves on by an hour.
        ("Europe/Berlin", "2027-03-28T02:30", "2027-03-28T01:15"),
        # Five past three is five minutes after ten to two.
        ("Europe/Berlin", "2027-03-28T03:05", "2027-03-28T00:50"),
        # From 3 back to 2: half past two comes twice, the first one counts.
        ("Europe/Berlin", "2027-10-31T02:30", "2027-10-31T00:15"),
        ("Europe/Berlin", "2027-10-31T03:05", "2027-10-31T01:50"),
        ("Europe/Berlin", "2028-02-29T10:00", "2028-02-29T08:45"),
        ("Pacific/Kiritimati", "2027-01-01T00:05", "2026-12-31T09:50"),
        ("Asia/Kathmandu", "2026-11-24T10:00", "2026-11-24T04:00"),
    ],
)
def test_every_clock_on_earth_is_understood(clock, clara, zone, local, utc):
    Partner.objects.update(time_zone=zone)
    clara.partner.refresh_from_db()
    promised = dt.datetime.fromisoformat(local)
    FollowUpFactory(customer=clara, due=promised.date(), due_time=promised.time())
    moment = dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)

    clock.move_to(moment - dt.timedelta(seconds=1))
    assert plan() == 0
    clock.move_to(moment)
    assert round_() == 1
    clock.shift(dt.timedelta(hours=1))
    assert round_() == 0


def test_a_clock_put_back_brings_no_second_mail(clock, at_three):
    clock.move_to(at(MONDAY, 15))
    assert round_() == 1

    clock.move_to(at(MONDAY, 14, 45))

    assert round_() == 0


# --- a partner on the move -------------------------------------------------------------------


def test_who_moves_before_is_reminded_by_the_new_clock(clock, anna, at_three):
    move_to(anna, "America/New_York")

    clock.move_to(at(MONDAY, 15))
    assert plan() == 0
    clock.move_to(at(MONDAY, 14, 45, "America/New_York"))
    assert round_() == 1


def test_who_moves_between_planning_and_sending_too(clock, anna, at_three):
    clock.move_to(at(MONDAY, 14, 45))
    plan()
    move_to(anna, "America/New_York")

    assert deliver() == 0
    assert only_row().state == State.CANCELLED
    clock.move_to(at(MONDAY, 14, 45, "America/New_York"))
    assert round_() == 1


def test_another_zone_with_the_same_clock_is_no_second_reminder(clock, anna, at_three):
    clock.move_to(at(MONDAY, 14, 45))
    assert round_() == 1

    move_to(anna, "Europe/Vienna")

    clock.move_to(at(MONDAY, 15))
    assert round_() == 0


# --- once ------------------------------------------------------------------------------------


def test_another_lead_after_the_mail_brings_no_second_one(clock, at_three):
    clock.move_to(at(MONDAY, 14, 45))
    assert round_() == 1

    for lead in (0, 5, 60):
        Partner.objects.update(reminder_lead=lead)
        assert round_() == 0
    clock.move_to(at(MONDAY, 15))
    assert round_() == 0


def test_a_longer_lead_whose_moment_has_passed_is_made_up_for_at_once(clock, at_three):
    clock.move_to(at(MONDAY, 14, 30))
    assert plan() == 0

    Partner.objects.update(reminder_lead=60)

    assert round_() == 1


@pytest.mark.parametrize(("late", "mails"), [(at(TUESDAY, 2, 59), 1), (at(TUESDAY, 3), 0)])
def test_half_a_day_after_its_time_it_helps_nobody(clock, at_three, late, mails):
    clock.move_to(late)

    assert round_() == mails


def test_what_was_planned_and_could_not_leave_for_half_a_day_expires(clock, at_three):
    clock.move_to(at(MONDAY, 14, 45))
    plan()

    clock.move_to(at(TUESDAY, 3))

    assert deliver() == 0
    assert only_row().state == State.EXPIRED
