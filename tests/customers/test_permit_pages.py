"""What a partner sees and notes of permissions: quiet, except for a real “please do not call”."""

import datetime as dt
from http import HTTPStatus

import pytest
from django.urls import reverse

from customers.actions import merging
from customers.actions.permitting import note, object_to, record
from customers.agenda import agenda
from customers.permissions import may_contact
from tests.customers.pages import LIST
from tests.factories import CustomerFactory, EmailFactory, FollowUpFactory, PhoneFactory
from tests.harness.queries import costs
from tests.trust_factories import PermissionFactory, ProfileFactory

pytestmark = pytest.mark.usefixtures("english", "clock")
NOON = dt.datetime(2026, 11, 23, 11, tzinfo=dt.UTC)
NOT_ASKED = "Not asked about advertising yet. Calling back and orders are always fine."


def page(customer, name="customer-detail", **asked) -> str:
    return reverse(name, args=[customer.pk]) + "".join(f"?{k}={v}" for k, v in asked.items())


def text_of(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == HTTPStatus.OK
    return " ".join(response.content.decode().split())


@pytest.fixture
def clara(anna):
    clara = CustomerFactory.create(partner=anna, first_name="Clara")
    PhoneFactory.create(customer=clara, typed="0171 3920001")
    EmailFactory.create(customer=clara, typed="clara@example.org")
    ProfileFactory.create(partner=anna)
    return clara


def said(**fields) -> dict:
    return {"channels": ["phone"], "says": "yes", "how": "spoken", "day": "2026-11-23"} | fields


def test_before_dialling_one_quiet_line_says_that_nobody_asked(as_anna, clara):
    shown = text_of(as_anna, page(clara))

    assert NOT_ASKED in shown
    assert 'href="tel:+491713920001"' in shown


def test_without_a_number_there_is_no_line(as_anna, clara):
    clara.phones.all().delete()

    assert NOT_ASKED not in text_of(as_anna, page(clara))


def test_what_is_allowed_looks_like_any_button(as_anna, anna, clara):
    record(anna, anna.user, clara, "phone", "advertising", "yes", "spoken")

    shown = text_of(as_anna, page(clara))

    assert "call-hint" not in shown
    assert "please-not" not in shown


def test_no_advertising_is_said_quietly(as_anna, anna, clara):
    record(anna, anna.user, clara, "phone", "advertising", "no", "spoken")

    shown = text_of(as_anna, page(clara))

    assert "No advertising on the phone, please. Calling back and orders" in shown
    assert 'href="tel:+491713920001"' in shown


def test_please_do_not_call_is_loud_and_the_buttons_ask_once_more(as_anna, anna, clara):
    record(anna, anna.user, clara, "phone", "anything", "no", "phone")

    shown = text_of(as_anna, page(clara))

    assert "<strong>Please do not call</strong>" in shown
    assert "Today, said on the phone" in shown
    assert "tel:" not in shown
    assert page(clara, "permission-once-more", channel="phone") in shown
    assert "https://wa.me/491713920001" in shown


def test_whoever_wants_nothing_at_all_is_not_told_in_six_lines(as_anna, anna, clara):
    object_to(anna, anna.user, clara, purpose="anything")

    assert "<strong>Please do not get in touch</strong>" in text_of(as_anna, page(clara))


def test_once_more_still_calls_and_offers_what_is_welcome(as_anna, anna, clara):
    note(anna, anna.user, clara, ["phone", "sms"], "anything", "no", "phone", at=NOON)

    shown = text_of(as_anna, page(clara, "permission-once-more", channel="phone"))

    assert 'href="tel:+491713920001">Call anyway' in shown
    assert "https://wa.me/491713920001" in shown
    assert "sms:" not in shown
    other = page(clara, "permission-once-more", channel="visit")
    assert as_anna.get(other).status_code == HTTPStatus.NOT_FOUND


def test_today_and_the_list_say_it_loudly(as_anna, anna, clara):
    FollowUpFactory.create(customer=clara, due=NOON.date(), what="Bring the soap")
    with costs(3):
        agenda(anna)
    assert "Please do not call" not in text_of(as_anna, "/")

    record(anna, anna.user, clara, "phone", "anything", "no", "phone")

    today = text_of(as_anna, "/")
    assert "Please do not call" in today
    assert "tel:" not in today
    assert page(clara, "permission-once-more", channel="phone") in today
    assert "Please do not call" in text_of(as_anna, LIST)
    with costs(3):
        agenda(anna)


def test_the_sheet_says_where_somebody_stands(as_anna, anna, clara):
    record(anna, anna.user, clara, "phone", "advertising", "yes", "paper")
    record(anna, anna.user, clara, "email", "advertising", "yes", "spoken")
    record(anna, anna.user, clara, "sms", "anything", "no", "phone")
    record(anna, anna.user, clara, "phone", "appointment", "yes", "paper")

    ways = as_anna.get(page(clara, "person-permissions")).context["ways"]

    assert {way.channel: (way.text, way.is_no) for way in ways} == {
        "phone": ("Yes to news and offers", False),
        "email": ("Said yes; the click on the link in the mail is still missing", False),
        "sms": ("Please not at all", True),
        "messenger": ("Not asked yet", False),
        "letter": ("Nothing against it so far", False),
        "visit": ("Nothing against it so far", False),
    }
    assert ways[0].also == ("Yes to reminders of appointments (today, signed on paper)",)
    assert ways[1].can_ask


def test_what_was_said_is_noted_in_one_go_and_taken_back(as_anna, anna, clara):
    url = page(clara, "person-permissions")

    as_anna.post(url, said(channels=["phone", "messenger"], how="paper", day="2026-11-20"))

    rows = {row.channel: row for row in anna.permissions.all()}
    assert rows.keys() == {"phone", "messenger"}
    assert rows["phone"].said_at == dt.datetime(2026, 11, 20, 11, tzinfo=dt.UTC)
    assert rows["phone"].text.startswith("Yes, Anna Berger may call me")

    as_anna.post(url, said(channels=["phone", "messenger"], how="paper", day="2026-11-20"))
    assert anna.permissions.count() == 2

    act = anna.changes.filter(model="customers.permission").first().act_id
    as_anna.post(reverse("undo", args=[act]))
    assert not anna.permissions.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"channels": []}, "channels"),
        ({"channels": ["pigeon"]}, "channels"),
        ({"says": ""}, "says"),
        ({"how": "opt-in"}, "how"),
        ({"day": "2026-11-24"}, "day"),
        ({"day": "yesterday"}, "day"),
    ],
)
def test_what_makes_no_sense_is_not_noted(as_anna, anna, clara, wrong, field):
    response = as_anna.post(page(clara, "person-permissions"), said(**wrong))

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert field in response.context["form"].errors
    assert not anna.permissions.exists()


