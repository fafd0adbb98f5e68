"""What is over goes in time; what waits or needs somebody stays."""

import datetime as dt

import pytest

from partners.models import OutboxMessage
from partners.models.identifiers import first_since
from partners.outbox import tidying
from tests.harness.roles import as_app
from tests.partners.post import Letter, State, registered, wrote


@pytest.fixture
def letter(monkeypatch) -> Letter:
    return registered(monkeypatch, Letter())


def aged(row: OutboxMessage, state: str, days: int, **fields) -> OutboxMessage:
    """The same message, made so long ago and with that end."""
    made = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
    identifier = first_since(made).int + row.pk.int % 1_000_000
    OutboxMessage.objects.filter(pk=row.pk).update(id=type(row.pk)(int=identifier))
    changed = OutboxMessage.objects.filter(pk=type(row.pk)(int=identifier))
    changed.update(state=state, **fields)
    return changed.get()


def tidy() -> int:
    with as_app():
        return tidying.tidy()


@pytest.mark.usefixtures("letter")
@pytest.mark.parametrize(
    ("state", "days", "goes"),
    [
        (State.SENT, 89, False),
        (State.SENT, 91, True),
        (State.CANCELLED, 91, True),
        (State.SKIPPED, 6, False),
        (State.SKIPPED, 8, True),
        (State.PENDING, 400, False),
        (State.FAILED, 400, False),
        (State.UNKNOWN, 400, False),
        (State.EXPIRED, 400, False),
    ],
)
def test_what_is_over_goes_after_a_while(anna, state, days, goes):
    aged(wrote(anna.user), state, days)

    assert tidy() == goes
    assert OutboxMessage.objects.exists() is not goes


@pytest.mark.usefixtures("letter")
def test_what_failed_goes_when_somebody_has_seen_it(anna):
    aged(wrote(anna.user), State.FAILED, 91, dismissed_at=dt.datetime.now(dt.UTC))

    assert tidy() == 1
