"""A partner who moves takes all promises along, however many there are."""

import datetime as dt

import pytest

from partners import jobs
from partners.models import Job
from tests.factories import CustomerFactory, FollowUpFactory
from tests.harness.roles import as_app

KATHMANDU = "Asia/Kathmandu"


@pytest.fixture
def many(anna, monkeypatch):
    """More promises than a request moves by itself."""
    monkeypatch.setattr(jobs, "AT_ONCE", 3)
    FollowUpFactory.create_batch(
        7, customer=CustomerFactory(partner=anna), due_time=dt.time(10), partner=anna
    )
    return anna


def zones(partner) -> set[str]:
    return set(partner.followups.values_list("zone", flat=True))


def move(client, zone=KATHMANDU):
    page = client.get("/settings/")
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    given = {name: value for name, value in values.items() if value not in (None, False)}
    return client.post("/settings/", given | {"time_zone": zone}, follow=True)


def test_a_few_promises_move_with_the_click(as_anna, anna):
    FollowUpFactory(customer=CustomerFactory(partner=anna), due_time=dt.time(10))

    move(as_anna)

    assert zones(anna) == {KATHMANDU}
    assert not Job.objects.exists()


def test_many_promises_move_in_the_background_and_the_page_says_so(as_anna, many):
    page = move(as_anna)

    assert zones(many) == {"Europe/Berlin"}
    assert "0 von 7" in page.content.decode()
    with as_app():
        assert jobs.work() == 3
    assert zones(many) == {KATHMANDU}
    assert {row.due_at.astimezone(many.zone).time() for row in many.followups.all()}
    assert "von 7" not in as_anna.get("/settings/").content.decode()


def test_moving_on_before_all_have_arrived_brings_all_to_the_last_place(as_anna, many):
    move(as_anna)
    move(as_anna, "America/St_Johns")

    with as_app():
        while jobs.work():
            pass

    assert zones(many) == {"America/St_Johns"}
    assert {job.state for job in Job.objects.all()} == {Job.State.DONE}
