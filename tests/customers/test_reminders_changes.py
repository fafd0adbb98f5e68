"""The single reminder between its planning and its hand-over: what was settled, who is away."""

import datetime as dt

import pytest

from customers import actions
from customers.models import FollowUp
from customers.when import When
from partners.models import OutboxMessage, Partner, Reason, User
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


# --- what changed its mind -------------------------------------------------------------------


CHANGES = {
    "done": lambda anna, row: actions.close(anna, anna.user, row, FollowUp.State.DONE),
    "dropped": lambda anna, row: actions.close(anna, anna.user, row, FollowUp.State.DROPPED),
    "moved": lambda anna, row: actions.move(anna, anna.user, row, When(TUESDAY)),
    "without a time": lambda anna, row: actions.edit(anna, anna.user, row, When(MONDAY)),
    "deleted": lambda anna, row: actions.remove_customer(anna, anna.user, row.customer),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_settled_before_the_moment_brings_no_mail(clock, anna, at_three, change):
    CHANGES[change](anna, at_three)

    clock.move_to(at(MONDAY, 14, 45))

    assert plan() == 0


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_settled_before_the_hand_over_brings_none_either(clock, anna, at_three, change):
    clock.move_to(at(MONDAY, 14, 45))
    plan()

    CHANGES[change](anna, at_three)

    assert deliver() == 0
    assert (only_row().state, only_row().reason) == (State.CANCELLED, Reason.GONE)


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_taken_back_before_the_moment_brings_one(clock, anna, at_three, change):
    act = CHANGES[change](anna, at_three)
    actions.undo(anna, anna.user, act.id)

    clock.move_to(at(MONDAY, 14, 45))

    assert round_() == 1


@pytest.mark.parametrize("planned_before", [True, False])
def test_who_is_in_the_bin_is_no_reason(clock, clara, at_three, planned_before):
    clock.move_to(at(MONDAY, 14, 45))
    assert not planned_before or plan() == 1

    type(clara).unscoped.filter(pk=clara.pk).update(deleted_at=at(MONDAY, 13))

    assert round_() == 0
    assert OutboxMessage.objects.filter(state=State.CANCELLED).exists() is planned_before


def test_what_is_moved_after_its_mail_is_reminded_of_anew(clock, anna, at_three):
    clock.move_to(at(MONDAY, 14, 45))
    assert round_() == 1

    actions.move(anna, anna.user, at_three, When(MONDAY, dt.time(18)))

    clock.move_to(at(MONDAY, 17, 44))
    assert plan() == 0
    clock.move_to(at(MONDAY, 17, 45))
    assert round_() == 1


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_taken_back_after_its_time_brings_no_second_mail(clock, anna, at_three, change):
    clock.move_to(at(MONDAY, 14, 45))
    assert round_() == 1
    clock.move_to(at(MONDAY, 15, 10))
    act = CHANGES[change](anna, at_three)

    actions.undo(anna, anna.user, act.id)

    assert round_() == 0


def test_what_is_moved_to_a_time_that_has_passed_brings_none(clock, anna, at_three):
    clock.move_to(at(MONDAY, 14, 45))
    assert round_() == 1
    clock.move_to(at(MONDAY, 15, 30))

    actions.move(anna, anna.user, at_three, When(MONDAY, dt.time(15, 15)))

    assert round_() == 0


def test_other_words_for_the_same_time_bring_no_second_mail(clock, anna, at_three):
    clock.move_to(at(MONDAY, 14, 45))
    assert round_() == 1

    actions.edit(anna, anna.user, at_three, When(MONDAY, THREE), what="The blue pan")

    clock.move_to(at(MONDAY, 15))
    assert round_() == 0


def test_care_is_reminded_of_while_it_has_not_faded(clock, clara):
    FollowUpFactory(customer=clara, due=MONDAY, due_time=THREE, nature=FollowUp.Nature.CARE)
    clock.move_to(at(MONDAY, 14, 45))
    assert plan() == 1
    OutboxMessage.objects.update(expires_at=None)

    clock.move_to(at(MONDAY + dt.timedelta(days=8), 15))

    assert deliver() == 0
    assert only_row().reason == Reason.GONE


# --- for whom --------------------------------------------------------------------------------


UNWILLING = {
    "switched off": {"reminders_on": False},
    "paused": {"paused_at": at(MONDAY, 13)},
    "away": {"absent_from": MONDAY, "absent_until": TUESDAY},
}


@pytest.mark.parametrize("change", UNWILLING)
def test_who_does_not_want_it_gets_none(clock, at_three, change):
    Partner.objects.update(**UNWILLING[change])

    clock.move_to(at(MONDAY, 14, 45))

    assert plan() == 0
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("change", UNWILLING)
def test_who_changes_their_mind_after_planning_gets_none_either(clock, at_three, change):
    clock.move_to(at(MONDAY, 14, 45))
    plan()

    Partner.objects.update(**UNWILLING[change])

    assert deliver() == 0
    assert only_row().state == State.CANCELLED


def test_who_may_no_longer_sign_in_gets_none(clock, at_three):
    User.objects.update(is_active=False)

    clock.move_to(at(MONDAY, 14, 45))

    assert plan() == 0


def test_one_partners_reminder_goes_to_no_other(clock, anna, boris, at_three):
    Partner.objects.update(digest_on=False)
    FollowUpFactory(customer__partner=boris, due=MONDAY, due_time=dt.time(18))

    clock.move_to(at(MONDAY, 14, 45))
    plan()

    assert only_row().partner == anna


# --- absence ---------------------------------------------------------------------------------


def away(first: dt.date, last: dt.date) -> None:
    Partner.objects.update(absent_from=first, absent_until=last)


def test_who_returns_finds_what_was_due_meanwhile_in_heute_alone(clock, clara):
    FollowUpFactory(customer=clara, due=MONDAY, due_time=dt.time(22))
    away(MONDAY, MONDAY)

    clock.move_to(at(TUESDAY, 0, 5))

    assert plan() == 0


def test_who_returns_is_reminded_of_what_is_still_ahead(clock, clara):
    FollowUpFactory(customer=clara, due=TUESDAY, due_time=THREE)
    Partner.objects.update(reminder_lead=1440)
    away(MONDAY, MONDAY)
    clock.move_to(at(MONDAY, 23))
    assert plan() == 0

    clock.move_to(at(TUESDAY, 0, 5))

    assert round_() == 1


def test_who_leaves_tomorrow_is_still_reminded_today(clock, clara):
    clock.move_to(at(SUNDAY, 12))
    FollowUpFactory(customer=clara, due=MONDAY, due_time=THREE)
    Partner.objects.update(reminder_lead=1440)
    away(MONDAY, TUESDAY)

    clock.move_to(at(SUNDAY, 15))

    assert round_() == 1


def test_the_first_and_the_last_day_are_days_of_the_partners_own_calendar(clock, clara):
    """In Kiritimati it is Tuesday from eleven o'clock in Berlin on."""
    move_to(clara.partner, "Pacific/Kiritimati")
    FollowUpFactory(customer=clara, due=TUESDAY, due_time=dt.time(3))
    clock.move_to(at(TUESDAY, 2, 45, "Pacific/Kiritimati"))

    away(TUESDAY, TUESDAY)
    assert plan() == 0
    away(MONDAY, MONDAY)
    assert plan() == 1
