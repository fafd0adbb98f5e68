"""The alarm clock: Celery rings, the database remembers."""

import os

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mlmcrm.settings")

app = Celery("mlmcrm")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# The timetable. Each bell expires before the next one rings, so a backlog cannot pile up.
app.conf.beat_schedule = {
    name: {"task": task, "schedule": settings.BELL, "options": {"expires": settings.BELL}}
    for name, task in (
        ("plan the morning mails", "customers.tasks.plan_digests"),
        ("deliver the outbox", "partners.tasks.deliver_outbox"),
    )
}
