"""Who is asked, who comes, and who of them becomes part of the circle."""

import datetime as dt

import pytest

from customers import actions
from customers.models import Customer, FollowUp
from customers.when import When
from events.actions import guesting
from events.models import Event, EventGuest
from partners import changes, clock
from partners.changes import Act
from partners.models import uuid7
from tests.event_factories import EventFactory, EventGuestFactory, MembershipFactory
from tests.factories import CustomerFactory

pytestmark = pytest.mark.usefixtures("clock")

ATTENDED, NO_SHOW, NOT_NOTED = EventGuest.Presence.ATTENDED, EventGuest.Presence.NO_SHOW, ""
Origin = EventGuest.Origin


@pytest.fixture
def evening(anna) -> Event:
    return EventFactory.create(host__partner=anna)


@pytest.fixture
def act(anna) -> Act:
    return Act(anna, anna.user, "guest-add")


@pytest.fixture
def nora(evening) -> EventGuest:
    """Hidden until she comes."""
    return EventGuestFactory.create(
        event=evening,
        origin=Origin.NAMED,
        customer__first_name="Nora",
        customer__stage=Customer.Stage.GUEST,
        customer__is_hidden=True,
    )


def circle(partner) -> set[str]:
    return set(partner.customers.values_list("first_name", flat=True)) - {"Petra"}


def tap(guest: EventGuest, presence: str, seconds: int = 0) -> Act:
    at = clock.now() + dt.timedelta(seconds=seconds)
    return guesting.set_presence(guest.partner, guest.partner.user, guest, presence, at)


def test_people_of_the_circle_are_asked_once(anna, evening, act):
    clara = CustomerFactory.create(partner=anna)

    guesting.add(act, evening, [clara], Origin.CIRCLE)
    again = guesting.add(act, evening, [clara], Origin.CIRCLE)

    assert again == []
    assert anna.eventguests.count() == 1


def test_first_names_make_hidden_guests_and_an_undo_takes_them_back(anna, evening, act):
    ida, ole = guesting.name(act, evening, "Ida\n\nOle Hansen, 0171 2345678")

    assert (ida.customer.name, ole.customer.name) == ("Ida", "Ole Hansen")
    assert ole.customer.phones.get().number == "+491712345678"
    assert circle(anna) == set()

    actions.undo(anna, anna.user, act.id)
    assert not anna.eventguests.exists()
    assert not anna.customers(manager="unscoped_with_hidden").filter(first_name="Ida").exists()


def test_who_comes_joins_the_circle_and_a_slip_of_the_finger_does_not_count(anna, nora):
    tap(nora, ATTENDED)
    assert circle(anna) == {"Nora"}

    tap(nora, NOT_NOTED, 5)
    assert circle(anna) == set()


def test_who_was_known_before_stays_known_when_they_did_not_come(anna, evening):
    clara = CustomerFactory.create(partner=anna, first_name="Clara", stage=Customer.Stage.GUEST)
    guest = EventGuestFactory.create(event=evening, customer=clara)

    tap(guest, ATTENDED)
    tap(guest, NO_SHOW, 5)

    assert circle(anna) == {"Clara"}


@pytest.mark.parametrize("how", ["tap", "undo"])
def test_a_member_of_the_club_is_never_hidden_again(anna, nora, how):
    act = tap(nora, ATTENDED)
    MembershipFactory.create(club__partner=anna, customer=nora.customer)

    if how == "tap":
        tap(nora, NOT_NOTED, 5)
    else:
        actions.undo(anna, anna.user, act.id)

    nora.refresh_from_db()
    assert nora.presence == NOT_NOTED
    assert circle(anna) == {"Nora"}


def test_the_later_tap_wins_in_whichever_order_they_arrive(nora):
    tap(nora, ATTENDED, 10)
    act = tap(nora, NO_SHOW, 5)
    nora.refresh_from_db()

    assert nora.presence == ATTENDED
    assert not act.left_traces


@pytest.mark.parametrize("said", [{"sales": 20}, {"orders": 1}, {"wants_evening": True}])
def test_an_order_or_a_wish_makes_a_guest_known(anna, nora, act, said):
    changes.update(act, nora, **said)

    assert circle(anna) == {"Nora"}


def test_a_promise_makes_a_guest_known(anna, nora):
    tuesday = When(clock.today(anna.zone))
    actions.promise(anna, anna.user, FollowUp(customer=nora.customer, what="Call"), tuesday)

    assert circle(anna) == {"Nora"}


def test_whom_the_partner_keeps_stays_without_coming(anna, nora, act):
    guesting.keep(act, [nora.customer])

    assert circle(anna) == {"Nora"}
    assert nora.customer.kept_on


def test_a_walk_in_is_there_and_known_and_a_tap_sent_twice_is_one(anna, evening):
    tapped, at = uuid7(), clock.now()

    for _time in range(2):
        guest = guesting.walk_in(anna, anna.user, evening, "Jo Lund", at, pk=tapped)

    assert (guest.pk, guest.presence, guest.customer.name) == (tapped, ATTENDED, "Jo Lund")
    assert circle(anna) == {"Jo"}
    assert anna.eventguests.count() == 1


def test_a_walk_in_that_was_taken_back_does_not_come_again(anna, evening):
    tapped, at = uuid7(), clock.now()
    guesting.walk_in(anna, anna.user, evening, "Jo", at, pk=tapped)
    actions.undo(anna, anna.user, anna.changes.get(row_id=tapped).act_id)

    assert guesting.walk_in(anna, anna.user, evening, "Jo", at, pk=tapped) is None


def test_the_first_invitation_opens_the_inviting(anna, evening, nora, act):
    guesting.mark_invited(act, evening, [nora], "whatsapp")

    assert evening.state == Event.State.INVITING
    assert (nora.invited_at, nora.invited_how) == (clock.now(), "whatsapp")


def test_off_the_list_a_hidden_guest_goes_to_the_bin_and_the_seat_to_the_next(anna, evening, act):
    evening.maximum = 1
    evening.save()
    hidden = {"customer__is_hidden": True, "customer__first_name": "Nora"}
    nora = EventGuestFactory.create(event=evening, answer="yes", **hidden)
    waiting = {"answer": "waiting", "waiting_since": clock.now()}
    clara = EventGuestFactory.create(event=evening, customer__first_name="Clara", **waiting)

    guesting.take_off(act, evening, [nora])

    clara.refresh_from_db()
    assert clara.answer == "yes"
    assert not anna.customers(manager="unscoped_with_hidden").filter(first_name="Nora").exists()
    actions.undo(anna, anna.user, act.id)
    clara.refresh_from_db()
    assert clara.answer == "waiting"
    assert anna.eventguests.filter(customer__first_name="Nora").exists()
