"""Reminders for guests who ticked it, and mails for a host who wants them."""

import datetime as dt

import pytest
from django.urls import reverse

from events.actions import planning
from events.models import Event, EventGuest
from events.reminders import requested
from partners import planning as planners
from partners import walls
from tests.customers.mails import with_imprint
from tests.events.mails import (
    DAY,
    HOUR,
    THURSDAY_EVENING,
    State,
    evening,
    guest,
    round_,
    rows,
    says,
    settled,
    to,
)
from tests.harness.queries import costs
from tests.harness.roles import as_app

Answer = EventGuest.Answer
TWO_DAYS, TWO_HOURS = THURSDAY_EVENING - 2 * DAY, THURSDAY_EVENING - 2 * HOUR
REMINDER = "event-reminder"


@pytest.fixture
def party(anna, clock):
    anna.digest_on = False
    anna.save()
    return evening(with_imprint(anna))


@pytest.fixture
def ida(party):
    return guest(party, "Ida", answer=Answer.YES, wants_reminder=True)


def at(clock, moment: dt.datetime) -> int:
    clock.move_to(moment)
    return round_()


def test_who_ticked_it_is_reminded_two_days_and_two_hours_before(party, ida, mailoutbox, clock):
    guest(party, "Lea", answer=Answer.YES)
    guest(party, "Mia", answer=Answer.NO, wants_reminder=True)

    sent = [at(clock, TWO_DAYS - dt.timedelta(seconds=1)), at(clock, TWO_DAYS), round_()]
    sent += [at(clock, TWO_HOURS), round_()]

    assert sent == [0, 1, 0, 1, 0]
    assert [mail.subject for mail in mailoutbox] == [
        "In 2 Tagen um 19:30 Uhr: Herbstabend",
        "Heute um 19:30 Uhr: Herbstabend",
    ]
    assert "erinnert werden wolltest" in mailoutbox[0].body


def test_a_late_guest_gets_what_is_still_due(party, mailoutbox, clock):
    lea = guest(party, "Lea")
    clock.move_to(TWO_DAYS + 3 * HOUR)
    says(lea, Answer.YES, wants_reminder=True)
    assert round_() == 1  # her confirmation

    assert at(clock, TWO_DAYS + 4 * HOUR) == 0
    assert at(clock, TWO_HOURS) == 1
    assert to(mailoutbox, "Lea")[-1].subject.startswith("Heute")


def test_a_moved_evening_takes_its_reminders_along(anna, party, ida, mailoutbox, clock):
    at(clock, TWO_DAYS)
    planning.change(
        anna, anna.user, party, starts_at=party.starts_at + 3 * DAY, ends_at=party.ends_at + 3 * DAY
    )
    assert settled(clock) == 1  # that it has moved

    assert at(clock, TWO_HOURS) == 0
    assert at(clock, TWO_DAYS + 3 * DAY) == 1
    assert at(clock, TWO_HOURS + 3 * DAY) == 1


def test_another_street_reminds_nobody_twice(anna, party, ida, mailoutbox, clock):
    at(clock, TWO_DAYS)
    planning.change(anna, anna.user, party, street="Am Markt 1")
    settled(clock)

    assert rows(REMINDER) == [(State.SENT, "")]


def test_a_cancelled_evening_reminds_nobody_also_not_at_the_last_moment(
    anna, party, ida, clock, mailoutbox
):
    clock.move_to(TWO_DAYS)
    with as_app():
        planners.plan_due()
    planning.cancel(anna, anna.user, party, "")

    round_()
    assert rows(REMINDER) == [(State.CANCELLED, "unwanted")]
    assert at(clock, TWO_HOURS) == 1  # the cancellation, which had time to settle
    assert len(rows(REMINDER)) == 1


def test_who_cannot_come_after_all_is_not_reminded(ida, mailoutbox, clock):
    says(ida, Answer.NO)
    round_()
    assert at(clock, TWO_DAYS) == 0


