"""Promises: make, change, keep, move, let go and spread them."""

import datetime as dt
from http import HTTPStatus

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from customers.models import FollowUp
from partners.models import Partner, uuid7
from tests.customers.pages import tags, toasts, typed_over, undo
from tests.factories import CustomerFactory, FollowUpFactory, InteractionFactory
from tests.harness.queries import costs

pytestmark = pytest.mark.usefixtures("english", "clock")

TODAY = dt.date(2026, 11, 23)
NONSENSE = "sometime <b>soon</b>"


def days(count: int) -> dt.date:
    return TODAY + dt.timedelta(days=count)


@pytest.fixture
def petra(anna):
    return CustomerFactory(partner=anna, first_name="Petra")


@pytest.fixture
def promised(petra) -> FollowUp:
    """A call promised for today at ten."""
    return FollowUpFactory(customer=petra, what="Call back", due=TODAY, due_time=dt.time(10))


def now(row):
    """The row as it is stored now."""
    return type(row).unscoped.get(pk=row.pk)


# --- promise, edit -----------------------------------------------------------------------------


def promise(client, customer, **typed):
    data = {"when": "tomorrow 10:00", "kind": "call", "nature": "promise"}
    return client.post(reverse("follow-up-add", args=[customer.pk]), data | typed)


def test_a_promise_knows_its_day_its_time_and_its_zone(as_anna, anna, petra):
    response = promise(as_anna, petra, what="Ask about Christmas")

    made = anna.followups.get()
    assert (made.due_on, made.due_time, made.zone) == (days(1), dt.time(10), "Europe/Berlin")
    assert made.due_at == dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
    assert toasts(response) == ["We will remind you: tomorrow, 10:00."]


def test_a_time_in_the_spring_gap_is_an_hour_later(as_anna, anna, petra):
    promise(as_anna, petra, when="28.3.2027 02:30")

    made = anna.followups.get()
    assert made.due_at.astimezone(anna.zone) == dt.datetime(2027, 3, 28, 3, 30, tzinfo=anna.zone)


@pytest.mark.parametrize(
    ("zone", "moment", "tomorrow"),
    [
        ("Pacific/Kiritimati", "2026-11-23T10:30", "2026-11-25"),
        ("Asia/Kathmandu", "2026-11-23T18:20", "2026-11-25"),
        ("Europe/Berlin", "2026-11-23T22:59", "2026-11-24"),
        ("Europe/Berlin", "2026-11-23T23:00", "2026-11-25"),
    ],
)
def test_tomorrow_is_seen_from_where_one_is(as_anna, petra, zone, moment, tomorrow):
    Partner.objects.update(time_zone=zone)

    with time_machine.travel(dt.datetime.fromisoformat(f"{moment}+00:00"), tick=False):
        promise(as_anna, petra, when="tomorrow")

    assert FollowUp.unscoped.get().due_on == dt.date.fromisoformat(tomorrow)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Please say when."),
        ("\x00", "Please say when."),
        ("x" * 61, "Please say it shorter, like “fri 18”."),
        ("x" * 10_000, "Please say it shorter, like “fri 18”."),
        ("30.2.", "This day is not in the calendar."),
        ("1.1.3000", "This day is too far away."),
        ("1.1.2026", "This day has passed. Choose today or a later one."),
    ],
)
def test_a_day_that_is_none_says_so_beside_the_field(as_anna, anna, petra, typed, sentence):
    response = promise(as_anna, petra, when=typed, what="Stays")

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert response.context["form"].errors["when"] == [sentence]
    assert b"Stays" in response.content
    assert not anna.followups.exists()


def test_the_same_promise_sent_twice_is_made_once(as_anna, anna, petra):
    row_id = uuid7()

    answers = [promise(as_anna, petra, row_id=row_id) for _ in range(2)]

    assert [answer.url for answer in answers] == [petra.get_absolute_url()] * 2
    assert anna.followups.count() == 1


def test_a_promise_under_a_strangers_id_is_made_under_another(as_anna, anna, petra, boris):
    foreign = FollowUpFactory(customer__partner=boris, what="Secret")

    promise(as_anna, petra, row_id=foreign.pk, what="Mine")

    assert anna.followups.get().what == "Mine"
    assert boris.followups.get().what == "Secret"


def edit_data(client, follow_up, **typed):
    return typed_over(client, reverse("follow-up-edit", args=[follow_up.pk]), **typed)


