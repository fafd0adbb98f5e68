"""The alarm clock: Celery rings, the database remembers."""

import os

from celery import Celery, signals
from django.conf import settings

from partners import checks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mlmcrm.settings")

app = Celery("mlmcrm")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
signals.worker_ready.connect(checks.warn)

# The timetable. Each bell expires before the next one rings, so a backlog cannot pile up.
app.conf.beat_schedule = {
    name: {"task": task, "schedule": settings.BELL, "options": {"expires": settings.BELL}}
    for name, task in (
        ("plan and deliver", "partners.tasks.remind"),
        ("go on with long work", "partners.tasks.work"),
    )
}
