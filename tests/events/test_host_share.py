"""What a partner sends a host, and new links when one went astray."""

from html import unescape

import pytest
from django.urls import reverse

from events import links
from partners.models import Change
from tests.event_factories import EventFactory, EventGuestFactory
from tests.factories import CustomerFactory

pytestmark = pytest.mark.usefixtures("clock", "english")


@pytest.fixture
def event(anna):
    petra = CustomerFactory.create(partner=anna, first_name="Petra", formality="du")
    return EventFactory.create(host=petra, title="Autumn evening")


def test_the_words_for_the_host_carry_the_link_to_their_page(as_anna, event):
    page = unescape(as_anna.get(reverse("event-host", args=[event.pk])).content.decode())

    assert "Hello Petra,\n\nhere is your own page for “Autumn evening”" in page
    assert links.of_host(event) in page


def test_new_links_end_the_former_ones_until_it_is_taken_back(as_anna, client, event):
    former, guest = links.of_host(event), links.of_guest(EventGuestFactory.create(event=event))
    as_anna.post(reverse("event-host", args=[event.pk]), {"renew": "1"})
    event.refresh_from_db()

    assert client.get(former).status_code == 404
    assert client.get(links.of_host(event)).status_code == 200
    assert client.get(guest).status_code == 200

    act = Change.unscoped.get(act="event-links").act_id
    as_anna.post(reverse("undo", args=[act]))
    assert client.get(former).status_code == 200


def test_without_a_host_there_is_nothing_to_send(as_anna, event):
    type(event).unscoped.update(host=None)

    assert as_anna.get(reverse("event-host", args=[event.pk])).status_code == 404
