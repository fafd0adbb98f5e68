"""The list at the door: tapped on one phone or two, at once or after a while without connection."""

import datetime as dt
import json
import uuid

import pytest
from django.urls import reverse

from customers.models import Customer
from events import evening as evenings
from events.actions import closing
from events.models import EventGuest
from partners import clock as house_clock
from partners.models import uuid7
from tests.event_factories import EventFactory, EventGuestFactory
from tests.harness.queries import costs

FIVE = 5  # who asks, their session, and three kinds of rows


@pytest.fixture
def evening(anna, clock):
    return EventFactory.create(host__partner=anna, title="Autumn evening")


def guest_of(event, name, answer="yes", **values):
    return EventGuestFactory.create(event=event, customer__first_name=name, answer=answer, **values)


def tap(guest, presence="attended", seconds=0, **values):
    """As a phone says it, so many seconds before now."""
    at = house_clock.now() - dt.timedelta(seconds=seconds)
    said = {"id": str(uuid7()), "kind": "presence", "guest": str(guest), "presence": presence}
    return said | {"at": int(at.timestamp() * 1000)} | values


def send(client, event, *taps):
    address = reverse("door-taps", args=[event.pk])
    answer = client.post(address, json.dumps({"taps": taps}), content_type="application/json")
    assert answer.status_code == 200
    return answer.json()


def presence_of(guest):
    return EventGuest.unscoped.get(pk=guest.pk).presence


def test_one_tap_says_that_somebody_is_there(as_anna, evening):
    ida = guest_of(evening, "Ida", companions=1)

    told = send(as_anna, evening, tap(ida.pk))

    assert presence_of(ida) == "attended"
    assert "<strong data-came>2</strong>" in told["list"]
    assert told["lost"] == []


def test_a_phone_that_has_the_list_is_not_sent_it_again_until_it_changes(as_anna, evening):
    ida = guest_of(evening, "Ida")
    address = reverse("door-taps", args=[evening.pk])
    first = as_anna.get(address).json()
    assert "Ida" in first["list"]

    same = as_anna.get(address, {"have": first["mark"]}).json()
    assert (same["list"], same["mark"]) == ("", first["mark"])
    assert as_anna.get(address, {"have": "nothing"}).json()["list"] == ""  # a page without it

    send(as_anna, evening, tap(ida.pk))
    changed = as_anna.get(address, {"have": first["mark"]}).json()
    assert "<strong data-came>1</strong>" in changed["list"]
    assert changed["mark"] != first["mark"]


def test_the_later_tap_counts_whichever_phone_comes_first(as_anna, evening):
    ida, ole = guest_of(evening, "Ida"), guest_of(evening, "Ole")
    early, late = tap(ida.pk, "no-show", 60), tap(ida.pk, "attended", 30)
    send(as_anna, evening, late, tap(ole.pk, "no-show", 60))

    told = send(as_anna, evening, early, tap(ole.pk, "attended", 30))

    assert (presence_of(ida), presence_of(ole)) == ("attended", "attended")
    [sentence] = told["lost"]
    assert "Ida ist da." in sentence


def test_a_tap_that_comes_twice_changes_nothing_the_second_time(as_anna, anna, evening):
    ida = guest_of(evening, "Ida")
    taps = [
        tap(ida.pk, seconds=9),
        tap(uuid7(), kind="walk-in", name="Uta", seconds=5),
        tap(ida.pk, kind="note", interest="Tea", seconds=1),
    ]
    send(as_anna, evening, *taps)
    before = anna.changes.count()

    told = send(as_anna, evening, *taps)

    assert anna.changes.count() == before
    assert told["lost"] == []
    assert evening.guests.count() == 2


def test_a_fast_clock_does_not_win_for_ever(as_anna, evening, clock):
    ida = guest_of(evening, "Ida")
    send(as_anna, evening, tap(ida.pk, "attended", seconds=-3600))
    clock.shift(60)

    send(as_anna, evening, tap(ida.pk, "no-show", seconds=10))

    assert presence_of(ida) == "no-show"


def test_somebody_who_came_along_is_a_guest_like_others_from_now_on(as_anna, anna, evening):
    pk = uuid7()

    send(as_anna, evening, tap(pk, kind="walk-in", name="Uta Berg", seconds=9))
    told = send(as_anna, evening, tap(pk, "", seconds=1))

    assert evening.guests.get().customer.name == "Uta Berg"
    assert "Uta Berg" in told["list"]
    assert evening.guests.get().presence == ""


def test_an_id_that_belongs_to_somebody_else_makes_nobody(as_anna, boris, evening):
    strange = EventGuestFactory.create(event=EventFactory.create(host__partner=boris))

    told = send(as_anna, evening, tap(strange.pk, kind="walk-in", name="Uta"), tap(strange.pk))

    assert len(told["lost"]) == 2
    assert evening.guests.count() == 0
    assert presence_of(strange) == ""


