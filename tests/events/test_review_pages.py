"""Odd input, second tabs, people in the bin: the pages of evenings and of the club bear it."""

import datetime as dt
from decimal import Decimal
from http import HTTPStatus

import pytest
from django.urls import reverse

from customers import actions
from customers.actions.people import remove_customer
from customers.models import Customer, FollowUp
from events import aftercare, evening, plan_today, rewards
from events.actions import closing, clubbing, planning, rewarding, steps, templates
from events.models import (
    Benefit,
    BenefitUse,
    Club,
    Event,
    EventGuest,
    EventStep,
    EventTemplate,
    Membership,
    RewardTier,
    TemplateStep,
)
from partners import changes
from partners import clock as the_clock
from tests.customers.pages import typed_over, undo
from tests.event_factories import (
    BenefitFactory,
    ClubFactory,
    EventFactory,
    EventGuestFactory,
    EventStepFactory,
    EventTemplateFactory,
    MembershipFactory,
    RewardTierFactory,
    TemplateStepFactory,
)
from tests.factories import AddressFactory, CustomerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "clock")]

HOUR = dt.timedelta(hours=1)
DAY = 24 * HOUR


@pytest.fixture
def party(anna):
    """Yesterday evening at Petra's."""
    begun = the_clock.now() - 17 * HOUR
    petra = CustomerFactory(partner=anna, first_name="Petra", last_name="Pohl", formality="du")
    return EventFactory(host=petra, starts_at=begun, title="Autumn evening")


def url(name, *args):
    return reverse(name, args=args)


def bin_(partner, *rows):
    changes.remove(changes.Act(partner, partner.user, "test"), *rows)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2027-02-31", "\x00", "x"])
def test_a_day_far_from_all_calendars_is_borne(as_anna, day):
    add = url("event-add")
    assert as_anna.get(add, {"day": day, "start": "23:00"}).status_code == HTTPStatus.OK
    sent = {"day": day, "start": "00:30", "place": "own", "template": ""}
    assert as_anna.post(add, sent).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_an_evening_in_the_hour_that_summer_time_skips_has_an_end(as_anna, anna):
    sent = {"day": "2027-03-28", "start": "02:30", "end": "03:00", "place": "own", "title": "Night"}
    assert as_anna.post(url("event-add"), sent).status_code == HTTPStatus.FOUND
    event = anna.events.get()
    assert event.ends_at > event.starts_at


@pytest.mark.parametrize("name", ["event-list", "search", "event-compare", "event-month"])
def test_a_nul_finds_nothing(as_anna, anna, name):
    EventFactory(host__partner=anna)
    odd = dict.fromkeys(("q", "month", "template", "host", "page", "kind", "state"), "\x00a")
    assert as_anna.get(url(name), odd).status_code == HTTPStatus.OK


def test_a_nul_finds_no_member(as_anna, anna):
    ClubFactory(partner=anna)
    for name in ("club-member-list", "club-member-add"):
        assert as_anna.get(url(name), {"q": "\x00a"}).status_code == HTTPStatus.OK


def test_forgotten_results_do_not_crowd_out_today(anna):
    for days in range(12):
        begun = the_clock.now() - (days + 2) * DAY
        EventFactory(host__partner=anna, starts_at=begun)
    tonight = EventFactory(host__partner=anna, starts_at=the_clock.now() + 3 * HOUR)
    shown = [line["address"] for line in plan_today.for_today(anna).evenings]
    assert tonight.get_absolute_url() in shown


def test_the_two_templates_come_again_when_they_are_asked_for(as_anna, anna):
    as_anna.post(url("template-start"))
    for template in anna.eventtemplates.all():
        as_anna.post(url("template-remove", template.pk))
    as_anna.post(url("template-start"))
    assert anna.eventtemplates.count() == 2
    as_anna.post(url("template-start"))
    assert anna.eventtemplates.count() == 2


def test_a_host_in_the_bin_is_neither_thanked_nor_followed_up(as_anna, anna, party):
    bin_(anna, party.host)
    assert as_anna.get(url("event-thanks", party.pk)).status_code == HTTPStatus.NOT_FOUND
    assert "Petra" not in as_anna.get(url("event-result", party.pk)).text
    assert aftercare.proposals(anna, evening.read(anna, party.pk)) == []
    assert as_anna.get(url("event-list"), {"when": "past"}).text.count("Petra") == 0


def test_a_chain_leads_to_no_deleted_evening(as_anna, anna, party):
    led = EventFactory(host=party.host, booked_from=party)
    bin_(anna, party)
    page = as_anna.get(url("event-detail", led.pk)).text
    assert party.get_absolute_url() not in page


