"""The demo's evenings and club: something of everything, today and on every later day."""

import datetime as dt

import pytest

from events import evening
from events.evening import Phase
from events.models import Event
from partners import clock as business
from tests.project.test_demo import demo, load

__all__ = ["demo"]
RELATED = (
    *("events", "eventguests", "eventsteps", "eventtemplates", "templatesteps", "rewardtiers"),
    *("feedbacks", "clubs", "benefits", "memberships", "benefituses"),
)


def everything(partner):
    return [list(getattr(partner, name).order_by("pk").values()) for name in RELATED]


def phases(partner):
    pks = partner.events.soonest_first().values_list("pk", flat=True)
    return [evening.read(partner, pk).phase for pk in pks]


def test_every_row_would_pass_its_form_and_loading_again_changes_nothing(demo):
    before = everything(demo)
    for name in RELATED:
        rows = list(getattr(demo, name).all())
        assert rows, name
        for row in rows:
            row.full_clean(exclude=["customer"])  # stars may be of nobody known

    load()

    assert everything(demo) == before


@pytest.mark.parametrize("days", [0, 1, 130])
def test_each_day_two_evenings_are_closed_one_waits_one_is_tonight_and_two_come(demo, clock, days):
    clock.shift(dt.timedelta(days=days, hours=6))  # from noon to the evening
    load()

    closed, waiting, tonight, coming = (
        [Phase.CLOSED] * 2,
        [Phase.RESULT],
        [Phase.EVENING],
        [Phase.BEFORE] * 2,
    )
    assert phases(demo) == closed + waiting + tonight + coming
    assert not demo.eventguests.filter(answered_at__gt=business.now()).exists()


def test_the_coming_evening_is_full_and_somebody_waits(demo):
    karin = demo.events.get(title="Suppenabend bei Karin")
    full = evening.read(demo, karin.pk)

    assert full.seats_left == 0
    assert [guest.customer.first_name for guest in full.who_said("waiting")] == ["Heidi"]
    assert karin.booked_from.booked_from is None
    assert full.open_steps


def test_guests_who_have_not_come_are_nowhere_but_in_their_evening(demo):
    hidden = demo.customers(manager="unscoped_with_hidden").filter(is_hidden=True)

    assert hidden.count() == 7
    assert not demo.customers.filter(first_name="Conny").exists()
    assert not hidden.filter(event_guests__presence="attended").exists()


def test_an_evening_that_was_moved_by_hand_stays_there_with_its_steps(demo, clock):
    karin = demo.events.get(title="Suppenabend bei Karin")
    demo.events.filter(pk=karin.pk).update(version=2)
    steps = list(karin.steps.values_list("due_on", flat=True))

    clock.shift(dt.timedelta(days=2))
    load()

    assert demo.events.get(pk=karin.pk).starts_at == karin.starts_at
    assert list(karin.steps.values_list("due_on", flat=True)) == steps
    assert demo.events.filter(state=Event.State.INVITING, starts_at__date=karin.day).count() == 1


def test_what_is_frozen_is_what_the_product_would_freeze(demo):
    petra = demo.events.get(title="Herbstabend bei Petra")

    assert (petra.came, petra.buyers, petra.orders, str(petra.sales)) == (7, 5, 6, "296.30")
    assert str(petra.reward_worth) == "29.63"
    assert "10" in petra.reward
