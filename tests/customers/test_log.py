"""A talk is logged: what it settles, what it moves, what comes next."""

import datetime as dt
from http import HTTPStatus

import pytest
from django.urls import reverse

from customers.models import FollowUp
from partners.models import uuid7
from tests.customers.pages import toasts, undo
from tests.factories import CustomerFactory, FollowUpFactory, InteractionFactory

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


def log(client, customer, follow_up=None, **typed):
    url = reverse("interaction-add", args=[customer.pk])
    if follow_up:
        url += f"?follow_up={follow_up.pk}"
    return client.post(url, {"kind": "call"} | typed)


def test_a_talk_is_logged_in_three_taps(as_anna, anna, petra):
    """Open the sheet, tap what it was, save."""
    response = log(as_anna, petra, outcome="reached")

    talk = anna.interactions.get()
    assert (talk.customer, talk.kind, talk.outcome, talk.text) == (petra, "call", "reached", "")
    assert response.url == petra.get_absolute_url()
    assert toasts(response) == ["Noted."]


def test_logging_from_a_follow_up_that_reached_somebody_closes_it(as_anna, anna, promised):
    log(as_anna, promised.customer, promised, outcome="reached", text="All is well")

    closed = now(promised)
    assert (closed.state, closed.closed_by) == ("done", anna.user.pk)
    assert anna.interactions.get().follow_up == promised


def test_a_talk_without_an_outcome_closes_it_too(as_anna, promised):
    log(as_anna, promised.customer, promised, kind="note")

    assert now(promised).state == "done"


def test_nobody_reached_keeps_the_promise(as_anna, promised):
    log(as_anna, promised.customer, promised, outcome="missed")

    kept = now(promised)
    assert (kept.state, kept.due_on, kept.due_time) == ("open", TODAY, dt.time(10))


@pytest.mark.parametrize(
    ("chip", "day", "time"),
    [
        ("tonight", TODAY, dt.time(19)),
        ("tomorrow", days(1), dt.time(10)),
        ("in 3 days", days(3), dt.time(10)),
    ],
)
def test_nobody_reached_and_a_next_date_move_the_promise_itself(as_anna, promised, chip, day, time):
    response = log(as_anna, promised.customer, promised, outcome="missed", next_when=chip)

    moved = FollowUp.unscoped.get()
    assert (moved.pk, moved.state) == (promised.pk, "open")
    assert (moved.due_on, moved.due_time, moved.what) == (day, time, "Call back")
    assert toasts(response)[0].startswith("Noted. Next: ")


def test_nobody_reached_and_a_new_purpose_are_both_kept(as_anna, promised):
    typed = {"outcome": "missed", "next_when": "tomorrow", "next_what": "Try her sister"}
    log(as_anna, promised.customer, promised, **typed)

    assert now(promised).what == "Try her sister"


def test_reached_and_a_next_date_promise_something_new(as_anna, anna, promised):
    typed = {"outcome": "reached", "next_when": "fri 18", "next_what": "Bring the catalogue"}
    response = log(as_anna, promised.customer, promised, **typed)

    following = anna.followups.open().get()
    assert (following.due_on, following.due_time) == (days(4), dt.time(18))
    assert (following.what, following.nature) == ("Bring the catalogue", "promise")
    assert now(promised).state == "done"
    assert toasts(response) == ["Noted. Next: Friday, 18:00."]


def test_logged_from_elsewhere_the_sheet_asks_what_it_settles(as_anna, petra, promised, boris):
    other = FollowUpFactory(customer=petra, what="Send a card", due=days(9))
    FollowUpFactory(customer=petra, what="Faded", nature="care", due=days(-20))
    FollowUpFactory(customer__partner=boris)

    html = as_anna.get(reverse("interaction-add", args=[petra.pk]))
    offered = [str(label) for _value, label in html.context["form"].fields["settles"].choices]
    log(as_anna, petra, settles=[promised.pk])

    assert offered == ["Call back (today)", "Send a card (2 December)"]
    assert (now(promised).state, now(other).state) == ("done", "open")


def test_the_sheet_of_a_follow_up_does_not_ask(as_anna, promised):
    url = reverse("interaction-add", args=[promised.customer.pk])
    form = as_anna.get(f"{url}?follow_up={promised.pk}").context["form"]

    assert "settles" not in form.fields