def test_nobody_was_missed_at_an_evening_that_was_called_off(as_anna, anna, party):
    EventGuestFactory(event=party, answer="yes")
    planning.cancel(anna, anna.user, party, "ill")
    answer = as_anna.get(url("event-aftercare", party.pk))
    assert answer.status_code == HTTPStatus.FOUND


def test_sums_beyond_all_columns_close_an_evening(as_anna, anna, party):
    RewardTierFactory(partner=anna, min_sales=1, value=100)
    for _ in range(110):
        EventGuestFactory(event=party, presence="attended", sales=Decimal("999999.99"), orders=999)
    as_anna.post(url("event-close", party.pk), {"row_version": party.version})
    party.refresh_from_db()
    assert party.is_closed


def test_no_kilometre_is_paid_backwards(as_anna, party):
    sent = {"per_kilometre": "-0.30", "row_version": party.version}
    page = as_anna.post(url("event-result", party.pk), sent)
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_half_a_cent_is_rounded_up(anna):
    tier = RewardTier(kind="percent", value=Decimal(15), min_sales=0)
    assert rewards.worth(tier, Decimal("61.50")) == Decimal("9.23")


def test_undoing_follow_ups_hides_a_guest_again(as_anna, anna, party):
    party.host = None
    party.save()
    guest = EventGuestFactory(event=party, answer="maybe", customer__is_hidden=True)
    page = as_anna.get(url("event-aftercare", party.pk))
    form = page.context["groups"][0][1][0]
    data = {field.html_name: field.value() for field in form}
    data[form["when"].html_name] = "tomorrow"
    answer = as_anna.post(url("event-aftercare", party.pk), data)
    person = Customer.unscoped_with_bin.get(pk=guest.customer_id)
    assert FollowUp.unscoped.filter(customer=person).exists()
    assert not person.is_hidden
    undo(as_anna, answer)
    person.refresh_from_db()
    assert person.is_hidden


def test_joining_twice_is_harmless(as_anna, anna):
    ClubFactory(partner=anna)
    ida = CustomerFactory(partner=anna)
    for _ in range(2):
        answer = as_anna.post(url("club-member-add"), {"ids": str(ida.pk), "since": "2026-11-01"})
        assert answer.status_code == HTTPStatus.FOUND
    assert anna.memberships.count() == 1


def test_a_number_given_to_another_since_stays_theirs(anna):
    club = ClubFactory(partner=anna)
    one, two = (MembershipFactory(club=club, number=number) for number in (1, 2))
    first = clubbing.edit_membership(anna, anna.user, one, {"number": 50})
    clubbing.edit_membership(anna, anna.user, two, {"number": 1})
    assert actions.undo(anna, anna.user, first.id) == 1
    assert Membership.unscoped.get(pk=one.pk).number == 50


def test_another_host_means_another_home(as_anna, anna, party):
    Event.unscoped.filter(pk=party.pk).update(street="Petras Weg 1", city="Ulm")
    maria = CustomerFactory(partner=anna, first_name="Maria", last_name="Maler")
    AddressFactory(customer=maria, street="Marias Weg 2", city="Bonn")
    sent = typed_over(as_anna, url("event-edit", party.pk), host_name="Maria Maler")
    answer = as_anna.post(url("event-edit", party.pk), sent)
    party.refresh_from_db()
    assert (party.street, party.city) == ("Marias Weg 2", "Bonn")
    undo(as_anna, answer)
    party.refresh_from_db()
    assert (party.street, party.city) == ("Petras Weg 1", "Ulm")


def test_a_copy_for_somebody_else_asks_nothing_twice(as_anna, anna, party):
    CustomerFactory(partner=anna, first_name="Maria", last_name="Maler")
    sent = typed_over(as_anna, url("event-copy", party.pk), host_name="Maria", day="2026-12-20")
    answer = as_anna.post(url("event-copy", party.pk), sent)
    assert answer.status_code == HTTPStatus.FOUND
    assert anna.events.get(booked_from=None, state="planned", starts_at__gt=the_clock.now()).host


def test_no_filter_offers_people_whom_no_list_shows(as_anna):
    page = as_anna.get("/customers/filter/").text
    assert "not heard of for long" in page
    assert "guests who never came" not in page


def test_a_deleted_host_leaves_the_evening(as_anna, anna, party):
    remove_customer(anna, anna.user, party.host)
    assert as_anna.get(party.get_absolute_url()).status_code == HTTPStatus.OK
    assert as_anna.get(url("event-edit", party.pk)).status_code == HTTPStatus.OK
    assert as_anna.get(url("event-copy", party.pk)).status_code == HTTPStatus.OK


