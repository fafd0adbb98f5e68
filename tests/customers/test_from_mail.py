"""A link in a mail settles or moves its follow-up, without signing in, and takes it back."""

import datetime as dt
from http import HTTPStatus

import pytest
import time_machine

from customers.models import FollowUp
from partners.models import Partner
from tests.customers.links_in_mail import TODAY, days, link_to, now, tap, undo, words
from tests.factories import CustomerFactory, FollowUpFactory, PhoneFactory
from tests.harness.queries import costs
from tests.harness.roles import AppClient

pytestmark = pytest.mark.usefixtures("english", "clock")


@pytest.fixture
def petra(anna):
    petra = CustomerFactory(
        partner=anna, first_name="Petra", last_name="Müller", note="Allergic", source="Choir"
    )
    PhoneFactory(customer=petra)
    return petra


@pytest.fixture
def promised(petra) -> FollowUp:
    """A call promised for today at three."""
    return FollowUpFactory(customer=petra, what="The cream", due=TODAY, due_time=dt.time(15))


@pytest.fixture
def link(promised):
    return link_to(promised)


# --- looking -------------------------------------------------------------------------------------


def test_the_page_says_who_how_and_when_and_nothing_else(client, link):
    page = words(client.get(link))

    for said in ("Petra M.", "Call · today, 15:00", "+1 day", "tomorrow", "+3 days", "Thursday"):
        assert said in page
    for untold in ("Müller", "cream", "Allergic", "Choir", "23125", "Anna", "/follow-ups/"):
        assert untold not in page


@pytest.mark.parametrize(
    ("due", "time", "when"),
    [
        (0, None, "today"),
        (0, dt.time(9), "today, 09:00"),
        (-1, dt.time(15), "since yesterday"),
        (-3, None, "for 3 days"),
        (1, dt.time(15), "tomorrow, 15:00"),
    ],
)
def test_when_is_said_as_people_say_it(client, petra, due, time, when):
    follow_up = FollowUpFactory(customer=petra, due=days(due), due_time=time)

    assert f"Call · {when}</p>" in words(client.get(link_to(follow_up)))


def test_looking_changes_nothing_however_often(client, anna, promised, link):
    for look in (client.get, client.head) * 3:
        assert look(link).status_code == HTTPStatus.OK

    assert now(promised).version == 1
    assert not anna.changes.exists()


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_only_a_tap_does_something(client, promised, link, method):
    assert getattr(client, method)(link).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert now(promised).version == 1


def test_the_page_speaks_its_partners_language(client, anna, link):
    assert "+1 day" in words(client.get(link, headers={"Accept-Language": "de"}))

    type(anna.user).objects.update(language="de")
    assert "Anruf · heute, 15:00" in words(client.get(link, headers={"Accept-Language": "en"}))


@pytest.mark.parametrize(
    ("visitor", "way_in"), [("as_anna", 1), ("as_boris", 0), ("as_office", 0), ("client", 0)]
)
def test_who_is_signed_in_can_go_on_from_here(request, promised, link, visitor, way_in):
    page = words(request.getfixturevalue(visitor).get(link))

    assert page.count(f'href="{promised.get_absolute_url()}"') == way_in


def test_nobody_passes_the_address_on(client, link):
    for response in (client.get(link), tap(client, link, "done"), client.get(f"{link[:-2]}x/")):
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["X-Robots-Tag"] == "noindex"


# --- done, later ---------------------------------------------------------------------------------


def test_done_is_one_tap_without_cookie_or_token(anna, promised, link):
    browser = AppClient(enforce_csrf_checks=True)

    response = tap(browser, link, "done")

    closed = now(promised)
    assert (closed.state, closed.closed_by) == ("done", anna.user.pk)
    assert response.status_code == HTTPStatus.SEE_OTHER
    assert not response.cookies
    assert "Done. Nice." in words(browser.get(response.url))


@pytest.mark.parametrize(
    ("due", "button", "moved_to", "said"),
    [
        (0, "+1", 1, "tomorrow"),
        (0, "+3", 3, "Thursday"),
        (-4, "+1", 1, "tomorrow"),
        (-400, "+3", 3, "Thursday"),
        (1, "+1", 2, "the day after tomorrow"),
        (5, "+3", 8, "1 December"),
    ],
)
def test_later_counts_from_today_or_from_its_own_later_day(petra, due, button, moved_to, said):
    browser = AppClient()
    follow_up = FollowUpFactory(customer=petra, due=days(due), due_time=dt.time(15))

    response = tap(browser, link_to(follow_up), button)

    moved = now(follow_up)
    assert (moved.due_on, moved.due_time, moved.is_open) == (days(moved_to), dt.time(15), True)
    assert f"Moved to {said}, 15:00." in words(browser.get(response.url))


