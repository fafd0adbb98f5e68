"""Evenings beside one another: one's own alone, closed ones alone, as bars and as a table."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from events import compare
from partners import clock as the_clock
from tests.event_factories import EventFactory, EventTemplateFactory
from tests.factories import CustomerFactory
from tests.harness.queries import costs

pytestmark = pytest.mark.usefixtures("english", "clock")

PAGE = reverse("event-compare")


@pytest.fixture
def petra(anna):
    return CustomerFactory(partner=anna, first_name="Petra")


@pytest.fixture
def closed(petra):
    """So many days ago."""

    def closed(days, **values):
        begun = the_clock.now() - dt.timedelta(days=days)
        known = {"host": petra, "starts_at": begun, "state": "closed", "came": 8, "sales": 400}
        return EventFactory(**(known | values))

    return closed


def test_guests_sales_per_guest_and_booking_rate(anna, petra, closed):
    party = closed(7)
    for state in ("planned", "closed", "cancelled"):
        EventFactory(host=petra, booked_from=party, state=state, came=0)
    closed(14, came=0, sales=None)

    _led_to, row, nobody = compare.compared(list(compare.evenings(anna))).rows

    assert (row.came, row.per_guest, row.bookings, row.rate) == (8, Decimal(50), 2, 25)
    assert (nobody.per_guest, nobody.rate) == (0, 0)


def test_bars_are_measured_by_the_highest(closed, anna):
    closed(7, came=4)
    closed(14, came=8)
    told = compare.compared(list(compare.evenings(anna)))
    assert [(bar.percent, bar.figure) for bar in told.guests] == [(50, "4"), (100, "8")]


def test_the_newer_half_is_held_against_the_older_one(as_anna, closed):
    for week in range(6):
        closed(7 * week + 1, came=10 if week < 3 else 5)
    page = as_anna.get(PAGE).text
    assert "Your last 3 evenings: on average 10.0 guests, €40 per guest" in page
    assert "The 3 before: 5.0 guests, €80" in page


def test_only_what_is_closed_and_ones_own_is_shown(as_anna, closed):
    closed(7, title="Mine")
    closed(6, title="Open still", state="held")
    EventFactory(title="Of Boris", state="closed", came=3)
    page = as_anna.get(PAGE).text
    assert "Mine" in page
    assert "Open still" not in page
    assert "Of Boris" not in page


def test_filtered_by_template_and_host(as_anna, anna, petra, closed):
    autumn = EventTemplateFactory(partner=anna)
    ida = CustomerFactory(partner=anna, first_name="Ida")
    closed(7, title="At Petra's", template=autumn)
    closed(8, title="At Ida's", host=ida)

    def titles(**query):
        rows = as_anna.get(PAGE, query).context["comparison"].rows
        return [row.event.title for row in rows]

    assert titles(template=autumn.pk) == ["At Petra's"]
    assert titles(host=ida.pk) == ["At Ida's"]
    assert titles(host=petra.pk, template=autumn.pk) == ["At Petra's"]
    assert titles(host="nonsense") == ["At Petra's", "At Ida's"]


def test_the_page_costs_the_same_for_one_evening_or_three(as_anna, closed):
    closed(7)
    as_anna.get(PAGE)
    with costs(6):
        as_anna.get(PAGE)
    closed(8)
    closed(9)
    with costs(6):
        as_anna.get(PAGE)
