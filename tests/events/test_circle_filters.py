"""The customer list is narrowed by what evenings and the club know of people."""

import pytest
from django.urls import reverse

from tests.event_factories import EventFactory, EventGuestFactory, MembershipFactory
from tests.factories import CustomerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "english")]


@pytest.fixture
def circle(anna, boris):
    """Petra hosts, Ida was there, Eva stayed away, Uta is a member and Mia no more."""
    event = EventFactory.create(host__partner=anna)
    ida, eva, uta, mia = (
        CustomerFactory.create(partner=anna, first_name=name)
        for name in ("Ida", "Eva", "Uta", "Mia")
    )
    EventGuestFactory.create(event=event, customer=ida, presence="attended")
    EventGuestFactory.create(event=event, customer=eva, presence="no-show")
    club = MembershipFactory.create(customer=uta, club__partner=anna).club
    MembershipFactory.create(customer=mia, club=club, until=event.day)
    MembershipFactory.create(customer__first_name="Foreign", club__partner=boris)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"evening": "been"}, {"Ida"}),
        ({"evening": "host"}, {"Petra"}),
        ({"evening": "never"}, {"Petra", "Eva", "Uta", "Mia"}),
        ({"club": "yes"}, {"Uta"}),
        ({"club": "no"}, {"Petra", "Ida", "Eva", "Mia"}),
    ],
)
@pytest.mark.usefixtures("circle")
def test_the_list_shows_whom_it_is_asked_for(as_anna, asked, found):
    page = as_anna.get(reverse("customer-list"), asked)
    assert {person.first_name for person in page.context["page"]} == found


@pytest.mark.usefixtures("circle")
def test_the_filter_offers_it_and_the_chip_says_it(as_anna):
    assert "members of the club" in as_anna.get(reverse("customer-filter")).text
    assert "were at one" in as_anna.get(reverse("customer-list"), {"evening": "been"}).text
