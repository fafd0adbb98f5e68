"""Duties: who is meant, and the one line on Heute."""

import datetime as dt

import pytest

from customers import duties
from customers.models import Customer, DataSubjectRequest, Permission
from partners import clock as business
from tests.factories import CustomerFactory, FollowUpFactory
from tests.harness.queries import costs
from tests.trust_factories import DataSubjectRequestFactory, PermissionFactory

pytestmark = pytest.mark.usefixtures("in_english", "clock")

TODAY = dt.date(2026, 11, 23)  # as the clock stands
Stage = Customer.Stage


def days_ago(number):
    return business.now() - dt.timedelta(days=number)


def line(partner):
    return duties.line(partner, TODAY)


def noted(partner, ago=20, **fields):
    return CustomerFactory(
        partner=partner,
        created_at=days_ago(ago),
        **{"source_kind": "recommendation", "last_contact_at": days_ago(1)} | fields,
    )


# --- who does not know ------------------------------------------------------------------------


def test_who_was_named_by_others_and_not_told_is_owed_a_word(anna):
    assert line(anna) == ""
    noted(anna)
    assert line(anna) == "1 person does not know yet that you noted them"
    noted(anna, source_kind="company")
    noted(anna, source_kind="name-list")
    assert line(anna) == "3 people do not know yet that you noted them"


@pytest.mark.parametrize(
    "fields",
    [
        {"source_kind": "event"},
        {"source_kind": "walk-in"},
        {"source_kind": ""},
        {"informed_on": TODAY, "informed_how": "spoken"},
        {"is_business": True},
        {"restricted_at": dt.datetime(2026, 11, 1, tzinfo=dt.UTC)},
        {"deleted_at": dt.datetime(2026, 11, 1, tzinfo=dt.UTC)},
    ],
)
def test_nobody_else_is(anna, fields):
    person = noted(anna, **fields)

    assert line(anna) == ""
    assert not duties.untold(anna, TODAY)
    assert person.deleted_at or not duties.must_be_told(person)


def test_the_line_comes_a_fortnight_before_the_month_is_over(anna, clock):
    person = noted(anna, ago=0)
    last_quiet_day = duties.told_by(TODAY) - dt.timedelta(days=15)
    assert duties.told_by(TODAY) == dt.date(2026, 12, 23)

    assert duties.line(anna, last_quiet_day) == ""
    assert duties.line(anna, last_quiet_day + dt.timedelta(days=1)) != ""
    assert duties.must_be_told(person)
    assert list(duties.untold(anna, TODAY)) == [person]


@pytest.mark.parametrize(
    ("noted", "due"),
    [
        ("2026-01-31", "2026-02-28"),
        ("2028-01-31", "2028-02-29"),
        ("2026-11-23", "2026-12-23"),
        ("2026-12-01", "2027-01-01"),
        ("2026-12-31", "2027-01-31"),
    ],
)
def test_a_month_is_a_month_of_the_calendar(noted, due):
    assert duties.told_by(dt.date.fromisoformat(noted)) == dt.date.fromisoformat(due)


# --- who has been silent ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "days"),
    [
        (Stage.PROSPECT, 365),
        (Stage.CUSTOMER, 3 * 365),
        (Stage.REGULAR, 3 * 365),
        (Stage.INACTIVE, 3 * 365),
        (Stage.GUEST, 90),
    ],
)
def test_each_stage_has_its_time(anna, stage, days):
    CustomerFactory(
        partner=anna, stage=stage, created_at=days_ago(2000), last_contact_at=days_ago(days - 1)
    )
    CustomerFactory(partner=anna, stage=stage, created_at=days_ago(days - 1))
    assert line(anna) == ""

    talked = CustomerFactory(
        partner=anna, stage=stage, created_at=days_ago(2000), last_contact_at=days_ago(days + 1)
    )
    never = CustomerFactory(partner=anna, stage=stage, created_at=days_ago(days + 2))

    assert line(anna) == "2 people you have not heard of for long"
    assert list(duties.silent(anna, TODAY)) == [never, talked]


@pytest.mark.parametrize(
    "fields",
    [
        {"is_business": True},
        {"restricted_at": dt.datetime(2026, 11, 1, tzinfo=dt.UTC)},
        {"deleted_at": dt.datetime(2026, 11, 1, tzinfo=dt.UTC)},
        {"kept_on": dt.date(2025, 11, 24)},
    ],
)
def test_some_are_not_asked_about(anna, fields):
    CustomerFactory(partner=anna, created_at=days_ago(500), **fields)

    assert line(anna) == ""


def test_who_was_kept_is_asked_about_again_in_a_year(anna):
    CustomerFactory(partner=anna, created_at=days_ago(900), kept_on=dt.date(2025, 11, 23))

    assert line(anna) == "1 person you have not heard of for long"


def test_who_was_promised_something_stays(anna):
    person = CustomerFactory(partner=anna, created_at=days_ago(500))
    FollowUpFactory(customer=person, due=dt.date(2026, 9, 1))

    assert line(anna) == ""


# --- who never answered -----------------------------------------------------------------------


def asked(partner, ago=15, **fields):
    person = CustomerFactory(partner=partner, created_at=days_ago(ago), **fields)
    PermissionFactory(
        customer=person,
        says=Permission.Says.ASKED,
        how=Permission.How.OPT_IN,
        said_at=days_ago(ago),
    )
    return person


def test_a_question_by_mail_waits_for_a_fortnight(anna):
    asked(anna, ago=13)
    assert line(anna) == ""

    person = asked(anna)

    assert line(anna) == "1 person never answered your mail"
    assert list(duties.unanswering(anna, TODAY)) == [person]


def test_who_answered_or_is_more_to_the_partner_stays(anna):
    for says in (Permission.Says.YES, Permission.Says.NO):
        PermissionFactory(customer=asked(anna), says=says, said_at=days_ago(3))
    asked(anna, stage=Stage.CUSTOMER)
    asked(anna, last_contact_at=days_ago(3))
    FollowUpFactory(customer=asked(anna), due=TODAY)

    assert line(anna) == ""


# --- the line ---------------------------------------------------------------------------------


def request(partner, due, **fields):
    return DataSubjectRequestFactory(
        customer=noted(partner, source_kind=""), due_on=TODAY + dt.timedelta(days=due), **fields
    )


def test_all_kinds_of_duty_are_one_line(anna):
    noted(anna)
    request(anna, 4)
    CustomerFactory(partner=anna, created_at=days_ago(500))
    asked(anna)

    assert line(anna) == (
        "1 person does not know yet that you noted them · 1 request by Friday"
        " · 1 person you have not heard of for long · 1 person never answered your mail"
    )


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ([15], ""),
        ([14], "1 request by 7 December"),
        ([5, 1, 40], "2 requests by tomorrow"),
        ([0], "1 request by today"),
        ([-3], "1 request, due for 3 days"),
    ],
)
def test_requests_are_named_with_the_first_day(anna, due, said):
    for days in due:
        request(anna, days)
    request(anna, 1, state=DataSubjectRequest.State.DONE)

    assert line(anna) == said


def test_the_line_is_about_ones_own_circle_alone(anna, boris):
    noted(boris)
    request(boris, 1)
    asked(boris)
    CustomerFactory(partner=boris, created_at=days_ago(500))

    assert line(anna) == ""


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_line_is_one_query(anna, count):
    for _number in range(count):
        noted(anna)
        asked(anna)
        request(anna, 2)

    with costs(1):
        line(anna)
