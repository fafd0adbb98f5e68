"""Writing down what somebody said, with all a proof needs; and a no that nothing washes off."""

import datetime as dt

import pytest
from django.utils import translation

from customers import actions
from customers.actions.people import Ways
from customers.actions.permitting import object_to, record
from customers.models import Customer, Permission
from customers.permissions import may_contact, suppression
from tests.factories import AddressFactory, CustomerFactory, EmailFactory, PhoneFactory
from tests.trust_factories import PermissionFactory, ProfileFactory

NOON = dt.datetime(2026, 11, 23, 11, tzinfo=dt.UTC)
WAYS = Ways(phone="030 23125100", email="Clara@Example.org", postcode="36037", city="Fulda")


def clara_of(partner) -> Customer:
    clara = CustomerFactory.create(partner=partner, first_name="Clara", last_name="Cramer")
    EmailFactory.create(customer=clara, typed="clara@example.org")
    PhoneFactory.create(customer=clara, typed="030 23125-100")
    AddressFactory.create(customer=clara, street="Am Markt 1", postcode="36037", city="Fulda")
    return clara


def back_again(partner) -> Customer:
    """The same person, entered anew from an old file."""
    customer = Customer(first_name="Clara", last_name="Cramer")
    actions.add_customer(partner, partner.user, customer, WAYS)
    return partner.customers.get(pk=customer.pk)


def erase(customer) -> None:
    """As an erasure does: nothing of the person stays."""
    Permission.unscoped_with_bin.filter(customer=customer).delete()
    customer.delete()


@pytest.fixture
def clara(anna, clock):
    ProfileFactory.create(partner=anna, business="Annas Kräuterhof")
    return clara_of(anna)


def test_a_yes_keeps_all_that_its_proof_needs(anna, clara):
    with translation.override("de"):
        record(anna, anna.user, clara, "phone", "advertising", "yes", "spoken")

    (row,) = anna.permissions.all()
    assert row.customer == clara
    assert (row.channel, row.purpose, row.says, row.how) == (
        "phone", "advertising", "yes", "spoken",
    )  # fmt: skip
    assert row.said_at == NOON
    assert row.recorded_by == anna.user.pk
    assert row.point == "+493023125100"
    assert row.person == "Clara Cramer, Am Markt 1, 36037 Fulda"
    assert row.sender == "Anna Berger, Annas Kräuterhof, Lindenweg 4, 36037 Fulda"
    assert row.text == (
        "Ja, Anna Berger, Annas Kräuterhof darf mich wegen Neuigkeiten und Angeboten anrufen. "
        "Ich kann das jederzeit zurücknehmen, ein Wort genügt."
    )
    assert row.text_version == "2026-11 de"


def test_what_was_agreed_to_elsewhere_is_kept_as_it_was_shown(anna, clara):
    record(
        anna, None, clara, "email", "advertising", "yes", "opt-in",
        point="old@example.org", text="Yes, write to me.", text_version="form 3",
        at=NOON - dt.timedelta(hours=1), confirmed_at=NOON,
    )  # fmt: skip

    (row,) = anna.permissions.all()
    assert (row.text, row.text_version, row.point) == (
        "Yes, write to me.", "form 3", "old@example.org",
    )  # fmt: skip
    assert (row.said_at, row.confirmed_at) == (NOON - dt.timedelta(hours=1), NOON)
    assert row.recorded_by is None


def test_an_objection_is_about_all_channels_unless_some_are_named(anna, clara):
    object_to(anna, None, clara)

    assert {row.channel for row in anna.permissions.all()} == set(Permission.Channel.values)
    assert not any(may_contact(clara, way, "advertising") for way in Permission.Channel.values)
    assert may_contact(clara, "phone", "anything")
    assert {row.how for row in anna.permissions.all()} == {"unsubscribed"}


@pytest.mark.parametrize("channel", Permission.Channel.values)
def test_an_objection_outlives_erasure_and_another_import(anna, clara, clock, channel):
    object_to(anna, anna.user, clara, [channel])
    erase(clara)
    clock.shift(dt.timedelta(days=4000))

    decision = may_contact(back_again(anna), channel, "advertising")

    assert (decision.code, decision.evidence.how) == ("objected", "known")
    assert decision.evidence.said_at == NOON