@pytest.mark.parametrize(
    ("zone", "moment", "tomorrow"),
    [
        ("Pacific/Kiritimati", "2026-11-23T10:30", "2026-11-25"),
        ("Asia/Kathmandu", "2026-11-23T18:20", "2026-11-25"),
        ("Europe/Berlin", "2026-11-23T22:59", "2026-11-24"),
        ("Europe/Berlin", "2028-02-28T12:00", "2028-02-29"),
    ],
)
def test_later_is_seen_from_where_one_is(client, petra, zone, moment, tomorrow):
    Partner.objects.update(time_zone=zone)
    petra.partner.refresh_from_db()
    follow_up = FollowUpFactory(customer=petra, due=TODAY)

    with time_machine.travel(dt.datetime.fromisoformat(f"{moment}+00:00"), tick=False):
        tap(client, link_to(follow_up, dt.date.fromisoformat(moment[:10])), "+1")

    assert now(follow_up).due_on == dt.date.fromisoformat(tomorrow)


# --- a short note --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "logged_as"),
    [("call", "call"), ("message", "message"), ("visit", "visit"), ("card", "message"), ("bring", "call")],
)  # fmt: skip
def test_done_with_a_note_is_a_talk_that_settles_it(client, anna, petra, kind, logged_as):
    follow_up = FollowUpFactory(customer=petra, due=TODAY, kind=kind)

    response = tap(client, link_to(follow_up), "done", " She comes on Friday 🎉\r\nwith Ole ")

    talk = anna.interactions.get()
    assert (talk.text, talk.kind) == ("She comes on Friday 🎉\nwith Ole", logged_as)
    assert (talk.customer, talk.follow_up) == (petra, follow_up)
    assert now(follow_up).state == "done"
    page = words(client.get(response.url))
    assert "Your note is kept." in page
    assert "Friday" not in page


def test_later_with_a_note_is_a_talk_and_another_day(client, anna, promised, link):
    response = tap(client, link, "+3", "Not at home")

    moved = now(promised)
    assert (moved.due_on, moved.due_time, moved.what) == (days(3), dt.time(15), "The cream")
    assert moved.is_open
    assert anna.interactions.get().text == "Not at home"
    assert anna.followups.count() == 1
    assert "Moved to Thursday, 15:00." in words(client.get(response.url))


@pytest.mark.parametrize("note", ["", " \n\t ", "\x00"])
def test_an_empty_note_is_none(client, anna, promised, link, note):
    tap(client, link, "done", note)

    assert now(promised).state == "done"
    assert not anna.interactions.exists()


@pytest.mark.parametrize("button", ["done", "+1"])
def test_a_note_too_long_is_kept_and_nothing_happens(client, anna, promised, link, button):
    note = "<b>" + "n" * 4998

    response = tap(client, link, button, note)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "maxlength" not in words(response)
    assert "That is too long: 5001 characters, and at most 5000 fit in here." in words(response)
    assert "&lt;b&gt;" + "n" * 4998 in words(response)
    assert now(promised).version == 1
    assert not anna.interactions.exists()


@pytest.mark.parametrize(
    "typed", [{}, {"days": ""}, {"days": "2"}, {"days": "-1"}, {"days": "\x00"}]
)
def test_a_button_that_is_none_does_nothing(client, promised, link, typed):
    response = client.post(link, {"note": "Kept"} | typed)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Kept" in words(response)
    assert now(promised).version == 1


# --- undo ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("button", [["done"], ["+1"], ["+3"], ["done", "A note"], ["+1", "Note"]])
def test_an_act_is_taken_back_and_can_be_done_again(client, anna, promised, link, button):
    shown = tap(client, link, *button).url

    again = undo(client, shown)

    back = now(promised)
    assert (back.state, back.due_on, back.due_at) == ("open", TODAY, promised.due_at)
    assert not anna.interactions.exists()
    assert again.status_code == HTTPStatus.SEE_OTHER
    page = words(client.get(again.url))
    assert "Taken back." in page
    assert "today, 15:00" in page
    tap(client, again.url, "done")
    assert now(promised).state == "done"


def test_undo_works_for_an_hour(client, promised, link, clock):
    shown = tap(client, link, "done").url
    clock.shift(dt.timedelta(hours=1))
    assert b'name="undo"' in client.get(shown).content

    clock.shift(1)

    assert client.get(shown).status_code == HTTPStatus.GONE
    assert undo(client, shown).status_code == HTTPStatus.GONE
    assert now(promised).state == "done"


def test_undo_of_a_move_after_an_hour_shows_how_things_stand(client, promised, link, clock):
    shown = tap(client, link, "+1").url
    clock.shift(dt.timedelta(hours=2))

    response = undo(client, shown)

    assert "tomorrow, 15:00" in words(client.get(response.url))
    assert now(promised).due_on == days(1)


# --- cost ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number(client, promised, link, count):
    FollowUpFactory.create_batch(count, customer=promised.customer)

    with costs(2):
        client.get(link)
    shown = tap(client, link, "done", "A note").url
    with costs(4):
        client.get(shown)