def test_an_overdue_promise_can_be_edited_without_moving_it(as_anna, petra):
    late = FollowUpFactory(customer=petra, what="old", due=days(-3), due_time=dt.time(9, 30))
    data = edit_data(as_anna, late, what="new")

    as_anna.post(reverse("follow-up-edit", args=[late.pk]), data)

    assert data["when"] == "20.11.2026 09:30"
    stored = now(late)
    assert (stored.what, stored.due_on, stored.due_time) == ("new", days(-3), dt.time(9, 30))


def test_editing_takes_a_time_away(as_anna, promised):
    data = edit_data(as_anna, promised, when="23.11.2026")

    as_anna.post(reverse("follow-up-edit", args=[promised.pk]), data)

    assert now(promised).due_time is None


def test_two_tabs_on_one_promise(as_anna, promised):
    url = reverse("follow-up-edit", args=[promised.pk])
    ours = edit_data(as_anna, promised, when="in 2 weeks", what="ours")
    as_anna.post(url, edit_data(as_anna, promised, when="tomorrow 10:00"))

    answer = as_anna.post(url, ours)

    assert answer.status_code == HTTPStatus.CONFLICT
    assert answer.context["conflict"] == [
        ("What for?", "Call back", "ours"),
        ("When?", "24.11.2026 10:00", "07.12.2026"),
    ]
    as_anna.post(url, ours | {"row_version": answer.context["form"]["row_version"].value()})
    assert (now(promised).what, now(promised).due_on) == ("ours", days(14))


def test_undo_of_an_edit(as_anna, promised):
    data = edit_data(as_anna, promised, when="in 2 weeks", what="new", nature="care")
    response = as_anna.post(reverse("follow-up-edit", args=[promised.pk]), data)

    undo(as_anna, response)

    stored = now(promised)
    assert (stored.what, stored.due_on, stored.due_at) == ("Call back", TODAY, promised.due_at)
    assert stored.schedule_version == 3


# --- done, drop, move --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "state", "sentence"),
    [("follow-up-done", "done", "Done. Nice."), ("follow-up-drop", "dropped", "Let go.")],
)
def test_one_tap_closes_and_undo_opens_again(as_anna, promised, name, state, sentence):
    response = as_anna.post(reverse(name, args=[promised.pk]), {"next": "/customers/"})

    closed = now(promised)
    assert (closed.state, closed.closed_by) == (state, promised.partner.user.pk)
    assert closed.closed_at == dt.datetime(2026, 11, 23, 11, tzinfo=dt.UTC)
    assert (response.url, toasts(response)) == ("/customers/", [sentence])

    undo(as_anna, response)
    assert (now(promised).state, now(promised).closed_at) == ("open", None)


@pytest.mark.parametrize("name", ["follow-up-done", "follow-up-drop", "follow-up-move"])
def test_what_is_closed_stays_as_it_was_closed(as_anna, anna, promised, clock, name):
    as_anna.post(reverse("follow-up-done", args=[promised.pk]))
    closed = now(promised)
    clock.shift(3600)

    response = as_anna.post(reverse(name, args=[promised.pk]), {"when": "tomorrow"})

    assert response.status_code == HTTPStatus.FOUND
    assert toasts(response) == ["Done. Nice."]
    assert now(promised).version == closed.version
    assert anna.changes.count() == 1


@pytest.mark.parametrize("name", ["follow-up-done", "follow-up-drop", "follow-up-move"])
def test_looking_at_an_act_does_nothing(as_anna, promised, name):
    response = as_anna.get(reverse(name, args=[promised.pk]))

    assert response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert now(promised).is_open


def test_another_day_keeps_the_time(as_anna, promised):
    url = reverse("follow-up-move", args=[promised.pk])

    response = as_anna.post(url, {"when": "in 3 days"})

    moved = now(promised)
    assert (moved.due_on, moved.due_time) == (days(3), dt.time(10))
    assert moved.schedule_version == 2
    assert toasts(response) == ["Moved: Thursday, 10:00."]
    undo(as_anna, response)
    assert (now(promised).due_on, now(promised).due_at) == (TODAY, promised.due_at)


def test_moving_to_the_same_day_offers_no_undo(as_anna, promised):
    response = as_anna.post(reverse("follow-up-move", args=[promised.pk]), {"when": "heute 10"})

    assert tags(response) == [""]


@pytest.mark.parametrize("typed", [NONSENSE, "30.2.", "", "x" * 500])
def test_a_day_not_understood_opens_the_sheet_with_what_was_typed(as_anna, promised, typed):
    url = reverse("follow-up-move", args=[promised.pk])

    response = as_anna.post(url, {"when": typed, "next": "/customers/"})

    form = response.context["form"]
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert form["when"].value() == typed
    assert form["what"].value() == "Call back"
    assert list(form.errors) == ["when"]
    html = response.content.decode()
    assert reverse("follow-up-edit", args=[promised.pk]) in html
    assert 'name="next" value="/customers/"' in html
    assert "<b>soon" not in html
    assert now(promised).version == 1


