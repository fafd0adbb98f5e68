"""The morning mail: for whom, when, what stands in it, and that it comes once."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.urls import reverse

from customers import actions, reminders
from customers.digest import digests
from customers.models import FollowUp
from customers.tasks import plan_digests
from partners import heartbeat, outbox
from partners.models import OutboxMessage, Partner
from partners.outbox import deliver_due
from tests.factories import CustomerFactory, FollowUpFactory, InteractionFactory, PartnerFactory
from tests.harness.roles import as_app

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY, TUESDAY = dt.date(2026, 11, 23), dt.date(2026, 11, 24)
State = OutboxMessage.State


def at(day: dt.date, hour: int, minute: int = 0, zone: str = "Europe/Berlin") -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=ZoneInfo(zone))


def plan() -> int:
    with as_app():
        return plan_digests()


def deliver() -> int:
    with as_app():
        return deliver_due()


def round_() -> int:
    plan()
    return deliver()


def only_mail() -> EmailMultiAlternatives:
    (message,) = mail.outbox
    assert isinstance(message, EmailMultiAlternatives)
    return message


def html_of(message: EmailMultiAlternatives) -> str:
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    return str(html)


@pytest.fixture
def clock(clock):
    """Monday morning in Berlin, the minute of the morning mail."""
    clock.move_to(at(MONDAY, 7, 30))
    return clock


@pytest.fixture
def clara(anna):
    return CustomerFactory(partner=anna, first_name="Clara", last_name="Conrad")


# --- when ------------------------------------------------------------------------------------


def test_the_mail_waits_for_its_minute_and_comes_once(clock, clara):
    FollowUpFactory(customer=clara, due=MONDAY)

    clock.move_to(at(MONDAY, 7, 29))
    assert plan() == 0
    clock.move_to(at(MONDAY, 7, 30))
    assert [plan(), plan()] == [1, 0]
    assert [deliver(), deliver()] == [1, 0]
    clock.move_to(at(MONDAY, 17, 59))
    assert round_() == 0
    clock.move_to(at(TUESDAY, 7, 30))
    assert round_() == 1


def test_the_key_of_a_mail_names_the_partner_and_their_day(clock, clara, anna):
    FollowUpFactory(customer=clara, due=MONDAY)

    plan()

    row = OutboxMessage.objects.get()
    assert row.dedupe_key == f"digest:{anna.pk}:2026-11-23"
    assert (row.due_at, row.expires_at) == (at(MONDAY, 7, 30), at(MONDAY, 18))
    assert (row.partner, row.recipient_id) == (anna, str(anna.user.pk))


def test_planners_who_see_nothing_of_each_other_write_one_row(clock, clara):
    """As two hosts do at the same moment: both found the row missing, the key decides."""
    FollowUpFactory(customer=clara, due=MONDAY)
    rows = [
        row for zone, times in reminders.open_moments() for row in reminders.rows_for(zone, times)
    ]

    plan()
    outbox.write(rows)

    assert OutboxMessage.objects.count() == 1


def test_after_an_outage_only_the_present_morning_is_made_up_for(clock, clara):
    FollowUpFactory(customer=clara, due=MONDAY)

    clock.move_to(at(TUESDAY + dt.timedelta(days=5), 11))

    assert plan() == 1
    assert OutboxMessage.objects.get().dedupe_key.endswith(":2026-11-29")


def test_in_the_evening_a_missed_morning_mail_is_too_late(clock, clara):
    FollowUpFactory(customer=clara, due=MONDAY)

    clock.move_to(at(MONDAY, 18))

    assert round_() == 0
    assert not OutboxMessage.objects.exists()


def test_a_planned_mail_that_could_not_leave_until_evening_expires(clock, clara):
    FollowUpFactory(customer=clara, due=MONDAY)
    plan()

    clock.move_to(at(MONDAY, 18))

    assert deliver() == 0
    assert OutboxMessage.objects.get().state == State.EXPIRED


@pytest.mark.parametrize(
    ("wanted", "until"),
    [
        (dt.time(15), at(MONDAY, 18)),
        (dt.time(15, 1), at(TUESDAY, 0)),
        (dt.time(21, 30), at(TUESDAY, 0)),
    ],
)
def test_an_evening_mail_may_leave_until_midnight(clock, anna, clara, wanted, until):
    FollowUpFactory(customer=clara, due=MONDAY)
    Partner.objects.update(digest_time=wanted)

    clock.move_to(dt.datetime.combine(MONDAY, wanted, tzinfo=BERLIN))
    plan()

    assert OutboxMessage.objects.get().expires_at == until


@pytest.mark.parametrize(
    ("zone", "local", "utc"),
    [
        # The clocks go from 2 to 3: half past two moves on by an hour.
        ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30"),
        # From 3 back to 2: half past two comes twice, the first one counts.
        ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30"),
        ("Pacific/Kiritimati", "2026-11-24T07:30", "2026-11-23T17:30"),
        ("Asia/Kathmandu", "2026-11-23T07:30", "2026-11-23T01:45"),
        ("Pacific/Niue", "2026-11-23T07:30", "2026-11-23T18:30"),
    ],
)
def test_every_partner_has_their_own_morning(clock, anna, zone, local, utc):
    wanted = dt.datetime.fromisoformat(local)
    day = wanted.date()
    Partner.objects.update(time_zone=zone, digest_time=wanted.time())
    FollowUpFactory(customer__partner=Partner.objects.get(), due=day)
    moment = dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)

    clock.move_to(moment - dt.timedelta(seconds=1))
    assert plan() == 0
    clock.move_to(moment)
    assert plan() == 1
    assert OutboxMessage.objects.get().dedupe_key.endswith(f":{day}")
    assert deliver() == 1
    clock.shift(dt.timedelta(hours=1))
    assert round_() == 0


def test_a_clock_put_back_brings_no_second_mail(clock, clara):
    FollowUpFactory(customer=clara, due=MONDAY)
    clock.move_to(at(MONDAY, 8))
    assert round_() == 1

    clock.move_to(at(MONDAY, 7, 30))

    assert round_() == 0


def test_a_partner_who_moves_west_gets_one_mail_a_day(clock, anna, clara):
    FollowUpFactory(customer=clara, due=MONDAY)
    assert round_() == 1

    Partner.objects.update(time_zone="America/New_York")
    clock.move_to(at(MONDAY, 7, 30, "America/New_York"))

    assert round_() == 0


# --- for whom --------------------------------------------------------------------------------


def test_one_partners_morning_wakes_no_other(clock, anna):
    others = {
        "awake in Kathmandu": {"time_zone": "Asia/Kathmandu"},
        "asleep in New York": {"time_zone": "America/New_York"},
        "up at eight": {"digest_time": dt.time(8)},
        "switched off": {"digest_on": False},
        "paused": {"paused_at": at(MONDAY, 7)},
    }
    for partner in [anna, *(PartnerFactory(name=name, **set_) for name, set_ in others.items())]:
        FollowUpFactory(customer__partner=partner, due=MONDAY)

    plan()

    planned = OutboxMessage.objects.values_list("partner__name", flat=True)
    assert set(planned) == {"Anna", "awake in Kathmandu"}


@pytest.mark.parametrize(
    "change",
    [
        {"digest_on": False},
        {"digest_weekdays": "234567"},
        {"digest_weekdays": ""},
        {"paused_at": at(MONDAY, 7)},
    ],
)
def test_who_does_not_want_it_or_is_paused_gets_none(clock, anna, clara, change):
    FollowUpFactory(customer=clara, due=MONDAY)
    Partner.objects.update(**change)

    assert plan() == 0
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("change", [{"digest_on": False}, {"paused_at": at(MONDAY, 7)}])
def test_who_changes_their_mind_after_planning_gets_none_either(clock, anna, clara, change):
    FollowUpFactory(customer=clara, due=MONDAY)
    plan()
    Partner.objects.update(**change)

    assert deliver() == 0
    assert OutboxMessage.objects.get().state == State.CANCELLED


def test_who_may_no_longer_sign_in_gets_none(clock, anna, clara):
    FollowUpFactory(customer=clara, due=MONDAY)
    type(anna.user).objects.update(is_active=False)

    assert plan() == 0


def test_where_nothing_is_due_the_day_is_decided_without_a_mail(clock, anna, clara):
    FollowUpFactory(customer=clara, due=TUESDAY)
    assert round_() == 0
    assert OutboxMessage.objects.get().state == State.SKIPPED

    clock.move_to(at(MONDAY, 10))
    FollowUpFactory(customer=clara, due=MONDAY, due_time=dt.time(15))

    assert round_() == 0
    assert mail.outbox == []


def test_what_is_settled_before_the_hand_over_brings_no_mail(clock, anna, clara):
    follow_up = FollowUpFactory(customer=clara, due=MONDAY)
    plan()
    actions.close(anna, anna.user, follow_up, FollowUp.State.DONE)

    assert deliver() == 0
    assert OutboxMessage.objects.get().state == State.CANCELLED


def test_a_birthday_alone_is_reason_enough(clock, anna):
    CustomerFactory(partner=anna, first_name="Gerda", birth_day=23, birth_month=11, birth_year=1976)

    assert round_() == 1
    assert only_mail().subject == "Heute: 1 Geburtstag"


def test_who_is_in_the_bin_is_no_reason(clock, anna, clara):
    FollowUpFactory(customer=clara, due=MONDAY)
    CustomerFactory(partner=anna, birth_day=23, birth_month=11, deleted_at=at(MONDAY, 7))
    type(clara).unscoped.filter(pk=clara.pk).update(deleted_at=at(MONDAY, 7))

    assert plan() == 0


def test_care_fades_after_a_week_and_a_promise_never(clock, clara):
    long_ago = MONDAY - dt.timedelta(days=9)
    FollowUpFactory(customer=clara, due=long_ago, nature=FollowUp.Nature.CARE)
    assert plan() == 0

    OutboxMessage.objects.all().delete()
    FollowUpFactory(customer=clara, due=long_ago)
    assert plan() == 1


# --- what stands in it -----------------------------------------------------------------------


def test_the_mail_reads_like_heute(clock, anna, clara):
    eva = CustomerFactory(partner=anna, first_name="Eva", last_name="")
    hans = CustomerFactory(partner=anna, first_name="Hans", last_name="Ölmann")
    CustomerFactory(
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
    older = FollowUpFactory(customer=hans, due=MONDAY - dt.timedelta(days=3))
    timed = FollowUpFactory(customer=clara, due=MONDAY, due_time=dt.time(10))
    FollowUpFactory(customer=clara, due=TUESDAY)

    round_()

    message = only_mail()
    assert message.subject == "Heute: 3 Wiedervorlagen, 1 Geburtstag"
    assert message.to == ["anna@example.org"]
    lines = [line for line in message.body.splitlines() if line.startswith(("- ", "  http"))]
    link = "  http://testserver/follow-ups/{}/"
    assert lines[:6] == [
        "- Clara C.: Anruf (10:00)",
        link.format(timed.pk),
        "- Hans Ö.: Anruf (seit 3 Tagen)",
        link.format(older.pk),
        "- Eva: Karte",
        link.format(care.pk),
    ]
    assert lines[6] == "- Gerda M. (wird 50)"
    html = html_of(message)
    for follow_up in (care, older, timed):
        assert f"http://testserver/follow-ups/{follow_up.pk}/" in html


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
    assert "- Clara C.: Call (since yesterday)" in only_mail().body
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


# --- what it costs ---------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_digests_of_many_partners_cost_two_queries(clock, count, django_assert_num_queries):
    partners = PartnerFactory.create_batch(count)
    for partner in partners:
        for _number in range(count):
            FollowUpFactory(customer__partner=partner, due=MONDAY)

    with django_assert_num_queries(2):
        found = digests(partners)
        assert [len(digest.groups[0][1]) for digest in found.values()] == [count] * count


@pytest.mark.parametrize("count", [1, 3])
def test_planning_costs_the_same_for_any_number_of_partners(
    clock, count, django_assert_num_queries
):
    for partner in PartnerFactory.create_batch(count):
        FollowUpFactory(customer__partner=partner, due=MONDAY)

    walls = 2 if connection.vendor == "postgresql" else 0
    with django_assert_num_queries(6 + walls):  # transaction, moments, candidates, rows, heartbeat
        assert reminders.plan_digests() == count


def test_a_planner_leaves_a_sign_of_life(clock, anna):
    plan()

    assert heartbeat.last_beat("planner") == at(MONDAY, 7, 30)


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
    assert "sandbox" in policy
    assert "allow-scripts" not in policy


def test_a_double_click_sends_one_mail_now_and_the_morning_mail_stays(clock, as_anna, anna, clara):
    FollowUpFactory(customer=clara, due=MONDAY)
    nonce = as_anna.get(reverse("digest-preview")).context["nonce"]

    for _click in range(2):
        response = as_anna.post(reverse("digest-send-now"), {"nonce": nonce})
        assert response.status_code == 302

    assert OutboxMessage.objects.count() == 1
    assert round_() == 2


def test_who_asks_for_it_gets_it_although_it_is_switched_off(clock, as_anna, anna):
    Partner.objects.update(digest_on=False)

    as_anna.post(reverse("digest-send-now"), {"nonce": "no \0 nonce"})

    assert round_() == 1
    assert only_mail().subject == "Heute ist nichts fällig"
