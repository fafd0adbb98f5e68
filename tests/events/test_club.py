"""The customer club: who belongs to it, what they get, what it costs and brings."""

import datetime as dt
import re
from http import HTTPStatus

import pytest
from django.urls import reverse

from customers import preference
from customers.models import Customer
from events import club
from events.actions import clubbing
from events.models import Club, Event, EventGuest, Membership
from partners import clock
from tests.event_factories import (
    BenefitFactory,
    BenefitUseFactory,
    ClubFactory,
    EventFactory,
    EventGuestFactory,
    MembershipFactory,
)
from tests.factories import CustomerFactory
from tests.harness.queries import costs
from tests.trust_factories import RecommendationFactory

HERE = reverse("club")


@pytest.fixture
def circle(anna) -> Club:
    return ClubFactory.create(partner=anna, name="Kaffeekreis")


def person(partner, name: str, **more) -> Customer:
    return CustomerFactory.create(partner=partner, first_name=name, last_name="", **more)


def join(circle, *people) -> list[Membership]:
    partner = circle.partner
    _act, joined = clubbing.join(partner, partner.user, circle, people, clock.today(partner.zone))
    return joined


def undo(client, response) -> None:
    page = client.get(response.url).content.decode()
    act = re.findall(r"undo/([0-9a-f-]{36})", page)[-1]
    client.post(reverse("undo", args=[act]))


def numbers(partner) -> dict[str, int]:
    return {row.customer.first_name: row.number for row in club.members(partner)}


def test_a_club_is_founded_with_a_name(as_anna, anna):
    assert "Kundenclub" in as_anna.get(HERE).content.decode()

    as_anna.post(reverse("club-edit"), {"name": "Kaffeekreis", "since": "2026-03-01"})

    assert anna.clubs.get().name == "Kaffeekreis"
    assert "Kaffeekreis" in as_anna.get(HERE).content.decode()


def test_who_is_ticked_joins_with_the_next_number(as_anna, anna, circle):
    petra, meike, _olga = (person(anna, name) for name in ("Petra", "Meike", "Olga"))
    data = {"ids": [petra.pk, meike.pk], "since": clock.today(anna.zone)}

    as_anna.post(reverse("club-member-add"), data)

    assert numbers(anna) == {"Meike": 1, "Petra": 2}
    page = as_anna.get(reverse("club-member-add")).content.decode()
    assert "Olga" in page
    assert "Meike" not in page


def test_nobody_joins_from_another_circle_or_unseen(as_anna, anna, boris, circle):
    strangers = [person(boris, "Ben"), person(anna, "Heike", is_hidden=True)]
    data = {"ids": [one.pk for one in strangers], "since": clock.today(anna.zone)}

    response = as_anna.post(reverse("club-member-add"), data)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not numbers(anna)


def test_a_number_stays_with_whoever_comes_back(as_anna, anna, circle):
    petra, meike = person(anna, "Petra"), person(anna, "Meike")
    [membership] = join(circle, petra)
    as_anna.post(reverse("club-leave", args=[membership.pk]))
    join(circle, meike)
    assert numbers(anna) == {"Meike": 2}

    as_anna.post(reverse("club-join", args=[petra.pk]))

    assert numbers(anna) == {"Petra": 1, "Meike": 2}


def test_joining_and_leaving_can_be_taken_back(as_anna, anna, circle):
    petra = person(anna, "Petra")

    undo(as_anna, as_anna.post(reverse("club-join", args=[petra.pk])))
    assert not numbers(anna)

    as_anna.post(reverse("club-join", args=[petra.pk]))
    membership = anna.memberships.get()
    undo(as_anna, as_anna.post(reverse("club-leave", args=[membership.pk])))
    assert list(numbers(anna)) == ["Petra"]


