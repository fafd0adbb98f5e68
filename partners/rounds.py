"""What a bell rings for, with Celery or without: plan, deliver, go on with long work."""

import time

from django.conf import settings

from partners import housekeeping, jobs, outbox, planning


def remind() -> int:
    """Plan what is due, then hand over what waits; how many mails were handed over."""
    planning.plan_due()
    return outbox.deliver_due()


def work() -> int:
    """Slices of long work until the next bell; how many chunks were done."""
    housekeeping.tidy()
    started, total = time.monotonic(), 0
    while time.monotonic() - started < settings.BELL and (chunks := jobs.work()):
        total += chunks
    return total
