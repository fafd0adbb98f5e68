"""What the pages do, without the pages: zones, bulk acts, and the second of two who come late."""

import datetime as dt

import pytest

from customers import actions
from customers.models import FollowUp
from customers.when import When
from partners.changes import Stale
from tests.factories import CustomerFactory, FollowUpFactory
from tests.harness.queries import costs

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("zone", "due_at"),
    [
        ("Pacific/Kiritimati", "2026-11-23T20:00"),
        ("Asia/Kathmandu", "2026-11-24T04:15"),
        ("America/St_Johns", "2026-11-24T13:30"),
    ],
)
def test_ten_o_clock_stays_ten_o_clock_when_the_partner_moves(anna, zone, due_at):
    follow_up = FollowUpFactory(customer__partner=anna, due_time=dt.time(10))
    anna.time_zone = zone
    anna.save()

    act = actions.move_zone(anna, anna.user)

    moved = anna.followups.get()
    assert (moved.due_on, moved.due_time, moved.zone) == (follow_up.due_on, dt.time(10), zone)
    assert moved.due_at == dt.datetime.fromisoformat(f"{due_at}+00:00")
    assert moved.schedule_version == 2
    actions.undo(anna, anna.user, act.id)
    assert anna.followups.get().due_at == moved.due_at  # the partner still lives there


def test_what_comes_back_after_a_move_comes_back_at_its_hour_there(anna):
    follow_up = FollowUpFactory(customer__partner=anna, due_time=dt.time(10))
    act = actions.close(anna, anna.user, follow_up, FollowUp.State.DONE)
    anna.time_zone = "America/St_Johns"
    anna.save()
    actions.move_zone(anna, anna.user)

    actions.undo(anna, anna.user, act.id)

    back = anna.followups.get()
    assert (back.is_open, back.due_time, back.zone) == (True, dt.time(10), "America/St_Johns")
    assert back.due_at.astimezone(anna.zone).time() == dt.time(10)


def test_moving_leaves_what_is_closed_and_what_is_there_already(anna, boris):
    closed = FollowUpFactory(
        customer__partner=anna,
        state="done",
        closed_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
    )
    his = FollowUpFactory(customer__partner=boris)
    anna.time_zone = "Asia/Kathmandu"
    anna.save()

    actions.move_zone(anna, anna.user)
    again = actions.move_zone(anna, anna.user)

    assert not again.left_traces
    assert [row.zone for row in (anna.followups.get(), boris.followups.get())] == [
        "Europe/Berlin"
    ] * 2
    assert {closed.version, his.version} == {1}


@pytest.mark.parametrize("count", [1, 25])
def test_moving_costs_the_same_for_any_number(anna, count):
    FollowUpFactory.create_batch(count, customer__partner=anna)
    anna.time_zone = "Asia/Kathmandu"

    with costs(5):  # read, lock, write, remember, what is due next
        actions.move_zone(anna, anna.user)


def test_who_comes_late_does_not_close_what_moved(anna):
    mine = FollowUpFactory(customer__partner=anna)
    actions.move(anna, anna.user, anna.followups.get(), When(dt.date(2027, 1, 1)))

    with pytest.raises(Stale):
        actions.close(anna, anna.user, mine, FollowUp.State.DONE)

    assert anna.followups.get().is_open


def test_what_fails_half_way_leaves_nothing(anna, monkeypatch):
    """The interaction is stored first; when the promise cannot move, neither stays."""
    customer = CustomerFactory(partner=anna)
    stale = FollowUpFactory(customer=customer)
    actions.move(anna, anna.user, anna.followups.get(), When(dt.date(2027, 1, 1)))
    talk = anna.interactions.model(customer=customer)
    traces = anna.changes.count()

    with pytest.raises(Stale):
        actions.log(anna, anna.user, talk, settles=[stale])

    assert not anna.interactions.exists()
    assert anna.changes.count() == traces


def test_a_plan_fills_the_days_in_order():
    rows = list(range(13))

    plan = actions.spreading(rows, TODAY, {TODAY: 1, TODAY + dt.timedelta(days=1): 9})

    assert plan == [
        *[(row, TODAY + dt.timedelta(days=2)) for row in range(4, 9)],
        *[(row, TODAY + dt.timedelta(days=3)) for row in range(9, 13)],
    ]


def test_undo_of_a_spread_brings_each_back_to_its_own_day(anna):
    rows = [
        FollowUpFactory(customer__partner=anna, due=TODAY - dt.timedelta(days=number))
        for number in range(3)
    ]
    act = actions.spread(anna, anna.user, [(row, dt.date(2027, 1, 1)) for row in rows])

    assert actions.undo(anna, anna.user, act.id) == 0

    days = {row.pk: row.due_on for row in anna.followups.all()}
    assert [days[row.pk] for row in rows] == [TODAY - dt.timedelta(days=n) for n in range(3)]


def test_a_schedule_that_comes_back_is_a_new_one(anna):
    """Its number never falls, so that no reminder of another day is taken for its own."""
    row = FollowUpFactory(customer__partner=anna)
    act = actions.move(anna, anna.user, row, When(dt.date(2027, 1, 1)))
    actions.undo(anna, anna.user, act.id)

    again = anna.followups.get()
    actions.move(anna, anna.user, again, When(dt.date(2027, 2, 2)))

    assert anna.followups.get().schedule_version == 4


def test_numbers_and_addresses_are_found_after_every_step(anna):
    customer = CustomerFactory.build(partner=anna, first_name="Eva")
    add = actions.add_customer(anna, anna.user, customer, actions.Ways(phone="0661 12345"))
    values = {"first_name": "Eva", "last_name": "Weiß"}
    edit = actions.edit_customer(
        anna, anna.user, anna.customers.get(), values, actions.Ways(email="eva@example.org")
    )

    def found(query):
        return anna.customers.search(query).count()

    assert [found(query) for query in ("0661", "weiss", "eva@")] == [0, 1, 1]
    actions.undo(anna, anna.user, edit.id)
    assert [found(query) for query in ("0661", "weiss", "eva@")] == [1, 0, 0]
    actions.undo(anna, anna.user, add.id)
    assert [found(query) for query in ("0661", "weiss", "eva@")] == [0, 0, 0]