def test_a_number_from_an_old_card_is_kept_and_given_once(as_anna, anna, circle):
    petra, meike = join(circle, person(anna, "Petra"), person(anna, "Meike"))
    address = reverse("club-member-edit", args=[petra.pk])
    data = {"number": 40, "since": "2019-05-01", "row_version": petra.version}

    as_anna.post(address, data)
    taken = as_anna.post(
        reverse("club-member-edit", args=[meike.pk]), data | {"row_version": meike.version}
    )
    join(circle, person(anna, "Olga"))

    assert taken.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert numbers(anna) == {"Meike": 2, "Petra": 40, "Olga": 41}


def test_a_benefit_is_given_in_two_taps_and_once_a_day(as_anna, anna, circle):
    [petra] = join(circle, person(anna, "Petra"))
    benefit = BenefitFactory.create(club=circle, name="Kaffeetasse", cost=7)
    address = reverse("club-give", args=[petra.pk])

    as_anna.post(address, {"benefit": benefit.pk})
    as_anna.post(address, {"benefit": benefit.pk})
    as_anna.post(
        reverse("benefit-edit", args=[benefit.pk]),
        {"name": "Kaffeetasse", "cost": "9", "row_version": benefit.version},
    )

    use = anna.benefituses.get()
    assert (use.cost, use.given_on) == (7, clock.today(anna.zone))
    undo(as_anna, as_anna.post(reverse("club-take-back", args=[use.pk])))
    assert anna.benefituses.count() == 1


def test_a_benefit_of_another_partner_is_given_to_nobody(as_anna, anna, boris, circle):
    [petra] = join(circle, person(anna, "Petra"))
    foreign = BenefitFactory.create(club__partner=boris)

    response = as_anna.post(reverse("club-give", args=[petra.pk]), {"benefit": foreign.pk})

    assert response.status_code == HTTPStatus.NOT_FOUND
    assert not anna.benefituses.exists()


def test_the_birthdays_of_members_come_up(as_anna, anna, circle, clock):
    clock.move_to(dt.datetime(2027, 2, 20, 10, tzinfo=dt.UTC))
    petra, meike, olga = (
        person(anna, name, birth_day=day, birth_month=month)
        for name, day, month in (("Petra", 29, 2), ("Meike", 3, 3), ("Olga", 19, 2))
    )
    join(circle, petra, meike, olga)
    person(anna, "Uta", birth_day=1, birth_month=3)
    BenefitUseFactory.create(
        benefit=BenefitFactory.create(club=circle, name="Tasse"),
        customer=meike,
        given_on=dt.date(2027, 1, 2),
    )

    year = club.Year(anna, circle, dt.date(2027, 2, 20))

    told = [(row.member.customer.first_name, row.day.day, row.received) for row in year.birthdays]
    assert told == [("Petra", 28, ""), ("Meike", 3, "Tasse")]


def test_members_are_put_on_the_guest_list_in_one_tap(as_anna, anna, circle):
    petra, meike = (row.customer for row in join(circle, person(anna, "A"), person(anna, "B")))
    evening = EventFactory.create(host=petra, kind=Event.Kind.CLUB)
    EventGuestFactory.create(event=evening, customer=meike, answer="yes")
    address = reverse("club-invite", args=[evening.pk])

    response = as_anna.post(address)

    guests = {guest.customer_id: guest.answer for guest in anna.eventguests.all()}
    assert guests == {petra.pk: "", meike.pk: "yes"}
    undo(as_anna, response)
    assert anna.eventguests.get().customer == meike


def test_what_the_club_costs_and_brings(anna, circle):
    petra, meike = person(anna, "Petra"), person(anna, "Meike")
    join(circle, petra)
    today = clock.today(anna.zone)
    benefit = BenefitFactory.create(club=circle)
    BenefitUseFactory.create(benefit=benefit, customer=petra, given_on=today, cost=5)
    BenefitUseFactory.create(
        benefit=benefit, customer=petra, given_on=today.replace(year=today.year - 1), cost=50
    )
    past = clock.now() - dt.timedelta(hours=5)
    times = {"starts_at": past, "ends_at": past + dt.timedelta(hours=2)}
    evening = EventFactory.create(host=petra, kind="club", cost_catering=20, kilometres=10, **times)
    came = EventGuest.Presence.ATTENDED
    EventGuestFactory.create(event=evening, customer=petra, presence=came, sales=80, orders=1)
    EventGuestFactory.create(event=evening, customer=meike, presence=came, sales=500)
    RecommendationFactory.create(recommender=petra, recommended_on=today)
    RecommendationFactory.create(recommender=meike, recommended_on=today)

    year = club.Year(anna, circle, today)

    assert (year.cost_of_benefits, year.cost_of_evenings, year.cost) == (5, 23, 28)
    assert year.sales == {"sum": 80, "orders": 1}
    assert year.recommendations == 1


