"""A link from a mail that is used, old, revoked or not ours does nothing and says so kindly."""

import datetime as dt
from http import HTTPStatus

import pytest
import time_machine

from customers import actions, from_mail
from customers.models import FollowUp
from customers.when import When
from partners import clock, links
from partners.models import Partner, User
from tests.customers.links_in_mail import TODAY, days, link_to, now, tap, undo, words
from tests.factories import CustomerFactory, FollowUpFactory
from tests.harness.roles import AppClient

pytestmark = pytest.mark.usefixtures("english", "clock")

HOME, WAY_ON = 'href="/"', 'href="/follow-ups/'


@pytest.fixture
def petra(anna):
    return CustomerFactory(partner=anna, first_name="Petra", last_name="Müller")


@pytest.fixture
def promised(petra) -> FollowUp:
    """A call promised for today at three."""
    return FollowUpFactory(customer=petra, what="The cream", due=TODAY, due_time=dt.time(15))


@pytest.fixture
def link(promised):
    return link_to(promised)


def move(follow_up: FollowUp, day: dt.date) -> None:
    """As in the app, signed in."""
    stored = now(follow_up)
    actions.move(stored.partner, stored.partner.user, stored, When(day))


def close(follow_up: FollowUp, state: str) -> None:
    stored = now(follow_up)
    actions.close(stored.partner, stored.partner.user, stored, state)


def remove(follow_up: FollowUp) -> None:
    stored = now(follow_up)
    actions.remove_customer(stored.partner, stored.partner.user, stored.customer)


def pause(follow_up: FollowUp) -> None:
    Partner.objects.update(paused_at=dt.datetime(2026, 11, 20, tzinfo=dt.UTC))


def dismiss(follow_up: FollowUp) -> None:
    User.objects.update(is_active=False)


# --- over ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("happens", "title", "leads_to"),
    [
        (lambda row: close(row, "done"), "This is done already", WAY_ON),
        (lambda row: close(row, "dropped"), "You have let this go", WAY_ON),
        (lambda row: move(row, days(2)), "This has changed since", WAY_ON),
        (remove, "This is no longer there", HOME),
        (pause, "This link rests", HOME),
        (dismiss, "This link rests", HOME),
    ],
)
def test_what_happened_since_is_said_in_a_sentence(promised, link, happens, title, leads_to):
    happens(promised)
    browser, before = AppClient(), state_of(promised)

    with time_machine.travel(clock.now() + dt.timedelta(seconds=61), tick=False):
        answers = [browser.get(link), tap(browser, link, "+1", "A note"), undo(browser, link)]

    for response in answers:
        assert response.status_code == HTTPStatus.GONE
        page = words(response).partition('id="main"')[2]
        assert title in page
        assert leads_to in page
        assert ("Call · Petra M." in page) is ("Petra" in page) is (leads_to == WAY_ON)
        for untold in ("Müller", "cream", "/f/", "name="):
            assert untold not in page
    assert state_of(promised) == before


@pytest.mark.parametrize("happens", [lambda row: move(row, days(2)), remove, pause])
def test_a_note_that_came_too_late_is_shown_to_be_kept_elsewhere(client, promised, link, happens):
    happens(promised)

    page = words(tap(client, link, "done", " <b>On Friday</b>\r\nwith Ole "))

    assert "Your note is not kept yet:" in page
    assert "readonly>\n&lt;b&gt;On Friday&lt;/b&gt;\nwith Ole</textarea>" in page
    for response in (tap(client, link, "done"), client.get(link)):
        assert "textarea" not in words(response)


@pytest.mark.parametrize("is_paused", [True, False])
def test_a_link_too_old_names_nobody_of_a_paused_partner(client, promised, link, clock, is_paused):
    if is_paused:
        pause(promised)
    clock.move_to(dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC))

    assert ("Petra" in words(client.get(link))) is not is_paused


def state_of(follow_up: FollowUp) -> tuple:
    stored = FollowUp.unscoped_with_bin.get(pk=follow_up.pk)
    return stored.version, stored.state, stored.due_on, stored.partner.interactions.count()


def test_a_used_link_shows_how_things_stand(client, promised, link):
    move(promised, days(2))

    assert "Now it says: the day after tomorrow, 15:00." in words(client.get(link))


def test_the_way_on_leads_through_sign_in_to_the_follow_up(client, promised, link):
    close(promised, "done")
    assert promised.get_absolute_url() in words(client.get(link))

    response = client.get(promised.get_absolute_url())

    assert response.url == f"/accounts/login/?next={promised.get_absolute_url()}"


def test_a_link_works_for_five_days_after_its_mail(client, promised, link, clock):
    clock.move_to(dt.datetime(2026, 11, 28, 23, tzinfo=dt.UTC))
    assert client.get(link).status_code == HTTPStatus.OK

    clock.move_to(dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC))

    for response in (client.get(link), tap(client, link, "done"), undo(client, link)):
        assert response.status_code == HTTPStatus.GONE
        assert "This link is too old" in words(response)
        assert f'href="{promised.get_absolute_url()}"' in words(response)
    assert now(promised).is_open


def test_moving_on_and_on_lengthens_no_link(client, promised, link, clock):
    for _day in range(3):
        link = tap(client, link, "+1").url
        clock.shift(dt.timedelta(days=1))

    clock.move_to(dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC))

    assert client.get(link).status_code == HTTPStatus.GONE


@pytest.mark.parametrize(
    "alter", ["", "x", "%00", "٧.١.x", "9" * 10_000, "💥", "1-2.3.2026-11-28.x"]
)
def test_a_link_we_did_not_make_is_a_kind_page(client, promised, link, alter):
    forged = f"/f/{alter}/" if alter else f"{link[:-2]}/"

    for response in (client.get(forged), tap(client, forged, "done")):
        assert response.status_code == HTTPStatus.NOT_FOUND
        assert HOME in words(response)
    assert now(promised).is_open


@pytest.mark.parametrize("purpose", ["preferences", "reminder-preferences", "invitation"])
def test_a_link_of_another_purpose_opens_nothing(client, anna, promised, purpose):
    token = links.token(purpose, f"{anna.pk}-{promised.pk.hex}", 1, days(5))

    assert tap(client, f"/f/{token}/", "done").status_code == HTTPStatus.NOT_FOUND


def test_a_partner_and_a_follow_up_of_another_do_not_go_together(client, boris, promised):
    """Not even with our own signature."""
    crossed = from_mail.link(promised, boris, TODAY).removeprefix("http://testserver")

    assert tap(client, crossed, "done", "Hello").status_code == HTTPStatus.GONE
    assert now(promised).version == 1
