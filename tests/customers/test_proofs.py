"""Proofs of people who were erased go when their time is over."""

import datetime as dt

import pytest

from customers.actions import proofs
from customers.models import Permission
from partners import changes, housekeeping
from tests.customers.test_duties import TODAY
from tests.harness.roles import as_app
from tests.trust_factories import PermissionFactory

pytestmark = pytest.mark.usefixtures("clock")


def kept(partner, until):
    row = PermissionFactory(customer__partner=partner, kept_until=until)
    changes.update(changes.Act(partner, partner.user, "permit"), row, text="Yes, gladly")
    partner.permissions.filter(pk=row.pk).update(customer=None)
    return row


def tidy():
    with as_app():
        return proofs.remove_old()


def test_a_proof_goes_the_day_after_the_last(anna, boris):
    over, theirs = [kept(one, TODAY - dt.timedelta(days=1)) for one in (anna, boris)]
    last_day, open_end = kept(anna, TODAY), kept(anna, None)

    assert tidy() == 2

    assert set(anna.permissions.all()) == {last_day, open_end}
    assert not boris.permissions.exists()
    traces = anna.changes.filter(row_id=over.pk).values_list("before", "after")
    assert list(traces) == [({}, {})]
    assert tidy() == 0
    assert Permission.unscoped_with_bin.filter(pk=theirs.pk).count() == 0


def test_it_goes_in_chunks_and_is_asked_once_an_hour(anna, monkeypatch):
    monkeypatch.setattr(housekeeping, "AT_ONCE", 2)
    for _number in range(5):
        kept(anna, TODAY - dt.timedelta(days=400))

    assert "proofs" in housekeeping.tidiers
    assert tidy() == 5
    assert not anna.permissions.exists()
