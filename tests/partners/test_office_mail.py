"""The back office and the outbox: states, numbers, the gate, what is held; nobody's name."""

import datetime as dt
import re
import uuid

import pytest
from django.db.models.functions import Now
from django.urls import reverse

from partners import heartbeat, outbox, planning, post_office
from partners.models import Heartbeat, Job, MailGate, OutboxMessage, Reason
from tests.partners.stuck import (
    GAVE_UP,
    NO_ANSWER,
    REFUSED,
    RESTORED,
    TOO_LATE,
    Outcome,
    State,
    now_in,
    tried,
    wrote,
)
from tests.personas import MONDAY_NOON

PAGE = "/office/mail/"
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
WELL = "Alles läuft: Die Zeitpläne melden sich, der Mailserver nimmt an, nichts wartet zu lange."

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture(autouse=True)
def _planners_report() -> None:
    for name in planning.planners:
        heartbeat.beat(name)


def html(client) -> str:
    return client.get(PAGE).content.decode()


def text(client) -> str:
    """What a clerk reads."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html(client))).replace("&quot;", '"')


def overview(client) -> post_office.Overview:
    return client.get(PAGE).context["post"]


def lines(client) -> list[tuple[str, str, int, int]]:
    return [(line.state, line.reason, line.open, line.recent) for line in overview(client).lines]


def wrong(client) -> list[str]:
    return [f"{trouble.what} {trouble.to_do}" for trouble in overview(client).troubles]


def close_gate(reason: str = MailGate.Reason.PASSWORD) -> None:
    outbox.gate.close(reason, "5.7.8 authentication failed", 535)


# --- all is well ------------------------------------------------------------------------------------


def test_good_news_is_one_line(as_office, anna):
    wrote(anna, state=State.SENT, sent_at=MONDAY_NOON)

    assert wrong(as_office) == []
    assert WELL in text(as_office)
    assert "Jetzt wieder versuchen" not in text(as_office)
    assert "Alle freigeben" not in text(as_office)


def test_an_empty_house_is_well(as_office):
    assert WELL in text(as_office)


# --- numbers ----------------------------------------------------------------------------------------


def test_messages_are_counted_by_state_and_reason(as_office, anna, boris):
    for partner in (anna, boris):
        wrote(partner, **REFUSED)
        wrote(partner, state=State.SENT)
    wrote(anna)
    wrote(anna, **TOO_LATE, dismissed_at=MONDAY_NOON)
    wrote(anna, state=State.SKIPPED, reason=Reason.NOTHING_DUE)

    assert lines(as_office) == [
        ("wartet", "", 1, 1),
        ("gesendet", "", 0, 2),
        ("nicht zugestellt", "vom Mailserver abgelehnt", 2, 2),
        ("zu spät", "konnte nicht rechtzeitig raus", 0, 1),
        ("nichts zu sagen", "nichts stand an", 0, 1),
    ]


def test_what_is_older_than_a_day_counts_only_while_it_is_open(as_office, anna, clock):
    clock.shift(-2 * DAY)
    wrote(anna, **GAVE_UP)
    wrote(anna, state=State.SENT)
    clock.shift(2 * DAY)
    wrote(anna, **GAVE_UP)

    assert lines(as_office) == [
        ("nicht zugestellt", "nach mehreren Versuchen aufgegeben", 2, 1),
    ]


def test_the_latest_fifty_attempts_are_told(as_office, anna):
    row = wrote(anna)
    for _number in range(50):
        tried(row, Outcome.PUT_OFF, None)
    row.tries.update(code=451, reply="4.7.1 greylisted", worker="host-1:4711")
    row.tries.filter(pk=row.tries.first().pk).update(finished_at=MONDAY_NOON - DAY)
    tried(row, Outcome.SENT, MONDAY_NOON)

    attempts = overview(as_office).attempts

    assert len(attempts) == 50
    assert {attempt.finished_at for attempt in attempts} == {MONDAY_NOON}
    told = text(as_office)
    for word in ("Morgenmail", "vertröstet", "451 4.7.1 greylisted", "host-1:4711", "12:00:00"):
        assert word in told


def test_hand_overs_without_an_answer_are_counted_for_a_day(as_office, anna, clock):
    row = wrote(anna, **NO_ANSWER)
    tried(row, Outcome.NO_ANSWER, MONDAY_NOON)
    tried(row, Outcome.WORKER_DIED, MONDAY_NOON)
    tried(row, Outcome.WORKER_DIED, None)
    tried(row, Outcome.SENT, MONDAY_NOON)
    assert overview(as_office).unanswered == 2

    clock.shift(DAY + MINUTE)
    assert overview(as_office).unanswered == 0


def test_long_work_is_counted_by_state(as_office, anna):
    for state, ended in (("waiting", None), ("done", 0), ("done", 2), ("failed", 0)):
        finished_at = None if ended is None else MONDAY_NOON - ended * DAY
        Job.objects.create(partner=anna, kind="import", state=state, finished_at=finished_at)

    assert overview(as_office).jobs == [("wartet", 1), ("erledigt", 1), ("fehlgeschlagen", 1)]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_any_number(
    as_office, anna, number, django_assert_max_num_queries
):
    for _number in range(number):
        tried(wrote(anna, **REFUSED), Outcome.REFUSED, None)
    html(as_office)

    with django_assert_max_num_queries(13) as queries:
        html(as_office)
    assert len(queries) == 12


# --- what is wrong, and what to do ------------------------------------------------------------------


def test_a_silent_planner_is_named(as_office):
    name, *_others = planning.planners
    Heartbeat.objects.filter(name=name).update(beat_at=Now() - 4 * MINUTE)

    assert wrong(as_office) == [
        f"Ein Zeitplan meldet sich nicht: {name}. Bitte lassen Sie prüfen, ob Worker und Beat laufen."
    ]
    assert WELL not in text(as_office)


def test_a_message_that_waits_too_long_is_told(as_office, anna, clock):
    wrote(anna, due_at=MONDAY_NOON)
    clock.shift(11 * MINUTE)

    [trouble] = wrong(as_office)
    assert trouble.startswith("Eine fällige Nachricht wartet länger als zehn Minuten. Bitte")
    assert "wartet seit 11" in text(as_office)


def test_what_has_just_fallen_due_does_not_wait_for_zero_minutes(as_office, anna, clock):
    wrote(anna, due_at=MONDAY_NOON)
    clock.shift(MINUTE - dt.timedelta(seconds=1))
    assert "gerade fällig" in text(as_office)

    clock.shift(dt.timedelta(seconds=1))
    assert "wartet seit 1 Minute" in text(as_office)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("password", "Der Mailserver lehnt unser Passwort ab. Bitte lassen Sie Benutzer"),
        (
            "unreachable",
            "Der Mailserver ist nicht erreichbar. Bitte lassen Sie prüfen, ob er läuft",
        ),
        ("turned-away", "Der Mailserver weist uns ab. Das gibt sich oft von selbst."),
        (
            "sender",
            "Der Mailserver nimmt von uns keine Mail an. Bitte lassen Sie prüfen, ob er uns",
        ),
        ("refusals", "Der Mailserver lehnt eine Mail nach der anderen ab. Bitte lesen Sie unten"),
    ],
)
def test_a_closed_gate_says_why_and_what_to_do(as_office, reason, said):
    close_gate(reason)

    [trouble] = wrong(as_office)

    assert trouble.startswith(said)
    assert "535 5.7.8 authentication failed" in text(as_office)


def test_a_fault_of_ours_is_told(as_office, anna):
    wrote(anna, state=State.FAILED, reason=Reason.FAULT)
    wrote(anna, **REFUSED)

    [trouble] = wrong(as_office)

    assert trouble.startswith("1 Nachricht ließ sich nicht schreiben; der Fehler liegt in dieser")


# --- what a clerk may do ----------------------------------------------------------------------------


def test_a_clerk_opens_the_gate(as_office):
    close_gate()
    assert "Jetzt wieder versuchen" in text(as_office)

    page = as_office.post(reverse("office-mail-open"), follow=True)

    assert page.redirect_chain == [(PAGE, 302)]
    assert not outbox.gate.is_closed()
    assert WELL in text(as_office)


def test_a_clerk_releases_what_is_held(as_office, anna, boris):
    rows = [wrote(partner, **RESTORED) for partner in (anna, boris)]
    MailGate.objects.create(backup_at=MONDAY_NOON - DAY, held_until=MONDAY_NOON - MINUTE)
    assert "2 Nachrichten sind angehalten, seit ein Backup eingespielt" in wrong(as_office)[0]
    assert "Seit das Backup vom 22.11.2026 12:00 eingespielt wurde" in text(as_office)

    page = as_office.post(reverse("office-mail-release"), follow=True)

    assert "2 Nachrichten dürfen jetzt raus." in page.content.decode()
    assert [now_in(row) for row in rows] == [State.PENDING, State.PENDING]
    assert "Alle freigeben" not in text(as_office)


def test_a_clerk_reads_how_many_are_too_late_by_now(as_office, anna):
    rows = [wrote(anna, **RESTORED) for _number in range(3)]
    late = wrote(anna, **RESTORED, expires_at=MONDAY_NOON)

    page = as_office.post(reverse("office-mail-release"), follow=True).content.decode()

    assert "3 Nachrichten dürfen jetzt raus. 1 ist inzwischen zu spät." in page
    assert {now_in(row) for row in rows} == {State.PENDING}
    assert now_in(late) == State.EXPIRED


@pytest.mark.parametrize("name", ["office-mail-open", "office-mail-release"])
def test_looking_changes_nothing_and_partners_find_nothing(as_office, as_anna, anna, name):
    close_gate()
    row = wrote(anna, **RESTORED)

    assert as_office.get(reverse(name)).status_code == 405
    assert as_anna.post(reverse(name)).status_code == 404

    assert outbox.gate.is_closed()
    assert now_in(row) == State.UNKNOWN


# --- nobody's name ----------------------------------------------------------------------------------


def test_neither_name_nor_address_nor_reference_is_shown(as_office, anna):
    row = wrote(anna, **REFUSED, source_type="customer", source_id="canary", last_error="a canary")
    tried(row, Outcome.REFUSED, None)
    OutboxMessage.objects.filter(pk=row.pk).update(dedupe_key=f"canary-{uuid.uuid4()}")

    page = html(as_office)

    for hidden in ("canary", "anna@example.org", "Anna", str(row.pk), row.message_id):
        assert hidden not in page


def test_the_page_looks_again_by_itself(as_office):
    page = html(as_office)

    assert f'hx-get="{PAGE}" hx-trigger="every 15s" hx-select="#mail-state"' in page
