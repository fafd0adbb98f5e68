"""The morning mail: when it comes, for whom, and that it comes once."""

import datetime as dt
import uuid

import pytest
from django.core import mail

from customers import actions, reminders
from customers.models import FollowUp
from partners.models import OutboxMessage, Partner, Reason
from tests.customers.mornings import (
    BERLIN,
    MONDAY,
    TUESDAY,
    State,
    at,
    deliver,
    only_mail,
    only_row,
    plan,
    round_,
)
from tests.factories import CustomerFactory, FollowUpFactory, PartnerFactory


@pytest.fixture
def clock(clock):
    """Monday morning in Berlin, the minute of the morning mail."""
    clock.move_to(at(MONDAY, 7, 30))
    return clock


@pytest.fixture
def clara(anna):
    return CustomerFactory(partner=anna, first_name="Clara", last_name="Conrad")


# --- when ------------------------------------------------------------------------------------


def test_the_mail_waits_for_its_minute_and_comes_once(clock, clara):
    FollowUpFactory(customer=clara, due=MONDAY)

    clock.move_to(at(MONDAY, 7, 29))
    assert plan() == 0
    clock.move_to(at(MONDAY, 7, 30))
    assert [plan(), plan()] == [1, 0]
    assert [deliver(), deliver()] == [1, 0]
    clock.move_to(at(MONDAY, 17, 59))
    assert round_() == 0
    clock.move_to(at(TUESDAY, 7, 30))
    assert round_() == 1


def test_the_key_of_a_mail_names_the_partner_and_their_day(clock, clara, anna):
    FollowUpFactory(customer=clara, due=MONDAY)

    plan()

    row = only_row()
    assert row.dedupe_key == f"digest:{anna.pk}:2026-11-23"
    assert (row.due_at, row.expires_at) == (at(MONDAY, 7, 30), at(MONDAY, 18))
    assert (row.partner, row.recipient_id) == (anna, str(anna.user.pk))


def test_after_an_outage_only_the_present_morning_is_made_up_for(clock, clara):
    FollowUpFactory(customer=clara, due=MONDAY)

    clock.move_to(at(TUESDAY + dt.timedelta(days=5), 11))

    assert plan() == 1
    assert only_row().dedupe_key.endswith(":2026-11-29")


def test_in_the_evening_a_missed_morning_mail_is_too_late(clock, clara):
    FollowUpFactory(customer=clara, due=MONDAY)

    clock.move_to(at(MONDAY, 18))

    assert round_() == 0
    assert not OutboxMessage.objects.exists()


def test_a_planned_mail_that_could_not_leave_until_evening_expires(clock, clara):
    FollowUpFactory(customer=clara, due=MONDAY)
    plan()

    clock.move_to(at(MONDAY, 18))

    assert deliver() == 0
    assert only_row().state == State.EXPIRED


@pytest.mark.parametrize(
    ("wanted", "until"),
    [
        (dt.time(15), at(MONDAY, 18)),
        (dt.time(15, 1), at(TUESDAY, 0)),
        (dt.time(21, 30), at(TUESDAY, 0)),
    ],
)
def test_an_evening_mail_may_leave_until_midnight(clock, anna, clara, wanted, until):
    FollowUpFactory(customer=clara, due=MONDAY)
    Partner.objects.update(digest_time=wanted)

    clock.move_to(dt.datetime.combine(MONDAY, wanted, tzinfo=BERLIN))
    plan()

    assert only_row().expires_at == until


@pytest.mark.parametrize(
    ("zone", "local", "utc"),
    [
        # The clocks go from 2 to 3: half past two moves on by an hour.
        ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30"),
        # From 3 back to 2: half past two comes twice, the first one counts.
        ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30"),
        ("Pacific/Kiritimati", "2026-11-24T07:30", "2026-11-23T17:30"),
        ("Asia/Kathmandu", "2026-11-23T07:30", "2026-11-23T01:45"),
        ("Pacific/Niue", "2026-11-23T07:30", "2026-11-23T18:30"),
    ],
)
def test_every_partner_has_their_own_morning(clock, anna, zone, local, utc):
    wanted = dt.datetime.fromisoformat(local)
    day = wanted.date()
    Partner.objects.update(time_zone=zone, digest_time=wanted.time())
    FollowUpFactory(customer__partner=Partner.objects.get(), due=day)
    moment = dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)

    clock.move_to(moment - dt.timedelta(seconds=1))
    assert plan() == 0
    clock.move_to(moment)
    assert plan() == 1
    assert only_row().dedupe_key.endswith(f":{day}")
    assert deliver() == 1
    clock.shift(dt.timedelta(hours=1))
    assert round_() == 0


def test_a_clock_put_back_brings_no_second_mail(clock, clara):
    FollowUpFactory(customer=clara, due=MONDAY)
    clock.move_to(at(MONDAY, 8))
    assert round_() == 1

    clock.move_to(at(MONDAY, 7, 30))

    assert round_() == 0


def test_a_partner_who_moves_west_gets_one_mail_a_day(clock, anna, clara):
    FollowUpFactory(customer=clara, due=MONDAY)
    assert round_() == 1

    Partner.objects.update(time_zone="America/New_York")
    clock.move_to(at(MONDAY, 7, 30, "America/New_York"))

    assert round_() == 0


