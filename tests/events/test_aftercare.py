"""Whom to get back to after an evening: proposed by rule, chosen and changed by the partner."""

import datetime as dt
from http import HTTPStatus

import pytest
from django.urls import reverse

from customers.models import FollowUp
from events import aftercare, evening
from partners import clock as the_clock
from tests.customers.pages import toasts, undo
from tests.event_factories import EventFactory, EventGuestFactory, EventStepFactory
from tests.factories import CustomerFactory, FollowUpFactory
from tests.harness.queries import costs
from tests.trust_factories import PermissionFactory

pytestmark = pytest.mark.usefixtures("english", "clock")

SUNDAY = dt.date(2026, 11, 22)  # the evening before the clock's noon
MONDAY, TUESDAY, WEDNESDAY = (SUNDAY + dt.timedelta(days=days) for days in (1, 2, 3))


@pytest.fixture
def party(anna):
    """Yesterday; the host got her thank-you already."""
    begun = the_clock.now() - dt.timedelta(hours=17)
    host = CustomerFactory(partner=anna, first_name="Petra")
    return EventFactory(host=host, starts_at=begun, rewarded_on=SUNDAY)


@pytest.fixture
def guest(party):
    def guest(name, **values):
        return EventGuestFactory(event=party, customer__first_name=name, **values)

    return guest


@pytest.fixture
def page(as_anna, party):
    address = reverse("event-aftercare", args=[party.pk])

    def send(**changes):
        groups = as_anna.get(address).context["groups"]
        forms = [form for _title, those in groups for form in those]
        data = {field.html_name: field.value() for form in forms for field in form}
        data = {name: value for name, value in (data | changes).items() if value}
        return as_anna.post(address, data)

    return send


def proposed(partner, party):
    found = aftercare.proposals(partner, evening.read(partner, party.pk))
    return [(one.customer.first_name, one.rule.key, one.day, one.is_chosen) for one in found]


CAME = {"answer": "yes", "presence": "attended"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (CAME, ("attended", TUESDAY, True)),
        (CAME | {"sales": 20}, ("bought", TUESDAY, True)),
        ({"sales": 20}, ("bought", TUESDAY, True)),
        (CAME | {"sales": 20, "wants_evening": True}, ("evening", MONDAY, True)),
        ({"answer": "no", "wants_privately": True}, ("privately", MONDAY, True)),
        ({"answer": "yes"}, ("no-show", TUESDAY, False)),
        ({"answer": "maybe", "presence": "no-show"}, ("no-show", TUESDAY, False)),
        ({"answer": "maybe"}, ("undecided", WEDNESDAY, True)),
        ({"answer": "waiting"}, ("undecided", WEDNESDAY, True)),
    ],
)
def test_each_guest_gets_the_one_proposal_that_matters_most(anna, party, guest, values, expected):
    guest("Ida", **values)
    assert proposed(anna, party) == [("Ida", *expected)]


@pytest.mark.parametrize("values", [{}, {"answer": "no"}])
def test_who_said_no_or_nothing_is_left_in_peace(anna, party, guest, values):
    guest("Ida", **values)
    assert proposed(anna, party) == []


def test_a_call_nobody_waits_for_needs_a_yes_to_calls(anna, party, guest):
    guest("Ole", **CAME)
    ida = guest("Ida", answer="yes")
    PermissionFactory(customer=ida.customer, channel="phone", said_at=the_clock.now())
    assert proposed(anna, party)[1] == ("Ida", "no-show", TUESDAY, True)


def test_nobody_is_missed_while_nothing_is_noted_of_who_came(anna, party, guest):
    ida = guest("Ida", answer="yes")
    PermissionFactory(customer=ida.customer, channel="phone", said_at=the_clock.now())
    assert proposed(anna, party) == [("Ida", "no-show", TUESDAY, False)]


