"""Guests who never came are proposed for deletion ninety days after."""

import datetime as dt

import pytest
from django.utils import translation

from customers import actions, duties
from customers.models import Customer
from partners import clock
from tests.event_factories import EventFactory, EventGuestFactory
from tests.factories import CustomerFactory, FollowUpFactory
from tests.harness.queries import costs

pytestmark = pytest.mark.usefixtures("clock")

NINETY_ONE = dt.timedelta(days=91)


def hidden(anna, first_name: str, **fields) -> Customer:
    return CustomerFactory.create(
        partner=anna, first_name=first_name, stage="guest", is_hidden=True, **fields
    )


def unseen(anna) -> list[str]:
    people = duties.unseen(anna, clock.today(anna.zone))
    return sorted(people.values_list("first_name", flat=True))


def evening(anna, ago: dt.timedelta):
    return EventFactory.create(host__partner=anna, starts_at=clock.now() - ago)


@pytest.fixture
def asked_long_ago(anna) -> Customer:
    person = hidden(anna, "Nora", created_at=clock.now() - 2 * NINETY_ONE)
    EventGuestFactory.create(event=evening(anna, NINETY_ONE), customer=person)
    return person


def test_who_never_came_is_named_after_ninety_days_and_not_before(clock, anna, asked_long_ago):
    person = hidden(anna, "Ida", created_at=asked_long_ago.created_at)
    EventGuestFactory.create(event=evening(anna, dt.timedelta(days=80)), customer=person)
    hidden(anna, "Ole", created_at=asked_long_ago.created_at + NINETY_ONE * 1.5)
    assert unseen(anna) == ["Nora"]

    clock.shift(dt.timedelta(days=11))
    assert unseen(anna) == ["Ida", "Nora"]


def test_the_line_on_heute_says_so_in_its_one_statement(anna, asked_long_ago, boris):
    with translation.override("en"), costs(1):
        assert "1 guest never came" in duties.line(anna, clock.today(anna.zone))
    assert duties.line(boris, clock.today(boris.zone)) == ""


@pytest.mark.parametrize("chosen", ["ids", "query"])
@pytest.mark.parametrize("does", ["delete", "keep"])
def test_they_are_settled_on_the_page_of_duties(as_anna, anna, asked_long_ago, does, chosen):
    group = next(
        one for one in as_anna.get("/customers/duties/").context["groups"] if one.name == "unseen"
    )
    said = {"ids": asked_long_ago.pk} if chosen == "ids" else {"query": group.query}

    as_anna.post("/customers/duties/", said | {"do": does, "row_id": group.row_id})

    assert unseen(anna) == []
    asked_long_ago.refresh_from_db()
    assert (asked_long_ago.deleted_at is None) == (does == "keep")
    assert asked_long_ago.is_hidden == (does == "delete")


def test_who_asks_the_list_for_them_is_led_to_where_they_are(as_anna, asked_long_ago):
    answer = as_anna.get("/customers/", {"duty": "unseen"}, follow=True)

    assert answer.redirect_chain == [("/customers/duties/", 302)]
    assert "Nora" in answer.text


def test_no_list_finds_a_hidden_guest_and_a_promise_reveals_them(as_anna, anna, asked_long_ago):
    assert "Nora" not in as_anna.get("/customers/").text
    promised = FollowUpFactory.create(customer=asked_long_ago)

    assert "Nora" in as_anna.get("/customers/").text
    assert actions.faded(promised.partner) == 0
