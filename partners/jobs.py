"""Work that is too long for a request, in slices that never keep a reminder waiting.

A kind of job is a function that does the next few rows and says how far it came. What it did and
how far it came are committed together, by the holder of the lease alone: a worker that dies loses
a chunk and doubles nothing.
"""

import dataclasses
import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from partners import leases, walls
from partners.leases import FREE
from partners.models import Job, Partner, User

logger = logging.getLogger(__name__)

State = Job.State
AT_ONCE = 500  # rows that a request does itself, and at most as many in one chunk
TRIES = 5


@dataclasses.dataclass(frozen=True)
class Chunk:
    """How far a step came: what was done in it, where to go on, and whether that was all."""

    done: int
    cursor: dict[str, Any] = dataclasses.field(default_factory=dict)
    is_last: bool = False
    result: dict[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Kind:
    """`step` does up to AT_ONCE rows, inside the partner's wall and one transaction."""

    name: str
    step: Callable[[Job], Chunk]
    label: Any = ""
    can_be_cancelled: bool = True


kinds: dict[str, Kind] = {}


def register(name: str, step: Callable[[Job], Chunk], *, label: Any = "", can_be_cancelled=True):
    kinds[name] = Kind(name, step, label, can_be_cancelled)


def start(
    partner: Partner, actor: User, kind: str, *, total: int, cursor: Any = None, key: str = ""
) -> Job:
    """Do little work at once, within the request's own transaction; put much of it in the queue.

    What was done at once leaves no row behind. The same `key` twice is the same job while it is
    not over.
    """
    fields = {"partner": partner, "kind": kind, "dedupe_key": key}
    job = Job(**fields, actor_id=actor.pk, total=total, cursor=cursor or {})
    if total <= AT_ONCE:
        while total and not job.is_over:
            go_on(job, kinds[kind].step(job))
        finish(job, State.DONE)
        return job
    try:
        with transaction.atomic():
            job.save()
    except IntegrityError:
        return Job.objects.get(**fields, state__in=[State.WAITING, State.RUNNING])
    return job


def cancel(partner: Partner, identifier: Any) -> bool:
    """Ask a job to stop after its present chunk; what it did stays, to be undone as a whole."""
    allowed = [kind.name for kind in kinds.values() if kind.can_be_cancelled]
    mine = partner.jobs.filter(pk=identifier, kind__in=allowed, cancel_requested_at=None)
    open_ones = mine.filter(state__in=[State.WAITING, State.RUNNING])
    return bool(open_ones.update(cancel_requested_at=timezone.now()))


# --- in the worker ---------------------------------------------------------------------------


def work() -> int:
    """One slice of the job that has waited longest; how many chunks were done."""
    take_back()
    queue = leases.ready(Job.objects.filter(state=State.WAITING)).order_by("turn_at", "pk")
    for job in leases.claim(queue, 1, seconds=settings.OUTBOX["JOB_LEASE"], state=State.RUNNING):
        return work_on(job)
    return 0


def take_back() -> None:
    """Jobs whose worker died wait again, or are given up when no worker survives them."""
    with transaction.atomic(durable=True):
        for job in leases.broken(Job.objects.filter(state=State.RUNNING)):
            put_back(job, "its worker never came back")


def work_on(job: Job) -> int:
    started, chunks = time.monotonic(), 0
    try:
        while time.monotonic() - started < settings.OUTBOX["JOB_SLICE"]:
            if not do_chunk(job):
                return chunks
            chunks += 1
            if job.is_over:
                return chunks
            let_others_write()
    except Exception as error:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        put_back(job, type(error).__name__)
        return chunks
    leases.held([job]).update(**FREE, state=State.WAITING, turn_at=Now(), crashes=0)
    return chunks


def let_others_write() -> None:
    """SQLite has one writer at a time, and whoever waits looks again every tenth of a second."""
    if connection.vendor == "sqlite":
        time.sleep(0.11)


def do_chunk(job: Job) -> bool:
    """The next rows and how far they came, in one transaction; False if the job is not ours."""
    with walls.acting_for(job.partner_id):
        lease = leases.from_now(settings.OUTBOX["JOB_LEASE"])
        if not leases.alive([job]).update(lease_until=lease):  # this locks the row until we commit
            return False
        if leases.held([job]).filter(cancel_requested_at__isnull=False).exists():
            finish(job, State.CANCELLED)
        else:
            go_on(job, kinds[job.kind].step(job))
        columns = ("state", "done", "total", "cursor", "result", "finished_at")
        ended = FREE if job.is_over else {"lease_until": lease}
        leases.held([job]).update(**{name: getattr(job, name) for name in columns}, **ended)
    return True


def go_on(job: Job, chunk: Chunk) -> None:
    job.done += chunk.done
    job.cursor, job.result = chunk.cursor, {**job.result, **chunk.result}
    if chunk.is_last:
        finish(job, State.DONE)


def finish(job: Job, state: Job.State) -> None:
    job.state, job.finished_at = state, timezone.now()


def put_back(job: Job, why: str) -> None:
    """Once more after a pause, a few times."""
    if job.crashes + 1 >= TRIES:
        fate = {"state": State.FAILED, "finished_at": Now()}
    else:
        fate = {
            "state": State.WAITING,
            "next_attempt_at": leases.from_now(settings.OUTBOX["JOB_PAUSE"]),
        }
    leases.held([job]).update(**FREE, **fate, crashes=F("crashes") + 1, error=why)