def test_after_a_long_outage_no_stale_reminder_comes(ida, mailoutbox, clock):
    assert at(clock, TWO_DAYS + dt.timedelta(hours=12)) == 0
    assert at(clock, TWO_DAYS + DAY) == 0
    assert rows(REMINDER) == []
    assert at(clock, THURSDAY_EVENING - dt.timedelta(minutes=30)) == 0


def test_the_partner_chooses_when_it_reminds(as_anna, party, ida, mailoutbox, clock):
    url = reverse("event-reminders", args=[party.pk])
    as_anna.post(url, {"reminders": ["1440"]})

    assert (at(clock, TWO_DAYS), at(clock, TWO_DAYS + DAY), at(clock, TWO_HOURS)) == (0, 1, 0)
    assert Event.unscoped.get().reminders == [1440]


def test_planning_costs_the_same_for_one_guest_and_for_many(party, ida, clock):
    clock.move_to(TWO_DAYS)
    with walls.planning(), costs(5):
        assert requested.plan() == 1
    for name in ("Lea", "Mia", "Noa"):
        guest(evening(party.partner, host=party.host), name, answer=Answer.YES, wants_reminder=True)
    with walls.planning(), costs(5):
        assert requested.plan() == 3


# --- the host ------------------------------------------------------------------------------------


def test_the_host_hears_once_of_all_who_answered_within_the_hour(party, mailoutbox, clock):
    Event.unscoped.update(host_wants_mail=True)
    guests = [guest(party, name) for name in ("Ida", "Lea", "Mia")]
    says(guests[0], Answer.YES, companions=1)
    clock.shift(20 * 60)
    says(guests[1], Answer.NO)
    round_()
    assert to(mailoutbox, "Petra") == []
    clock.shift(41 * 60)
    round_()

    [mail] = to(mailoutbox, "Petra")
    assert mail.subject == "2 Antworten: Herbstabend"
    assert "- Ida: kommt (+ 1 Person)" in mail.body
    assert "Mia" not in mail.body
    assert "2 kommen." in mail.body
    assert "Albers" not in mail.body

    says(guests[2], Answer.YES)
    assert settled(clock) == 1  # Mia's confirmation
    clock.shift(HOUR)
    assert (round_(), len(to(mailoutbox, "Petra"))) == (1, 2)


def test_at_night_the_host_is_left_in_peace(party, mailoutbox, clock):
    Event.unscoped.update(host_wants_mail=True)
    lea = guest(party, "Lea")
    clock.move_to(dt.datetime(2026, 11, 23, 20, 30, tzinfo=dt.UTC))
    says(lea, Answer.YES)
    clock.shift(2 * HOUR)
    round_()
    assert to(mailoutbox, "Petra") == []
    assert at(clock, dt.datetime(2026, 11, 24, 7, tzinfo=dt.UTC)) == 1


def test_the_day_before_the_host_hears_who_comes(party, ida, mailoutbox, clock):
    at_ten = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)
    assert at(clock, at_ten) == 0
    Event.unscoped.update(host_wants_mail=True)

    assert (at(clock, at_ten), round_()) == (1, 0)
    [mail] = to(mailoutbox, "Petra")
    assert mail.subject == "Morgen: Herbstabend"
    assert "Diese Gäste kommen:\n\n- Ida\n\n1 kommt." in mail.body


def test_a_host_to_whom_nobody_said_yes_reads_no_list_of_nobody(party, mailoutbox, clock):
    guest(party, "Lea", answer=Answer.NO)
    Event.unscoped.update(host_wants_mail=True)

    at(clock, dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC))

    [mail] = to(mailoutbox, "Petra")
    assert "Morgen ist dein Abend.\n\nBisher hat niemand zugesagt.\n" in mail.body
    assert "kommen" not in mail.body


def test_a_reminder_says_how_to_get_there_below_the_place(party, ida, mailoutbox, clock):
    Event.unscoped.update(directions="Bitte hinten klingeln.", street="Rosenweg 9")

    at(clock, TWO_HOURS)

    [mail] = to(mailoutbox, "Ida")
    assert mail.body.index("Rosenweg 9") < mail.body.index("Bitte hinten klingeln.")
