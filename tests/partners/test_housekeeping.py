"""What declared that it tidies is asked once an hour, partner by partner."""

import pytest

from partners import housekeeping, rounds, walls
from partners.models import Heartbeat
from tests.factories import CustomerFactory
from tests.harness.roles import as_app


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """Who was asked to tidy up."""
    monkeypatch.setattr(housekeeping, "tidiers", {})
    names: list[str] = []

    def work(name):
        names.append(name)
        return 2

    for name in ("files", "bin"):
        housekeeping.register(name, lambda name=name: work(name))
    return names


def test_a_round_tidies_once_an_hour(asked):
    with as_app():
        rounds.work()
        assert housekeeping.tidy() == 0
    assert asked == ["files", "bin"]

    Heartbeat.objects.filter(name="tidy bin").delete()  # as if its hour were over
    with as_app():
        assert housekeeping.tidy() == 2
    assert asked == ["files", "bin", "bin"]


def test_what_fails_stops_nothing_else(asked, caplog):
    def fail():
        raise OSError("the disk is full")

    housekeeping.register("files", fail)

    with as_app():
        assert housekeeping.tidy() == 2

    assert asked == ["bin"]
    assert "the disk is full" in caplog.text


def test_each_chunk_sees_one_partners_rows(anna, boris, monkeypatch):
    monkeypatch.setattr(housekeeping, "AT_ONCE", 2)
    for partner in (anna, anna, anna, boris):
        CustomerFactory(partner=partner)

    def rename_some(partner):
        ids = list(partner.customers.exclude(note="tidy").values_list("pk", flat=True)[:2])
        return partner.customers.filter(pk__in=ids).update(note="tidy")

    with as_app():
        done = housekeeping.partner_by_partner(lambda: [anna.pk, boris.pk], rename_some)
        with walls.acting_for(anna):
            assert anna.customers.filter(note="tidy").count() == 3

    assert done == 4