@pytest.mark.parametrize("says", ["yes", "no"])
def test_after_a_call_one_tap_notes_yes_or_no(as_anna, anna, clara, says):
    url = page(clara, "interaction-add")
    assert "Are calls with news all right?" in text_of(as_anna, url)

    as_anna.post(url, {"kind": "call", "outcome": "reached", "text": "Nice", "news": says})

    (row,) = anna.permissions.all()
    assert (row.channel, row.purpose, row.says, row.how) == ("phone", "advertising", says, "phone")
    assert "Are calls with news all right?" not in text_of(as_anna, url)
    (trace,) = anna.changes.filter(model="customers.interaction")
    as_anna.post(reverse("undo", args=[trace.act_id]))
    assert not anna.permissions.exists()


@pytest.mark.parametrize(
    "talk", [{"kind": "visit"}, {"kind": "call", "outcome": "missed"}, {"kind": "call", "news": ""}]
)
def test_only_who_was_called_was_asked(as_anna, anna, clara, talk):
    as_anna.post(page(clara, "interaction-add"), {"news": "yes", "text": "Nice"} | talk)

    assert anna.interactions.count() == 1
    assert not anna.permissions.exists()


def test_the_proof_tells_all_of_it(as_anna, anna, clara):
    record(anna, anna.user, clara, "phone", "advertising", "yes", "paper")

    (proof,) = as_anna.get(page(clara, "permission-proof")).context["proofs"]

    assert proof.title == "Calls: Yes to news and offers"
    facts = dict(proof.facts)
    assert facts["Said on"] == "23.11.2026 12:00"
    assert facts["By"] == str(clara)
    assert facts["To"] == "Anna Berger, Lindenweg 4, 36037 Fulda"
    assert facts["About"] == "+491713920001"
    assert facts["Word by word"].startswith("“Yes, Anna Berger may call me")
    assert facts["Written down by"] == str(anna.user)


