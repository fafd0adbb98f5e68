"""Promises and talks, tap by tap."""

import datetime as dt
from http import HTTPStatus

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse

from customers.models import FollowUp
from partners.models import Partner, uuid7
from tests.factories import CustomerFactory, FollowUpFactory, InteractionFactory
from tests.harness.queries import costs

pytestmark = pytest.mark.usefixtures("english", "clock")

TODAY = dt.date(2026, 11, 23)
NONSENSE = "sometime <b>soon</b>"


def toasts(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def undo(client, response):
    """Follow the last toast's “Undo”."""
    tags = [message.extra_tags for message in get_messages(response.wsgi_request)][-1]
    return client.post(reverse("undo", args=[tags.removeprefix("undo-")]))


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


# --- log ---------------------------------------------------------------------------------------


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
    form = client.get(reverse("follow-up-edit", args=[follow_up.pk])).context["form"]
    return {field.html_name: field.value() for field in form} | typed


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

    assert [message.extra_tags for message in get_messages(response.wsgi_request)] == [""]


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

    assert context["due_spoken"] == "10:00"
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
    with costs(8):  # the session keeps the toast
        as_anna.post(url)


@pytest.mark.parametrize("count", [1, 3])
def test_follow_up_pages_cost_the_same_for_any_number(as_anna, anna, petra, promised, count):
    FollowUpFactory.create_batch(count, customer=petra)
    InteractionFactory.create_batch(count, customer=petra)

    with costs(5):
        as_anna.get(promised.get_absolute_url())
    with costs(3):
        as_anna.get(reverse("follow-up-edit", args=[promised.pk]))
    with costs(5):
        as_anna.get(reverse("interaction-add", args=[petra.pk]))
    with costs(4):
        as_anna.get(reverse("interaction-add", args=[petra.pk]) + f"?follow_up={promised.pk}")
    with costs(3):
        as_anna.get(reverse("follow-up-add", args=[petra.pk]))
