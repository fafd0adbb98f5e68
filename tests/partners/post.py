"""Kinds of message to try the outbox with, and short words for what tests do to it."""

import uuid

import pytest
from django.utils import timezone, translation

from partners import outbox
from partners.models import MailClass, MailGate, OutboxMessage
from partners.outbox import delivery
from tests.harness.roles import as_app

State = OutboxMessage.State


class Letter:
    """A reminder that looks into a private table and can be told to fail."""

    name, mail_class = "letter", MailClass.REMINDER

    def __init__(self):
        self.poison: set[str] = set()
        self.unwanted: set[str] = set()
        self.gone: set[str] = set()
        self.unreadable: set[str] = set()
        self.loads: list[int] = []
        self.seen: list[str] = []

    def load(self, rows):
        self.loads.append(len(rows))
        for row in rows:
            if row.source_id in self.poison:
                raise ZeroDivisionError
        return {row.pk: self.names_for(row) for row in rows if row.source_id not in self.gone}

    @staticmethod
    def names_for(row):
        return [customer.first_name for customer in row.partner.customers.all()]

    def still_wanted(self, row, names):
        return row.source_id not in self.unwanted

    def render(self, row, names):
        if row.source_id in self.unreadable:
            raise ZeroDivisionError
        self.seen.append(f"{translation.get_language()} {timezone.get_current_timezone_name()}")
        return outbox.Mail(to=f"{row.source_id}@example.org", subject="A\nletter", text=str(names))


class Reset(Letter):
    """What may not wait behind reminders."""

    name, mail_class = "reset", MailClass.SYSTEM

    @staticmethod
    def names_for(row):
        return []


class Invitation(Letter):
    """What goes to a guest: better once and uncertain than twice."""

    name, mail_class = "invitation", MailClass.TRANSACTIONAL


def registered(patch: pytest.MonkeyPatch, kind: Letter) -> Letter:
    parts = (kind.load, kind.still_wanted, kind.render)
    patch.setitem(outbox.kinds, kind.name, outbox.Kind(kind.name, kind.mail_class, *parts))
    return kind


def wrote(recipient, name="clara", kind="letter", **fields) -> OutboxMessage:
    row = outbox.message(kind, key=str(uuid.uuid4()), recipient=recipient, source_id=name, **fields)
    outbox.write([row])
    return row


def deliver() -> int:
    with as_app():
        return outbox.deliver_due()


def hand_over(claimed: list[OutboxMessage]) -> int:
    """What a worker does with a batch it has claimed."""
    worker = delivery.Delivery()
    with worker.server:
        return worker.deliver(claimed)


def now_in(row: OutboxMessage) -> str:
    row.refresh_from_db()
    return row.state


def wait_over() -> None:
    """As if every pause had passed."""
    OutboxMessage.objects.update(next_attempt_at=None)
    MailGate.objects.update(closed_until=None)
