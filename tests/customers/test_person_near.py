"""Who else lives nearby, and the hint that invites to know a little more."""

import pytest
from django.urls import reverse

from tests.customers.pages import full_customer
from tests.factories import AddressFactory, CustomerFactory, FollowUpFactory, PhoneFactory

pytestmark = pytest.mark.usefixtures("english", "clock")


def test_whom_do_i_know_here_by_street_postcode_and_place(as_anna, anna):
    def living(street, postcode, city, name):
        person = CustomerFactory(partner=anna, first_name=name)
        AddressFactory(customer=person, street=street, postcode=postcode, city=city)
        return person

    petra = living("Lindenstraße 4", "36037", "Fulda", "Petra")
    living("Lindenstr. 12", "36037", "Fulda", "Next door")
    living("Am Dom 1", "36037", "Fulda", "Same postcode")
    living("Lindenstr. 90", "36039", "Fulda", "Far end of the street")
    living("Am Markt 3", "36041", "fulda", "Same town")
    living("Am Markt 3", "36088", "Hünfeld", "Elsewhere")
    FollowUpFactory(customer=anna.customers.get(first_name="Next door"))

    page = as_anna.get(reverse("customer-near", args=[petra.pk]))

    assert [(title, [line.name for line in lines]) for title, lines in page.context["groups"]] == [
        ("Lindenstraße", ["Far end of the street", "Next door"]),
        ("36037", ["Same postcode"]),
        ("Fulda", ["Same town"]),
    ]
    assert page.context["groups"][0][1][1].next_spoken == "tomorrow"


def test_without_an_address_the_page_says_how_to_begin(as_anna, anna):
    petra = CustomerFactory(partner=anna)

    html = as_anna.get(reverse("customer-near", args=[petra.pk])).content.decode()

    assert "No address yet." in html
    assert "remember=lives%20in" in html


def test_a_visit_leads_to_those_nearby(as_anna, anna):
    visit = FollowUpFactory(customer=AddressFactory(customer__partner=anna).customer, kind="visit")
    near = reverse("customer-near", args=[visit.customer.pk])

    for page in (visit.get_absolute_url(), visit.customer.get_absolute_url()):
        assert near in as_anna.get(page).content.decode()


def hint(client, customer):
    return client.get(customer.get_absolute_url()).context["missing"]


def test_one_thing_at_a_time_would_be_nice_to_know(as_anna, anna):
    petra = CustomerFactory(partner=anna)
    assert hint(as_anna, petra).name == "a number or an e-mail address"
    PhoneFactory(customer=petra)
    assert hint(as_anna, petra).begins == "Birthday"
    petra.birth_day, petra.birth_month = 1, 2
    petra.save()
    assert hint(as_anna, petra).name == "the place"
    AddressFactory(customer=petra)
    assert hint(as_anna, petra).name == "how you know each other"
    petra.source = "market"
    petra.save()
    assert hint(as_anna, petra) is None


def test_a_hint_that_is_not_wanted_stays_away(as_anna, anna):
    petra, other = CustomerFactory.create_batch(2, partner=anna)

    as_anna.post(reverse("hint-dismiss", args=[petra.pk]))
    as_anna.logout()
    as_anna.force_login(anna.user)

    assert hint(as_anna, petra) is None
    assert hint(as_anna, other) is not None


def test_a_hint_begins_the_sentence(as_anna, anna):
    petra = full_customer(anna)

    html = as_anna.get(petra.get_absolute_url() + "?remember=Birthday%20").content.decode()

    assert 'value="Birthday "' in html
