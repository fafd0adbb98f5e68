"""The guest list of an evening: adding, answers told to the partner, words to send, who is known."""

import datetime as dt
from http import HTTPStatus
from urllib.parse import quote

import pytest
from django.urls import reverse

from events.models import Event, EventGuest
from partners import clock
from tests.event_factories import (
    EventFactory,
    EventGuestFactory,
    MembershipFactory,
)
from tests.factories import (
    AddressFactory,
    CustomerFactory,
    EmailFactory,
    InterestFactory,
    PhoneFactory,
)
from tests.harness.queries import costs

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture(autouse=True)
def _english(anna):
    anna.user.language = "en"
    anna.user.save()


@pytest.fixture
def evening(anna) -> Event:
    return EventFactory.create(host__partner=anna, title="Soup evening", formality="du")


@pytest.fixture
def nora(evening) -> EventGuest:
    hidden = {"customer__first_name": "Nora", "customer__is_hidden": True}
    return EventGuestFactory.create(event=evening, customer__stage="guest", **hidden)


def url(name: str, row) -> str:
    return reverse(name, args=[row.pk])


def shown(page) -> dict[str, str]:
    return {row["name"]: row["said"] for row in page.context["rows"]}


def test_the_list_says_in_words_how_each_guest_stands(as_anna, evening, nora):
    now = clock.now()
    invited = {"invited_at": now - dt.timedelta(days=3)}
    waiting = {"answer": "waiting", "waiting_since": now}
    for name, fields in {
        "Ida": {"answer": "yes", "companions": 1},
        "Ole": invited,
        "Una": invited | {"answer": "no", "message": "What a pity"},
        "Bo": {"answer": "yes", "presence": "no-show"},
        "Fay": waiting | {"waiting_since": now + dt.timedelta(minutes=5)},
        "Eva": waiting,
    }.items():
        EventGuestFactory.create(event=evening, customer__first_name=name, **fields)

    page = as_anna.get(url("guest-list", evening))

    assert shown(page) == {
        "Ida": "is coming with 1 more",
        "Eva": "on the waiting list, place 1",
        "Fay": "on the waiting list, place 2",
        "Ole": "invited 3 days ago, no answer yet",
        "Nora": "not invited yet",
        "Una": "cannot come",
        "Bo": "did not come",
    }
    assert "“What a pity”" in page.text
    narrowed = as_anna.get(url("guest-list", evening), {"state": "waiting"})
    assert list(shown(narrowed)) == ["Eva", "Fay"]
    assert list(shown(as_anna.get(url("guest-list", evening), {"q": "ol"}))) == ["Ole"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_many(as_anna, evening, number):
    hidden = {"customer__is_hidden": True, "customer__last_name": "Lund"}
    EventGuestFactory.create_batch(number, event=evening, **hidden)

    with costs(8):  # session, user, the evening in three, three for who is known already
        as_anna.get(url("guest-list", evening))


def test_a_long_list_comes_in_pages_and_all_of_it_can_be_chosen(as_anna, evening):
    EventGuestFactory.create_batch(52, event=evening)
    address = url("guest-list", evening)

    rows = [
        as_anna.get(address, {"page": number}).text.count('class="person guest')
        for number in (1, 2)
    ]
    as_anna.post(url("guest-change", evening), {"query": "page=2", "do": "invited"})

    assert rows == [50, 2]
    assert set(shown(as_anna.get(address)).values()) == {"invited today, no answer yet"}


def test_first_names_go_on_the_list_and_the_form_sent_twice_names_nobody_twice(as_anna, evening):
    form = as_anna.get(url("guest-add", evening)).context["form"]
    said = {"names": "Ida\nOle 0171 2345678", "row_id": form["row_id"].value()}

    for _time in range(2):
        as_anna.post(url("guest-add", evening), said)

    assert list(shown(as_anna.get(url("guest-list", evening)))) == ["Ida", "Ole"]


def test_no_names_are_answered_with_a_sentence(as_anna, evening):
    page = as_anna.post(url("guest-add", evening), {"names": " - "})

    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "A first name is enough, but it takes one." in page.text


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ({"postcode": "36"}, {"Fulda"}),
        ({"rank": "A"}, {"Rank"}),
        ({"club": "yes"}, {"Member"}),
        ({"interest": "lavender"}, {"Interest"}),
        ({"evening": "been"}, {"Been"}),
        ({"q": "memb"}, {"Member"}),
    ],
)
def test_the_circle_is_asked_by_what_is_known_of_it(as_anna, anna, evening, question, found):
    people = {
        name: CustomerFactory.create(partner=anna, first_name=name)
        for name in ("Fulda", "Member", "Interest", "Been", "Nothing")
    }
    CustomerFactory.create(partner=anna, first_name="Rank", rank="A")
    AddressFactory.create(customer=people["Fulda"], postcode="36037")
    MembershipFactory.create(club__partner=anna, customer=people["Member"])
    InterestFactory.create(customer=people["Interest"])
    InterestFactory.create(customer=people["Nothing"], kind="avoids")
    former = EventFactory.create(host=evening.host)
    EventGuestFactory.create(event=former, customer=people["Been"], presence="attended")

    page = as_anna.get(url("guest-add", evening), question)

    assert {row.name for row in page.context["rows"]} == found


