"""The bells without Celery: plan and deliver, once or until stopped."""

import logging
import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from partners import housekeeping, jobs, outbox, planning

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Plan due reminders and deliver the outbox, for installations without Celery."

    def add_arguments(self, parser: CommandParser) -> None:
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--once", action="store_true", help="One round; this is the default.")
        how.add_argument("--loop", action="store_true", help="Round after round, until stopped.")

    def handle(self, *, loop: bool, **options: Any) -> None:
        if loop:
            self.loop()
            return
        while self.round():
            pass

    def round(self) -> bool:
        """Reminders first, then a slice of long work; whether there may be more to do at once."""
        planned, sent = planning.plan_due(), outbox.deliver_due()
        self.stdout.write(f"{planned} planned, {sent} sent")
        housekeeping.tidy()
        worked = jobs.work()
        return bool(sent or worked)

    def loop(self) -> None:
        """SIGTERM and Ctrl-C end it after the round; no failure of a round ends it."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            close_old_connections()
            try:
                more = self.round()
            except Exception:
                logger.exception("this round failed, the next one tries again")
                more = False
            if not more:
                stop.wait(settings.BELL)
