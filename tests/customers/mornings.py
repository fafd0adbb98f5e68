"""Mornings, planned and delivered as the product does, and the mail that came."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.core import mail
from django.core.mail import EmailMultiAlternatives

from customers.tasks import plan_digests
from partners.models import OutboxMessage
from partners.outbox import deliver_due
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
