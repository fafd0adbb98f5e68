"""A guest's own page: one tap answers, looking changes nothing, all of it can be changed."""

import datetime as dt
import re

import pytest

from customers.actions import merging
from events import links
from events.actions import planning
from partners.models import Change
from tests.event_factories import EventGuestFactory
from tests.events.invited import STREET, Page, a_messenger, petras_evening
from tests.factories import CustomerFactory, EmailFactory
from tests.harness.queries import costs

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(anna, clock, english):
    return petras_evening(anna)


@pytest.fixture
def client():
    return a_messenger()


@pytest.fixture
def ida(event):
    return EventGuestFactory.create(event=event, customer__first_name="Ida")


@pytest.fixture
def page(client, ida):
    return Page(client, links.of_guest(ida))


def test_the_first_screen_is_a_card_with_three_answers_and_nothing_else(page):
    text = page.text()

    assert "Petra invites you" in text
    assert "Autumn evening" in text
    assert "Tuesday, 24 November 2026" in text
    assert "Fulda" in text
    assert STREET not in text
    assert re.findall(r'name="says" value="(\w+)"', text) == ["yes", "no", "maybe"]
    assert not re.findall("<script|checkbox|textarea", text)


def test_a_yes_asks_one_thing_after_the_other_and_permissions_last(page, ida):
    asked = [page.asks_next("answer", says="yes")]
    asked.append(page.asks_next("companions", companions="1"))
    asked.append(page.asks_next("message", message="I bring a cake"))
    asked.append(page.asks_next("reminder", wants_reminder="true", email="ida@example.org"))
    asked.append(page.asks_next("permissions"))

    ida.refresh_from_db()
    assert asked == ["companions", "message", "reminder", "permissions", ""]
    assert (ida.answer, ida.companions, ida.message) == ("yes", 1, "I bring a cake")
    assert ida.wants_reminder
    assert ida.customer.emails.get().address == "ida@example.org"
    assert not ida.customer.permissions.exists()


def test_what_was_recorded_is_shown_with_the_address_and_can_be_changed(page, ida):
    page.post("answer", says="yes")
    page.post("message", message="I bring a cake")
    text = page.text()

    assert STREET in text
    assert "https://www.openstreetmap.org/search?query=Lindenweg%207%2C%2036037%20Fulda" in text
    assert "I bring a cake" in text
    assert f"{page.path}?step=answer" in text

    page.post("answer", says="no")
    ida.refresh_from_db()
    assert ida.answer == "no"
    assert STREET not in page.text()


def test_who_cannot_come_may_be_shown_everything_privately(page, ida):
    assert page.asks_next("answer", says="no") == "privately"

    page.post("privately", wants_privately="true")

    ida.refresh_from_db()
    assert (ida.answer, ida.wants_privately) == ("no", True)


@pytest.mark.parametrize("says", ["attended", "waiting", "", "none"])
def test_an_invented_answer_is_no_answer(page, ida, says):
    page.post("answer", says=says)

    ida.refresh_from_db()
    assert ida.answer == ""


def test_looking_changes_nothing_however_often(client, ida):
    before = Change.unscoped.count()
    for link in (links.of_guest(ida), links.of_event(ida.event), links.of_host(ida.event)):
        for _ in range(20):
            client.get(link)
        client.head(link)
        client.options(link)

    stored = type(ida).unscoped.get(pk=ida.pk)
    assert (stored.answer, stored.version, stored.invited_at) == ("", 1, None)
    assert Change.unscoped.count() == before


def test_the_page_is_for_nobody_to_keep_find_or_pass_on(page):
    headers = page.get().headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex"
    assert not page.get().cookies


def test_a_messenger_unfolds_the_card_without_guest_and_address(page, event):
    found = re.findall(r'<meta property="(og:[^"]+)"\s+content="([^"]*)"', page.text())
    card = dict(found)

    assert card["og:title"] == "Autumn evening"
    assert card["og:description"] == "Tuesday, 24 November 2026, at 19:30 · Petra invites you"
    assert card["og:image"].startswith("http://testserver/static/img/invitation")
    assert not re.search(f"Ida|{STREET}|Fulda|Pohl", str(card))