def test_the_proof_of_nothing_says_what_to_do(as_anna, clara):
    assert "Nothing is written down yet." in text_of(as_anna, page(clara, "permission-proof"))


def names(response) -> set[str]:
    return {row.customer.first_name for row in response.context["rows"]}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("email", {"Sure", "Twice"}),
        ("phone", {"Phoned"}),
        ("asked", {"Asked"}),
        ("no", {"Took-back", "Never"}),
        ("declined", {"Never"}),
        ("unasked", {"Silent", "Lifted"}),
    ],
)
def test_the_list_is_filtered_by_what_they_said(as_anna, anna, asked, found):
    stories = {
        "Silent": [],
        "Sure": [("email", "advertising", "yes", "opt-in")],
        "Unsure": [("email", "advertising", "yes", "spoken")],
        "Twice": [
            ("email", "advertising", "yes", "opt-in"),
            ("email", "advertising", "yes", "spoken"),
        ],
        "Phoned": [("phone", "advertising", "yes", "paper")],
        "Asked": [("email", "advertising", "asked", "spoken")],
        "Took-back": [
            ("email", "advertising", "yes", "opt-in"),
            ("email", "advertising", "no", "page"),
        ],
        "Never": [("phone", "anything", "no", "phone")],
        "Lapsed": [("phone", "advertising", "yes", "paper")],
    }
    for name, words in stories.items():
        customer = CustomerFactory.create(partner=anna, first_name=name)
        for at, (channel, purpose, says, how) in enumerate(words):
            days = 2000 if name == "Lapsed" else 9 - at
            record(
                anna, None, customer, channel, purpose, says, how, at=NOON - dt.timedelta(days=days)
            )
    CustomerFactory.create(partner=anna, first_name="Lifted")

    response = as_anna.get(LIST, {"permission": asked})

    assert names(response) == found
    if asked in {"email", "phone"}:
        for customer in anna.customers.all():
            allowed = may_contact(customer, asked, "advertising").code in {"consent", "no-imprint"}
            assert allowed is (customer.first_name in found)


def test_of_two_entries_the_stricter_word_wins_and_comes_apart_again(as_anna, anna, clara, clock):
    twin = CustomerFactory.create(partner=anna, first_name="Clara")
    object_to(anna, anna.user, twin, ["phone"], purpose="anything")
    clock.shift(dt.timedelta(days=2))
    record(anna, anna.user, clara, "phone", "advertising", "yes", "paper")
    url = reverse("customer-merge", args=[clara.pk, twin.pk])
    assert "Calls: Please not at all" in text_of(as_anna, url)
    clock.shift(dt.timedelta(days=2))

    act = merging.merge(anna, anna.user, clara, twin, {})

    one = anna.customers.get(pk=clara.pk)
    assert one.declined == "phone"
    assert may_contact(one, "phone", "advertising").code == "declined"
    assert {row.how for row in one.permissions.filter(said_at=clock_now(clock))} == {"merged"}

    assert as_anna.post(reverse("undo", args=[act.id])).status_code == HTTPStatus.FOUND

    one, two = (anna.customers.get(pk=row.pk) for row in (clara, twin))
    assert (one.declined, two.declined) == ("", "phone")
    assert may_contact(two, "phone", "advertising").code == "declined"
    assert [row.says for row in one.permissions.all()] == ["yes"]


def clock_now(clock) -> dt.datetime:
    return NOON + dt.timedelta(days=4)


def test_what_both_say_needs_no_word_more(anna, clara):
    twin = CustomerFactory.create(partner=anna, first_name="Clara")
    for customer in (clara, twin):
        PermissionFactory.create(customer=customer, channel="phone", says="no")

    merging.merge(anna, anna.user, clara, twin, {})

    assert clara.permissions.count() == 2
