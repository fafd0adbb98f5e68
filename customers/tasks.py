"""Bells: no logic here."""

from celery import shared_task

from customers import reminders


@shared_task
def plan_digests() -> int:
    return reminders.plan_digests()
