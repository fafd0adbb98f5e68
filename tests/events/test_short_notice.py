"""An evening planned for soon: nobody is late from the start, nothing is promised that is past."""

import datetime as dt

import pytest

from events import invite, invite_said, plan
from tests.event_factories import EventFactory, EventGuestFactory, EventStepFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def evening(clock, english):
    """Today at seven: seven hours from now."""
    start = dt.datetime.now(dt.UTC) + dt.timedelta(hours=7)
    return EventFactory.create(starts_at=start)


def test_a_step_planned_after_its_day_counts_from_when_it_was_planned(evening):
    today = evening.day
    step = EventStepFactory.create(event=evening, due_on=today - dt.timedelta(days=12))

    assert plan.due_in_words(step, evening, today) == "today"
    assert plan.due_in_words(step, evening, today + dt.timedelta(days=1)) == "since yesterday"


def test_a_guest_is_only_offered_the_reminders_that_can_still_come(evening):
    assert invite_said.reminder_in_words(evening) == "2 hours"


def test_too_late_for_any_reminder_none_is_offered(evening):
    guest = EventGuestFactory.create(event=evening, answer="yes")
    assert invite.next_step(evening, guest, "message") == "reminder"

    evening.starts_at -= dt.timedelta(hours=6)

    assert invite.next_step(evening, guest, "message") == "permissions"
