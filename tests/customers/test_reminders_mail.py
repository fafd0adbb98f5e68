"""The single reminder as a mail, and what is asked once more right before it leaves."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from customers import actions, from_mail
from customers.models import FollowUp
from customers.reminders import morning, single
from customers.when import When
from partners import preferences, walls
from partners.models import OutboxMessage, Partner
from tests.customers.mornings import (
    MONDAY,
    SUNDAY,
    TUESDAY,
    at,
    html_of,
    only_mail,
    only_row,
    plan,
    round_,
)
from tests.factories import (
    CustomerFactory,
    FollowUpFactory,
    InteractionFactory,
    PartnerFactory,
)
from tests.harness.queries import costs
from tests.harness.roles import AppClient

THREE = dt.time(15)
KINDS = [
    (FollowUp.Kind.CALL, "Um 15:00: Clara C. anrufen"),
    (FollowUp.Kind.MESSAGE, "Um 15:00: Clara C. schreiben"),
    (FollowUp.Kind.VISIT, "Um 15:00: Clara C. besuchen"),
    (FollowUp.Kind.CARD, "Um 15:00: eine Karte für Clara C."),
    (FollowUp.Kind.BRING, "Um 15:00: Clara C. etwas mitbringen"),
]


@pytest.fixture
def clara(anna, clock):
    """Somebody of Anna's, who has no morning mail here. It is Monday noon in Berlin."""
    anna.digest_on = False
    anna.save()
    return CustomerFactory(partner=anna, first_name="Clara", last_name="Conrad")


@pytest.fixture
def at_three(clara):
    """Promised at noon for three o'clock."""
    return FollowUpFactory(customer=clara, due=MONDAY, due_time=THREE)


# --- what stands in it -----------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "subject"), KINDS)
def test_its_subject_tells_it_all_at_a_glance(clock, clara, kind, subject):
    FollowUpFactory(customer=clara, due=MONDAY, due_time=THREE, kind=kind)

    clock.move_to(at(MONDAY, 14, 45))
    round_()

    assert only_mail().subject == subject
    assert only_mail().to == ["anna@example.org"]


@pytest.mark.parametrize("kind", FollowUp.Kind)
def test_there_are_words_for_every_kind(kind):
    assert kind in single.DEEDS


def test_it_leads_to_the_follow_up_to_heute_and_to_the_settings(clock, anna, at_three):
    clock.move_to(at(MONDAY, 14, 45))
    round_()

    personal = from_mail.link(at_three, anna, MONDAY)
    off = preferences.link(anna, preferences.REMINDERS)
    addresses = [personal, "http://testserver/", "http://testserver/settings/", off]
    lines = [line.rpartition(": ")[2] for line in only_mail().body.splitlines()]
    assert [line for line in lines if line.startswith("http")] == addresses
    for address in addresses:
        assert f'href="{address}"' in html_of(only_mail())
    assert "Hallo Anna, eine kurze Erinnerung:" in only_mail().body


def test_one_click_in_the_mail_program_switches_them_off(clock, anna, at_three):
    clock.move_to(at(MONDAY, 14, 45))
    round_()

    headers = only_mail().extra_headers
    off = headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    AppClient().post(off, {"List-Unsubscribe": "One-Click"})
    anna.refresh_from_db()
    assert not anna.reminders_on


@pytest.mark.parametrize(
    ("lead", "sent", "subject"),
    [
        (1440, at(SUNDAY, 22), "Morgen, 22:00: Clara C. anrufen"),
        (15, at(TUESDAY, 1), "Gestern, 22:00: Clara C. anrufen"),
    ],
)
def test_of_another_day_it_says_which(clock, clara, lead, sent, subject):
    clock.move_to(at(SUNDAY, 12))
    Partner.objects.update(reminder_lead=lead)
    FollowUpFactory(customer=clara, due=MONDAY, due_time=dt.time(22))

    clock.move_to(sent)
    round_()

    assert only_mail().subject == subject


def test_in_english_it_is_english_throughout(clock, anna, at_three):
    type(anna.user).objects.update(language="en")

    clock.move_to(at(MONDAY, 14, 45))
    round_()

    assert only_mail().subject == "At 15:00: call Clara C."
    assert "Hello Anna, a short reminder:" in only_mail().body
    assert "Erinnerung" not in only_mail().message().as_string()


def test_no_note_no_wish_and_no_last_name_leave_the_house(clock, anna, clara):
    secret = {"last_name": "Conrad", "note": "canary", "source": "canary"}
    person = CustomerFactory(partner=anna, first_name="<b>Cleo\n& Co</b>", **secret)
    FollowUpFactory(customer=person, due=MONDAY, due_time=THREE, what="canary")
    InteractionFactory(customer=person, text="canary")

    clock.move_to(at(MONDAY, 14, 45))
    round_()

    assert only_mail().subject == "Um 15:00: <b>Cleo & Co</b> C. anrufen"
    everything = only_mail().message().as_string() + only_mail().body + html_of(only_mail())
    assert "canary" not in everything
    assert "Conrad" not in everything
    assert "<b>" not in html_of(only_mail())


