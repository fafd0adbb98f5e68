"""What guests hear by mail of their answer, of a free seat, of another day, of no evening at all."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.actions import permitting
from events.actions import answering, guesting, planning
from events.models import EventGuest
from events.reminders import inviting
from partners import walls
from partners.changes import Act
from partners.undo import undo
from tests.customers.mails import says_no, says_yes, with_imprint
from tests.events.mails import (
    DAY,
    HOUR,
    State,
    entry_of,
    evening,
    guest,
    round_,
    rows,
    says,
    settled,
    to,
)

Answer = EventGuest.Answer


@pytest.fixture
def party(anna, clock):
    anna.digest_on = False
    anna.save()
    return evening(with_imprint(anna), street="Rosenweg 9", postcode="36039", city="Fulda")


@pytest.fixture
def ida(party):
    return guest(party, "Ida")


# --- answers -------------------------------------------------------------------------------------


def test_a_yes_is_confirmed_with_an_entry_for_the_calendar(ida, mailoutbox):
    says(ida, Answer.YES, companions=1)

    assert round_() == 1

    [mail] = to(mailoutbox, "Ida")
    assert "Schön, dass du kommst" in mail.subject
    assert "Rosenweg 9, 36039 Fulda" in mail.body
    assert "2 Personen" in mail.body
    assert mail.reply_to == ["anna@example.org"]
    method, read = entry_of(mail)
    assert (method, read.uid.value, read.sequence.value) == ("REQUEST", str(ida.pk), "0")
    assert read.dtstart.value.isoformat() == "2026-11-26T19:30:00+01:00"
    assert read.location.value == "bei Petra zu Hause, Rosenweg 9, 36039 Fulda"
    assert read.attendee.value == "mailto:ida@example.net"
    assert "List-Unsubscribe" not in mail.extra_headers


def test_a_no_leaves_the_calendar_and_does_not_say_where_it_is(ida, mailoutbox):
    says(ida, Answer.YES)
    round_()
    says(ida, Answer.NO)
    round_()

    _yes, mail = to(mailoutbox, "Ida")
    assert "Schade" in mail.subject
    assert "Rosenweg" not in mail.body
    assert entry_of(mail)[0] == "CANCEL"


def test_of_two_quick_answers_only_the_last_is_confirmed(ida, mailoutbox):
    says(ida, Answer.YES)
    says(ida, Answer.MAYBE)

    assert round_() == 1
    assert rows("event-answer") == [(State.CANCELLED, "unwanted"), (State.SENT, "")]


def test_yes_no_and_yes_again_within_a_moment_is_one_mail(ida, mailoutbox):
    for word in (Answer.YES, Answer.NO, Answer.YES):
        says(ida, word)

    assert round_() == 1
    assert "Schön, dass du kommst" in to(mailoutbox, "Ida")[0].subject


def test_whoever_signs_up_by_the_open_link_is_confirmed_too(party, mailoutbox):
    with walls.acting_for(party.partner):
        answering.sign_up(party.partner, party, "Lea", email="lea@example.net")
    assert round_() == 1, rows("event-answer")
    assert to(mailoutbox, "Lea")


def test_what_the_partner_notes_for_a_guest_sends_nothing(anna, ida, mailoutbox):
    answering.answer_for(anna, anna.user, ida.event, [ida.pk], says=Answer.YES)
    assert (round_(), rows("event-answer")) == (0, [])


def test_who_asked_never_to_be_written_to_gets_no_confirmation_either(ida, mailoutbox):
    permitting.record(ida.partner, None, ida.customer, "email", "anything", "no", "page")
    says(ida, Answer.YES)
    assert round_() == 0
    assert rows("event-answer") == [(State.CANCELLED, "not-allowed")]


def test_no_more_news_does_not_mean_no_more_answers(ida, mailoutbox):
    says_no(ida.customer)
    says(ida, Answer.YES)
    assert round_() == 1


def test_who_waits_moves_up_and_hears_of_it(anna, party, ida, mailoutbox):
    planning.change(anna, anna.user, party, maximum=1)
    lea = guest(party, "Lea")
    says(ida, Answer.YES)
    says(lea, Answer.YES)
    round_()
    assert "Warteliste" in to(mailoutbox, "Lea")[0].subject

    says(ida, Answer.NO)
    round_()

    mail = to(mailoutbox, "Lea")[-1]
    assert "Platz" in mail.subject
    assert entry_of(mail)[0] == "REQUEST"
    assert rows("event-moved-up") == [(State.SENT, "")]


# --- another day ---------------------------------------------------------------------------------


def test_a_moved_evening_is_told_with_the_old_day_struck_out(anna, party, ida, mailoutbox, clock):
    says(ida, Answer.YES)
    lea = guest(party, "Lea", answer=Answer.NO)
    round_()
    planning.change(
        anna, anna.user, party, starts_at=party.starts_at + DAY, ends_at=party.ends_at + DAY
    )

    assert round_() == 0  # a mistake may be set right meanwhile
    assert settled(clock) == 1

    mail = to(mailoutbox, "Ida")[-1]
    html = mail.alternatives[0][0]
    assert "Geändert: Herbstabend" in mail.subject
    assert ">Donnerstag, 26. November 2026, 19:30\N{NO-BREAK SPACE}Uhr</del>" in html
    assert "Freitag, 27. November 2026, 19:30" in html
    method, read = entry_of(mail)
    assert (method, read.uid.value, read.sequence.value) == ("REQUEST", str(ida.pk), "1")
    assert read.dtstart.value.isoformat() == "2026-11-27T19:30:00+01:00"
    assert to(mailoutbox, lea.customer.first_name) == []


def test_two_changes_are_one_mail_from_what_was_known_to_what_holds(
    anna, party, ida, mailoutbox, clock
):
    says(ida, Answer.YES)
    round_()
    planning.change(anna, anna.user, party, city="Hanau")
    clock.shift(dt.timedelta(minutes=1))
    later = {"starts_at": party.starts_at + HOUR, "ends_at": party.ends_at + HOUR}
    planning.change(anna, anna.user, party, **later)

    assert settled(clock) == 1
    html = to(mailoutbox, "Ida")[-1].alternatives[0][0]
    assert ">bei Petra zu Hause, Rosenweg 9, 36039 Fulda</del>" in html
    assert ">Donnerstag, 26. November 2026, 19:30\N{NO-BREAK SPACE}Uhr</del>" in html


def test_a_change_taken_back_at_once_is_no_news(anna, party, ida, mailoutbox, clock):
    says(ida, Answer.YES)
    round_()
    act = planning.change(anna, anna.user, party, city="Hanau")
    undo(anna, act.id, anna.user)

    assert settled(clock) == 0
    assert len(mailoutbox) == 1


def test_a_change_taken_back_later_is_told_with_a_higher_number(
    anna, party, ida, mailoutbox, clock
):
    says(ida, Answer.YES)
    round_()
    act = planning.change(anna, anna.user, party, city="Hanau")
    settled(clock)
    undo(anna, act.id, anna.user)

    assert settled(clock) == 1
    changed, back = (entry_of(mail)[1] for mail in to(mailoutbox, "Ida")[-2:])
    assert int(back.sequence.value) > int(changed.sequence.value)
    assert back.location.value.endswith("36039 Fulda")


# --- no evening ----------------------------------------------------------------------------------


def test_a_cancelled_evening_leaves_every_calendar(anna, party, ida, mailoutbox, clock):
    says(ida, Answer.YES)
    guest(party, "Mia", answer=Answer.MAYBE)
    guest(party, "Noa")  # was never asked
    round_()
    planning.cancel(anna, anna.user, party, "Petra ist krank.")

    assert settled(clock) == 2

    mail = to(mailoutbox, "Ida")[-1]
    assert "Abgesagt: Herbstabend" in mail.subject
    assert "Petra ist krank." in mail.body
    assert "Danke, dass du kommen wolltest." in mail.body
    method, read = entry_of(mail)
    assert (method, read.uid.value, read.status.value) == ("CANCEL", str(ida.pk), "CANCELLED")
    assert int(read.sequence.value) >= 1
    assert len(to(mailoutbox, "Mia")[-1].alternatives) == 1  # it was in no calendar
    assert to(mailoutbox, "Noa") == []


def test_called_off_by_mistake_and_taken_back_at_once_nobody_hears(
    anna, party, ida, mailoutbox, clock
):
    says(ida, Answer.YES)
    round_()
    act = planning.cancel(anna, anna.user, party, "")
    undo(anna, act.id, anna.user)
    assert settled(clock) == 0


def test_an_evening_that_takes_place_after_all_comes_back(anna, party, ida, mailoutbox, clock):
    says(ida, Answer.YES)
    round_()
    act = planning.cancel(anna, anna.user, party, "")
    settled(clock)
    undo(anna, act.id, anna.user)

    assert settled(clock) == 1
    off, back = to(mailoutbox, "Ida")[-2:]
    assert "findet doch statt" in back.body
    assert int(entry_of(back)[1].sequence.value) > int(entry_of(off)[1].sequence.value)


def test_a_name_on_the_list_alone_sends_nothing(anna, party, mailoutbox):
    guesting.name(Act(anna, anna.user, "guest-add"), party, "Ute\nVera")
    assert round_() == 0


def test_who_was_invited_and_has_not_answered_is_asked_again_and_not_thanked(
    anna, party, ida, mailoutbox, clock
):
    says_yes(ida.customer)
    inviting.invite(anna, anna.user, party, [ida])
    round_()
    ida.refresh_from_db()
    later = {"starts_at": party.starts_at + HOUR, "ends_at": party.ends_at + HOUR}
    planning.change(anna, anna.user, party, **later)
    settled(clock)
    planning.cancel(anna, anna.user, party, "")
    settled(clock)

    _invitation, moved, off = to(mailoutbox, "Ida")
    assert "Auf die Einladung antworten" in moved.body
    assert "deine Antwort" not in moved.body
    assert "Leider muss der Abend ausfallen." in off.body
    assert "Danke, dass du kommen wolltest" not in off.body


def test_telling_all_who_have_not_answered_takes_no_query_for_each(anna, party, ida):
    def cost(hours):
        later = {"starts_at": party.starts_at + hours, "ends_at": party.ends_at + hours}
        with CaptureQueriesContext(connection) as seen:
            planning.change(anna, anna.user, party, **later)
        return len(seen)

    guests = [ida, guest(party, "Ute"), guest(party, "Vera"), guest(party, "Wanda")]
    for one in guests:
        says_yes(one.customer)
    inviting.invite(anna, anna.user, party, [ida])
    round_()
    for_one = cost(HOUR)
    inviting.invite(anna, anna.user, party, guests[1:])
    round_()
    assert cost(2 * HOUR) == for_one