@pytest.mark.parametrize("how_many", [1, 3])
def test_pages_of_the_club_cost_the_same_for_one_member_as_for_many(
    as_anna, anna, circle, how_many
):
    today = clock.today(anna.zone)
    benefit = BenefitFactory.create(club=circle)
    for number in range(how_many):
        member = person(anna, f"P{number}", birth_day=today.day, birth_month=today.month)
        MembershipFactory.create(club=circle, customer=member)
        BenefitUseFactory.create(benefit=benefit, customer=member, given_on=today)
        EventFactory.create(host=member, kind="club")
    as_anna.get(HERE)

    with costs(10):
        as_anna.get(HERE)
    with costs(7):
        as_anna.get(reverse("club-member-list"))


def test_a_member_is_found_by_name_and_by_number(as_anna, anna, circle):
    join(circle, person(anna, "Petra"), person(anna, "Meike"))

    def names(query: str) -> list[str]:
        page = as_anna.get(reverse("club-member-list"), {"q": query})
        return [row.customer.first_name for row in page.context["rows"]]

    assert names("2") == ["Meike"]
    assert names("petr") == ["Petra"]
    assert names("99999999999999999999") == []


def test_the_square_on_the_card_leads_to_the_members_own_page(as_anna, anna, circle, monkeypatch):
    drawn: list[str] = []
    monkeypatch.setattr("events.paper.Paper.qr", lambda *args: drawn.append(args[-1]))
    petra, meike = join(circle, person(anna, "Petra"), person(anna, "Meike"))

    every = as_anna.get(reverse("club-card"))
    one = as_anna.post(reverse("club-card"), {"ids": [meike.pk]})

    assert every.content.startswith(b"%PDF")
    assert one.headers["Content-Type"] == "application/pdf"
    links = [preference.link(row.customer) for row in (petra, meike, meike)]
    assert drawn == links


def test_a_persons_page_says_whether_they_belong_to_the_club(as_anna, anna, circle):
    petra, meike = person(anna, "Petra"), person(anna, "Meike")
    join(circle, petra)

    member, other = (as_anna.get(one.get_absolute_url()).content.decode() for one in (petra, meike))

    assert "Mitglied Nr. 1" in member
    assert reverse("club-join", args=[meike.pk]) in other
    assert reverse("club-join", args=[petra.pk]) not in member


def test_the_history_of_a_person_tells_of_the_club(as_anna, anna, circle):
    petra = person(anna, "Petra")
    as_anna.post(reverse("club-join", args=[petra.pk]))
    benefit = BenefitFactory.create(club=circle, name="Kaffeetasse")
    as_anna.post(reverse("club-give", args=[anna.memberships.get().pk]), {"benefit": benefit.pk})
    evening = EventFactory.create(host=person(anna, "Uta"), title="Herbstabend")
    as_anna.post(reverse("club-invite", args=[evening.pk]))

    deeds = as_anna.get(reverse("customer-history", args=[petra.pk])).context["deeds"]

    told = [(deed.title, [(line.label, line.new) for line in deed.lines]) for deed in deeds]
    assert told == [
        ("Auf eine Gästeliste gesetzt", [("Gast", "Herbstabend")]),
        ("Vorteil bekommen", [("Vorteil", "Kaffeetasse")]),
        ("In den Club eingetreten", [("Mitglied", "Kaffeekreis")]),
    ]
