"""The outbox page in buttons: send again or settle, each for one's own messages alone."""

import uuid

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.urls import reverse

from partners import walls
from partners.models import OutboxAttempt, Reason
from tests.harness.roles import as_app
from tests.partners.stuck import (
    GAVE_UP,
    LONG_AGO,
    NO_ANSWER,
    PAGE,
    REFUSED,
    RESTORED,
    TOO_LATE,
    Outcome,
    State,
    html,
    listed,
    now_in,
    rows,
    tried,
    wrote,
)
from tests.personas import MONDAY_NOON
from tests.project.pages import PRIVATE


@pytest.mark.parametrize("fields", [REFUSED, GAVE_UP, NO_ANSWER, RESTORED])
def test_send_it_again_starts_afresh_and_is_due_now(as_anna, anna, clock, fields):
    row = wrote(anna, attempts=6, due_at=LONG_AGO, **fields)
    assert "Nochmal senden" in html(as_anna)

    for _click in range(2):
        assert as_anna.post(reverse("message-again", args=[row.pk])).status_code == 302

    assert now_in(row) == State.PENDING
    assert (row.attempts, row.last_code, row.due_at) == (0, None, MONDAY_NOON)


@pytest.mark.parametrize(
    "fields",
    [{"state": State.SENT}, {"attempts": 3}, TOO_LATE, GAVE_UP | {"expires_at": LONG_AGO}],
)
def test_what_cannot_be_sent_again_stays(as_anna, anna, fields):
    row = wrote(anna, **fields)
    assert "Nochmal senden" not in html(as_anna)

    as_anna.post(reverse("message-again", args=[row.pk]))

    before = (row.state, row.attempts)
    row.refresh_from_db()
    assert (row.state, row.attempts) == before


@pytest.mark.parametrize("fields", [REFUSED, TOO_LATE, NO_ANSWER, RESTORED])
def test_what_is_settled_leaves_the_list_and_can_come_back(as_anna, anna, fields):
    row = wrote(anna, **fields)
    assert "Gesehen" in html(as_anna)
    keep = reverse("message-undismiss", args=[row.pk])

    for _click in range(2):
        page = as_anna.post(reverse("message-dismiss", args=[row.pk]), follow=True)
    assert rows(as_anna) == []
    assert f'action="{keep}"' not in page.content.decode(), "the second click changes nothing"

    as_anna.post(keep)
    assert [row.needs_you for row in rows(as_anna)] == [True]


def test_the_toast_brings_it_back(as_anna, anna):
    row = wrote(anna, **REFUSED)

    page = as_anna.post(reverse("message-dismiss", args=[row.pk]), follow=True)

    assert f'action="{reverse("message-undismiss", args=[row.pk])}"' in page.content.decode()


@pytest.mark.parametrize("fields", [{}, {"state": State.SENT}])
def test_only_what_needs_you_can_be_settled(as_anna, anna, fields):
    row = wrote(anna, **fields)
    assert "Gesehen" not in html(as_anna)

    as_anna.post(reverse("message-dismiss", args=[row.pk]))

    assert len(rows(as_anna)) == 1


@pytest.mark.parametrize("name", ["message-again", "message-dismiss", "message-undismiss"])
def test_nobody_sees_or_changes_anothers_messages(as_boris, anna, name):
    row = wrote(anna, **REFUSED)

    assert listed(as_boris) == []
    assert as_boris.post(reverse(name, args=[row.pk])).status_code == 404
    assert as_boris.post(reverse(name, args=[uuid.uuid4()])).status_code == 404
    assert now_in(row) == State.FAILED
    assert row.dismissed_at is None
    assert name in PRIVATE


def test_more_leads_to_everything_and_says_what_needs_you(as_anna, anna, boris):
    page = as_anna.get(reverse("more")).content.decode()
    assert "braucht dich" not in page
    for name in ("settings", "digest-preview", PAGE):
        assert f'<li class="link-row"><a href="{reverse(name)}"' in page

    wrote(anna, **REFUSED)
    wrote(boris, **REFUSED)
    wrote(anna, **TOO_LATE, dismissed_at=MONDAY_NOON)

    assert "1 braucht dich" in as_anna.get(reverse("more")).content.decode()


# --- the wall ------------------------------------------------------------------------------------


@pytest.mark.postgresql
def test_partners_read_of_their_own_attempts_only_when_contact_broke(anna, boris):
    rows = [wrote(partner, **NO_ANSWER) for partner in (anna, boris)]
    for row in rows:
        tried(row, Outcome.NO_ANSWER, MONDAY_NOON)

    with as_app(), walls.acting_for(boris):
        seen = OutboxAttempt.objects.values_list("message_id", "handoff_at")
        assert list(seen) == [(rows[1].pk, MONDAY_NOON)]


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT reply FROM partners_outboxattempt",
        "SELECT code FROM partners_outboxattempt",
        "SELECT worker FROM partners_outboxattempt",
        "UPDATE partners_outboxattempt SET outcome = 'sent'",
        "DELETE FROM partners_outboxattempt",
        "SELECT said FROM partners_mailgate",
        "UPDATE partners_mailgate SET closed_at = NULL",
    ],
)
def test_partners_learn_no_more_of_attempts_and_the_gate(anna, statement):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        as_app(),
        walls.acting_for(anna),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_mail_that_waits_for_the_partners_own_address_needs_them(as_anna, anna):
    wrote(anna, created_at=LONG_AGO, reason=Reason.NO_IMPRINT)
    wrote(anna, state=State.SENT)

    first, second = rows(as_anna)
    assert (first.status_word, second.status_word) == ("braucht dich", "gesendet")
    assert first.when_spoken == "1. Januar, 01:00"  # not when we look again
    page = html(as_anna)
    assert "1 braucht dich" in page
    assert "Jetzt ergänzen" in page
    assert "/dismiss/" not in page
    assert "1 braucht dich" in as_anna.get(reverse("more")).content.decode()
