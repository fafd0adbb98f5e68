"""Bells: no logic here."""

from celery import shared_task

from partners import outbox


@shared_task
def deliver_outbox() -> int:
    return outbox.deliver_due()
