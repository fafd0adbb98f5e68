"""The forms of an evening: hosts suggested as one types, hours that move together, one zone."""

import datetime as dt
from http import HTTPStatus

import pytest
from django.urls import reverse

from partners.models import uuid7
from tests.event_factories import EventFactory
from tests.factories import CustomerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "english")]

HALF_PAST_SEVEN, TEN = dt.time(19, 30), dt.time(22)


@pytest.fixture
def edit(as_anna):
    """Send the form of an evening as it stands, with what is typed anew."""

    def send(event, **typed):
        url = reverse("event-edit", args=[event.pk])
        form = as_anna.get(url).context["form"]
        data = {name: form[name].value() for name in form.fields}
        data = {name: value for name, value in (data | typed).items() if value not in (None, False)}
        assert as_anna.post(url, data).status_code == HTTPStatus.FOUND
        event.refresh_from_db()

    return send


def hosts(client, typed):
    return client.get(reverse("event-hosts"), {"host_name": typed}).text


def test_a_name_being_typed_brings_whom_it_may_mean(as_anna, as_boris, anna):
    meyer = CustomerFactory.create(partner=anna, first_name="Petra", last_name="Meyer")
    huber = CustomerFactory.create(partner=anna, first_name="Petra", last_name="Huber")
    assert str(meyer.pk) in (both := hosts(as_anna, "pet"))
    assert str(huber.pk) in both
    assert "checked" not in both
    assert "checked" in hosts(as_anna, "petra mey")
    assert "Petra Meyer" not in hosts(as_boris, "pet")
    assert "fieldset" not in hosts(as_anna, " ")


def test_whom_one_taps_is_the_host_though_the_name_was_half_typed(as_anna, anna):
    meyer = CustomerFactory.create(partner=anna, first_name="Petra", last_name="Meyer")
    CustomerFactory.create(partner=anna, first_name="Petra", last_name="Huber")
    data = {"row_id": str(uuid7()), "day": "2026-12-10", "start": "19:30", "template": ""}
    data |= {"place": "host", "host_name": "Pet", "other": str(meyer.pk)}
    as_anna.post(reverse("event-add"), data)
    assert anna.events.get().host == meyer


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ({"start": "20:15"}, ((20, 15), (22, 45))),
        ({"start": "22:00"}, ((22, 0), (0, 30))),
        ({"start": "20:15", "end": "22:15"}, ((20, 15), (22, 15))),
        ({"end": "23:00"}, ((19, 30), (23, 0))),
    ],
)
def test_the_end_goes_along_with_the_start_unless_it_is_said(anna, edit, typed, hours):
    event = EventFactory.create(host__partner=anna)
    assert (event.local_start.time(), event.local_end.time()) == (HALF_PAST_SEVEN, TEN)
    edit(event, **typed)
    told = event.local_start, event.local_end
    assert tuple((each.hour, each.minute) for each in told) == hours


def test_a_copy_at_another_hour_takes_as_long(as_anna, anna):
    event = EventFactory.create(host__partner=anna)
    data = {"row_id": str(uuid7()), "day": "2026-12-10", "start": "15:00", "end": "22:00"}
    data |= {"host_name": "Petra", "other": str(event.host_id), "place": "host"}
    as_anna.post(reverse("event-copy", args=[event.pk]), data)
    assert anna.events.latest("pk").local_end.time() == dt.time(17, 30)


def test_answers_are_taken_until_an_hour_of_where_the_evening_is(anna, edit):
    event = EventFactory.create(host__partner=anna, zone="America/New_York")
    edit(event, answer_until="2026-11-23T18:00")
    assert event.answer_until == dt.datetime(2026, 11, 23, 23, tzinfo=dt.UTC)
    edit(event, theme="Winter")
    assert event.answer_until == dt.datetime(2026, 11, 23, 23, tzinfo=dt.UTC)
