"""Mornings, planned and delivered as the product does, and the mail that came."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.core import mail
from django.core.mail import EmailMultiAlternatives

from customers import actions
from partners import planning
from partners.models import OutboxMessage, Partner
from partners.outbox import deliver_due
from tests.harness.roles import as_app

BERLIN = ZoneInfo("Europe/Berlin")
SUNDAY, MONDAY, TUESDAY = (dt.date(2026, 11, day) for day in (22, 23, 24))
State = OutboxMessage.State


def at(day: dt.date, hour: int, minute: int = 0, zone: str = "Europe/Berlin") -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=ZoneInfo(zone))


def plan() -> int:
    with as_app():
        return planning.plan_due()


def deliver() -> int:
    with as_app():
        return deliver_due()


def round_() -> int:
    plan()
    return deliver()


def move_to(partner: Partner, zone: str) -> None:
    partner.time_zone = zone
    partner.save()
    actions.move_zone(partner, partner.user)


def only_row() -> OutboxMessage:
    return OutboxMessage.objects.get()


def only_mail() -> EmailMultiAlternatives:
    (message,) = mail.outbox
    assert isinstance(message, EmailMultiAlternatives)
    return message


def html_of(message: EmailMultiAlternatives) -> str:
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    return str(html)