def test_what_was_noted_without_connection_is_added_to_what_is_there(as_anna, evening):
    ida = guest_of(evening, "Ida", interest="Tea", wishes="A card")

    send(
        as_anna,
        evening,
        tap(ida.pk, kind="note", interest="Soap", wishes="A card", wants_evening=True),
    )

    ida.refresh_from_db()
    assert (ida.interest, ida.wishes, ida.wants_evening) == ("Tea; Soap", "A card", True)


def test_everybody_is_here_when_the_last_one_is_ticked_off(as_anna, evening):
    ida, ole = guest_of(evening, "Ida"), guest_of(evening, "Ole")
    guest_of(evening, "Max", "maybe")
    closed = 'role="status" hidden>Alle da.'

    assert closed in send(as_anna, evening, tap(ida.pk))["list"]
    done = send(as_anna, evening, tap(ole.pk, "no-show"))["list"]

    assert closed not in done
    assert "Alle da. Einen schönen Abend!" in done


def test_a_guest_is_ticked_off_without_javascript_and_back_again(as_anna, anna, evening):
    ida = guest_of(evening, "Ida", customer__is_hidden=True, customer__stage="guest")
    page = as_anna.get(reverse("event-door", args=[evening.pk]))
    assert f'value="{ida.pk} attended"' in page.content.decode()

    answer = as_anna.post(
        reverse("door-tick", args=[evening.pk]), {"tap": f"{ida.pk} attended"}, follow=True
    )

    assert presence_of(ida) == "attended"
    assert anna.customers.filter(pk=ida.customer_id).exists()
    text = answer.content.decode()
    assert "Ida ist da." in text
    assert "toast-undo" in text
    assert f'value="{ida.pk} "' in text


def test_over_the_shoulder_nobody_reads_rank_notes_or_sums(as_anna, evening):
    words = {"interest": "Soap-wish", "wishes": "Card-wish", "message": "No nuts", "sales": "77.50"}
    guest_of(evening, "Ida", customer__note="difficult", customer__rank="A", **words)

    page = as_anna.get(reverse("event-door", args=[evening.pk])).content.decode()

    assert "Ida" in page
    for secret in ("difficult", "Soap-wish", "Card-wish", "No nuts", "77,5"):
        assert secret not in page.partition('id="door-list"')[2].partition("</form>")[0]


@pytest.mark.parametrize("name", ["event-door", "door-taps"])
def test_the_list_costs_the_same_for_one_guest_and_for_three(as_anna, evening, name):
    address = reverse(name, args=[evening.pk])
    guest_of(evening, "Ida")
    as_anna.get(address)
    for more in ((), ("Ole", "Max")):
        for first in more:
            guest_of(evening, first)
        with costs(FIVE):
            as_anna.get(address)


def test_taps_that_come_after_closing_still_count(as_anna, anna, evening, clock):
    ida, ole = guest_of(evening, "Ida", companions=1), guest_of(evening, "Ole")
    clock.move_to(evening.ends_at)
    late = [tap(ida.pk, seconds=3600), tap(uuid7(), kind="walk-in", name="Uta", seconds=3500)]
    closing.close(anna, anna.user, evenings.read(anna, evening.pk))
    evening.refresh_from_db()
    assert (evening.came, presence_of(ole)) == (0, "no-show")

    told = send(as_anna, evening, *late, *late)

    evening.refresh_from_db()
    assert (evening.came, presence_of(ida), told["lost"]) == (3, "attended", [])


@pytest.mark.parametrize("body", ["", "{}", "[]", '{"taps": 7}', "null"])
def test_what_our_pages_never_send_is_refused(as_anna, evening, body):
    address = reverse("door-taps", args=[evening.pk])

    assert as_anna.post(address, body, content_type="application/json").status_code == 400


def test_what_is_noted_of_a_guest_makes_a_buyer_part_of_the_circle(as_anna, evening):
    ida = guest_of(evening, "Ida", customer__is_hidden=True, customer__stage=Customer.Stage.GUEST)
    address = reverse("evening-guest", args=[ida.pk])
    form = as_anna.get(address).context["form"]

    as_anna.post(
        address,
        {
            "row_id": ida.pk,
            "row_version": form.instance.version,
            "interest": "Tea",
            "sales": "49,90",
            "orders": "1",
        },
    )

    ida.refresh_from_db()
    assert (ida.interest, str(ida.sales), ida.orders) == ("Tea", "49.90", 1)
    assert not ida.customer.is_hidden


def test_a_code_fills_the_screen_and_nothing_is_around_it(as_anna, evening):
    guest = guest_of(evening, "Ida")
    for address in (
        reverse("event-qr", args=[evening.pk, "stars"]),
        reverse("event-qr", args=[evening.pk, "open"]),
        reverse("guest-qr", args=[guest.pk]),
    ):
        page = as_anna.get(address).content.decode()
        assert "<svg" in page
        assert "Ida" not in page
        assert "nav-bar" not in page

    assert as_anna.get(reverse("event-qr", args=[evening.pk, "else"])).status_code == 404
    assert as_anna.get(reverse("guest-qr", args=[uuid.uuid4()])).status_code == 404
