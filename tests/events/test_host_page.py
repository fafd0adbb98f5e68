"""The host's own page: numbers, first names of those who answered, what to send and what to do."""

from html import unescape

import pytest

from events import links
from partners.models import Change
from tests.event_factories import EventFactory, EventGuestFactory, EventStepFactory
from tests.factories import CustomerFactory, EmailFactory
from tests.harness.queries import costs
from tests.harness.roles import AppClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(anna, clock, english):
    petra = CustomerFactory.create(partner=anna, first_name="Petra", formality="du")
    return EventFactory.create(host=petra, title="Autumn evening", maximum=8, formality="sie")


@pytest.fixture
def client() -> AppClient:
    return AppClient(enforce_csrf_checks=True)


def text(client, event) -> str:
    return unescape(client.get(links.of_host(event)).content.decode())


def test_it_tells_numbers_and_first_names_of_those_who_answered_alone(client, event):
    name = {"customer__last_name": "Secret", "customer__note": "Secret"}
    said = {"companions": 1, "message": "I bring a cake"}
    EventGuestFactory.create(event=event, answer="yes", customer__first_name="Ida", **said, **name)
    EventGuestFactory.create(event=event, answer="no", customer__first_name="Ute", **name)
    EventGuestFactory.create(event=event, customer__first_name="Silent", **name)
    page = text(client, event)

    assert "2 are coming" in page
    assert "6 seats left" in page
    assert "Ida + 1: I bring a cake" in page
    assert "Ute" in page
    assert "1 has not answered yet" in page
    assert "Secret" not in page
    assert "Silent" not in page


def test_it_has_the_open_link_with_words_in_the_host_s_voice(client, event):
    page = text(client, event)

    assert "Good day,\n\nI am having guests: “Autumn evening”" in page
    assert links.of_event(event) in page
    assert "https://wa.me/?text=Good%20day" in page
    assert "<path" not in page
    assert "<path" in client.get(f"{links.of_host(event)}?qr=1").content.decode()


def test_an_evening_without_open_link_has_nothing_to_pass_on(client, event):
    type(event).unscoped.update(is_open=False)
    page = text(client, event)

    assert links.of_event(event) not in page
    assert "Anna Albers sends the invitations" not in page
    assert "Anna sends the invitations. You need do nothing." in page


def test_a_host_ticks_their_own_steps_and_no_others(client, event):
    own = EventStepFactory.create(event=event, for_host=True, text="Ask five friends")
    other = EventStepFactory.create(event=event, text="Pack the samples")
    page = text(client, event)
    for step in (own, other):
        client.post(links.of_host(event), {"step": step.pk, "done": "1"})
        step.refresh_from_db()

    assert "Ask five friends" in page
    assert "Pack the samples" not in page
    assert (bool(own.done_at), own.done_by_host, other.done_at) == (True, True, None)

    client.post(links.of_host(event), {"step": own.pk, "done": "0"})
    own.refresh_from_db()
    assert own.done_at is None


def test_a_host_may_have_mails_once_we_know_where_to(client, event):
    link = links.of_host(event)
    assert client.post(link, {"mails": "true"}).status_code == 422

    client.post(link, {"mails": "true", "email": "petra@example.org"})
    event.refresh_from_db()
    assert event.host_wants_mail
    assert event.host.emails.get().address == "petra@example.org"

    client.post(link, {"mails": "false"})
    event.refresh_from_db()
    assert not event.host_wants_mail


def test_looking_changes_nothing_and_an_old_link_leads_nowhere(client, event):
    link = links.of_host(event)
    for method in ("get", "head", "options"):
        getattr(client, method)(link)
    assert not Change.unscoped.exists()

    type(event).unscoped.update(link_version=2)
    assert client.get(link).status_code == 404
    assert client.post(link, {"mails": "true", "email": "x@example.org"}).status_code == 404


def test_it_costs_the_same_for_one_guest_and_for_many(client, event):
    EmailFactory.create(customer=event.host)
    for _ in range(2):
        EventGuestFactory.create(event=event, answer="yes")
        EventStepFactory.create(event=event, for_host=True)
        with costs(6):
            client.get(links.of_host(event))