def test_whoever_is_on_the_list_already_is_not_proposed_again(as_anna, anna, evening):
    EventGuestFactory.create(event=evening, customer__first_name="Ida")
    CustomerFactory.create(partner=anna, first_name="Ole")

    rows = as_anna.get(url("guest-add", evening)).context["rows"]

    assert [row.name for row in rows] == ["Ole"]


@pytest.mark.parametrize("chosen", ["ids", "query"])
def test_those_chosen_from_the_circle_become_guests(as_anna, anna, boris, evening, chosen):
    ida = CustomerFactory.create(partner=anna, first_name="Ida", rank="A")
    CustomerFactory.create(partner=anna, first_name="Ole")
    strange = CustomerFactory.create(partner=boris, rank="A")
    said = {"ids": [ida.pk, strange.pk]} if chosen == "ids" else {"query": "rank=A"}

    as_anna.post(url("guest-add", evening), said)

    assert [guest.customer for guest in anna.eventguests.all()] == [ida]


@pytest.mark.parametrize(
    "said",
    [("yes", "answer", "yes"), ("no", "answer", "no"), ("invited", "invited_how", "told")],
)
def test_many_are_changed_at_once_and_a_toast_takes_it_back(as_anna, anna, evening, nora, said):
    does, column, value = said
    as_anna.post(url("guest-change", evening), {"query": "", "do": does})
    nora.refresh_from_db()
    assert getattr(nora, column) == value

    as_anna.post(reverse("undo", args=[anna.changes.order_by("-pk").first().act_id]))
    nora.refresh_from_db()
    assert not getattr(nora, column)


def test_the_partner_hears_that_a_yes_only_waits(as_anna, evening, nora):
    evening.maximum = 1
    evening.save()
    EventGuestFactory.create(event=evening, answer="yes")

    page = as_anna.post(
        url("guest-edit", nora), {"answer": "yes", "first_name": "Nora"}, follow=True
    )

    assert "All seats are taken: Nora is on the waiting list." in page.text


def test_an_answer_that_came_in_meanwhile_is_not_overwritten(as_anna, evening, nora):
    was = as_anna.get(url("guest-edit", nora)).context["form"]["was"].value()
    EventGuest.unscoped.filter(pk=nora.pk).update(answer="no")

    said = {"answer": "", "companions": "0", "was": was, "first_name": "Nora", "last_name": "Lund"}
    as_anna.post(url("guest-edit", nora), said | {"phone": "0171 2345678"})

    nora.refresh_from_db()
    assert nora.answer == "no"
    assert (nora.customer.name, str(nora.customer.phones.get())) == ("Nora Lund", "0171 2345678")


def test_the_words_are_in_the_hosts_voice_and_carry_the_personal_link(as_anna, evening, nora):
    PhoneFactory.create(customer=nora.customer, typed="0171 2345678")
    page = as_anna.get(url("guest-share", nora))
    share = page.context["share"]

    assert share.text.startswith("Hello Nora,")
    assert share.text.endswith("Petra")
    assert share.link in share.text
    assert share.ways[0][3] == "https://wa.me/491712345678?text="
    assert not share.text.endswith("Petra") or "at my home" in share.text
    mine = as_anna.get(url("guest-share", nora), {"voice": "me"}).context["share"]
    assert "Petra invites you" in mine.text


def test_who_was_written_to_counts_as_invited_and_looking_changes_nothing(as_anna, anna, nora):
    as_anna.get(url("guest-share", nora))
    assert not anna.changes.exists()

    as_anna.post(url("guest-share", nora), {"how": "whatsapp"})

    nora.refresh_from_db()
    assert (nora.invited_how, nora.event.state) == ("whatsapp", Event.State.INVITING)


@pytest.mark.parametrize("way", [EmailFactory, PhoneFactory])
def test_a_guest_whom_the_circle_may_know_is_pointed_out(as_anna, anna, evening, nora, way):
    known = CustomerFactory.create(partner=anna, first_name="Eleonora", last_name="Lund")
    row = way.create(customer=known)
    way.create(customer=nora.customer, typed=row.typed)
    way.create(customer=CustomerFactory.create(first_name="Strange"), typed=row.typed)

    page = as_anna.get(url("guest-list", evening), {"q": "n"})

    assert "The same person as Eleonora Lund?" in page.text
    assert f"?next={quote(page.wsgi_request.get_full_path())}" in page.text
    assert "Strange" not in page.text


def test_a_persons_page_tells_of_their_evenings_in_one_query(as_anna, anna, evening):
    clara = CustomerFactory.create(partner=anna, first_name="Clara")
    page = url("customer-detail", clara)
    with costs(7):
        assert "Was at" not in as_anna.get(page).text
    past = EventFactory.create(
        host=evening.host, starts_at=clock.now() - dt.timedelta(days=9), state="closed"
    )
    EventGuestFactory.create(event=past, customer=clara, presence="attended", answer="yes")
    EventGuestFactory.create(event=evening, customer=clara, answer="maybe")

    with costs(7):
        said = as_anna.get(page).text

    assert "Was at 1 evening" in said
    assert "does not know yet" in said
    assert "Hosted" not in said


def test_a_host_is_thanked_on_their_page_with_a_number(as_anna, anna, evening):
    past = {"starts_at": clock.now() - dt.timedelta(days=9), "state": "closed"}
    EventFactory.create(host=evening.host, **past)

    said = as_anna.get(url("customer-detail", evening.host)).text

    assert "Hosted 1 evening" in said
    assert "hosts it" in said