def test_it_settles_only_ones_own(as_anna, petra, promised, anna, boris):
    others = FollowUpFactory(customer__partner=anna), FollowUpFactory(customer__partner=boris)

    answers = [log(as_anna, petra, settles=[other.pk]).status_code for other in others]
    log(as_anna, petra, others[1])

    assert answers == [HTTPStatus.UNPROCESSABLE_ENTITY] * 2
    assert [now(other).state for other in others] == ["open", "open"]
    assert anna.interactions.get().follow_up is None


@pytest.mark.parametrize("wanted", ["", "x", "\x00", "9" * 500])
def test_a_follow_up_that_is_none_is_as_good_as_none(as_anna, anna, petra, wanted):
    url = reverse("interaction-add", args=[petra.pk])

    as_anna.post(f"{url}?follow_up={wanted}", {"kind": "call"})

    assert anna.interactions.get().follow_up is None


def test_a_purpose_without_a_day_asks_when(as_anna, anna, petra):
    response = log(as_anna, petra, next_what="Bring the catalogue", text="Nice talk")

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert response.context["form"].errors["next_when"] == ["Please say when."]
    assert b"Nice talk" in response.content
    assert not anna.interactions.exists()


def test_the_same_sheet_sent_twice_logs_once(as_anna, anna, petra, promised):
    typed = {"row_id": uuid7(), "settles": [promised.pk], "next_when": "tomorrow"}

    answers = [log(as_anna, petra, **typed), log(as_anna, petra, **typed)]

    assert [answer.url for answer in answers] == [petra.get_absolute_url()] * 2
    assert anna.interactions.count() == 1
    assert anna.followups.open().count() == 1


def test_a_talk_under_a_strangers_id_is_logged_under_another(as_anna, anna, petra, boris):
    foreign = InteractionFactory(customer__partner=boris, text="Secret")

    log(as_anna, petra, row_id=foreign.pk, text="Mine", next_when="tomorrow")

    assert anna.interactions.get().text == "Mine"
    assert anna.followups.count() == 1
    assert boris.interactions.get().text == "Secret"


@pytest.mark.parametrize("outcome", ["reached", "missed"])
def test_undo_of_a_talk_takes_back_all_it_did(as_anna, anna, promised, outcome):
    response = log(as_anna, promised.customer, promised, outcome=outcome, next_when="in 2 weeks")

    undo(as_anna, response)

    assert not anna.interactions.exists()
    row = anna.followups.get()
    assert (row.state, row.closed_at, row.due_on, row.due_time) == (
        "open",
        None,
        TODAY,
        dt.time(10),
    )


def test_undo_of_a_talk_keeps_what_has_moved_on(as_anna, anna, promised):
    response = log(as_anna, promised.customer, promised, outcome="reached", next_when="tomorrow")
    following = anna.followups.open().get()
    as_anna.post(reverse("follow-up-done", args=[following.pk]))

    undone = undo(as_anna, response)

    assert toasts(undone)[-1] == "Some of it has changed since and stays as it is."
    assert (now(promised).state, now(following).state) == ("open", "done")


def test_a_sheet_sent_again_after_a_lost_answer_keeps_what_was_added(
    as_anna, anna, petra, promised
):
    first = {"row_id": uuid7(), "row_version": 1, "settles": [str(promised.pk)]}
    log(as_anna, petra, text="Called", **first)

    log(as_anna, petra, text="Called, wants the red one", **first)

    assert anna.interactions.get().text == "Called, wants the red one"
    assert not now(promised).is_open


def test_a_follow_up_sent_again_after_a_lost_answer_keeps_what_was_added(as_anna, anna, petra):
    url = reverse("follow-up-add", args=[petra.pk])
    typed = {"row_id": uuid7(), "row_version": 1, "kind": "call", "nature": "promise"}
    as_anna.post(url, typed | {"what": "", "when": "tomorrow"})

    as_anna.post(url, typed | {"what": "Ask about lids", "when": "in 3 days"})

    follow_up = anna.followups.get()
    assert (follow_up.what, follow_up.due_on) == ("Ask about lids", days(3))