def test_stale_guessed_and_foreign_links_lead_nowhere(client, ida, anna):
    good = links.of_guest(ida)
    as_host = good.replace("/i/", "/h/")
    ida.link_version = 2
    ida.save()
    pages = [client.get(link) for link in (good, f"{good[:-2]}x/", as_host, "/i/made-up/")]

    assert {page.status_code for page in pages} == {404}
    assert not [page for page in pages if "Ida" in page.content.decode()]
    assert len({page.content for page in pages}) == 1


def test_whoever_guesses_has_to_wait(client, page):
    for number in range(60):
        client.get(f"/i/guess{number}/")

    assert page.get().status_code == 429


@pytest.mark.parametrize("gone", ["event", "guest", "partner"])
def test_what_is_gone_answers_like_an_unknown_link(page, ida, anna, gone):
    now = dt.datetime.now(dt.UTC)
    if gone == "event":
        planning.remove(anna, anna.user, ida.event)
    elif gone == "guest":
        type(ida).unscoped.filter(pk=ida.pk).update(deleted_at=now)
    else:
        type(anna).objects.filter(pk=anna.pk).update(paused_at=now)

    assert page.get().status_code == 404
    assert page.post("answer", says="yes").status_code == 404


def test_a_cancelled_evening_says_so_and_takes_no_answer(page, event, ida, anna):
    planning.cancel(anna, anna.user, event, "Petra has the flu.")
    page.post("answer", says="yes")
    text = page.text()

    ida.refresh_from_db()
    assert ida.answer == ""
    assert "does not take place" in text
    assert "Petra has the flu." in text
    assert 'name="says"' not in text


def test_after_the_deadline_the_answer_stays_and_the_partner_is_named(page, event, ida, clock):
    page.post("answer", says="yes")
    type(event).unscoped.update(answer_until=event.starts_at - dt.timedelta(hours=4))
    clock.move_to(event.starts_at - dt.timedelta(hours=3))
    page.post("answer", says="no")
    text = page.text()

    ida.refresh_from_db()
    assert ida.answer == "yes"
    assert "tel:+4966190077701" in text
    assert "?step=answer" not in text


def test_an_evening_that_is_over_thanks_who_was_there(page, event, ida, clock):
    type(ida).unscoped.filter(pk=ida.pk).update(presence="attended", answer="yes")
    clock.move_to(event.ends_at + dt.timedelta(hours=1))

    assert "How lovely that you were there!" in page.text()


def test_a_moved_evening_shows_the_old_date_struck_out(page, event, anna, clock):
    page.post("answer", says="yes")
    clock.shift(60)
    later = {name: getattr(event, name) + dt.timedelta(days=7) for name in ("starts_at", "ends_at")}
    planning.change(anna, anna.user, event, **later)
    text = page.text()

    assert "<del>tomorrow, 19:30</del>" in text
    assert "Tuesday, 1 December 2026" in text


def test_without_a_seat_a_guest_waits_and_is_told_when_there_is_one(page, event, ida, client):
    type(event).unscoped.update(maximum=1)
    first = EventGuestFactory.create(event=event, customer__first_name="Ute", answer="yes")
    assert "Yes, put me on the waiting list" in page.text()

    page.post("answer", says="yes")
    assert "You are on the waiting list" in page.text()
    assert STREET not in page.text()

    Page(client, links.of_guest(first)).post("answer", says="no")
    assert "A seat has become free" in page.text()
    assert STREET in page.text()


def test_who_became_one_person_with_another_keeps_the_link(page, event, ida, anna):
    known = CustomerFactory.create(partner=anna, first_name="Ida", last_name="Ihle")
    kept = EventGuestFactory.create(event=event, customer=known)
    merging.merge(anna, anna.user, known, ida.customer, {})

    page.post("answer", says="yes")

    kept.refresh_from_db()
    assert kept.answer == "yes"


def test_who_is_known_to_another_partner_too_sees_no_hint_of_it(page, ida, boris):
    EmailFactory.create(customer__partner=boris, customer__first_name="Ida", typed="i@example.org")
    EmailFactory.create(customer=ida.customer, typed="i@example.org")
    page.post("answer", says="yes")

    assert "Boris" not in page.text() + page.text("permissions")


def test_the_page_costs_the_same_for_one_guest_and_for_many(page, event, ida):
    page.post("answer", says="yes")
    for _ in range(3):
        EventGuestFactory.create(event=event, answer="yes")

    with costs(3):
        page.get()
