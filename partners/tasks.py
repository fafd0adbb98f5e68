"""Bells: no logic here."""

from celery import shared_task

from partners import rounds


@shared_task
def remind() -> int:
    return rounds.remind()


@shared_task
def work() -> int:
    return rounds.work()
