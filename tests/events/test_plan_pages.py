"""The pages of evenings: one that knows the day, all of them as list and month, Heute, search."""

import datetime as dt
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events import calendar_feeds, links
from events.models import Event
from events.models.queries import LONGEST
from tests.event_factories import (
    CalendarFeedFactory,
    EventFactory,
    EventGuestFactory,
    EventStepFactory,
)
from tests.factories import CustomerFactory, FollowUpFactory
from tests.harness.queries import costs
from tests.personas import MONDAY_NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

HOUR = dt.timedelta(hours=1)
DAY = 24 * HOUR


def an_evening(partner, at=MONDAY_NOON + 7 * DAY, **values):
    values = {"host__partner": partner, "starts_at": at, "ends_at": at + 2 * HOUR} | values
    return EventFactory.create(**values)


def phase_of(client, event):
    return client.get(event.get_absolute_url()).context["phase"]


def test_the_page_knows_the_day(as_anna, anna, clock):
    event = an_evening(anna)
    assert phase_of(as_anna, event) == "before"
    clock.move_to(event.starts_at - HOUR)
    assert phase_of(as_anna, event) == "evening"
    clock.move_to(event.ends_at + DAY)
    assert phase_of(as_anna, event) == "result"
    Event.unscoped.filter(pk=event.pk).update(state="closed")
    assert phase_of(as_anna, event) == "closed"


def test_on_the_evening_nothing_shows_what_is_not_for_guests(as_anna, anna, clock):
    event = an_evening(anna, note="Petra owes me", theme="Autumn", maximum=5)
    EventGuestFactory.create(event=event, message="My secret")
    clock.move_to(event.starts_at)
    page = as_anna.get(event.get_absolute_url()).text
    assert "Petra owes me" not in page
    assert "My secret" not in page


def test_before_the_evening_it_leads_with_who_said_yes_and_one_step(as_anna, anna):
    event = an_evening(anna)
    page = as_anna.get(event.get_absolute_url())
    assert page.context["headline"] == "Noch ist niemand eingeladen"
    assert page.context["next"].text == "Such aus, wen du einlädst"
    for answer in ("yes", "yes", "no"):
        EventGuestFactory.create(event=event, answer=answer)
    page = as_anna.get(event.get_absolute_url())
    assert page.context["headline"] == "2 von 3 haben zugesagt"
    assert page.context["next"].text == "Alles ist bereit."
    EventGuestFactory.create(event=event, customer__first_name="Ida")
    assert as_anna.get(event.get_absolute_url()).context["next"].hint == "Ida"
    EventStepFactory.create(event=event, text="Buy candles", due_on=MONDAY_NOON.date())
    assert as_anna.get(event.get_absolute_url()).context["next"].text == "Buy candles"


def test_nobody_is_coming_to_an_evening_that_is_called_off(as_anna, client, anna):
    event = an_evening(anna, state="cancelled", maximum=8)
    for answer in ("yes", "yes", ""):
        EventGuestFactory.create(event=event, answer=answer)
    feed = CalendarFeedFactory.create(partner=anna)
    for page in (event.get_absolute_url(), reverse("guest-list", args=[event.pk])):
        shown = as_anna.get(page).text
        assert "Abgesagt; 2 von 3 hatten zugesagt" in shown
        assert "Hatten zugesagt" in shown
        assert "Plätze frei" not in shown
    told = client.get(links.of_host(event)).text
    assert "Hatten zugesagt" in told
    assert "kommen" not in told
    assert "geantwortet" not in told
    for file in (calendar_feeds.address(feed), reverse("event-ics", args=[event.pk])):
        assert "DESCRIPTION" not in as_anna.get(file).text


def test_a_page_costs_the_same_for_one_guest_and_for_three(as_anna, anna):
    event = an_evening(anna)
    url = event.get_absolute_url()
    as_anna.get(url)
    with CaptureQueriesContext(connection) as alone:
        as_anna.get(url)
    EventGuestFactory.create(event=event)
    EventStepFactory.create(event=event)
    an_evening(anna, booked_from=event)
    with CaptureQueriesContext(connection) as before:
        as_anna.get(url)
    for _number in range(2):
        EventGuestFactory.create(event=event)
        EventStepFactory.create(event=event)
        an_evening(anna, booked_from=event)
    with CaptureQueriesContext(connection) as after:
        as_anna.get(url)
    assert len(after) == len(before)
    # Who else is near, and what led on from here, is asked only where there is somebody.
    assert len(alone) == len(before) - 2


def test_a_list_costs_the_same_for_one_evening_and_for_three(as_anna, anna):
    url = reverse("event-list")
    an_evening(anna)
    as_anna.get(url)
    with costs(3):
        as_anna.get(url)
    for _number in range(2):
        EventGuestFactory.create(event=an_evening(anna), answer="yes")
    with costs(3):
        page = as_anna.get(url)
    assert "1 von 1 kommen" in page.text


def test_coming_ones_the_soonest_first_and_past_ones_the_latest(as_anna, anna):
    for days in (3, 1, -1, -3):
        an_evening(anna, MONDAY_NOON + days * DAY, title=f"After {days} days")
    coming = as_anna.get(reverse("event-list")).context["listing"].lines
    assert [line["title"] for line in coming] == ["After 1 days", "After 3 days"]
    past = as_anna.get(reverse("event-list"), {"when": "past"}).context["listing"].lines
    assert [line["title"] for line in past] == ["After -1 days", "After -3 days"]


