"""Synthetic evenings: as the product would have stored them, only more of them."""

import datetime as dt

import pytest

from events.models import Event
from partners import clock as business
from tests.project.test_load_scale import load


@pytest.fixture
def partner(clock):
    return load(partners=2, customers=60, events=50)[1]


def test_each_partner_gets_evenings_of_their_own_people(partner):
    evenings = {event.pk: event for event in partner.events.select_related("host")}

    assert len(evenings) == 50
    for guest in partner.eventguests.select_related("customer", "event"):
        guest.full_clean()
        guest.refuse_to_mix_partners()
        assert guest.customer_id != evenings[guest.event_id].host_id
    for event in evenings.values():
        event.full_clean()
        assert event.steps.count() == 6


def test_the_first_is_large_and_coming_and_most_others_are_over(partner):
    large = max(partner.events.all(), key=lambda event: event.guests.count())

    assert large.guests.count() == 59
    assert large.maximum is None
    assert large.starts_at > business.now()
    assert large.state == Event.State.INVITING
    assert 35 < partner.events.filter(state=Event.State.CLOSED).count() < 50


def test_days_are_as_if_computed(partner):
    for step in partner.eventsteps.select_related("event"):
        assert step.due_on == step.event.day + dt.timedelta(days=step.days)
    for event in partner.events.all():
        stored = event.starts_at, event.ends_at
        event.schedule(event.day, event.local_start.time(), event.local_end.time(), partner.zone)
        assert (event.starts_at, event.ends_at) == stored
