"""What stands in the morning mail, what it costs, and how it is shown beforehand."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse

from customers import from_mail, reminders
from customers.digest import digests
from customers.models import FollowUp
from partners import heartbeat, outbox, walls
from partners.models import MailGate, OutboxMessage, Partner
from tests.customers.mornings import (
    MONDAY,
    TUESDAY,
    at,
    html_of,
    only_mail,
    plan,
    round_,
)
from tests.factories import CustomerFactory, FollowUpFactory, InteractionFactory, PartnerFactory
from tests.harness.roles import as_app


@pytest.fixture
def clock(clock):
    """Monday morning in Berlin, the minute of the morning mail."""
    clock.move_to(at(MONDAY, 7, 30))
    return clock


@pytest.fixture
def clara(anna):
    return CustomerFactory(partner=anna, first_name="Clara", last_name="Conrad")


# --- what stands in it -----------------------------------------------------------------------


def test_the_mail_reads_like_heute(clock, anna, clara):
    eva = CustomerFactory(partner=anna, first_name="Eva", last_name="")
    hans = CustomerFactory(partner=anna, first_name="Hans", last_name="Ölmann")
    gerda = CustomerFactory(
        partner=anna,
        first_name="Gerda",
        last_name="M",
        birth_day=23,
        birth_month=11,
        birth_year=1976,
    )
    care = FollowUpFactory(
        customer=eva, due=MONDAY, kind=FollowUp.Kind.CARD, nature=FollowUp.Nature.CARE
    )
    older = FollowUpFactory(customer=hans, due=MONDAY - dt.timedelta(days=3), due_time=dt.time(9))
    timed = FollowUpFactory(customer=clara, due=MONDAY, due_time=dt.time(10))
    FollowUpFactory(customer=clara, due=TUESDAY)

    round_()

    message = only_mail()
    assert message.subject == "Heute: 3 Wiedervorlagen, 1 Geburtstag"
    assert message.to == ["anna@example.org"]
    lines = [line for line in message.body.splitlines() if line.startswith(("- ", "  http"))]
    links = [from_mail.link(follow_up, anna, MONDAY) for follow_up in (timed, older, care)]
    links.append(f"http://testserver/customers/{gerda.pk}/")
    assert lines == [
        "- Clara C.: Anruf · 10:00",
        f"  {links[0]}",
        "- Hans Ö.: Anruf · seit 3 Tagen",
        f"  {links[1]}",
        "- Eva: Karte",
        f"  {links[2]}",
        "- Gerda M.: wird 50",
        f"  {links[3]}",
    ]
    html = html_of(message)
    assert all(f'href="{link}"' in html for link in links)


def test_no_note_no_wish_and_no_last_name_leave_the_house(clock, anna):
    secret = CustomerFactory(
        partner=anna, first_name="Clara", last_name="Conrad", note="canary", source="canary"
    )
    FollowUpFactory(customer=secret, due=MONDAY, what="canary")
    InteractionFactory(customer=secret, text="canary")

    round_()

    everything = only_mail().message().as_string() + only_mail().body
    assert "canary" not in everything
    assert "Conrad" not in everything


def test_names_are_neither_markup_nor_mangled(clock, anna):
    odd = CustomerFactory(partner=anna, first_name="<b>O'Neil\n& Co</b>", last_name="Ünal")
    FollowUpFactory(customer=odd, due=MONDAY)

    round_()

    assert "- <b>O'Neil & Co</b> Ü.: Anruf" in only_mail().body
    html = html_of(only_mail())
    assert "<b>" not in html
    assert "&lt;b&gt;O" in html


def test_twenty_lines_are_enough_for_breakfast(clock, anna):
    for _number in range(25):
        FollowUpFactory(customer__partner=anna, due=MONDAY)

    round_()

    assert only_mail().subject == "Heute: 25 Wiedervorlagen"
    assert sum(line.startswith("- ") for line in only_mail().body.splitlines()) == 20
    assert "und 5 weitere" in only_mail().body
    assert "und 5 weitere" in html_of(only_mail())


def test_in_english_it_is_english_throughout(clock, anna, clara):
    type(anna.user).objects.update(language="en")
    FollowUpFactory(customer=clara, due=MONDAY - dt.timedelta(days=1))

    round_()

    assert only_mail().subject == "Today: 1 follow-up"
    assert "Good morning, Anna" in only_mail().body
    assert "Monday, 23 November" in only_mail().body
    assert "- Clara C.: Call · since yesterday" in only_mail().body
    assert "Heute" not in only_mail().message().as_string()


def test_the_mail_can_be_left_with_one_click(clock, anna, clara, client):
    FollowUpFactory(customer=clara, due=MONDAY)
    round_()

    headers = only_mail().message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>")
    client.post(address.removeprefix("http://testserver"), {"List-Unsubscribe": "One-Click"})

    assert not Partner.objects.get(pk=anna.pk).digest_on


def test_each_partner_reads_of_their_own_people_alone(clock, anna, boris):
    FollowUpFactory(customer__partner=anna, customer__first_name="Clara", due=MONDAY)
    FollowUpFactory(customer__partner=boris, customer__first_name="Dora", due=MONDAY)

    assert round_() == 2

    bodies = {message.to[0]: message.body for message in mail.outbox}
    assert "Clara" in bodies["anna@example.org"]
    assert "Dora" not in bodies["anna@example.org"]
    assert "Dora" in bodies["boris@example.org"]


def test_partners_of_one_batch_each_have_their_own_today(clock, anna, boris):
    """In New York it is Monday too, and will be for longer; in Honolulu it is still Sunday."""
    boris.time_zone = "America/New_York"
    boris.save()
    clara = PartnerFactory(time_zone="Pacific/Honolulu")
    for partner in (anna, boris, clara):
        CustomerFactory(partner=partner, first_name="Sunday's", birth_month=11, birth_day=22)
        CustomerFactory(partner=partner, first_name="Monday's", birth_month=11, birth_day=23)
        FollowUpFactory(customer__partner=partner, due=TUESDAY)

    found = digests([anna, boris, clara])

    assert [digest.follow_up_count for digest in found.values()] == [0, 0, 0]
    names = [
        [person.first_name for person in found[who.pk].birthdays] for who in (anna, boris, clara)
    ]
    assert names == [["Monday's"], ["Monday's"], ["Sunday's"]]


# --- what it costs ---------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_digests_of_many_partners_cost_five_queries(clock, count, django_assert_num_queries):
    partners = PartnerFactory.create_batch(count)
    for partner in partners:
        for _number in range(count):
            FollowUpFactory(customer__partner=partner, due=MONDAY)

    with django_assert_num_queries(5):  # one of them for all duties
        found = digests(partners)
        assert [len(digest.groups[0][1]) for digest in found.values()] == [count] * count


@pytest.mark.parametrize("count", [1, 3])
def test_planning_costs_the_same_for_any_number_of_partners(
    clock, count, django_assert_num_queries
):
    for partner in PartnerFactory.create_batch(count):
        FollowUpFactory(customer__partner=partner, due=MONDAY)

    with as_app(), walls.planning(), django_assert_num_queries(3):  # moments, candidates, rows
        assert reminders.plan_digests() == count


def test_a_planner_leaves_a_sign_of_life(clock, anna):
    a_while = dt.timedelta(minutes=1)
    assert heartbeat.silent(["morning mails"], a_while) == ["morning mails"]

    plan()

    assert not heartbeat.silent(["morning mails"], a_while)


# --- shown and sent from the settings --------------------------------------------------------


def test_the_preview_is_the_real_mail(clock, as_anna, clara):
    FollowUpFactory(customer=clara, due=MONDAY)

    page = as_anna.get(reverse("digest-preview"))
    frame = as_anna.get(reverse("digest-mail"))
    round_()

    assert page.context["mail"].subject == only_mail().subject
    assert "Clara C." in frame.content.decode()
    assert frame.content.decode().replace('<base target="_top">', "") == html_of(only_mail())
    policy = frame.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "; sandbox allow-popups" in f"; {policy}"
    assert "allow-scripts" not in policy


def test_a_double_click_sends_one_mail_now_and_the_morning_mail_stays(clock, as_anna, anna, clara):
    FollowUpFactory(customer=clara, due=MONDAY)
    nonce = as_anna.get(reverse("digest-preview")).context["nonce"]

    for _click in range(2):
        response = as_anna.post(reverse("digest-send-now"), {"nonce": nonce})
        assert response.status_code == 302

    assert OutboxMessage.objects.count() == 1
    assert round_() == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, ""),
        ({"absent_from": "2026-11-24", "absent_until": "2026-11-25"}, ""),
        ({"digest_on": False}, "Sie ist gerade ausgeschaltet."),
        (
            {"absent_from": "2026-11-20", "absent_until": "2026-11-24"},
            "Du bist bis morgen weg, darum kommt sie heute nicht.",
        ),
    ],
)
def test_the_preview_says_when_the_mail_does_not_come(clock, as_anna, clara, fields, sentence):
    FollowUpFactory(customer=clara, due=MONDAY)
    Partner.objects.update(**fields)

    page = as_anna.get(reverse("digest-preview")).content.decode()

    said = [one for one in ("ausgeschaltet.", "kommt sie heute nicht.") if one in page]
    assert len(said) == bool(sentence)
    assert sentence in page


def test_while_the_mail_server_rests_nothing_is_said_to_be_on_its_way(clock, as_anna):
    MailGate.objects.create(closed_at=at(MONDAY, 7), reason=MailGate.Reason.UNREACHABLE)

    page = as_anna.post(reverse("digest-send-now"), follow=True).content.decode()

    assert "Vorgemerkt. Sie geht raus, sobald der Mailserver wieder annimmt." in page
    assert "Ist unterwegs" not in page
    outbox.gate.open_now()
    page = as_anna.post(reverse("digest-send-now"), follow=True).content.decode()
    assert "Ist unterwegs an anna@example.org." in page


def test_who_asks_for_it_gets_it_although_it_is_switched_off(clock, as_anna, anna):
    Partner.objects.update(digest_on=False)

    as_anna.post(reverse("digest-send-now"), {"nonce": "no \0 nonce"})

    assert round_() == 1
    assert only_mail().subject == "Heute ist nichts fällig"
