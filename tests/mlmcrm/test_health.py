"""/healthz: green while mail leaves and planners report; a container asks only whether it lives."""

import datetime as dt

import pytest
from django.db import OperationalError, connection
from django.db.models.functions import Now

from partners import heartbeat, outbox, planning
from partners.models import Heartbeat, MailGate
from tests.harness.processes import free_port
from tests.partners.stuck import wrote
from tests.personas import MONDAY_NOON

MINUTE = dt.timedelta(minutes=1)
WELL = {"database": "ok", "outbox": "ok", "planners": "ok", "gate": "open", "broker": "ok"}


@pytest.fixture(autouse=True)
def _planners_report() -> None:
    for name in planning.planners:
        heartbeat.beat(name)


def ask(client, query: str = "") -> tuple[int, dict[str, str]]:
    answer = client.get(f"/healthz{query}")
    return answer.status_code, answer.json()


def silenced(name: str, minutes: float) -> None:
    """As if a planner had last been heard that long ago, by the database's clock."""
    then = Now() - minutes * MINUTE
    Heartbeat.objects.filter(name=name).update(beat_at=then)


def close_gate() -> None:
    outbox.gate.close(MailGate.Reason.PASSWORD, "535 no such user anna@example.org", 535)


def test_all_is_well(client):
    assert ask(client) == (200, WELL)
    assert ask(client, "?live=1") == (200, {"database": "ok"})


@pytest.mark.parametrize(("minutes", "status"), [(10, 200), (10.1, 503)])
def test_mail_may_wait_ten_minutes(client, anna, clock, minutes, status):
    wrote(anna, due_at=MONDAY_NOON)
    clock.shift(minutes * MINUTE)

    found, report = ask(client)

    assert found == status
    late = "a message has been waiting since 2026-11-23T11:00Z"
    assert report == WELL | ({} if status == 200 else {"outbox": late})
    assert ask(client, "?live=1")[0] == 200


def test_what_is_not_due_yet_or_settled_keeps_nobody_waiting(client, anna, clock):
    wrote(anna, due_at=MONDAY_NOON + 60 * MINUTE)
    wrote(anna, due_at=MONDAY_NOON - 60 * MINUTE, state="failed")

    assert ask(client) == (200, WELL)


def test_a_planner_may_be_silent_for_three_minutes(client):
    name, *others = planning.planners
    silenced(name, 2.9)
    assert ask(client) == (200, WELL)

    silenced(name, 3.1)
    assert ask(client) == (503, WELL | {"planners": f"silent: {name}"})
    assert ask(client, "?live=1")[0] == 200
    assert others, "each is asked by itself"


def test_a_planner_that_never_reported_is_silent(client):
    Heartbeat.objects.all().delete()

    status, report = ask(client)

    assert (status, report["planners"]) == (503, f"silent: {', '.join(planning.planners)}")


def test_a_closed_gate_is_told_and_alone_not_red(client, anna, clock):
    wrote(anna, due_at=MONDAY_NOON)
    close_gate()
    assert ask(client) == (200, WELL | {"gate": "closed: password"})

    clock.shift(11 * MINUTE)
    status, report = ask(client)
    assert (status, report["gate"]) == (503, "closed: password")
    assert report["outbox"] != "ok"


def test_it_says_no_word_of_the_mail_server(client):
    close_gate()

    page = client.get("/healthz").content.decode()

    assert "anna" not in page
    assert "no such user" not in page


def test_a_silent_broker_is_red_and_no_reason_to_restart(client, settings):
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"

    assert ask(client) == (503, WELL | {"broker": "no answer"})
    assert ask(client, "?live=1") == (200, {"database": "ok"})


@pytest.mark.parametrize("query", ["", "?live=1"])
def test_without_its_database_nothing_lives(client, monkeypatch, query):
    def gone(*args):
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", gone)
        status, report = ask(client, query)

    assert (status, report["database"]) == (503, "no answer")
    assert "outbox" not in report
