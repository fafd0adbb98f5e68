"""Seats come out even whatever is done to people: deleted, brought back, put together, undone."""

import pytest
from django.urls import reverse

from customers import actions
from customers.actions import binning, bulk_steps, erasing, merging, requesting
from events.actions import answering, at_the_door, planning
from events.models import EventGuest
from partners import changes, clock
from tests.customers.mails import with_imprint
from tests.customers.pages import toasts
from tests.event_factories import EventGuestFactory
from tests.events.mails import evening, guest, round_, says, to

pytestmark = pytest.mark.usefixtures("clock", "english")

YES, NO, WAITING = EventGuest.Answer.YES, EventGuest.Answer.NO, EventGuest.Answer.WAITING


@pytest.fixture
def party(anna):
    """One seat, which is Ida's."""
    anna.digest_on = False
    anna.save()
    return evening(with_imprint(anna), maximum=1, companions_allowed=2)


@pytest.fixture
def ida(party):
    return guest(party, "Ida", answer=YES)


@pytest.fixture
def ole(party):
    return guest(party, "Ole", answer=WAITING, waiting_since=clock.now())


def answers(*guests) -> list[str]:
    return [EventGuest.unscoped_with_bin.get(pk=row.pk).answer for row in guests]


def note(anna, row, word):
    act, _told = answering.answer_for(anna, anna.user, row.event, [row.pk], says=word)
    return act


def test_a_no_taken_back_takes_nobody_s_seat_away(as_anna, anna, ida, party):
    act = note(anna, ida, NO)
    una = guest(party, "Una")
    says(una, YES)

    answer = as_anna.post(reverse("undo", args=[act.id]))

    assert answers(ida, una) == [WAITING, YES]
    assert toasts(answer) == ["All seats are taken: Ida is on the waiting list."]


def test_taking_back_tells_of_the_seat_and_of_what_has_changed_since(as_anna, anna, ida, party):
    uta, una = guest(party, "Uta"), guest(party, "Una")
    act, _told = answering.answer_for(anna, anna.user, party, [ida.pk, uta.pk], says=NO)
    note(anna, uta, EventGuest.Answer.MAYBE)
    says(una, YES)

    answer = as_anna.post(reverse("undo", args=[act.id]))

    assert answers(ida, uta) == [WAITING, EventGuest.Answer.MAYBE]
    assert toasts(answer) == [
        "Some of it has changed since and stays as it is.",
        "All seats are taken: Ida is on the waiting list.",
    ]


def test_who_loses_a_seat_that_was_confirmed_by_mail_hears_of_it(anna, party, mailoutbox):
    ida, una = guest(party, "Ida"), guest(party, "Una")
    says(ida, YES)
    round_()
    act = note(anna, ida, NO)
    says(una, YES)
    actions.undo(anna, anna.user, act.id)
    round_()

    assert "waiting list" in to(mailoutbox, "Ida")[-1].subject


def test_a_no_taken_back_in_time_gives_the_seat_back(anna, ida, ole):
    act = note(anna, ida, NO)
    assert answers(ida, ole) == [NO, YES]

    actions.undo(anna, anna.user, act.id)

    assert answers(ida, ole) == [YES, WAITING]


def test_a_note_taken_back_costs_nobody_a_seat(anna, ida, party):
    lea = guest(party, "Lea", answer=YES)  # more than the maximum by now
    act = at_the_door.note(anna, anna.user, lea, {"interest": "Tea"})

    actions.undo(anna, anna.user, act.id)

    assert answers(ida, lea) == [YES, YES]


def bin_(anna, person):
    return actions.remove_customer(anna, anna.user, person)


def lock(anna, person):
    return requesting.lock(anna, anna.user, person)


def erase(anna, person):
    erasing.erase(anna, anna.user, person)


def bin_many(anna, person):
    bulk_steps.remove(changes.Act(anna, anna.user, "bulk"), [person], {})


@pytest.mark.parametrize("leave", [bin_, bin_many, lock, erase])
def test_who_leaves_the_circle_leaves_their_seat_to_the_next(anna, ida, ole, mailoutbox, leave):
    leave(anna, ida.customer)
    round_()

    assert answers(ole) == [YES]
    assert "seat is free" in to(mailoutbox, "Ole")[-1].subject


def test_deleting_somebody_taken_back_gives_them_their_seat_again(anna, ida, ole):
    act = bin_(anna, ida.customer)

    actions.undo(anna, anna.user, act.id)

    assert answers(ida, ole) == [YES, WAITING]


