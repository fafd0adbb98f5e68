"""After the evening: sums, costs, the host's thank-you, closing, and opening again."""

import datetime as dt
from decimal import Decimal
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import translation

from events import evening, result
from events.models import Event, EventGuest
from events.money import euros
from partners import clock as the_clock
from tests.customers.pages import toasts, typed_over, undo
from tests.event_factories import EventFactory, EventGuestFactory, RewardTierFactory
from tests.factories import CustomerFactory
from tests.harness.queries import costs
from tests.trust_factories import RecommendationFactory

pytestmark = pytest.mark.usefixtures("english", "clock")

YES, ATTENDED = EventGuest.Answer.YES, EventGuest.Presence.ATTENDED


@pytest.fixture
def party(anna):
    """Yesterday evening at Petra's."""
    begun = the_clock.now() - dt.timedelta(hours=17)
    petra = CustomerFactory(partner=anna, first_name="Petra", last_name="Pohl")
    return EventFactory(host=petra, starts_at=begun, title="Autumn evening")


@pytest.fixture
def comes(party):
    def comes(name, **values):
        known = {"answer": YES, "presence": ATTENDED} | values
        return EventGuestFactory(event=party, customer__first_name=name, **known)

    return comes


def url(name, event):
    return reverse(name, args=[event.pk])


def typed(client, event, lines=(), **values):
    """What the page of the result would send, some of it typed anew."""
    address = url("event-result", event)
    form = client.get(address).context["form"]
    fields = [*form, *(field for line in form.guests for field in line)]
    data = {field.html_name: field.value() for field in fields}
    data |= {
        field.html_initial_name: field.value()
        for field in fields
        if field.field.show_hidden_initial
    }
    data |= values
    for guest, said in lines:
        data |= {f"{guest.pk.hex}-{name}": value for name, value in said.items()}
    return {name: value for name, value in data.items() if value not in {None, False, ""}}


def note(client, event, lines=(), **values):
    return client.post(url("event-result", event), typed(client, event, lines, **values))


def reward(anna, sales, share, buyers=0):
    return RewardTierFactory(partner=anna, min_sales=sales, min_buyers=buyers, value=share)


# --- noting it ---


def test_sums_costs_and_kilometres_tell_what_remains(as_anna, party, comes):
    ida, uta = comes("Ida", companions=1), comes("Uta")

    note(
        as_anna,
        party,
        [(ida, {"sales": "1.062,50 €"}), (uta, {"sales": "100", "orders": "2"})],
        other_sales="37,50",
        cost_goods="10",
        cost_catering="12,50",
        cost_gift="20",
        kilometres="27",
        share="25",
        hours="5",
    )

    party.refresh_from_db()
    told = result.of(evening.read(party.partner, party.pk))
    assert (told.came, told.buyers, told.orders) == (3, 3, 4)
    assert told.sales == Decimal(1200)
    assert (told.per_guest, told.per_order) == (400, 300)
    assert (told.mileage, told.costs) == (Decimal("8.10"), Decimal("50.60"))
    assert (told.earnings, told.per_hour) == (Decimal("249.40"), Decimal("49.88"))
    assert party.state == Event.State.HELD


def test_who_is_ticked_or_orders_joins_the_circle_and_undo_takes_it_back(as_anna, party, comes):
    hidden = {"customer__is_hidden": True, "customer__stage": "guest", "origin": "signed-up"}
    ida = comes("Ida", presence="", **hidden)
    uta = comes("Uta", presence="", answer="no", **hidden)

    response = note(as_anna, party, [(ida, {"came": "on"}), (uta, {"sales": "20"})])

    ida.refresh_from_db()
    assert ida.has_come
    assert party.partner.customers.filter(first_name__in=["Ida", "Uta"]).count() == 2
    undo(as_anna, response)
    assert not party.partner.customers.filter(first_name__in=["Ida", "Uta"]).exists()
    assert not party.partner.eventguests.exclude(presence="", sales=0).exists()


def test_an_old_page_undoes_no_tap_at_the_door(as_anna, party, comes):
    ida, uta = comes("Ida", presence=""), comes("Uta")
    old = typed(as_anna, party, [(uta, {"sales": "30"})])
    party.partner.eventguests.filter(pk=ida.pk).update(presence=ATTENDED)

    as_anna.post(url("event-result", party), old)

    ida.refresh_from_db()
    uta.refresh_from_db()
    assert (ida.has_come, uta.sales, uta.orders) == (True, 30, 1)


def test_a_wrong_sum_is_told_beside_it_and_nothing_is_stored(as_anna, party, comes):
    ida = comes("Ida")

    response = note(as_anna, party, [(ida, {"sales": "-5"})], cost_goods="5")

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "greater than or equal to 0" in response.text
    party.refresh_from_db()
    assert party.cost_goods == 0


def test_what_is_typed_is_added_up_before_it_is_stored(as_anna, anna, party, comes):
    reward(anna, 300, 15)
    ida = comes("Ida")
    data = typed(as_anna, party, [(ida, {"sales": "262"})])

    told = as_anna.post(url("event-result-sums", party), data).text

    assert "€262" in told
    assert 'href="#gift"' not in told  # a fragment knows where the icons are
    assert "€38 to go until: 15\xa0% of the sales" in told
    ida.refresh_from_db()
    assert ida.sales == 0


