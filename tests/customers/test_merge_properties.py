"""Whoever two people are: merged and parted again, every row of theirs is as it was."""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.customers.test_merge import circle, merge, undo
from tests.factories import (
    AddressFactory,
    CustomerFactory,
    EmailFactory,
    FollowUpFactory,
    InteractionFactory,
    InterestFactory,
    LifeEventFactory,
    NotDuplicateFactory,
    OwnFieldFactory,
    OwnValueFactory,
    PhoneFactory,
    RelationFactory,
    TagFactory,
    TaggingFactory,
)

CLARA, DOUBLE, MEIKE = range(3)
WHO = st.sampled_from([CLARA, DOUBLE])
ANYBODY = st.sampled_from([CLARA, DOUBLE, MEIKE])
NUMBERS = st.sampled_from(["0661 9000911", "+49 661 90009-11", "0170 9000912"])
WORDS = st.sampled_from(["Lavender", "lavender", "Garden"])
ENOUGH = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def stories(draw):
    """What is known of three people, as calls of factories with the people by number."""
    some = {"max_size": 3}
    pairs = st.tuples(ANYBODY, ANYBODY).filter(lambda pair: pair[0] != pair[1])
    kinds = st.sampled_from(["neighbour", "parent", "child"])
    return {
        "phones": draw(st.lists(st.tuples(WHO, NUMBERS, st.booleans()), **some)),
        "emails": draw(st.lists(WHO, **some)),
        "addresses": draw(st.lists(WHO, **some)),
        "interests": draw(st.lists(st.tuples(WHO, WORDS, st.none() | st.dates()), **some)),
        "tags": draw(st.sets(st.tuples(WHO, st.sampled_from([0, 1])), **some)),
        "own": draw(st.dictionaries(WHO, st.sampled_from(["38", "39"]), **some)),
        "relations": draw(st.sets(st.tuples(pairs, kinds), **some)),
        "apart": draw(st.sets(pairs, max_size=2)),
        "follow_ups": draw(st.lists(WHO, **some)),
        "talks": draw(st.lists(WHO, **some)),
        "events": draw(st.lists(WHO, **some)),
        "in_bin": draw(st.booleans()),
        "values": draw(st.fixed_dictionaries({}, optional={"note": WORDS, "rank": st.just("A")})),
    }


def build(partner, story):
    people = CustomerFactory.create_batch(3, partner=partner)
    field = OwnFieldFactory(partner=partner)
    for who, said in story["own"].items():
        OwnValueFactory(customer=people[who], field=field, text=said)
    add_ways(people, story)
    add_circle(people, story)
    add_stories(people, story)
    return people, field


def add_ways(people, story):
    for who, number, is_preferred in story["phones"]:
        PhoneFactory(customer=people[who], typed=number, is_preferred=is_preferred)
    for who in story["emails"]:
        EmailFactory(customer=people[who], typed="clara@example.org")
    for who in story["addresses"]:
        AddressFactory(customer=people[who])
    if story["in_bin"]:
        PhoneFactory(customer=people[DOUBLE], deleted_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))


def add_circle(people, story):
    tags = TagFactory.create_batch(2, partner=people[CLARA].partner)
    for who, tag in story["tags"]:
        TaggingFactory(customer=people[who], tag=tags[tag])
    for (one, other), kind in story["relations"]:
        RelationFactory(customer=people[one], other=people[other], kind=kind)
    for one, other in story["apart"]:
        NotDuplicateFactory(customer=people[one], other=people[other])


def add_stories(people, story):
    for who, what, since in story["interests"]:
        InterestFactory(customer=people[who], what=what, since=since)
    for who in story["follow_ups"]:
        FollowUpFactory(customer=people[who], due_time=dt.time(10))
    for who in story["talks"]:
        InteractionFactory(customer=people[who])
    for who in story["events"]:
        LifeEventFactory(customer=people[who])


@pytest.mark.django_db
@ENOUGH
@given(story=stories())
def test_a_merge_taken_back_never_happened(anna, story):
    with transaction.atomic():
        (clara, double, _meike), field = build(anna, story)
        before = circle(anna)

        act = merge(clara, double, values=story["values"], own_fields=[field.pk])
        assert not any(
            row.get("customer_id") == double.pk and not row["deleted_at"]
            for row in circle(anna).values()
        )
        assert undo(anna, act) == 0

        assert circle(anna) == before
        transaction.set_rollback(True)