# --- asked once more -------------------------------------------------------------------------


@pytest.fixture
def material(clock, anna, at_three):
    """What a worker has loaded of the planned reminder."""
    clock.move_to(at(MONDAY, 14, 45))
    plan()
    with walls.acting_for(anna):
        return single.load([only_row()])[only_row().pk]


def may_leave(anna: Partner, material: FollowUp) -> bool:
    with walls.acting_for(anna):
        return only_row().pk in single.as_loaded([(only_row(), material)])


def rename(anna: Partner, row: FollowUp) -> None:
    values = {"first_name": "Klara", "last_name": ""}
    actions.edit_customer(anna, anna.user, row.customer, values, actions.Ways())


CHANGES = {
    "done": lambda anna, row: actions.close(anna, anna.user, row, FollowUp.State.DONE),
    "moved": lambda anna, row: actions.move(anna, anna.user, row, When(TUESDAY)),
    "about something else": lambda anna, row: actions.edit(
        anna, anna.user, row, When(MONDAY, THREE), kind=FollowUp.Kind.CARD
    ),
    "removed": lambda anna, row: actions.remove_customer(anna, anna.user, row.customer),
    "with somebody of another name": rename,
}


def test_what_is_as_it_was_read_may_leave(anna, material):
    assert may_leave(anna, material)


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_since_it_was_read_may_not(anna, at_three, material, change):
    CHANGES[change](anna, at_three)

    assert not may_leave(anna, material)


@pytest.fixture
def digest(anna, clara):
    """A morning mail of one call and one birthday, as a worker has loaded it."""
    FollowUpFactory(customer=clara, due=MONDAY)
    CustomerFactory(partner=anna, first_name="Gerda", birth_day=23, birth_month=11)
    row = OutboxMessage(partner=anna)
    with walls.acting_for(anna):
        return morning.load([row])[row.pk]


@pytest.mark.parametrize("name", ["Clara", "Gerda"])
def test_a_morning_mail_asks_about_everybody_it_shows(anna, digest, name):
    row, person = OutboxMessage(partner=anna), anna.customers.get(first_name=name)
    with walls.acting_for(anna):
        assert morning.as_loaded([(row, digest)]) == {row.pk}

        rename(anna, FollowUp(customer=person))

        assert morning.as_loaded([(row, digest)]) == set()


@pytest.mark.parametrize("count", [1, 3])
def test_asking_about_a_batch_costs_two_queries(clock, count):
    """One of the partners has changed something meanwhile: only that mail is made anew."""
    partners = PartnerFactory.create_batch(count)
    for partner in partners:
        FollowUpFactory(customer__partner=partner, due=MONDAY)
    rows = [OutboxMessage(partner=partner) for partner in partners]
    with walls.acting_for(*partners):
        digests = morning.load(rows)
        changed = partners[0].followups.get()
        actions.move(partners[0], partners[0].user, changed, When(TUESDAY))

        with costs(2):
            found = morning.as_loaded([(row, digests[row.pk]) for row in rows])

    assert found == {row.pk for row in rows[1:]}


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_whoever_is_changing_it_right_now_is_not_waited_for(anna, at_three, material):
    changed, asked = threading.Event(), threading.Event()

    def change_slowly():
        with walls.acting_for(anna):
            actions.close(anna, anna.user, at_three, FollowUp.State.DONE)
            changed.set()
            asked.wait(30)
        connection.close()

    with ThreadPoolExecutor() as pool:
        other = pool.submit(change_slowly)
        changed.wait(30)
        answer = may_leave(anna, material)
        asked.set()
        other.result()

    assert answer is False


# --- what it costs ---------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_planning_and_loading_cost_the_same_for_any_number(clock, count):
    for partner in PartnerFactory.create_batch(count):
        FollowUpFactory(customer__partner=partner, due=MONDAY, due_time=THREE)
    clock.move_to(at(MONDAY, 14, 45))

    with walls.planning(), costs(2):
        assert single.plan_reminders() == count
    with walls.planning(), costs(1):
        assert single.plan_reminders() == 0
    rows = list(OutboxMessage.objects.all())
    with walls.acting_for(*Partner.objects.all()), costs(2):
        found = single.load(rows)
        assert [single.still_wanted(row, found[row.pk]) for row in rows] == [True] * count
        assert all(single.render(row, found[row.pk]).text for row in rows)