def test_the_longest_evening_there_is_stands_among_the_coming_ones_until_it_ends(as_anna, anna):
    """Two in the morning until one the next day, with the hour that autumn gives."""
    night = an_evening(anna, title="Through the night")
    night.schedule(dt.date(2026, 10, 25), dt.time(2), dt.time(1, 59), anna.zone)
    assert night.ends_at - night.starts_at < LONGEST
    night = an_evening(
        anna, MONDAY_NOON + HOUR - LONGEST, ends_at=MONDAY_NOON + HOUR, title="Through the night"
    )
    page = as_anna.get(reverse("event-list"))
    assert page.context["listing"].lines[0]["title"] == night.title
    assert list(anna.events.between(MONDAY_NOON, MONDAY_NOON + HOUR)) == [night]


def test_the_list_is_searched_and_narrowed(as_anna, anna):
    petra = CustomerFactory.create(partner=anna, first_name="Petra", last_name="Müller")
    an_evening(anna, title="Harvest", host=petra)
    an_evening(anna, title="Spring", kind="club", state="cancelled")
    url = reverse("event-list")

    def found(**asked):
        return [line["title"] for line in as_anna.get(url, asked).context["listing"].lines]

    assert found(q="mueller") == found(q="harv") == found(kind="presentation") == ["Harvest"]
    assert found(kind="club") == found(state="cancelled") == ["Spring"]
    assert found(q="Nobody") == []
    assert found(kind="nonsense", page="x") == ["Harvest", "Spring"]


def test_a_month_shows_its_days_and_the_ones_around(as_anna, anna):
    event = an_evening(anna, dt.datetime(2026, 12, 31, 22, tzinfo=dt.UTC), title="New year")
    page = as_anna.get(reverse("event-month"), {"month": "2026-12"})
    assert event.get_absolute_url() in page.text
    assert 'href="#day-2026-12-31"' in page.text
    assert 'id="day-2026-12-31"' in page.text
    assert page.context["month"].after == "2027-01"
    assert as_anna.get(reverse("event-month"), {"month": "no"}).status_code == HTTPStatus.OK


def test_a_month_shows_follow_ups_with_an_hour_at_the_cost_of_one_query(as_anna, as_boris, anna):
    ida = CustomerFactory.create(partner=anna, first_name="Ida", last_name="Sommer")
    url = reverse("event-month")
    with CaptureQueriesContext(connection) as before:
        as_anna.get(url)
    for what, values in {
        "Bring the cream": {"due_time": dt.time(15)},
        "Show the scent": {"due_time": dt.time(9)},
        "At some time": {},
        "Done by now": {"due_time": dt.time(8), "state": "done", "closed_at": MONDAY_NOON},
    }.items():
        FollowUpFactory.create(customer=ida, due=MONDAY_NOON.date(), what=what, **values)
    with CaptureQueriesContext(connection) as after:
        page = as_anna.get(url)
    assert len(after) == len(before)
    (day,) = (day for week in page.context["month"].weeks for day in week if day.is_today)
    assert [(line["time"], line["title"]) for line in day.lines] == [
        ("09:00", "Ida: Show the scent"),
        ("15:00", "Ida: Bring the cream"),
    ]
    assert page.text.count(day.lines[0]["address"]) == 2  # in the month, and in the list of a phone
    assert "Ida" not in as_boris.get(url).text


def test_today_tells_of_the_evening_and_of_open_steps(as_anna, anna):
    event = an_evening(anna, MONDAY_NOON + 8 * HOUR, title="Tonight at Petra's")
    EventStepFactory.create(event=event, text="Pack the candles")
    EventStepFactory.create(event=event, text="Long done", done_at=MONDAY_NOON)
    later = an_evening(anna, title="Next week")
    EventStepFactory.create(event=later, text="Not yet due")
    off = an_evening(anna, title="Called off", state="cancelled")
    EventStepFactory.create(event=off, text="In vain", due_on=MONDAY_NOON.date())
    page = as_anna.get(reverse("today")).text
    assert "Tonight at Petra&#x27;s" in page
    assert "Pack the candles" in page
    for absent in ("Long done", "Next week", "Not yet due", "Called off", "In vain"):
        assert absent not in page


def test_what_prepared_an_evening_is_past_with_it_but_thanks_are_not(as_anna, anna):
    event = an_evening(anna, MONDAY_NOON - DAY)
    EventStepFactory.create(event=event, text="Pack the candles", part="packing")
    EventStepFactory.create(event=event, text="Thank Petra", part="after")
    page = as_anna.get(reverse("today")).text
    assert "Thank Petra" in page
    assert "Pack the candles" not in page


def test_search_finds_evenings(as_anna, anna, as_boris):
    event = an_evening(anna, title="Harvest")
    assert event.get_absolute_url() in as_anna.get(reverse("search"), {"q": "harv"}).text
    assert event.get_absolute_url() not in as_boris.get(reverse("search"), {"q": "harv"}).text