def test_who_comes_back_from_the_bin_too_late_waits(anna, ida, ole):
    bin_(anna, ida.customer)
    person = binning.in_bin(anna).get()

    binning.restore(anna, anna.user, person)

    assert answers(ida, ole) == [WAITING, YES]


def merge(anna, kept, double):
    return merging.merge(anna, anna.user, kept.customer, double.customer, {})


def test_whoever_brings_somebody_back_too_late_reads_it(as_anna, anna, ida, ole):
    bin_(anna, ida.customer)

    answer = as_anna.post(reverse("bin-restore", args=[ida.customer_id]))

    assert "All seats are taken: Ida is on the waiting list." in toasts(answer)[0]


@pytest.mark.parametrize("leave", ["bin", "no"])
def test_once_it_has_begun_nobody_moves_up_any_more(anna, ida, ole, clock, leave):
    clock.move_to(ida.event.starts_at)
    if leave == "bin":
        bin_(anna, ida.customer)
    else:
        note(anna, ida, NO)

    assert answers(ole) == [WAITING]


def test_what_takes_place_after_all_gives_free_seats_away(anna, party, ida, ole):
    planning.cancel(anna, anna.user, party, "")
    bin_(anna, ida.customer)
    planning.resume(anna, anna.user, party)

    assert answers(ole) == [YES]


def test_two_seats_of_one_person_are_one_and_the_next_moves_up(anna, party, ida, ole):
    changes.update(changes.Act(anna, anna.user, "event-edit"), party, maximum=2)
    again = guest(party, "Ida-Marie", answer=YES)
    late = guest(party, "Una", answer=WAITING, waiting_since=clock.now())
    assert answers(ole) == [YES]
    note(anna, ole, NO)
    assert answers(late) == [WAITING]  # Ida twice

    act = merge(anna, ida, again)
    assert answers(late) == [YES]
    actions.undo(anna, anna.user, act.id)

    assert answers(ida, again, late) == [YES, YES, WAITING]


def test_whoever_has_a_seat_under_one_name_keeps_it_under_the_other(anna, party, ida):
    double = guest(party, "Ida M", answer=WAITING, companions=2, waiting_since=clock.now())

    merge(anna, double, ida)

    (kept,) = anna.eventguests.filter(event=party)
    assert (kept.customer, kept.answer, kept.companions) == (double.customer, YES, 0)


def test_a_no_stays_whole_beside_another_word(anna, party):
    kept = guest(party, "Ida", answer=NO)
    double = guest(party, "Ida M", answer=WAITING, companions=2, waiting_since=clock.now())

    merge(anna, kept, double)

    kept.refresh_from_db()
    assert (kept.answer, kept.companions, kept.waiting_since) == (NO, 0, None)


# --- what guests said ----------------------------------------------------------------------------


def test_what_a_guest_said_is_theirs_and_the_partner_notes_another_word(as_anna, anna, ida):
    says(ida, NO)
    history = as_anna.get(reverse("customer-history", args=[ida.customer_id]))
    deed = history.context["deeds"][0]
    assert (deed.who, deed.can_be_undone) == ("by themselves", False)

    answer = as_anna.post(reverse("undo", args=[deed.act]))

    assert answers(ida) == [NO]
    assert toasts(answer) == [
        "What people said themselves stays. You can note another word by hand."
    ]
    note(anna, ida, YES)
    assert answers(ida) == [YES]


def test_whoever_moves_up_since_another_said_no_has_said_nothing(as_anna, ida, ole):
    says(ida, NO)

    history = as_anna.get(reverse("customer-history", args=[ole.customer_id]))

    deed = history.context["deeds"][0]
    assert (deed.title, deed.who) == ("A seat has become free", "by us")
    assert not deed.can_be_undone


def test_an_evening_is_deleted_with_those_whom_it_alone_brought(as_anna, anna, party):
    hidden = {"customer__is_hidden": True, "customer__stage": "guest"}
    nora, lia = EventGuestFactory.create_batch(2, event=party, answer="maybe", **hidden)
    EventGuestFactory.create(event=evening(anna, host=party.host), customer=lia.customer)
    everybody = anna.customers(manager="unscoped_with_hidden")

    answer = as_anna.post(reverse("event-delete", args=[party.pk]))

    assert toasts(answer) == [
        "“Herbstabend” is deleted. 2 guests had answered and hear nothing of it."
    ]
    assert set(everybody.filter(is_hidden=True)) == {lia.customer}
    actions.undo(anna, anna.user, anna.changes.filter(act="event-remove").first().act_id)
    assert anna.eventguests.filter(event=party).count() == 2
    assert set(everybody.filter(is_hidden=True)) == {nora.customer, lia.customer}