# --- for whom --------------------------------------------------------------------------------


def test_one_partners_morning_wakes_no_other(clock, anna):
    others = {
        "awake in Kathmandu": {"time_zone": "Asia/Kathmandu"},
        "asleep in New York": {"time_zone": "America/New_York"},
        "up at eight": {"digest_time": dt.time(8)},
        "switched off": {"digest_on": False},
        "paused": {"paused_at": at(MONDAY, 7)},
    }
    for partner in [anna, *(PartnerFactory(name=name, **set_) for name, set_ in others.items())]:
        FollowUpFactory(customer__partner=partner, due=MONDAY)

    plan()

    planned = OutboxMessage.objects.values_list("partner__name", flat=True)
    assert set(planned) == {"Anna", "awake in Kathmandu"}


@pytest.mark.parametrize(
    "change",
    [
        {"digest_on": False},
        {"digest_weekdays": "234567"},
        {"digest_weekdays": ""},
        {"paused_at": at(MONDAY, 7)},
        {"absent_from": MONDAY, "absent_until": MONDAY},
    ],
)
def test_who_does_not_want_it_or_is_paused_or_away_gets_none(clock, anna, clara, change):
    FollowUpFactory(customer=clara, due=MONDAY)
    Partner.objects.update(**change)

    assert plan() == 0
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"digest_on": False},
        {"paused_at": at(MONDAY, 7)},
        {"absent_from": MONDAY, "absent_until": TUESDAY},
    ],
)
def test_who_changes_their_mind_after_planning_gets_none_either(clock, anna, clara, change):
    FollowUpFactory(customer=clara, due=MONDAY)
    plan()
    Partner.objects.update(**change)

    assert deliver() == 0
    assert only_row().state == State.CANCELLED


def test_the_morning_after_an_absence_brings_all_that_waited(clock, clara):
    FollowUpFactory(customer=clara, due=MONDAY)
    Partner.objects.update(absent_from=MONDAY - dt.timedelta(days=3), absent_until=MONDAY)
    assert round_() == 0

    clock.move_to(at(TUESDAY, 7, 30))

    assert round_() == 1
    assert "Clara C." in only_mail().body


def test_who_asks_for_it_gets_it_although_they_are_away(clock, anna, clara):
    FollowUpFactory(customer=clara, due=MONDAY)
    Partner.objects.update(absent_from=MONDAY, absent_until=TUESDAY)

    reminders.send_now(anna, uuid.uuid4())

    assert round_() == 1
    assert "Clara C." in only_mail().body


def test_the_last_day_away_is_the_partners_own(clock, clara):
    """At half past seven on Tuesday in Kiritimati it is still Monday nearly everywhere."""
    FollowUpFactory(customer=clara, due=MONDAY)
    Partner.objects.update(time_zone="Pacific/Kiritimati", absent_from=MONDAY, absent_until=MONDAY)

    clock.move_to(at(MONDAY, 7, 30, "Pacific/Kiritimati"))
    assert round_() == 0
    clock.move_to(at(TUESDAY, 7, 30, "Pacific/Kiritimati"))
    assert round_() == 1


def test_who_may_no_longer_sign_in_gets_none(clock, anna, clara):
    FollowUpFactory(customer=clara, due=MONDAY)
    type(anna.user).objects.update(is_active=False)

    assert plan() == 0


def test_where_nothing_is_due_the_day_is_decided_without_a_mail(clock, anna, clara):
    FollowUpFactory(customer=clara, due=TUESDAY)
    assert round_() == 0
    row = only_row()
    assert (row.state, row.reason) == (State.SKIPPED, Reason.NOTHING_DUE)

    clock.move_to(at(MONDAY, 10))
    FollowUpFactory(customer=clara, due=MONDAY, due_time=dt.time(15))

    assert round_() == 0
    assert mail.outbox == []


def test_what_is_settled_before_the_hand_over_brings_no_mail(clock, anna, clara):
    follow_up = FollowUpFactory(customer=clara, due=MONDAY)
    plan()
    actions.close(anna, anna.user, follow_up, FollowUp.State.DONE)

    assert deliver() == 0
    assert only_row().state == State.CANCELLED


def test_a_birthday_alone_is_reason_enough(clock, anna):
    CustomerFactory(partner=anna, first_name="Gerda", birth_day=23, birth_month=11, birth_year=1976)

    assert round_() == 1
    assert only_mail().subject == "Heute: 1 Geburtstag"


def test_who_is_in_the_bin_is_no_reason(clock, anna, clara):
    FollowUpFactory(customer=clara, due=MONDAY)
    CustomerFactory(partner=anna, birth_day=23, birth_month=11, deleted_at=at(MONDAY, 7))
    type(clara).unscoped.filter(pk=clara.pk).update(deleted_at=at(MONDAY, 7))

    assert plan() == 0


def test_care_fades_after_a_week_and_a_promise_never(clock, clara):
    long_ago = MONDAY - dt.timedelta(days=9)
    FollowUpFactory(customer=clara, due=long_ago, nature=FollowUp.Nature.CARE)
    assert plan() == 0

    OutboxMessage.objects.all().delete()
    FollowUpFactory(customer=clara, due=long_ago)
    assert plan() == 1