@pytest.mark.parametrize(
    "ways",
    [
        Ways(phone="+49 30 23125 100"),
        Ways(phone="(030) 231 251 00"),
    ],
)
def test_a_number_is_known_in_any_spelling(anna, clara, ways):
    object_to(anna, anna.user, clara, ["phone"])
    erase(clara)
    other = Customer(first_name="Clärchen")
    actions.add_customer(anna, anna.user, other, ways)

    assert may_contact(other, "phone", "advertising").code == "objected"


def test_a_name_alone_is_known_only_if_it_is_a_whole_one(anna, clara):
    whole, short = Customer(first_name="Nora", last_name="Nord"), Customer(first_name="Nora")

    assert len(suppression.digests_of(anna, name=whole.name)) == 1
    assert suppression.digests_of(anna, name=short.name) == set()


def test_a_kept_no_says_nothing_about_whom_it_is(anna, boris, clara, settings):
    object_to(anna, anna.user, clara)

    kept = " ".join(map(str, anna.suppressionentrys.values_list())).lower()
    assert not any(word in kept for word in ("clara", "cramer", "23125", "fulda", "36037"))
    twin = clara_of(boris)
    assert not suppression.digests(clara) & suppression.digests(twin)
    before = suppression.digests(clara)
    settings.LINK_KEY = "another key"
    assert not before & suppression.digests(clara)


def test_the_no_of_one_circle_is_none_in_another(anna, boris, clara):
    object_to(anna, anna.user, clara)
    ProfileFactory.create(partner=boris)

    twin = clara_of(boris)

    assert may_contact(twin, "email", "advertising").code == "no-consent"
    assert suppression.suppressed(boris, suppression.digests(clara)) == {}


def test_saying_no_twice_keeps_one_hash_with_the_latest_day(anna, clara, clock):
    object_to(anna, anna.user, clara, ["email"])
    clock.shift(dt.timedelta(days=3))
    object_to(anna, anna.user, clara, ["email"])

    (entry,) = anna.suppressionentrys.all()
    assert entry.said_at == NOON + dt.timedelta(days=3)


def test_a_slip_is_taken_back_whole(anna, clara):
    act = record(anna, anna.user, clara, "phone", "anything", "no", "phone")
    assert anna.customers.get(pk=clara.pk).declined == "phone"

    actions.undo(anna, anna.user, act.id)

    assert anna.customers.get(pk=clara.pk).declined == ""
    assert not anna.permissions.exists()
    assert not anna.suppressionentrys.exists()


def test_what_somebody_declines_stands_with_the_person(anna, clara, clock):
    for channel in ("sms", "phone"):
        record(anna, anna.user, clara, channel, "anything", "no", "phone")
        clock.shift(1)
    record(anna, anna.user, clara, "email", "advertising", "no", "phone")
    assert anna.customers.get(pk=clara.pk).declined == "phone sms"

    clock.shift(1)
    record(anna, anna.user, clara, "sms", "anything", "yes", "phone")
    record(anna, anna.user, clara, "phone", "advertising", "yes", "phone")

    assert anna.customers.get(pk=clara.pk).declined == ""


def test_whoever_comes_back_still_wants_no_calls(anna, clara):
    object_to(anna, anna.user, clara, ["phone"], purpose="anything")
    erase(clara)

    assert back_again(anna).declined == "phone"


def test_a_no_speaks_for_its_own_person_as_long_as_they_are_there(anna, clara):
    """Two at one landline: the other one may be called, by hand."""
    object_to(anna, anna.user, clara, ["phone"], purpose="anything")
    conrad = Customer(first_name="Conrad")
    actions.add_customer(anna, anna.user, conrad, Ways(phone="030 23125100"))

    assert anna.customers.get(pk=conrad.pk).declined == ""
    assert may_contact(conrad, "phone", "advertising").code == "declined"  # yet not by us


def test_another_number_brings_the_no_that_was_said_about_it(anna, clara):
    object_to(anna, anna.user, clara, ["phone"], purpose="anything")
    erase(clara)
    dora = CustomerFactory.create(partner=anna, first_name="Dora")

    act = actions.edit_customer(
        anna, anna.user, dora, {"first_name": "Dora"}, Ways(phone="030 23125100")
    )
    assert anna.customers.get(pk=dora.pk).declined == "phone"

    actions.undo(anna, anna.user, act.id)
    assert anna.customers.get(pk=dora.pk).declined == ""


def test_only_the_way_it_was_given_counts(anna, clara):
    PermissionFactory.create(customer=clara, point="clara@example.org")

    assert may_contact(clara, "email", "advertising", to="clara@example.org")
    other = may_contact(clara, "email", "advertising", to="work@example.org")
    assert other.code == "other-address"