def test_the_link_in_the_mail_leads_to_the_follow_up(as_anna, promised):
    InteractionFactory(customer=promised.customer, text="Her daughter starts school")

    context = as_anna.get(promised.get_absolute_url()).context

    assert context["due_spoken"] == "today, 10:00"
    assert context["last_said"] == "10 months ago: Her daughter starts school"


def test_a_closed_follow_up_says_when(as_anna, promised):
    as_anna.post(reverse("follow-up-done", args=[promised.pk]))

    response = as_anna.get(promised.get_absolute_url())

    assert response.context["closed_spoken"] == "today, 12:00"
    assert reverse("follow-up-done", args=[promised.pk]) not in response.content.decode()


def test_a_follow_up_of_another_is_not_there(as_boris, promised):
    names = ("follow-up-detail", "follow-up-edit")
    acts = ("follow-up-edit", "follow-up-done", "follow-up-drop", "follow-up-move")
    answers = [as_boris.get(reverse(name, args=[promised.pk])) for name in names]
    answers += [as_boris.post(reverse(name, args=[promised.pk]), {"when": "di"}) for name in acts]

    assert {answer.status_code for answer in answers} == {HTTPStatus.NOT_FOUND}
    assert now(promised).version == 1


# --- spread ------------------------------------------------------------------------------------


def test_too_much_for_one_day_is_spread_and_undone(as_anna, anna):
    rows = FollowUpFactory.create_batch(12, customer__partner=anna, due=days(-1))
    fixed = FollowUpFactory(customer__partner=anna, due=TODAY, due_time=dt.time(9))
    FollowUpFactory(customer__partner=anna, due=days(1))
    url = reverse("follow-up-spread")

    shown = as_anna.get(url).context["days"]
    response = as_anna.post(url)

    assert [(label, len(lines)) for label, lines in shown] == [
        ("tomorrow", 4),
        ("the day after tomorrow", 4),
    ]
    assert toasts(response) == ["8 things moved to the coming days."]
    assert [now(row).due_on for row in rows] == [days(-1)] * 4 + [days(1)] * 4 + [days(2)] * 4
    assert now(fixed).due_on == TODAY

    undo(as_anna, response)
    assert {now(row).due_on for row in rows} == {days(-1)}


def test_a_second_tap_on_spread_moves_nothing_more(as_anna, anna):
    FollowUpFactory.create_batch(11, customer__partner=anna, due=TODAY)
    url = reverse("follow-up-spread")
    as_anna.post(url)
    before = list(anna.followups.values_list("pk", "due_on"))

    response = as_anna.post(url)

    assert list(anna.followups.values_list("pk", "due_on")) == before
    assert toasts(response)[-1] == "There is nothing to spread."


@pytest.mark.parametrize("count", [6, 9])
def test_spreading_costs_the_same_for_any_number(as_anna, anna, count):
    FollowUpFactory.create_batch(count, customer__partner=anna, due=TODAY)
    url = reverse("follow-up-spread")

    with costs(4):
        as_anna.get(url)
    with costs(9):  # the session keeps the toast
        as_anna.post(url)


@pytest.mark.parametrize("count", [1, 3])
def test_follow_up_pages_cost_the_same_for_any_number(as_anna, anna, petra, promised, count):
    FollowUpFactory.create_batch(count, customer=petra)
    InteractionFactory.create_batch(count, customer=petra)

    with costs(6):
        as_anna.get(promised.get_absolute_url())
    with costs(3):
        as_anna.get(reverse("follow-up-edit", args=[promised.pk]))
    with costs(6):
        as_anna.get(reverse("interaction-add", args=[petra.pk]))
    with costs(5):
        as_anna.get(reverse("interaction-add", args=[petra.pk]) + f"?follow_up={promised.pk}")
    with costs(3):
        as_anna.get(reverse("follow-up-add", args=[petra.pk]))


@pytest.mark.postgresql
@pytest.mark.parametrize("name", ["follow-up-done", "follow-up-drop", "follow-up-move"])
def test_a_second_tap_at_the_same_moment_waits_for_the_first(as_anna, promised, name):
    with CaptureQueriesContext(connection) as captured:
        as_anna.post(reverse(name, args=[promised.pk]), {"when": "tomorrow"})

    locks = [query["sql"] for query in captured if "FOR UPDATE" in query["sql"]]
    assert 'FOR UPDATE OF "customers_followup"' in locks[0]
