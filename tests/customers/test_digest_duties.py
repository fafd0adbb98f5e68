"""What waits to be settled, in one line at the end of the morning mail."""

import datetime as dt

import pytest
from django.core import mail

from tests.customers.mornings import MONDAY, at, html_of, plan, round_
from tests.factories import CustomerFactory, FollowUpFactory


@pytest.fixture
def clock(clock):
    """Monday morning in Berlin, the minute of the morning mail."""
    clock.move_to(at(MONDAY, 7, 30))
    return clock


@pytest.fixture
def clara(anna):
    return CustomerFactory(partner=anna, first_name="Clara", last_name="Conrad")


def untold(partner):
    ago = at(MONDAY, 7) - dt.timedelta(days=25)
    return CustomerFactory(partner=partner, source_kind="name-list", created_at=ago)


def test_the_mail_ends_with_the_line_that_stands_on_heute(clock, anna, boris, clara):
    FollowUpFactory(customer=clara, due=MONDAY)
    untold(anna), untold(anna), untold(boris)
    FollowUpFactory(customer__partner=boris, due=MONDAY)

    round_()

    mails = {message.to[0]: message for message in mail.outbox}
    line = "2 Personen wissen noch nicht, dass du sie notiert hast"
    assert f"{line}:\nhttp://testserver/customers/duties/" in mails[anna.user.email].body
    assert line in html_of(mails[anna.user.email])
    assert "1 Person weiß noch nicht" in mails[boris.user.email].body


def test_for_its_sake_alone_no_mail_comes(clock, anna, clara):
    follow_up = FollowUpFactory(customer=clara, due=MONDAY)
    untold(anna)
    plan()
    follow_up.delete()

    round_()

    assert mail.outbox == []
