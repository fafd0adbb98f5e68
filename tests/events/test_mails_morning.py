"""The morning mail tells of the evening today or tomorrow, and of who answered."""

import datetime as dt

import pytest

from customers.models import Customer
from events.actions import answering
from events.models import EventGuest
from tests.customers.mails import with_imprint
from tests.event_factories import EventFactory
from tests.events.mails import THURSDAY_EVENING, evening, guest, round_, says
from tests.factories import CustomerFactory

Answer = EventGuest.Answer


@pytest.fixture
def party(anna, clock):
    return evening(with_imprint(anna))


def morning(clock, day: int) -> int:
    clock.move_to(dt.datetime(2026, 11, day, 7, tzinfo=dt.UTC))
    return round_()


def to_anna(mailoutbox):
    return [mail for mail in mailoutbox if mail.to == ["anna@example.org"]]


def test_tomorrow_s_evening_alone_is_reason_enough_for_a_morning_mail(
    party, boris, mailoutbox, clock
):
    guest(party, "Ida", answer=Answer.YES, companions=1)

    assert (morning(clock, 24), to_anna(mailoutbox)) == (0, [])
    morning(clock, 25)
    [mail] = to_anna(mailoutbox)
    assert mail.subject == "Heute: 1 Termin in Sicht"
    assert "Herbstabend · Petra S.: Morgen, 19:30 · 2 kommen" in mail.body
    assert "Sommer" not in mail.body


def test_who_answered_herself_is_told_by_first_name_and_initial(anna, party, mailoutbox, clock):
    ida, lea = guest(party, "Ida"), guest(party, "Lea")
    Customer.unscoped.filter(pk=ida.customer_id).update(last_name="Sonntag")
    says(ida, Answer.YES)
    answering.answer_for(anna, anna.user, party, [lea.pk], says=Answer.YES)

    morning(clock, 24)

    [mail] = to_anna(mailoutbox)
    assert mail.subject == "Heute: 1 Antwort"
    assert "Ida S.: kommt · Herbstabend" in mail.body
    assert "Lea" not in mail.body
    assert "Sonntag" not in mail.body


def test_nothing_of_an_evening_that_is_called_off_or_another_partner_s(
    anna, boris, mailoutbox, clock
):
    petra = CustomerFactory.create(partner=boris, first_name="Petra")
    EventFactory.create(host=petra, starts_at=THURSDAY_EVENING)
    EventFactory.create(
        host=CustomerFactory.create(partner=anna), starts_at=THURSDAY_EVENING, state="cancelled"
    )
    morning(clock, 25)
    assert to_anna(mailoutbox) == []