def test_the_share_is_remembered_from_the_evening_before(as_anna, anna, party):
    EventFactory(host=party.host, share=22, state="closed")

    form = as_anna.get(url("event-result", party)).context["form"]

    assert form["share"].value() == "22"


def test_before_the_evening_there_is_nothing_to_type(as_anna, party):
    ahead = EventFactory(host=party.host)

    assert "still ahead" in as_anna.get(url("event-result", ahead)).text
    as_anna.post(url("event-result", ahead), {"other_sales": "99"})
    ahead.refresh_from_db()
    assert (ahead.other_sales, ahead.state) == (0, Event.State.PLANNED)


def test_bookings_contacts_and_recommendations_of_the_evening_are_told(as_anna, party, comes):
    ida = comes("Ida", origin="walk-in")
    EventFactory(host=ida.customer, booked_from=party)
    EventFactory(host=ida.customer, booked_from=party, state="cancelled")
    RecommendationFactory(recommender=ida.customer, recommended_on=party.day)
    RecommendationFactory(recommender=party.host, recommended_on=dt.date(2026, 1, 1))

    page = as_anna.get(url("event-result", party)).text

    assert "1 evening was booked" in page
    assert "1 new contact<" in page
    assert "1 recommendation that day" in page


def test_the_page_costs_the_same_for_one_guest_or_three(as_anna, anna, party, comes):
    reward(anna, 100, 10)
    comes("Ida")
    as_anna.get(url("event-result", party))
    with costs(10):
        as_anna.get(url("event-result", party))
    comes("Uta")
    comes("Eva")
    with costs(10):
        as_anna.get(url("event-result", party))


# --- the host's thank-you ---


def test_the_thank_you_is_noted_as_given_and_taken_back(as_anna, party):
    response = as_anna.post(url("event-thanks", party))

    party.refresh_from_db()
    assert party.rewarded_on == dt.date(2026, 11, 23)
    undo(as_anna, response)
    party.refresh_from_db()
    assert party.rewarded_on is None


def test_the_host_is_thanked_as_the_partner_speaks_with_them(as_anna, party):
    party.host.formality = "du"
    party.host.save()
    assert "Hello Petra," in as_anna.get(url("event-thanks", party)).text
    party.host.formality = "sie"
    party.host.save()
    assert "Good day Petra Pohl," in as_anna.get(url("event-thanks", party)).text
    party.host.salutation, party.host.title = "ms", "Dr."
    party.host.save()
    assert "Good day Ms Dr. Pohl," in as_anna.get(url("event-thanks", party)).text


# --- closing ---


def test_closing_freezes_the_result_whatever_changes_later(as_anna, anna, party, comes):
    tier = reward(anna, 100, 10)
    ida, uta = comes("Ida", sales=412, orders=1), comes("Uta", presence="")

    as_anna.post(
        url("event-close", party),
        typed_over(as_anna, url("event-close", party), went_well="The candles"),
    )

    tier.value = 50
    tier.save()
    ida.delete()
    uta.refresh_from_db()
    assert uta.presence == EventGuest.Presence.NO_SHOW
    told = result.of(evening.read(anna, party.pk), anna.rewardtiers.all())
    assert (told.came, told.buyers, told.orders, told.sales) == (1, 1, 1, 412)
    assert told.reward == "10\xa0% of the sales (€41.20)"
    assert "The candles" in as_anna.get(url("event-result", party)).text


def test_both_questions_can_be_skipped_and_closing_taken_back(as_anna, party):
    response = as_anna.post(
        url("event-close", party), typed_over(as_anna, url("event-close", party))
    )

    assert toasts(response) == ["Closed. Well done!"]
    undo(as_anna, response)
    party.refresh_from_db()
    assert (party.state, party.sales, party.closed_at) == (Event.State.PLANNED, None, None)


def test_a_closed_evening_is_opened_again_for_a_late_order(as_anna, anna, party, comes):
    reward(anna, 100, 10)
    ida = comes("Ida", sales=99, orders=1)
    close = url("event-close", party)
    as_anna.post(close, typed_over(as_anna, close, next_time="Less talk"))
    as_anna.post(url("event-result", party), {"other_sales": "500"})

    as_anna.post(url("event-reopen", party))
    note(as_anna, party, [(ida, {"sales": "100"})])
    as_anna.post(close, typed_over(as_anna, close))

    party.refresh_from_db()
    assert (party.sales, party.reward_worth, party.next_time) == (100, 10, "Less talk")


def test_a_second_tap_on_close_changes_nothing(as_anna, party):
    data = typed_over(as_anna, url("event-close", party))
    as_anna.post(url("event-close", party), data)
    party.refresh_from_db()
    as_anna.post(url("event-close", party), data)

    before = party.closed_at
    party.refresh_from_db()
    assert party.closed_at == before


def test_a_tick_taken_away_hides_a_new_guest_again(as_anna, party, comes):
    uta = comes("Uta", customer__stage="guest", origin="signed-up")

    note(as_anna, party, [(uta, {"came": ""})])

    uta.refresh_from_db()
    assert not uta.has_come
    assert not party.partner.customers.filter(first_name="Uta").exists()


def test_money_that_is_lost_has_a_real_minus():
    with translation.override("de"):
        assert euros(Decimal("-3.3")) == "−3,30\N{NO-BREAK SPACE}€"
    with translation.override("en"):
        assert euros(Decimal(-1200)) == "−€1,200"
        assert euros(Decimal("-0.001")) == "€0"
