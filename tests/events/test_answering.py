"""Guests answer: seats, companions, the waiting list, the time for answers."""

import datetime as dt

import pytest

from customers import actions
from events.actions import answering
from events.actions.answering import TooLate
from events.models import Event, EventGuest
from partners import changes
from partners.changes import Act
from tests.event_factories import EventFactory, EventGuestFactory
from tests.factories import EmailFactory, PhoneFactory

pytestmark = pytest.mark.usefixtures("clock")

Answer = EventGuest.Answer
YES, NO, MAYBE, WAITING = Answer.YES, Answer.NO, Answer.MAYBE, Answer.WAITING


@pytest.fixture
def evening(anna) -> Event:
    return EventFactory.create(host__partner=anna, maximum=2, companions_allowed=2)


@pytest.fixture
def ida(evening) -> EventGuest:
    return EventGuestFactory.create(event=evening, customer__first_name="Ida")


@pytest.fixture
def ole(evening) -> EventGuest:
    return EventGuestFactory.create(event=evening, customer__first_name="Ole")


@pytest.fixture
def una(evening) -> EventGuest:
    return EventGuestFactory.create(event=evening, customer__first_name="Una")


def says(guest: EventGuest, word: str, **more) -> EventGuest:
    return answering.answer(guest.partner, guest, word, **more)


def stored(guest: EventGuest) -> str:
    guest.refresh_from_db()
    return guest.answer


def test_what_is_said_is_kept_and_what_is_not_said_stays(ida):
    says(ida, YES, companions=1, message="I bring cake", wants_reminder=True)
    again = says(ida, YES)

    assert (again.answer, again.companions, again.message) == (YES, 1, "I bring cake")
    assert again.wants_reminder


def test_no_more_companions_than_the_evening_allows(evening, ida):
    evening.maximum = None
    evening.save()

    assert says(ida, YES, companions=9).companions == 2


def test_a_yes_without_a_seat_waits_and_moves_up_when_one_is_given_back(clock, ida, ole, una):
    says(ida, YES, companions=1)
    assert says(ole, YES).answer == WAITING
    clock.shift(60)
    assert says(una, YES).answer == WAITING

    says(ida, YES, companions=0)
    assert (stored(ole), stored(una)) == (YES, WAITING)
    assert ole.waiting_since  # tells that they waited

    says(ida, NO)
    assert stored(una) == YES


def test_who_waits_does_not_lose_their_turn_by_saying_yes_again(clock, ida, ole, una):
    says(ida, YES, companions=1)
    since = says(ole, YES).waiting_since
    clock.shift(60)
    says(una, YES)
    clock.shift(60)

    assert says(ole, YES).waiting_since == since


def test_a_party_too_large_is_passed_over_and_goes_on_waiting(clock, ida, ole, una):
    says(ida, YES, companions=1)
    says(ole, YES, companions=1)
    clock.shift(60)
    says(una, YES)

    says(ida, YES, companions=0)

    assert (stored(ole), stored(una)) == (WAITING, YES)


def test_whoever_has_a_seat_keeps_it_when_there_is_no_room_for_a_companion(ida, ole):
    says(ida, YES)
    says(ole, YES)

    assert says(ida, YES, companions=1).answer == YES
    assert ida.companions == 0


def test_more_seats_let_those_who_wait_move_up_and_an_undo_takes_all_back(anna, evening, ida, ole):
    says(ida, YES, companions=1)
    says(ole, YES)
    act = Act(anna, anna.user, "event-edit")
    evening.refresh_from_db()
    changes.update(act, evening, maximum=3)
    assert stored(ole) == YES

    actions.undo(anna, anna.user, act.id)

    assert stored(ole) == WAITING


def test_after_the_deadline_the_guest_is_too_late_and_the_partner_is_not(anna, evening, ida):
    evening.answer_until = evening.starts_at - dt.timedelta(days=2)
    evening.save()

    with pytest.raises(TooLate):
        says(ida, YES)
    assert stored(ida) == ""
    assert says(ida, YES, actor=anna.user).answer == YES


@pytest.mark.parametrize("state", [Event.State.CANCELLED, Event.State.HELD])
def test_nobody_answers_to_an_evening_that_does_not_take_place_any_more(evening, ida, state):
    evening.state = state
    evening.save()

    with pytest.raises(TooLate):
        says(ida, YES)


# --- by the open link ---------------------------------------------------------------------------


def test_who_signs_up_is_hidden_until_they_come(anna, evening):
    guest = answering.sign_up(anna, evening, "Nora", email="nora@example.org", companions=1)

    assert (guest.answer, guest.companions, guest.origin) == (YES, 1, "signed-up")
    person = guest.customer
    assert (person.stage, person.source_kind, person.source) == ("guest", "event", evening.title)
    assert not anna.customers.filter(pk=person.pk).exists()
    assert anna.customers(manager="unscoped_with_hidden").filter(pk=person.pk).exists()


def test_signing_up_for_a_full_evening_puts_on_the_waiting_list(anna, evening, ida):
    says(ida, YES, companions=1)

    assert answering.sign_up(anna, evening, "Nora").answer == WAITING


@pytest.mark.parametrize(
    "said", [{"email": "Nora@Example.org"}, {"phone": "0171 2345678"}], ids=["e-mail", "number"]
)
def test_signing_up_twice_answers_again(anna, evening, said):
    known = {"email": "nora@example.org", "phone": "+49 171 2345678"}
    first = answering.sign_up(anna, evening, "Nora", **known)

    again = answering.sign_up(anna, evening, "nora ", companions=1, **said)

    assert (again.pk, again.companions) == (first.pk, 1)
    assert anna.eventguests.count() == 1


def test_a_family_with_one_address_is_several_guests(anna, evening):
    answering.sign_up(anna, evening, "Nora", email="home@example.org")
    answering.sign_up(anna, evening, "Ben", email="home@example.org")

    assert anna.eventguests.count() == 2


def test_somebody_known_is_a_new_person_all_the_same(anna, evening):
    known = EmailFactory.create(customer__partner=anna, typed="nora@example.org").customer
    PhoneFactory.create(customer=known)

    guest = answering.sign_up(anna, evening, known.first_name, email="nora@example.org")

    assert guest.customer_id != known.pk


def test_a_closed_link_takes_nobody(anna, evening):
    evening.is_open = False
    evening.save()

    with pytest.raises(TooLate):
        answering.sign_up(anna, evening, "Nora")
