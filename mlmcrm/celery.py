"""The alarm clock: Celery rings, the database remembers."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mlmcrm.settings")

app = Celery("mlmcrm")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
