"""The open link of an evening: a first name is enough, and nobody learns who is known already."""

import datetime as dt
import re
from urllib.parse import urlsplit

import pytest

from events import links
from events.actions import planning
from events.models import EventGuest
from events.reminders.answered import ANSWER
from partners.clock import now
from tests.event_factories import EventFactory, EventGuestFactory
from tests.factories import CustomerFactory, EmailFactory
from tests.harness.roles import AppClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(anna, clock, english):
    petra = CustomerFactory.create(partner=anna, first_name="Petra")
    return EventFactory.create(host=petra, street="Lindenweg 7", city="Fulda", formality="du")


@pytest.fixture
def client() -> AppClient:
    return AppClient(enforce_csrf_checks=True)


def row_id(client, event) -> str:
    text = client.get(links.of_event(event)).content.decode()
    [found] = re.findall(r'name="row_id" value="([^"]+)"', text)
    return found


def sign_up(client, event, first_name="Ida", **said):
    return client.post(links.of_event(event), {"first_name": first_name, **said})


def test_a_first_name_is_enough_and_the_personal_page_asks_on(client, event):
    text = client.get(links.of_event(event)).content.decode()
    answer = sign_up(client, event)

    guest = EventGuest.unscoped.select_related("customer").get()
    assert "Are you coming?" in text
    assert "Lindenweg" not in text
    assert (guest.customer.name, guest.answer, guest.origin) == ("Ida", "yes", "signed-up")
    assert guest.customer.is_hidden
    assert answer.url == urlsplit(links.of_guest(guest)).path + "?step=companions"


def test_the_form_sent_twice_is_one_guest(client, event):
    form = row_id(client, event)
    answers = [sign_up(client, event, row_id=form) for _ in range(2)]

    assert EventGuest.unscoped.count() == 1
    assert answers[0].url == answers[1].url


@pytest.mark.parametrize("email", ["", "ida@example.net"])
def test_whoever_goes_back_to_the_form_with_another_name_is_somebody_else(client, event, email):
    form = row_id(client, event)
    sign_up(client, event, row_id=form, email=email)
    ida = EventGuest.unscoped.get()

    answer = sign_up(client, event, "Una", row_id=form)

    una = EventGuest.unscoped.get(customer__first_name="Una")
    assert urlsplit(links.of_guest(una)).path in answer.url
    assert urlsplit(links.of_guest(ida)).path not in answer.url


def test_without_a_name_or_with_half_an_address_the_form_says_what_is_missing(client, event):
    nobody = sign_up(client, event, first_name=" ")
    half = sign_up(client, event, email="ida@")

    assert (nobody.status_code, half.status_code) == (422, 422)
    assert "A first name is enough." in nobody.content.decode()
    assert "Something is missing in this e-mail address." in half.content.decode()
    assert not EventGuest.unscoped.exists()


def test_whoever_leaves_an_address_gets_their_page_by_mail_and_not_here(client, event):
    answer = sign_up(client, event, email="i@a.de")

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Thank you, Ida, your answer is noted." in text
    assert "Your own page comes by mail." in text
    assert links.of_guest(EventGuest.unscoped.get()).rsplit("/", 2)[1] not in text


@pytest.mark.parametrize("said", [{"email": "I@a.de"}, {"phone": "0171 2345678"}])
def test_who_knows_an_address_learns_nothing_of_its_owner(client, event, boris, said):
    """Known to this evening, to this circle, to another one, or to nobody: the same screen."""
    known = {"first_name": "Ida", "email": "i@a.de", "phone": "0171 2345678"}
    pages = [sign_up(client, event, **said)]
    for partner in (boris, event.partner):
        EmailFactory.create(
            customer__partner=partner, customer__first_name="Ida", typed=known["email"]
        )
        pages.append(sign_up(client, event, **said))
    EventGuest.unscoped.all().delete()
    sign_up(client, event, **known)
    pages.append(sign_up(client, event, **said))

    assert {page.status_code for page in pages} == {200}
    assert len({page.content for page in pages}) == 1
    assert EventGuest.unscoped.count() == 1


def test_whoever_signs_up_again_gets_the_mail_that_was_lost_again_but_once_a_day(
    client, anna, event, clock
):
    counts = []
    for minutes in (0, 1, 60, 60):
        clock.move_to(now() + dt.timedelta(minutes=minutes))
        sign_up(client, event, email="i@a.de")
        counts.append(anna.messages.filter(kind=ANSWER).count())

    assert counts == [1, 1, 2, 2]


def test_a_full_evening_offers_the_waiting_list(client, event):
    type(event).unscoped.update(maximum=1)
    EventGuestFactory.create(event=event, answer="yes")

    assert "Yes, put me on the waiting list" in client.get(links.of_event(event)).content.decode()
    sign_up(client, event)
    assert EventGuest.unscoped.get(origin="signed-up").answer == "waiting"


@pytest.mark.parametrize("why", ["closed", "cancelled", "over"])
def test_nobody_signs_up_where_nobody_can(client, event, anna, clock, why):
    form = row_id(client, event)
    if why == "closed":
        planning.change(anna, anna.user, event, is_open=False)
    elif why == "cancelled":
        planning.cancel(anna, anna.user, event, "")
    else:
        clock.move_to(event.ends_at)
    answer = sign_up(client, event, row_id=form)

    assert "first_name" not in answer.content.decode()
    assert not EventGuest.unscoped.exists()


def test_a_robot_that_signs_up_without_end_has_to_wait(client, event, monkeypatch):
    monkeypatch.setattr("events.invite_views.MOST_SIGN_UPS", 2)
    answers = [sign_up(client, event, first_name=f"Bot {n}").status_code for n in range(3)]

    assert answers == [302, 302, 429]


def test_an_old_link_signs_nobody_up(client, event):
    link = links.of_event(event)
    type(event).unscoped.update(link_version=2)

    assert client.post(link, {"first_name": "Ida"}).status_code == 404
