"""Who answers first and leaves an address after that is confirmed all the same."""

from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client

from customers.models import Email
from events import links
from partners import changes
from partners.changes import Act
from tests.event_factories import EventFactory, EventGuestFactory
from tests.factories import CustomerFactory


@pytest.fixture
def ida(anna, clock):
    event = EventFactory(host=CustomerFactory(partner=anna, first_name="Petra"))
    return EventGuestFactory(event=event, customer__first_name="Ida", customer__is_hidden=True)


def tap(guest, **said):
    return Client().post(urlsplit(links.of_guest(guest)).path, said)


def test_the_answer_is_confirmed_as_soon_as_there_is_an_address(anna, ida):
    tap(ida, step="answer", says="yes")
    assert not anna.messages.exists()

    tap(ida, step="reminder", wants_reminder="true", email="ida@example.org")

    assert [row.kind for row in anna.messages.all()] == ["event-answer"]


def test_an_address_that_the_partner_notes_writes_to_nobody(anna, ida):
    tap(ida, step="answer", says="yes")
    mailbox = Email(customer=ida.customer, typed="ida@example.org")
    mailbox.normalise()

    with transaction.atomic():
        changes.create(Act(anna, anna.user, "customer-edit"), mailbox)

    assert not anna.messages.exists()
