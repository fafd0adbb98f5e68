"""What a guest allows on their own page, where they can be reached, and what they are told."""

import re

import pytest

from customers.models import Permission
from events import links
from partners import profile
from tests.event_factories import EventGuestFactory
from tests.events.invited import Page, a_messenger, petras_evening
from tests.factories import EmailFactory, PhoneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ida(anna, clock, english):
    return EventGuestFactory.create(event=petras_evening(anna), customer__first_name="Ida")


@pytest.fixture
def page(ida):
    return Page(a_messenger(), links.of_guest(ida))


def test_no_tick_is_set_and_each_channel_says_what_it_is_about(page):
    page.post("answer", says="yes")
    text = page.text("permissions")

    assert re.findall(r'name="channel" value="(\w+)"', text) == [
        "email", "phone", "messenger", "sms",
    ]  # fmt: skip
    assert "checked" not in text
    assert "Anna Albers may call me with news and offers." in text


def test_a_tick_records_the_words_and_the_number_it_is_about(page, ida, anna):
    page.post("answer", says="yes")
    assert page.post("permissions", channel="phone").status_code == 422

    page.post("permissions", channel="phone", phone="0661 90077702")

    said = ida.customer.permissions.get()
    assert (said.channel, said.says, said.how) == ("phone", "yes", "page")
    assert said.point == "+4966190077702"
    assert said.text.startswith("Yes, Anna Albers may call me")
    assert said.text_version
    assert said.recorded_by is None
    assert "checked" in page.text("permissions")

    page.post("permissions")
    assert ida.customer.permissions.last().says == "no"


def test_a_mailbox_confirms_for_itself(page, ida, anna):
    page.post("answer", says="yes")
    for _ in range(2):
        page.post("permissions", channel="email", email="ida@example.org")

    said = ida.customer.permissions.get()
    assert (said.channel, said.says, said.how) == ("email", "asked", "page")
    assert anna.messages.filter(kind="opt-in").count() == 1


def test_who_said_no_to_mails_is_not_asked_for_mails(page, ida, anna):
    email = EmailFactory.create(customer=ida.customer)
    Permission.unscoped.create(
        partner=anna, customer=ida.customer, channel="email", says="no", how="page",
        point=email.address,
    )  # fmt: skip
    page.post("answer", says="yes")

    assert 'value="email"' not in page.text("permissions")


def test_a_known_address_is_not_shown_to_whoever_has_the_link(page, ida):
    EmailFactory.create(customer=ida.customer, typed="ida.ihle@example.org")
    PhoneFactory.create(customer=ida.customer, typed="0661 90077703")
    page.post("answer", says="yes")
    text = page.text("reminder") + page.text("permissions")

    assert "i…@example.org" in text
    assert not re.search("ida.ihle|90077703", text)


def test_who_answers_had_the_notice_on_data_before_them(page, ida, anna):
    assert profile.notice_link(anna) in page.text()

    page.post("answer", says="no")

    ida.customer.refresh_from_db()
    assert (ida.customer.informed_how, bool(ida.customer.notice_version)) == ("link", True)


def test_a_reminder_needs_somewhere_to_go(page, ida):
    page.post("answer", says="yes")

    for address in ("", "not an address"):
        answer = page.post("reminder", wants_reminder="true", email=address)
        assert answer.status_code == 422
    ida.refresh_from_db()
    assert not ida.wants_reminder
