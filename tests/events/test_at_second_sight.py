"""What a guest, a host and a tired partner stumble over at second sight."""

import datetime as dt
from html import unescape

import pytest
from django.urls import reverse

from events import evening as evenings
from events import guest_listing, links
from events.actions import planning
from tests.event_factories import EventFactory, EventGuestFactory
from tests.factories import CustomerFactory, EmailFactory
from tests.trust_factories import ProfileFactory

pytestmark = pytest.mark.usefixtures("english", "clock")


@pytest.fixture
def event(anna):
    """Tomorrow, on Tuesday evening."""
    ProfileFactory.create(partner=anna, name="Anna Albers")
    petra = CustomerFactory.create(partner=anna, first_name="Petra")
    return EventFactory.create(host=petra, formality="du")


@pytest.fixture
def ida(event):
    return EventGuestFactory.create(event=event, customer__first_name="Ida", answer="yes")


def page(client, address: str) -> str:
    return unescape(client.get(address).text)


def test_whoever_thinks_of_changing_their_answer_may_leave_it(client, event, ida):
    ute = EventGuestFactory.create(event=event)

    assert "Leave it as it is" in page(client, f"{links.of_guest(ida)}?step=answer")
    assert "Leave it as it is" not in page(client, links.of_guest(ute))


def test_after_the_deadline_only_who_has_not_answered_is_told_to_answer_otherwise(
    client, event, ida, clock
):
    ute = EventGuestFactory.create(event=event)
    type(event).unscoped.update(answer_until=event.starts_at - dt.timedelta(hours=4))
    clock.move_to(event.starts_at - dt.timedelta(hours=3))

    answered, silent = (page(client, links.of_guest(guest)) for guest in (ida, ute))
    assert "Should anything change, please tell Anna directly." in answered
    assert "Answers are no longer taken here" not in answered
    assert "Answers are no longer taken here" in silent


def test_the_day_of_a_cancelled_evening_is_struck_out(client, anna, event, ida):
    planning.cancel(anna, anna.user, event, "")

    assert "<del>Tuesday, 24 November 2026</del>" in page(client, links.of_guest(ida))


def test_one_who_comes_along_is_a_yes(client, ida):
    assert "Yes, 1 person" in page(client, f"{links.of_guest(ida)}?step=companions")


def test_a_link_that_leads_nowhere_sends_a_guest_to_who_sent_it(client):
    text = page(client, "/i/made-up/")

    assert "Am besten bei der Person nachfragen, von der er kam." in text
    assert "Heute öffnen" not in text


def test_a_host_reads_numbers_and_afterwards_what_was(client, event, ida, clock):
    EventGuestFactory.create(event=event, answer="no")
    EventGuestFactory.create(event=event)
    before = page(client, links.of_host(event))
    clock.move_to(event.ends_at + dt.timedelta(hours=1))
    after = page(client, links.of_host(event))

    assert "1 is coming" in before
    assert "Cannot come: 1" in before
    assert "Had said yes: 1" in after
    assert "not answered yet" not in after


def test_the_words_of_a_guest_stand_in_the_quotes_of_the_language(client, event, clock):
    clock.move_to(event.ends_at)
    answer = client.post(links.of_stars(event), {"stars": 5, "text": "Lovely"})

    assert "“Lovely”" in answer.text


def test_looking_back_an_evening_counts_who_was_there(anna, event, ida, clock):
    def summary():
        return guest_listing.summary(evenings.read(anna, event.pk))

    EventGuestFactory.create(event=event)
    assert summary() == "1 of 2 are coming"
    clock.move_to(event.ends_at + dt.timedelta(days=1))
    assert summary() == "1 of 2 had said yes"
    type(ida).unscoped.filter(pk=ida.pk).update(presence="attended")
    assert summary() == "1 of 2 was there"


def test_before_getting_back_to_guests_it_has_to_be_noted_who_came(as_anna, event, ida, clock):
    clock.move_to(event.ends_at + dt.timedelta(days=1))
    address = reverse("event-aftercare", args=[event.pk])

    assert "Nothing is noted yet of who came" in as_anna.get(address).text
    type(ida).unscoped.filter(pk=ida.pk).update(presence="attended")
    assert "Nothing is noted yet of who came" not in as_anna.get(address).text


def test_figures_compared_carry_their_names_and_days_that_are_not_misread(as_anna, event, clock):
    clock.move_to(event.ends_at + dt.timedelta(days=1))
    type(event).unscoped.update(state="closed", came=8, sales=400)
    text = as_anna.get(reverse("event-compare")).text

    assert '<td data-label="Sales">€400</td>' in text
    assert "24 Nov 2026" in text


def test_a_long_address_breaks_before_its_at(as_anna, anna):
    petra = CustomerFactory(partner=anna)
    EmailFactory(customer=petra, typed="petra@example.org")

    assert "petra<wbr>@example.org" in as_anna.get(petra.get_absolute_url()).text
