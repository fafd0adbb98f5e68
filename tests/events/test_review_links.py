"""Links, mails and seats where two things meet: another partner, an undo, a bin, a turn of clocks."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from customers.actions import permitting
from customers.models import Permission
from events import links, stars
from events.actions import answering, planning
from events.models import EventGuest
from events.reminders import inviting, to_host
from partners import actions, changes
from partners import clock as business_time
from partners.changes import Act
from partners.models import uuid7
from partners.undo import undo
from tests.customers.mails import with_imprint
from tests.event_factories import EventFactory, FeedbackFactory
from tests.events.mails import HOUR, evening, guest, person, round_, rows, says, settled, to

Answer = EventGuest.Answer
Channel, Purpose, Says, How = (
    Permission.Channel,
    Permission.Purpose,
    Permission.Says,
    Permission.How,
)
SATURDAY = dt.datetime(2026, 11, 28, 9, tzinfo=dt.UTC)
MONDAY_MORNING = dt.datetime(2026, 11, 30, 7, tzinfo=dt.UTC)


@pytest.fixture
def party(anna, clock):
    anna.digest_on = False
    anna.save()
    return evening(with_imprint(anna))


def give(client, link, row_id, number=2):
    return client.post(link, {"stars": number, "row_id": str(row_id)})


# --- stars ---------------------------------------------------------------------------------------


def test_stars_are_not_taken_for_a_partner_who_pauses(client, anna, party, clock):
    clock.move_to(party.ends_at)
    actions.pause(anna)

    assert give(client, links.of_stars(party), uuid7()).status_code == 404
    assert not anna.feedbacks.exists()


def test_the_id_of_another_evening_s_opinion_does_no_harm(client, anna, boris, party, clock):
    theirs = FeedbackFactory.create(event=EventFactory.create(host__partner=boris))
    clock.move_to(party.ends_at)

    for _tap in range(2):
        assert give(client, links.of_stars(party), theirs.pk).status_code == 200
    assert (anna.feedbacks.count(), boris.feedbacks.get().stars) == (1, 5)


def test_an_opinion_that_was_put_away_is_not_sent_back_by_the_same_form(client, anna, party, clock):
    clock.move_to(party.ends_at)
    form = uuid7()
    give(client, links.of_stars(party), form)
    changes.remove(Act(anna, anna.user, "feedback-remove"), anna.feedbacks.get())

    assert give(client, links.of_stars(party), form).status_code == 200
    assert not anna.feedbacks.exists()


def test_the_thank_you_mail_knows_who_gives_the_stars(client, anna, party, clock, mailoutbox):
    ida = guest(party, "Ida", presence="attended")
    yes = (Channel.EMAIL, Purpose.ADVERTISING, Says.YES, How.PAPER)
    permitting.record(anna, anna.user, ida.customer, *yes, point="ida@example.net")
    anna.permissions.update(confirmed_at=business_time.now())
    clock.move_to(party.ends_at)
    inviting.thank(anna, anna.user, party, [ida])
    clock.move_to(dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC))
    round_()

    [mail] = to(mailoutbox, "Ida")
    [link] = re.findall(r"http://testserver(/s/\S+/)", mail.body)
    assert link == stars.of_guest(ida).removeprefix("http://testserver")
    give(client, link, uuid7(), 3)
    assert anna.followups.get().customer_id == ida.customer_id


# --- answers -------------------------------------------------------------------------------------


def test_who_knows_name_and_address_of_somebody_just_added_does_not_get_their_page(
    client, anna, party
):
    ida = guest(party, "Ida", message="Only for Petra")
    said = {"row_id": str(uuid7()), "first_name": "Ida", "email": "ida@example.net"}

    answer = client.post(links.of_event(party), said)

    assert answer.status_code == 200
    assert links.of_guest(ida).removeprefix("http://testserver") not in answer.content.decode()


def test_an_answer_locks_the_evening_before_the_person_as_the_door_does(client, party):
    ida = guest(party, "Ida")
    with CaptureQueriesContext(connection) as seen:
        client.post(links.of_guest(ida), {"step": "answer", "says": "yes"})

    written = re.findall(
        r'^UPDATE "(events_eventguest|customers_customer)"',
        "\n".join(query["sql"] for query in seen.captured_queries),
        re.MULTILINE,
    )
    assert written == ["events_eventguest", "customers_customer"]


def test_who_lost_the_free_seat_again_hears_of_it(anna, party, mailoutbox):
    party.maximum = 1
    party.save()
    ida, ole = guest(party, "Ida", answer=Answer.YES), guest(party, "Ole")
    says(ole, Answer.YES)
    round_()
    act, _told = answering.answer_for(anna, anna.user, party, [ida.pk], says=Answer.NO)
    round_()
    undo(anna, act.id, anna.user)
    round_()

    assert anna.eventguests.get(pk=ole.pk).answer == Answer.WAITING
    subjects = [mail.subject for mail in to(mailoutbox, "Ole")]
    assert ["Warteliste" in subject for subject in subjects] == [True, False, True]


def test_nobody_hears_of_a_seat_that_was_free_for_a_moment_only(anna, party, mailoutbox):
    party.maximum = 1
    party.save()
    ida = guest(party, "Ida", answer=Answer.YES)
    guest(party, "Ole", answer=Answer.WAITING, waiting_since=business_time.now())
    act, _told = answering.answer_for(anna, anna.user, party, [ida.pk], says=Answer.NO)
    undo(anna, act.id, anna.user)

    assert round_() == 0


# --- other mails ---------------------------------------------------------------------------------


def test_the_host_hears_of_an_answer_given_a_moment_before_it_was_noted(anna, clock, mailoutbox):
    party = evening(with_imprint(anna), host_wants_mail=True)
    before = business_time.now() - dt.timedelta(milliseconds=1)
    guest(party, "Ida", answer=Answer.YES, answered_at=before)
    to_host.note_for_host(anna, party, before)
    clock.shift(2 * HOUR)
    round_()

    [mail] = to(mailoutbox, "Petra")
    assert "Ida" in mail.body


def test_news_for_a_host_of_before_hold_nothing_back_from_the_new_one(anna, clock, mailoutbox):
    party = evening(with_imprint(anna), host_wants_mail=True)
    says(guest(party, "Ida"), Answer.YES)
    planning.change(anna, anna.user, party, host=person(anna, "Maria"))
    says(guest(party, "Ole"), Answer.YES)
    clock.shift(2 * HOUR)
    round_()

    assert to(mailoutbox, "Petra") == []
    [mail] = to(mailoutbox, "Maria")
    assert "Ole" in mail.body


def test_monday_s_morning_mail_tells_of_saturday_s_answer(anna, clock, mailoutbox):
    clock.move_to(SATURDAY)
    anna.digest_weekdays = "12345"
    anna.save()
    starts_at = dt.datetime(2026, 12, 10, 18, 30, tzinfo=dt.UTC)
    ida = guest(evening(with_imprint(anna), starts_at=starts_at), "Ida")
    says(ida, Answer.YES)
    round_()
    clock.move_to(MONDAY_MORNING)
    round_()

    [mail] = [mail for mail in mailoutbox if mail.to == ["anna@example.org"]]
    assert "Ida" in mail.body


def test_the_calendar_does_not_count_who_lies_in_the_bin(as_anna, anna, party):
    ida = guest(party, "Ida", answer=Answer.YES)
    guest(party, "Ole", answer=Answer.YES)
    changes.remove(Act(anna, anna.user, "customer-remove"), ida.customer)

    file = as_anna.get(reverse("event-ics", args=[party.pk])).content.decode()

    assert "DESCRIPTION:1 " in file


# --- deleted, moved ------------------------------------------------------------------------------


def test_an_evening_on_which_guests_count_is_called_off_before_it_is_deleted(
    as_anna, anna, party, mailoutbox, clock
):
    guest(party, "Ida", answer=Answer.YES)
    delete = reverse("event-delete", args=[party.pk])

    assert as_anna.post(delete).url == reverse("event-cancel", args=[party.pk])
    party.refresh_from_db()
    planning.cancel(anna, anna.user, party, "Petra ist krank")
    assert as_anna.post(delete).url == reverse("event-mails", args=[party.pk])
    settled(clock)
    as_anna.post(delete)

    assert not anna.events.exists()
    assert [mail.subject for mail in to(mailoutbox, "Ida")] == ["Abgesagt: Herbstabend"]
    assert rows("event-cancelled") == [("sent", "")]


def test_the_deadline_keeps_its_hour_when_the_evening_moves_over_a_turn_of_the_clocks(anna):
    zone = anna.zone
    event = EventFactory.create(
        host__partner=anna,
        starts_at=business_time.moment(dt.date(2027, 3, 26), dt.time(19, 30), zone),
        answer_until=business_time.moment(dt.date(2027, 3, 24), dt.time(18), zone),
    )
    hours = planning.moved(dt.date(2027, 3, 28), dt.time(19, 30), dt.time(22), zone)

    planning.change(anna, anna.user, event, **hours)

    until = event.answer_until.astimezone(zone)
    assert until == business_time.moment(dt.date(2027, 3, 26), dt.time(18), zone)
