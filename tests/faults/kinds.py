"""Two kinds of mail without a source: one to a user, sent again in doubt, one to a guest, held;
and a kind of long work.

What is wrong with a message is said in its `source_type`.
"""

import os
import time
from collections.abc import Iterable, Mapping
from typing import Any

from customers.models import Customer
from partners import jobs, outbox
from partners.models import Job, MailClass, OutboxMessage

REMINDER, GUEST, JOB = "trial-reminder", "trial-guest", "trial-job"
KILLS, RAISES = "kills its worker", "raises"


def register() -> None:
    outbox.register(REMINDER, MailClass.REMINDER, load, still_wanted, render)
    outbox.register(GUEST, MailClass.TRANSACTIONAL, load, still_wanted, render)
    jobs.register(JOB, step)


def load(rows: Iterable[OutboxMessage]) -> Mapping[Any, str]:
    rows = list(rows)
    if any(row.source_type == KILLS for row in rows):
        os._exit(9)
    return {row.pk: row.source_id for row in rows}


def still_wanted(row: OutboxMessage, name: str) -> bool:
    return True


def render(row: OutboxMessage, name: str) -> outbox.Mail:
    if row.source_type == RAISES:
        raise ZeroDivisionError
    return outbox.Mail(to=f"{name}@example.org", subject="A trial", text=f"For {name}.\n")


def step(job: Job) -> jobs.Chunk:
    """A chunk of long work, as an import does it."""
    time.sleep(0.2)
    Customer.unscoped.create(partner_id=job.partner_id, first_name=f"Row {job.done}")
    return jobs.Chunk(done=100, is_last=job.done + 100 >= job.total)
