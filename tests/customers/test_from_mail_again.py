"""A link in a mail that is used again: no note is lost, an undo makes it as good as new."""

import datetime as dt
from http import HTTPStatus

import pytest

from customers import actions
from customers.models import FollowUp
from customers.when import When
from tests.customers.links_in_mail import TODAY, days, link_to, now, tap, undo, words
from tests.factories import CustomerFactory, FollowUpFactory
from tests.harness.roles import AppClient

pytestmark = pytest.mark.usefixtures("english", "clock")


@pytest.fixture
def promised(anna) -> FollowUp:
    """A call promised for today at three."""
    petra = CustomerFactory(partner=anna, first_name="Petra", last_name="Müller")
    return FollowUpFactory(customer=petra, due=TODAY, due_time=dt.time(15))


@pytest.fixture
def link(promised):
    return link_to(promised)


# --- another tab -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (["+1"], ["done"]),
        (["+1"], ["+3"]),
        (["done"], ["+1"]),
        (["+1"], ["+1", "Not at home"]),
        (["done"], ["done", "On Friday"]),
        (["done", "On Thursday"], ["done", "On Friday"]),
    ],
)
def test_another_press_is_no_second_tap(anna, promised, link, first, then):
    tap(AppClient(), link, *first)
    before, count = now(promised).version, anna.interactions.count()

    response = tap(AppClient(), link, *then)

    assert response.status_code == HTTPStatus.GONE
    assert all(note in words(response) for note in then[1:])
    assert (now(promised).version, anna.interactions.count()) == (before, count)


@pytest.mark.parametrize("button", ["done", "+1"])
def test_a_second_tap_may_leave_out_the_note(client, link, button):
    first = tap(client, link, button, "Not at home")

    assert tap(client, link, button).url == first.url


@pytest.mark.parametrize("late", [1, -4])
def test_a_second_tap_knows_the_day_that_the_first_one_gave(client, promised, late):
    follow_up = FollowUpFactory(customer=promised.customer, due=days(late))
    first = tap(client, link_to(follow_up), "+3")

    assert tap(client, link_to(follow_up), "+3").url == first.url


@pytest.mark.parametrize("button", ["done", "+1", "+3"])
def test_what_was_moved_in_the_app_a_moment_ago_is_no_first_tap(
    client, anna, promised, link, button
):
    actions.move(anna, anna.user, now(promised), When(days(1)))

    response = tap(client, link, button, "On Friday")

    assert response.status_code == HTTPStatus.GONE
    assert "On Friday" in words(response)
    assert now(promised).due_on == days(1)


# --- the link itself, opened again ---------------------------------------------------------------


@pytest.mark.parametrize("button", [["done"], ["+1"], ["+3"], ["done", "Note"], ["+1", "Note"]])
def test_after_an_undo_the_link_works_again(client, promised, link, button, clock):
    for _time in range(3):
        undo(client, tap(client, link, *button).url)
    clock.shift(dt.timedelta(hours=2))

    page = client.get(link, follow=True)

    assert page.status_code == HTTPStatus.OK
    assert "today, 15:00" in words(page)
    assert 'name="days"' in words(page)
    assert "2026-11-28" in page.redirect_chain[-1][0]
    assert tap(client, link, "done", "Reached").status_code == HTTPStatus.SEE_OTHER
    assert now(promised).state == "done"
    assert promised.partner.interactions.get().text == "Reached"


def test_after_an_undo_in_the_app_it_works_again_too(client, anna, promised, link):
    act = actions.move(anna, anna.user, now(promised), When(days(1)))
    assert client.get(link).status_code == HTTPStatus.GONE

    actions.undo(anna, anna.user, act.id)

    assert "today, 15:00" in words(client.get(link, follow=True))


def test_another_schedule_is_not_reached_by_an_undo(client, anna, promised, link):
    """Moved, moved again, and only the second move taken back."""
    actions.move(anna, anna.user, now(promised), When(days(1)))
    undo(client, tap(client, link_to(now(promised)), "done").url)

    assert client.get(link).status_code == HTTPStatus.GONE
    assert tap(client, link, "done").status_code == HTTPStatus.GONE
    assert now(promised).is_open


@pytest.mark.parametrize(
    ("button", "told"), [("done", "Done. Nice."), ("+1", "Moved to tomorrow, 15:00.")]
)
def test_for_an_hour_the_link_offers_to_take_back_what_was_done_from_it(
    promised, link, clock, button, told
):
    undo(AppClient(), tap(AppClient(), link, "+3").url)
    tap(AppClient(), link, button)
    clock.shift(dt.timedelta(hours=1))

    page = AppClient().get(link, follow=True)

    assert told in words(page)
    undo(AppClient(), page.redirect_chain[-1][0])
    assert (now(promised).is_open, now(promised).due_on) == (True, TODAY)


@pytest.mark.parametrize("button", ["done", "+1"])
def test_after_an_hour_it_no_longer_does(client, link, clock, button):
    tap(client, link, button)
    clock.shift(dt.timedelta(hours=1, seconds=1))

    assert client.get(link).status_code == HTTPStatus.GONE


@pytest.mark.parametrize("is_done", [True, False])
def test_what_was_done_in_the_app_is_not_taken_back_from_a_mail(
    client, anna, promised, link, is_done
):
    own = (anna, anna.user, now(promised))
    act = actions.close(*own, "done") if is_done else actions.move(*own, When(days(1)))
    before = now(promised).version

    for address in (link, link_to(now(promised))):
        client.post(address, {"undo": str(act.id)})
        assert b'name="undo"' not in client.get(address, {"act": act.id}).content
    assert now(promised).version == before
