"""Every act leaves traces, and can be taken back as long as nothing built on it."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError

from customers.models import Customer, FollowUp, Phone
from partners import changes
from partners.changes import Act, Stale
from partners.models import uuid7, uuid7_like
from partners.undo import undo
from tests.factories import CustomerFactory, FollowUpFactory, PhoneFactory
from tests.harness.queries import costs


@pytest.fixture
def act(anna) -> Act:
    return Act(anna, anna.user, "test")


def test_a_new_row_leaves_what_it_says(anna, act):
    changes.create(act, Customer(first_name="Petra", birth_day=1, birth_month=2))

    trace = anna.changes.get()
    petra = anna.customers.get()
    assert (trace.model, trace.row_id) == ("customers.customer", petra.pk)
    assert (trace.act, trace.act_id, trace.actor_id) == ("test", act.id, anna.user.pk)
    assert (trace.before, trace.after) == (
        None,
        {
            "id": str(petra.pk),
            "first_name": "Petra",
            "formality": "du",
            "birth_day": 1,
            "birth_month": 2,
            "stage": "prospect",
        },
    )


def test_a_change_leaves_what_was_and_what_is(anna, act):
    petra = CustomerFactory(partner=anna, first_name="Petra", note="old")

    assert changes.update(act, petra, first_name="Petra", note="new", birth_day=None)

    trace = anna.changes.get()
    assert (trace.before, trace.after) == ({"note": "old"}, {"note": "new"})
    assert petra.version == 2


def test_nothing_new_leaves_no_trace(anna, act):
    petra = CustomerFactory(partner=anna, note="old")

    assert not changes.update(act, petra, note="old")
    assert not anna.changes.exists()
    assert (petra.version, act.left_traces) == (1, False)


def test_what_follows_from_other_columns_is_written_without_a_trace(anna, act):
    petra = CustomerFactory(partner=anna)

    assert changes.update(act, petra, search_text="anything")

    assert anna.customers.get().search_text == "anything"
    assert not anna.changes.exists()


def test_a_row_that_changed_since_it_was_read_is_not_overwritten(anna, act):
    mine, theirs = CustomerFactory(partner=anna), anna.customers.get()
    changes.update(act, theirs, note="theirs")

    with pytest.raises(Stale):
        changes.update(act, mine, note="mine")
    with pytest.raises(Stale):
        changes.update_all(act, [(anna.customers.get(), {"note": "a"}), (mine, {"note": "mine"})])

    assert anna.customers.get().note == "theirs"


def test_a_row_in_the_bin_is_not_changed_by_who_still_holds_it(anna, act):
    petra = CustomerFactory(partner=anna)
    changes.remove(act, anna.customers.get())

    with pytest.raises(Stale):
        changes.update(act, petra, note="late")


def test_rows_of_two_partners_do_not_mix(anna, boris, act):
    hers, his = CustomerFactory(partner=anna), CustomerFactory(partner=boris)
    phone = PhoneFactory(customer=hers)

    with pytest.raises(ValidationError):
        changes.update(act, phone, customer=his)
    with pytest.raises(ValidationError):
        changes.update_all(act, [(phone, {"customer": his})])
    with pytest.raises(ValidationError):
        changes.create(act, Phone(customer=his, typed="030 23125 100"))
    changes.remove(act, his)

    assert list(anna.phones.values_list("customer", flat=True)) == [hers.pk]
    assert list(boris.customers.all()) == [his]


@pytest.mark.parametrize("count", [1, 20])
def test_many_rows_cost_a_few_statements(anna, act, count):
    people = CustomerFactory.create_batch(count, partner=anna)

    with costs(3):
        changes.update_all(act, [(person, {"note": person.first_name}) for person in people])
    with costs(2):
        changes.create(act, *[Customer(first_name=str(number)) for number in range(count)])
    with costs(2):
        changes.remove(act, *people)
    with costs(28):  # traces, rows, relations that might hold on to the new ones, writes
        undo(anna, act.id, anna.user)


def test_undo_of_a_new_row_puts_it_into_the_bin(anna, act):
    changes.create(act, Customer(first_name="Petra"))

    undone = undo(anna, act.id, anna.user)

    assert (undone.kept, len(undone.rows)) == (0, 1)
    assert not anna.customers.exists()


def test_undo_of_two_changes_to_one_row_goes_back_to_the_first(anna, act):
    petra = CustomerFactory(partner=anna, note="first", source="one")
    for note in ("second", "third", "fourth"):
        changes.update(act, petra, note=note)
    changes.update(act, petra, source="two")

    undo(anna, act.id, anna.user)

    petra = anna.customers.get()
    assert (petra.note, petra.source) == ("first", "one")


def test_undo_of_a_row_made_and_changed_in_one_act_takes_it_away(anna, act):
    petra = Customer(first_name="Petra", note="old")
    changes.create(act, petra)
    changes.update(act, petra, note="")

    assert undo(anna, act.id, anna.user).kept == 0
    assert not anna.customers.exists()


def test_undo_brings_back_dates_and_times_as_they_were(anna, act):
    follow_up = FollowUpFactory(
        customer__partner=anna, due=dt.date(2026, 11, 24), due_time=dt.time(9, 30)
    )
    before = FollowUp.unscoped.values("due_on", "due_time", "due_at", "closed_at", "state").get()
    changed = {
        "due_on": dt.date(2027, 1, 1),
        "due_time": None,
        "due_at": dt.datetime(2027, 1, 1, tzinfo=dt.UTC),
        "state": "done",
        "closed_at": dt.datetime(2026, 11, 23, 11, 0, 0, 123456, tzinfo=dt.UTC),
        "closed_by": anna.user.pk,
    }
    changes.update(act, follow_up, **changed)

    assert undo(anna, act.id, anna.user).kept == 0
    assert FollowUp.unscoped.values(*before).get() == before


def test_undo_of_many_keeps_only_those_that_changed_since(anna, act):
    rows = FollowUpFactory.create_batch(3, customer__partner=anna, what="old")
    changes.update_all(act, [(row, {"what": "new"}) for row in rows])
    changes.update(Act(anna, anna.user, "later"), rows[1], what="newer")

    undone = undo(anna, act.id, anna.user)

    assert undone.kept == 1
    said = {row.pk: row.what for row in anna.followups.all()}
    assert [said[row.pk] for row in rows] == ["old", "newer", "old"]


def test_an_undo_can_be_undone(anna, act):
    petra = CustomerFactory(partner=anna, note="old")
    changes.update(act, petra, note="new")
    undo(anna, act.id, anna.user)
    undoing = anna.changes.get(act="undo").act_id

    undo(anna, undoing, anna.user)

    assert anna.customers.get().note == "new"


def test_undo_touches_no_rows_of_a_stranger(anna, boris, act):
    petra = CustomerFactory(partner=anna, note="old")
    changes.update(act, petra, note="new")

    assert undo(boris, act.id, boris.user).rows == []
    assert anna.customers.get().note == "new"


def test_undo_of_nothing_is_nothing(anna):
    assert undo(anna, uuid7(), anna.user).kept == 0


def test_identifiers_rise_even_within_one_moment(clock):
    ids = [uuid7() for _ in range(10_000)]

    assert ids == sorted(ids)
    assert len(set(ids)) == 10_000
    assert {(made.version, made.variant) for made in ids} == {(7, uuid.RFC_4122)}


def test_identifiers_follow_the_clock(clock):
    earlier = uuid7()
    clock.shift(1)

    assert earlier < uuid7()


def test_an_identifier_for_words_is_always_the_same():
    seed = uuid7()

    again = [uuid7_like(seed, 1, "Petra"), uuid7_like(seed, 1, "Petra")]
    others = [uuid7_like(seed, 2, "Petra"), uuid7_like(seed, 1, "Eva"), uuid7_like(uuid7(), 1, "P")]

    assert len({*again, *others}) == 4
    assert again[0].version == 7
    assert again[0].int >> 80 == seed.int >> 80
