"""Messages in every state, and the outbox page as it tells of them."""

import datetime as dt
import uuid

from django.urls import reverse

from partners import outbox, sent
from partners.models import OutboxAttempt, OutboxMessage, Reason
from tests.personas import MONDAY_NOON

State = OutboxMessage.State
Outcome = OutboxAttempt.Outcome
PAGE = "message-list"
REFUSED = {"state": State.FAILED, "reason": Reason.REFUSED, "last_code": 550}
GAVE_UP = {"state": State.FAILED, "reason": Reason.GAVE_UP, "last_code": 451}
TOO_LATE = {"state": State.EXPIRED, "reason": Reason.TOO_LATE}
NO_ANSWER = {"state": State.UNKNOWN, "reason": Reason.NO_ANSWER, "ambiguous": 1}
RESTORED = {"state": State.UNKNOWN, "reason": Reason.RESTORED}
LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def wrote(partner, **fields) -> OutboxMessage:
    row = outbox.message("digest", key=str(uuid.uuid4()), recipient=partner.user)
    for name, value in fields.items():
        setattr(row, name, value)
    row.lease_token = uuid.uuid4() if row.state == State.SENDING else None
    row.save()
    return row


def tried(row: OutboxMessage, outcome: str, handoff_at: dt.datetime | None) -> None:
    OutboxAttempt.objects.create(
        message=row,
        lease_token=uuid.uuid4(),
        handoff_at=handoff_at,
        finished_at=handoff_at or MONDAY_NOON,
        outcome=outcome,
        reply="said in confidence",
    )


def rows(client, **query) -> list[sent.Row]:
    context = client.get(reverse(PAGE), query).context
    return [*context["needing"], *context["others"]]


def listed(client) -> list[tuple[str, str]]:
    return [(row.status_word, row.reason) for row in rows(client)]


def html(client) -> str:
    return client.get(reverse(PAGE)).content.decode()


def now_in(row: OutboxMessage) -> str:
    row.refresh_from_db()
    return row.state
