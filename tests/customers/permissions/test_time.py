"""Nights, Sundays, holidays, fortnights and years: what time does to a permission."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from customers import actions
from customers.actions.permitting import object_to, record
from customers.models import Interaction
from customers.permissions import Verdict, gather, may_contact
from customers.permissions.quiet import next_decent
from customers.permissions.states import states_of
from tests.customers.permissions.test_matrix import mailed_at
from tests.factories import AddressFactory, CustomerFactory, EmailFactory
from tests.harness.queries import costs
from tests.trust_factories import PermissionFactory, ProfileFactory

BERLIN = ZoneInfo("Europe/Berlin")
FULDA, MUNICH, BERLIN_MITTE, ABROAD = "36037", "80331", "10115", "1010"


def local(*parts):
    return dt.datetime(*parts, tzinfo=BERLIN)


# From when, where, and the next decent moment.
WAITS = [
    (local(2026, 11, 23, 12), FULDA, local(2026, 11, 23, 12)),
    (local(2026, 11, 23, 19, 59), FULDA, local(2026, 11, 23, 19, 59)),
    (local(2026, 11, 23, 20), FULDA, local(2026, 11, 24, 8)),
    (local(2026, 11, 24, 7, 59), FULDA, local(2026, 11, 24, 8)),
    (local(2026, 11, 24, 8), FULDA, local(2026, 11, 24, 8)),
    (local(2026, 11, 28, 20), FULDA, local(2026, 11, 30, 8)),  # Saturday night
    (local(2026, 11, 29, 12), FULDA, local(2026, 11, 30, 8)),  # Sunday
    (local(2026, 12, 24, 21), FULDA, local(2026, 12, 28, 8)),  # Christmas before a Sunday
    (local(2026, 12, 31, 22), FULDA, local(2027, 1, 2, 8)),
    (local(2027, 1, 6, 10), MUNICH, local(2027, 1, 7, 8)),  # Epiphany
    (local(2027, 1, 6, 10), FULDA, local(2027, 1, 6, 10)),
    (local(2027, 3, 8, 10), BERLIN_MITTE, local(2027, 3, 9, 8)),  # Women's Day
    (local(2027, 3, 8, 10), FULDA, local(2027, 3, 8, 10)),
    (local(2027, 5, 27, 10), FULDA, local(2027, 5, 28, 8)),  # Corpus Christi
    (local(2027, 5, 27, 10), BERLIN_MITTE, local(2027, 5, 27, 10)),
    (local(2027, 5, 27, 10), "97896", local(2027, 5, 28, 8)),  # in two states
    (local(2027, 11, 1, 10), "59969", local(2027, 11, 2, 8)),  # in one of its two states
    (local(2027, 8, 16, 10), MUNICH, local(2027, 8, 16, 10)),
    (local(2027, 5, 27, 10), "", local(2027, 5, 28, 8)),  # the partner's own place, Fulda
    (local(2027, 5, 27, 10), ABROAD, local(2027, 5, 28, 8)),
    (local(2027, 3, 27, 23), FULDA, local(2027, 3, 30, 8)),  # Easter, and summer time begins
]  # fmt: skip


@pytest.mark.parametrize(("at", "postcode", "decent"), WAITS)
def test_nobody_is_bothered_at_night_on_sundays_and_on_holidays(anna, at, postcode, decent):
    profile = ProfileFactory.create(partner=anna, postcode=FULDA)

    moment, why = next_decent(at, profile, BERLIN, postcode)

    assert moment == decent
    assert bool(why) is (at != decent)


def test_without_any_postcode_the_holidays_of_the_whole_country_count(anna):
    profile = ProfileFactory.create(partner=anna, postcode="")

    assert next_decent(local(2027, 5, 27, 10), profile, BERLIN, "")[1] is None
    assert next_decent(local(2027, 10, 3, 10), profile, BERLIN, "")[1]
    assert next_decent(local(2028, 10, 3, 10), profile, BERLIN, "")[1]  # a Tuesday


def test_quiet_hours_are_the_partners_own(anna):
    profile = ProfileFactory.create(partner=anna, quiet_from=dt.time(12), quiet_until=dt.time(14))

    assert next_decent(local(2026, 11, 23, 13), profile, BERLIN, "")[0] == local(2026, 11, 23, 14)
    assert next_decent(local(2026, 11, 23, 22), profile, BERLIN, "")[1] is None


@pytest.mark.parametrize(
    ("postcode", "states"),
    [
        ("01067", {"SN"}), ("03046", {"BB"}), ("99084", {"TH"}), ("06108", {"ST"}),
        ("12529", {"BB"}), ("12555", {"BE"}), ("18055", {"MV"}), ("20095", {"HH"}),
        ("22145", {"HH", "SH"}), ("28195", {"HB"}), ("27568", {"HB"}), ("30159", {"NI"}),
        ("34117", {"HE"}), ("34369", {"HE"}), ("34346", {"NI"}), ("40213", {"NW"}),
        ("55116", {"RP"}), ("55246", {"HE"}), ("66111", {"SL"}), ("70173", {"BW"}),
        ("89231", {"BY"}), ("D-36037", {"HE"}), ("00000", set()), ("3603", set()),
        ("3603a", set()), ("", set()), ("٣٦٠٣٧", set()),
    ],
)  # fmt: skip
def test_a_postcode_lies_in_a_state_or_in_two(postcode, states):
    assert set(states_of(postcode)) == states


def whole(anna, **address):
    clara = CustomerFactory.create(partner=anna)
    EmailFactory.create(customer=clara)
    AddressFactory.create(customer=clara, **address)
    ProfileFactory.create(partner=anna)
    return clara


def test_the_wait_ends_at_the_first_decent_moment_after_the_fortnight(anna, clock):
    clara = whole(anna, postcode=MUNICH)
    PermissionFactory.create(customer=clara)
    mailed_at(clara, local(2026, 12, 23, 10))

    waits = may_contact(clara, "email", "advertising", at=local(2026, 12, 29, 10))

    assert (waits.verdict, waits.code) == (Verdict.NOT_NOW, "too-often")
    assert waits.not_before == local(2027, 1, 7, 8)  # the 6th is Epiphany in Munich


def test_somebody_abroad_is_treated_like_the_partners_own_place(anna, clock):
    clara = whole(anna, postcode=MUNICH, country="Schweiz")
    PermissionFactory.create(customer=clara, channel="phone")

    assert may_contact(clara, "phone", "advertising", at=local(2027, 1, 6, 10))


def test_each_call_prolongs_a_yes_to_calls_by_five_years(anna, clock):
    clara = whole(anna)
    PermissionFactory.create(customer=clara, channel="phone", said_at=local(2020, 3, 1, 10))
    assert may_contact(clara, "phone", "advertising").code == "lapsed"

    clock.move_to(local(2025, 2, 27, 10))
    act = actions.log(anna, anna.user, Interaction(customer=clara, kind="call"))

    assert may_contact(clara, "phone", "advertising", at=local(2030, 2, 27, 12))
    assert may_contact(clara, "phone", "advertising", at=local(2030, 2, 28, 12)).code == "lapsed"

    actions.undo(anna, anna.user, act.id)

    assert may_contact(clara, "phone", "advertising", at=local(2025, 3, 1, 12))
    assert may_contact(clara, "phone", "advertising", at=local(2025, 3, 3, 12)).code == "lapsed"


def test_only_calls_prolong_it_and_only_after_they_were_allowed(anna, clock):
    clara = whole(anna)
    said = PermissionFactory.create(customer=clara, channel="phone", said_at=local(2026, 11, 2, 10))

    actions.log(anna, anna.user, Interaction(customer=clara, kind="visit"))
    actions.log(
        anna,
        anna.user,
        Interaction(customer=clara, kind="call", occurred_at=local(2026, 11, 1, 10)),
    )

    said.refresh_from_db()
    assert said.last_used_at is None


def test_a_later_yes_is_a_proof_of_its_own(anna, clock):
    clara = whole(anna)
    first, second = (
        PermissionFactory.create(customer=clara, channel="phone", said_at=at)
        for at in (local(2026, 3, 2, 10), local(2026, 9, 1, 10))
    )

    for at in (local(2026, 5, 4, 10), local(2026, 10, 5, 10)):
        talk = Interaction(customer=clara, kind="call", occurred_at=at)
        actions.log(anna, anna.user, talk)

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.last_used_at == local(2026, 5, 4, 10)
    assert second.last_used_at == local(2026, 10, 5, 10)


def test_a_no_wins_in_the_very_moment_and_a_later_yes_lifts_it(anna, clock):
    clara = whole(anna)
    PermissionFactory.create(customer=clara, said_at=local(2026, 11, 1, 10))
    assert may_contact(clara, "email", "advertising")

    object_to(anna, None, clara, ["email"])
    assert may_contact(clara, "email", "advertising").code == "objected"

    record(anna, None, clara, "email", "advertising", "yes", "opt-in")
    assert may_contact(clara, "email", "advertising").code == "objected"

    clock.shift(1)
    record(anna, None, clara, "email", "advertising", "yes", "opt-in")
    assert may_contact(clara, "email", "advertising")


@pytest.mark.parametrize("number", [1, 3])
def test_many_people_are_known_in_a_constant_number_of_queries(anna, clock, number):
    people = []
    for _each in range(number):
        clara = CustomerFactory.create(partner=anna)
        EmailFactory.create(customer=clara)
        record(anna, None, clara, "email", "advertising", "yes", "opt-in")
        people.append(anna.customers.get(pk=clara.pk))
    object_to(anna, None, people[0])

    with costs(8):
        known = gather(anna, people)
        codes = [
            may_contact(each, "email", "advertising", known=known[each.pk]).code for each in people
        ]

    assert codes == ["objected", *["no-imprint"] * (number - 1)]
