"""A guest turns out to be somebody whom the circle knows: the ordinary merge, undo included."""

import pytest

from customers import actions
from tests.event_factories import EventFactory, EventGuestFactory
from tests.factories import CustomerFactory


@pytest.fixture
def clara(anna):
    return CustomerFactory.create(partner=anna, first_name="Clara", last_name="Maier")


@pytest.fixture
def guest(anna):
    evening = EventFactory.create(host__partner=anna)
    hidden = {"customer__first_name": "Clara", "customer__is_hidden": True}
    return EventGuestFactory.create(event=evening, answer="yes", message="With cake", **hidden)


def address(*people) -> str:
    return "/customers/merge/{}/{}/".format(*(person.pk for person in people))


def merge(client, *people):
    versions = {"version-one": people[0].version, "version-other": people[1].version}
    return client.post(address(*people), versions | {"staying": "one"})


@pytest.mark.parametrize("turned", [False, True])
def test_the_known_customer_stays_and_comes_as_the_guest(as_anna, anna, clara, guest, turned):
    pair = [guest.customer, clara] if turned else [clara, guest.customer]
    assert as_anna.get(address(*pair)).status_code == 200

    merge(as_anna, *pair)

    guest.refresh_from_db()
    clara.refresh_from_db()
    assert (guest.customer, guest.answer) == (clara, "yes")
    assert (clara.deleted_at, clara.is_hidden) == (None, False)


def test_an_undo_parts_them_again(as_anna, anna, clara, guest):
    merge(as_anna, clara, guest.customer)
    hidden = guest.customer

    actions.undo(anna, anna.user, anna.changes.filter(act="customer-merge").first().act_id)

    guest.refresh_from_db()
    assert guest.customer == hidden
    assert anna.customers(manager="unscoped_with_hidden").get(pk=hidden.pk).is_hidden


def test_who_is_on_the_list_twice_is_there_once(as_anna, anna, clara, guest):
    EventGuestFactory.create(event=guest.event, customer=clara, interest="Tea")

    merge(as_anna, clara, guest.customer)

    (kept,) = anna.eventguests.filter(event=guest.event)
    said = (kept.customer, kept.answer, kept.interest, kept.message)
    assert said == (clara, "yes", "Tea", "With cake")
