"""A partner's calendar on other devices, and an evening as a file; read by another program."""

import datetime as dt

import pytest
import vobject
from django.urls import reverse

from customers.models import FollowUp
from events import calendar_feeds, links
from events.actions import planning
from events.models import CalendarFeed, EventGuest
from tests.events.mails import DAY, evening, guest
from tests.factories import CustomerFactory, FollowUpFactory
from tests.harness.queries import costs

Answer = EventGuest.Answer
MONDAY = dt.date(2026, 11, 23)


@pytest.fixture
def party(anna, clock):
    return evening(anna, street="Rosenweg 9", postcode="36039", city="Fulda")


@pytest.fixture
def feed(as_anna, anna, party):
    as_anna.post(reverse("calendar-list"), {"name": "Handy", "with_follow_ups": "on"})
    return anna.calendarfeeds.get()


def path_of(feed: CalendarFeed) -> str:
    return calendar_feeds.address(feed).removeprefix("http://testserver")


def fetched(client, path: str):
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert response["Cache-Control"] == "no-store"
    return vobject.readOne(response.content.decode())


def by_uid(calendar):
    return {one.uid.value: one for one in calendar.contents.get("vevent", [])}


def test_the_address_is_shown_and_tells_of_evenings_and_timed_follow_ups(
    as_anna, client, anna, party, feed
):
    clara = CustomerFactory.create(
        partner=anna, first_name="Clara", last_name="Conrad", note="Geheim"
    )
    call = FollowUpFactory.create(customer=clara, due=MONDAY, due_time=dt.time(15), what="Allergie")
    FollowUpFactory.create(customer=clara, due=MONDAY)
    guest(party, "Ida", answer=Answer.YES)

    assert path_of(feed) in as_anna.get(reverse("calendar-list")).content.decode()
    entries = by_uid(fetched(client, path_of(feed)))

    assert set(entries) == {str(party.pk), str(call.pk)}
    shown = entries[str(party.pk)]
    assert shown.summary.value == "Herbstabend · Petra S."
    assert shown.description.value == "1 kommt"
    assert shown.dtstart.value.isoformat() == "2026-11-26T19:30:00+01:00"
    assert entries[str(call.pk)].summary.value == "Clara C. anrufen"
    raw = client.get(path_of(feed)).content.decode()
    assert not any(word in raw for word in ("Conrad", "Sommer", "Ida", "Geheim", "Allergie"))


def test_a_second_fetch_shows_the_change_under_the_same_uid(client, anna, party, feed):
    first = by_uid(fetched(client, path_of(feed)))[str(party.pk)]
    later = {"starts_at": party.starts_at + DAY, "ends_at": party.ends_at + DAY}
    planning.change(anna, anna.user, party, **later)
    second = by_uid(fetched(client, path_of(feed)))[str(party.pk)]
    planning.cancel(anna, anna.user, party, "")
    third = by_uid(fetched(client, path_of(feed)))[str(party.pk)]

    assert second.dtstart.value - first.dtstart.value == DAY
    assert third.status.value == "CANCELLED"
    numbers = [int(one.sequence.value) for one in (first, second, third)]
    assert numbers == sorted(set(numbers))


def test_a_renewed_or_deleted_address_leads_nowhere(as_anna, client, anna, feed):
    former = path_of(feed)
    as_anna.post(reverse("calendar-renew", args=[feed.pk]))
    feed.refresh_from_db()
    renewed = path_of(feed)

    assert (client.get(former).status_code, client.get(renewed).status_code) == (404, 200)
    as_anna.post(reverse("calendar-revoke", args=[feed.pk]))
    assert client.get(renewed).status_code == 404
    assert client.get(f"/calendar/{'x' * 40}.ics").status_code == 404


def test_without_follow_ups_it_tells_of_none(client, anna, party, feed):
    FollowUpFactory.create(
        customer=CustomerFactory.create(partner=anna), due=MONDAY, due_time=dt.time(15)
    )
    CalendarFeed.unscoped.update(with_follow_ups=False)
    assert set(by_uid(fetched(client, path_of(feed)))) == {str(party.pk)}


def test_many_entries_cost_what_one_costs(client, anna, party, feed):
    def fetch():
        with costs(5):
            return fetched(client, path_of(feed))

    fetch()
    for _more in range(3):
        host = CustomerFactory.create(partner=anna)
        guest(evening(anna, host=host), f"Gast{_more}", answer=Answer.YES)
        FollowUpFactory.create(customer=host, due=MONDAY, due_time=dt.time(15))
    assert len(by_uid(fetch())) == 7
    assert FollowUp.unscoped.count() == 3


def test_an_evening_is_a_file_for_the_partner(as_anna, party):
    file = vobject.readOne(as_anna.get(reverse("event-ics", args=[party.pk])).content.decode())
    assert file.vevent.uid.value == str(party.pk)
    assert file.vevent.location.value == "bei Petra zu Hause, Rosenweg 9, 36039 Fulda"


def test_a_guest_s_file_names_the_street_only_after_a_yes(client, party):
    ida = guest(party, "Ida")
    token = links.of_guest(ida).rstrip("/").rpartition("/")[2]
    url = reverse("invitation-ics", args=[token])

    assert fetched(client, url).vevent.location.value == "bei Petra zu Hause, Fulda"
    EventGuest.unscoped.update(answer=Answer.YES)
    read = fetched(client, url).vevent
    assert read.location.value.endswith("Rosenweg 9, 36039 Fulda")
    assert (read.uid.value, read.summary.value) == (str(ida.pk), "Herbstabend")
    stale = links.of_guest(EventGuest(pk=ida.pk, partner=party.partner, link_version=2))
    assert client.get(f"{stale.removeprefix('http://testserver')}event.ics").status_code == 404