def test_nobody_is_approached_twice(anna, party, guest):
    ida, uta = guest("Ida", **CAME), guest("Uta", **CAME)
    FollowUpFactory(customer=ida.customer, due=TUESDAY, what="Bring the cream")

    found = aftercare.proposals(anna, evening.read(anna, party.pk))

    assert [one.is_chosen for one in found] == [False, True]
    assert found[0].hint == "There is something planned: Bring the cream, tomorrow"
    assert uta.customer == found[1].customer


def test_not_more_than_five_on_one_day(anna, party, guest):
    for number in range(7):
        guest(f"Ida {number}", **CAME)
    days = [day for _name, _rule, day, _chosen in proposed(anna, party)]
    assert (days.count(TUESDAY), days.count(WEDNESDAY)) == (5, 2)


def test_a_promise_waits_for_no_other_day(anna, party, guest):
    for number in range(6):
        guest(f"Ida {number}", wants_privately=True)
    assert [day for _name, _rule, day, _chosen in proposed(anna, party)] == [MONDAY] * 6


def test_the_host_is_brought_her_thank_you(anna, party):
    assert aftercare.proposals(anna, evening.read(anna, party.pk), "15 %") == []

    anna.events.update(rewarded_on=None)
    (one,) = aftercare.proposals(anna, evening.read(anna, party.pk), "15 %")
    assert one.what == "Say thank you for the evening, and bring: 15 %"
    assert (one.customer, one.day, one.rule.kind) == (party.host, MONDAY, FollowUp.Kind.BRING)


def test_a_step_of_the_checklist_for_it_is_enough(anna, party):
    anna.events.update(rewarded_on=None)
    EventStepFactory(event=party, part="after", text="Call Petra and say thank you")
    (one,) = aftercare.proposals(anna, evening.read(anna, party.pk))
    assert not one.is_chosen


def test_what_is_chosen_is_planned_as_it_was_changed(as_anna, anna, guest, page):
    ida, uta = guest("Ida", **CAME, interest="eye shadow"), guest("Uta", **CAME)
    mine = ida.customer.pk.hex

    response = page(
        **{
            f"{mine}-what": "Show the eye shadow",
            f"{mine}-when": "fri 18",
            f"{uta.customer.pk.hex}-take": "",
        }
    )

    (follow_up,) = anna.followups.all()
    assert (follow_up.customer, follow_up.what) == (ida.customer, "Show the eye shadow")
    assert (follow_up.due_on, follow_up.due_time) == (dt.date(2026, 11, 27), dt.time(18))
    assert toasts(response) == ["1 follow-up is planned."]
    undo(as_anna, response)
    assert not anna.followups.exists()


def test_a_hidden_guest_with_a_follow_up_is_seen(anna, guest, page):
    guest("Ida", wants_privately=True, customer__is_hidden=True)
    page()
    assert anna.customers.filter(first_name="Ida").exists()


def test_the_same_page_sent_twice_plans_once(as_anna, anna, party, guest):
    guest("Ida", **CAME)
    address = reverse("event-aftercare", args=[party.pk])
    ((_title, (form,)),) = as_anna.get(address).context["groups"]
    data = {field.html_name: field.value() for field in form}

    as_anna.post(address, data)
    as_anna.post(address, data)

    assert anna.followups.count() == 1


def test_a_day_that_is_not_understood_is_told_and_nothing_is_planned(anna, guest, page):
    ida = guest("Ida", **CAME)
    response = page(**{f"{ida.customer.pk.hex}-when": "soonish"})
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "We do not understand" in response.text
    assert not anna.followups.exists()


def test_the_page_costs_the_same_for_one_guest_or_three(as_anna, party, guest):
    address = reverse("event-aftercare", args=[party.pk])
    guest("Ida", **CAME)
    as_anna.get(address)
    with costs(9):
        as_anna.get(address)
    guest("Uta", **CAME)
    guest("Eva", **CAME)
    with costs(9):
        as_anna.get(address)