def test_locked_people_are_not_asked_with_the_club(as_anna, anna, party):
    club = ClubFactory(partner=anna)
    MembershipFactory(club=club, customer__restricted_at=the_clock.now())
    coming = EventFactory(host=party.host)
    as_anna.post(url("club-invite", coming.pk))
    assert not anna.eventguests.exists()


def test_who_saves_a_result_after_closing_elsewhere_is_told(as_anna, anna, party):
    guest = EventGuestFactory(event=party, answer="yes")
    Event.unscoped.filter(pk=party.pk).update(state="closed")
    answer = as_anna.post(url("event-result", party.pk), {f"{guest.pk.hex}-sales": "12"})
    assert answer.status_code == HTTPStatus.CONFLICT


def rows(partner):
    """All that a partner's evenings and club say; the sequence alone goes on in calendars."""
    models = (
        *(Event, EventGuest, EventStep, EventTemplate, TemplateStep, Club, Benefit),
        *(Membership, BenefitUse, RewardTier, Customer, FollowUp),
    )
    return {
        (model.__name__, row.pk): changes.plain(changes.facts(row)) | {"sequence": None}
        for model in models
        for row in getattr(model, "unscoped_with_hidden", model.unscoped).filter(partner=partner)
    }


@pytest.fixture
def acts(anna, party):
    """Whatever can be done here, each as one act."""
    me, club = anna.user, ClubFactory(partner=anna)
    ida = EventGuestFactory(event=party, answer="yes", customer__is_hidden=True, origin="named")
    EventStepFactory(event=party)
    step = EventStepFactory(event=party, days=-2)
    template = EventTemplateFactory(partner=anna)
    first, second = (TemplateStepFactory(template=template) for _ in range(2))
    member = MembershipFactory(club=club, number=7)
    left = MembershipFactory(club=club, number=8, until=dt.date(2026, 1, 1))
    benefit = BenefitFactory(club=club)
    tier = RewardTierFactory(partner=anna)
    later = planning.moved(dt.date(2026, 12, 30), dt.time(23), dt.time(1), anna.zone)
    maria = Customer(partner=anna, first_name="Maria", last_name="")
    coming = EventFactory.build(host=maria, partner=anna, title="")

    def read():
        return evening.read(anna, party.pk)

    def now(row):
        return type(row).unscoped.get(pk=row.pk)

    return [
        lambda: planning.create(anna, me, coming, template),
        lambda: planning.change(anna, me, read().event, **later, title="x", host=party.host),
        lambda: planning.cancel(anna, me, read().event, "ill"),
        lambda: planning.remove(anna, me, read().event),
        lambda: templates.remove(anna, me, now(template)),
        lambda: templates.order_steps(anna, me, [now(second), now(first)]),
        lambda: steps.tick(anna, me, now(step), done=True),
        lambda: closing.record(
            anna, me, read().event, {"cost_gift": Decimal(3)}, [(read().guests[0], {"sales": 5})]
        ),
        lambda: closing.close(anna, me, read(), went_well="all"),
        lambda: closing.thank(anna, me, read().event, dt.date(2026, 11, 23)),
        lambda: clubbing.join(anna, me, club, [ida.customer, left.customer], club.since)[0],
        lambda: clubbing.leave(anna, me, now(member)),
        lambda: clubbing.give(anna, me, benefit, member, club.since),
        lambda: clubbing.remove_benefit(anna, me, now(benefit)),
        lambda: rewarding.remove_tier(anna, me, now(tier)),
    ]


def test_each_act_taken_back_leaves_every_row_as_it_was(anna, acts):
    for number, act in enumerate(acts):
        before = rows(anna)
        done = act()
        assert rows(anna) != before, number
        assert actions.undo(anna, anna.user, done.id) == 0, number
        assert rows(anna) == before, number


def test_answers_until_the_year_one_are_refused(as_anna, party):
    page = url("event-edit", party.pk)
    sent = typed_over(as_anna, page, answer_until="0001-01-01T00:00")
    assert as_anna.post(page, sent).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_an_evening_deleted_or_of_another_stops_no_booking(as_anna, anna, boris, party):
    theirs = EventFactory(host__partner=boris)
    bin_(anna, party)
    for number, gone in enumerate((party, theirs)):
        sent = {"day": f"2026-12-1{number}", "start": "19:30", "place": "own", "title": "Next"}
        answer = as_anna.post(url("event-add"), sent | {"booked_from": str(gone.pk)})
        assert answer.status_code == HTTPStatus.FOUND
    assert set(anna.events.values_list("booked_from", flat=True)) == {None}
