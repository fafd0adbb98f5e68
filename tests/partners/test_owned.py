"""What every private row has in common."""

import pytest
from django.db import connection
from django.db.models.functions import Upper
from django.test.utils import CaptureQueriesContext

from partners import walls
from tests.factories import CustomerFactory
from tests.harness.unread import UnreadColumnError


def test_a_row_that_was_read_is_known_to_be_stored(anna):
    CustomerFactory.create(partner=anna, first_name="Petra")

    with walls.acting_for(anna):
        petra = anna.customers.get()
        petra.first_name = "Petra-Maria"
        petra.save()

    assert not petra._state.adding
    assert petra._state.db == "default"
    with walls.acting_for(anna):
        assert anna.customers.get().first_name == "Petra-Maria"


@pytest.mark.reads_later
def test_a_column_left_out_is_read_when_it_is_asked_for(anna):
    CustomerFactory.create(partner=anna, first_name="Petra", note="mag Tee")

    with walls.acting_for(anna), CaptureQueriesContext(connection) as seen:
        petra = anna.customers.defer("note").get()
        assert petra.get_deferred_fields() == {"note"}
        assert petra.first_name == "Petra"
        before = len(seen)
        assert petra.note == "mag Tee"

    assert len(seen) == before + 1


def test_no_test_lets_a_column_be_read_that_its_query_left_out(anna):
    CustomerFactory.create(partner=anna, note="mag Tee")

    with walls.acting_for(anna), pytest.raises(UnreadColumnError):
        assert anna.customers.defer("note").get().note


def test_what_a_query_adds_stands_beside_the_columns(anna):
    CustomerFactory.create(partner=anna, first_name="Petra")

    with walls.acting_for(anna):
        petra = (
            anna.customers.only("partner", "first_name").annotate(loud=Upper("first_name")).get()
        )

    assert (petra.loud, petra.first_name) == ("PETRA", "Petra")
