"""Synthetic circles: as the product would have stored them, only more of them."""

import pytest
from django.core.management import CommandError, call_command

from customers import actions
from customers.models.queries import Likeness
from mlmcrm.scale import names
from mlmcrm.scale.loader import PASSWORD
from partners.models import Partner
from tests.harness.roles import as_app


def load(**options):
    with as_app():
        call_command("load_scale", verbosity=0, **options)
    return list(Partner.objects.order_by("pk"))


@pytest.fixture
def partners(clock):
    return load(partners=3, customers=200)


def test_every_partner_gets_as_many_as_asked(partners):
    assert [partner.customers.count() for partner in partners] == [200, 200, 200]
    assert Partner.objects.get(user__email="p2@scale.example") == partners[1]


def test_partner_one_can_be_big():
    big, other = load(partners=2, customers=10, big=450)

    assert (big.customers.count(), other.customers.count()) == (450, 10)


def test_partners_without_customers_are_possible():
    assert [partner.customers.count() for partner in load(partners=2, customers=0)] == [0, 0]


def test_all_share_one_password_and_have_accepted_the_terms(partners):
    users = [partner.user for partner in partners]

    assert users[2].check_password(PASSWORD)
    assert len({user.password for user in users}) == 1
    assert all(partner.has_accepted_terms for partner in partners)


def test_names_sort_and_search_as_if_typed_in(partners):
    columns = ("sort_name", "search_text", "sounds", "postcode", "city")
    for customer in partners[1].customers.all():
        stored = [getattr(customer, column) for column in columns]

        customer.refresh_search(actions.search_words(customer), customer.addresses.all())

        assert [getattr(customer, column) for column in columns] == stored


def test_what_is_due_next_is_as_if_computed(partners):
    stories = partners[1].customers.order_by("pk").values_list("next_due_at", "last_contact_at")
    stored = list(stories)

    actions.refresh_story(partners[1], [customer.pk for customer in partners[1].customers.all()])

    assert list(stories.all()) == stored


@pytest.mark.parametrize("related", ["phones", "emails", "addresses"])
def test_numbers_and_addresses_are_stored_as_if_typed_in(partners, related):
    ways = list(getattr(partners[0], related).all())
    stored = [(way.pk, way.search_form, str(way)) for way in ways]

    for way in ways:
        way.normalise()
        way.full_clean()

    assert stored
    assert [(way.pk, way.search_form, str(way)) for way in ways] == stored


def test_follow_ups_are_due_when_their_day_says(partners):
    for follow_up in partners[0].followups.all():
        stored = follow_up.due_at

        follow_up.schedule(follow_up.due_on, follow_up.due_time, partners[0].zone)

        assert follow_up.due_at == stored
        assert follow_up.is_open == (follow_up.closed_at is None)


def test_every_row_would_pass_its_form_and_has_a_time_ordered_id(partners):
    for rows in (partners[2].customers, partners[2].interactions, partners[2].followups):
        for row in rows.all()[:50]:
            row.full_clean()
            assert row.pk.version == 7
    for row in partners[2].customers.all()[:50]:
        assert row.pk.int >> 80 == row.created_at.timestamp() * 1000


def test_a_circle_looks_like_one(partners):
    for partner in partners:
        people = partner.customers
        assert partner.phones.count() == pytest.approx(160, abs=20)
        assert partner.emails.count() == pytest.approx(100, abs=20)
        assert partner.addresses.count() == pytest.approx(100, abs=20)
        assert partner.interactions.count() == pytest.approx(600, abs=80)
        assert partner.followups.count() == pytest.approx(30, abs=15)
        assert people.values("last_name").distinct().count() > 60
        found = people.search("mueller").with_likeness("mueller")
        written = found.exclude(likeness=Likeness.SOUNDS)
        assert written.count() == people.filter(last_name__in=MUELLERS).count() > 0


MUELLERS = [name for name in names.LAST if name.startswith("Müller")]


def test_it_refuses_to_load_twice(partners):
    with pytest.raises(CommandError, match="already holds"):
        load(partners=1, customers=1)


@pytest.mark.parametrize("wrong", ["-1", "many", "1000001"])
def test_it_refuses_a_number_that_is_none(wrong):
    with pytest.raises(CommandError, match="not a whole number"):
        call_command("load_scale", "--partners", wrong, "--customers", "1")


def test_a_frequent_name_has_more_slots_than_a_rare_one():
    slots = names.spread(names.LAST, 1000)

    assert len(slots) == 1000
    assert set(slots) == set(names.LAST)
    assert slots.count("Müller") > 5 * slots.count("Reith")
