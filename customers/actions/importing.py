"""An import from the upload to its end or its undo: reading, deciding, taking over, taking back.

Each of the three is a job that works page by page. What a page did and that it did it are
committed together, so that a worker that dies loses a page and doubles nothing.
"""

import datetime as dt
import uuid
from collections import Counter

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from customers.actions.undoing import undo
from customers.imports import picked, reading
from customers.imports.content import Content
from customers.imports.decisions import LINKS, PEOPLE
from customers.imports.erased import ERASED, without_erased
from customers.imports.linking import link_page
from customers.imports.looking import VERDICTS, counted, look, with_notes
from customers.imports.taking import take_page
from customers.models import Import
from partners import clock, files, jobs
from partners.changes import Act
from partners.models import Job, Partner, User

READ, TAKE, UNDO = "import-read", "import-take", "import-undo"
ACT = "import"
KEPT_FOR = dt.timedelta(days=14)
State = Import.State
UNTAKEN = (State.MAPPING, State.READING, State.READY, State.FAILED)


def register_jobs() -> None:
    jobs.register(READ, read_some, label=_("Your contacts are being read"))
    jobs.register(TAKE, take_some, label=_("Your contacts are being taken over"))
    jobs.register(
        UNDO, undo_some, label=_("The import is being taken back"), can_be_cancelled=False
    )


# --- the file ----------------------------------------------------------------------------------


@transaction.atomic
def begin(partner: Partner, actor: User, pk: uuid.UUID, name: str, content: bytes) -> Import:
    """Keep an uploaded file and what it seems to be; Unreadable if it is nothing we can read."""
    found = reading.sniff(content, name)
    settings = found.settings | {
        "sample": found.sample,
        "warnings": [warning.as_json() for warning in found.warnings],
    }
    run = Import(pk=pk, name=name, kind=found.kind, settings=settings, counts={"rows": found.rows})
    keep(partner, run, content if found.csv is None else found.csv)
    if run.kind == Import.Kind.VCARD:
        start_reading(partner, actor, run)
    return run


@transaction.atomic
def begin_picked(partner: Partner, actor: User, pk: uuid.UUID, posted: str) -> Import:
    """The contacts somebody picked on the phone take the same way as a file."""
    counts = {"rows": len(picked.read(posted) or [])}
    run = Import(pk=pk, kind=picked.KIND, settings={"kind": picked.KIND}, counts=counts)
    keep(partner, run, posted.encode())
    start_reading(partner, actor, run)
    return run


def keep(partner: Partner, run: Import, content: bytes) -> None:
    tidy(partner)
    name, kind = run.name or run.kind, "application/octet-stream"
    run.partner = partner
    run.file = files.store(partner, name, kind, content, kept_for=KEPT_FOR)
    run.save(force_insert=True)


def tidy(partner: Partner) -> None:
    """What was read and never taken over is forgotten after a while, and so are rows that failed."""
    before = clock.now() - KEPT_FOR
    partner.imports.filter(created_at__lt=before, state__in=UNTAKEN).delete()
    partner.import_pages.filter(created_at__lt=before).exclude(rows=[]).update(rows=[])


def discard(run: Import) -> None:
    """Forget a file that was not taken over."""
    file = run.file
    run.delete()
    if file:
        file.delete()


# --- reading -----------------------------------------------------------------------------------


@transaction.atomic
def start_reading(partner: Partner, actor: User, run: Import) -> Job:
    """From the beginning; what an earlier reading found is forgotten."""
    run.pages.all().delete()
    kept = {name: value for name, value in run.settings.items() if name not in PASSING}
    run.settings, run.state, run.error = kept, State.READING, ""
    run.counts = {"rows": run.counts.get("rows", 0)}
    return start(partner, actor, run, READ, run.counts["rows"])


PASSING = {"position", "for_all", "round", "decided"}


def start(partner: Partner, actor: User, run: Import, kind: str, total: int) -> Job:
    """Small ones at once, large ones in the queue; the import knows its job."""
    run.save()
    there = {"next": reverse("customer-import-detail", args=[run.pk])}
    job = jobs.start(partner, actor, kind, total=max(total, 1), cursor=there, key=str(run.pk))
    run.refresh_from_db()
    run.job_id = None if job.is_over else job.pk
    run.save(update_fields=["job_id"])
    return job


def run_of(job: Job) -> Import:
    return job.partner.imports.select_for_update().get(pk=job.dedupe_key)


def read_some(job: Job) -> jobs.Chunk:
    run = run_of(job)
    read = picked.pages if run.kind == Import.Kind.PICKED else reading.pages
    content = Content(run.file) if run.file else b""
    try:
        page = read(content, run.settings, run.settings.get("position"), jobs.AT_ONCE)
    except reading.Unreadable as error:
        run.state, run.error = State.FAILED, error.code
        run.settings["problem"] = error.problem.as_json()
        run.save()
        return jobs.Chunk(done=0, is_last=True, result=leading_to(run))
    entries, left_out = without_erased(job.partner, page.entries)
    rows = look(job.partner, entries)
    numbers = run.counts.get("pages", [])
    if rows:
        job.partner.import_pages.create(run=run, number=PEOPLE + len(numbers), rows=rows)
        numbers = [*numbers, counted(rows)]
    left_out.update(run.counts.get("left_out", {}))
    remarks = [note for entry in entries for note in entry.notes]
    notes = with_notes(run.counts.get("notes", []), remarks)
    sums = dict(zip(VERDICTS, map(sum, zip(*numbers, strict=True)), strict=True)) if numbers else {}
    told = {"rows": run.counts["rows"], "pages": numbers, "notes": notes, "left_out": left_out}
    run.counts = told | sums
    run.settings["position"] = page.position
    if page.is_last:
        run.state = State.READY
        if left_out[ERASED]:
            forget_file(run)
    run.save()
    return jobs.Chunk(done=len(page.entries), is_last=page.is_last, result=leading_to(run))


def forget_file(run: Import) -> None:
    """Who was erased is not kept as a line of a file either."""
    run.settings["sample"] = []
    if run.file:
        run.file.delete()
        run.file = None


def leading_to(run: Import) -> dict[str, str]:
    return {"next": reverse("customer-import-detail", args=[run.pk])}


# --- taking over -------------------------------------------------------------------------------


@transaction.atomic
def start_taking(partner: Partner, actor: User, run: Import, options: dict[str, str]) -> Job:
    """Or go on, after a stop."""
    run.settings, run.state = run.settings | options, State.RUNNING
    taken = sum(run.counts.get("taken", {}).values())
    return start(partner, actor, run, TAKE, sum(map(sum, run.counts.get("pages", []))) - taken)


def take_some(job: Job) -> jobs.Chunk:
    run = run_of(job)
    waiting = run.pages.filter(is_done=False).order_by("number")
    page, done = waiting.first(), 0
    if page is not None:
        act = Act(job.partner, job.partner.user, ACT)
        if page.number >= LINKS:
            link_page(act, page)
        else:
            done = sum((taken := take_page(act, run, page)).values())
            run.counts["taken"] = Counter(run.counts.get("taken", {})) + taken
    is_last = not waiting.exists()
    if is_last:
        run.state = State.DONE
    run.save()
    return jobs.Chunk(done=done, is_last=is_last, result=leading_to(run))


# --- taking back -------------------------------------------------------------------------------


@transaction.atomic
def start_undoing(partner: Partner, actor: User, run: Import) -> Job:
    run.state = State.UNDOING
    run.counts["kept"] = 0
    return start(partner, actor, run, UNDO, sum(run.counts.get("taken", {}).values()))


def undo_some(job: Job) -> jobs.Chunk:
    """The last page that is not yet taken back; twice is harmless."""
    run = run_of(job)
    left = run.pages.exclude(act_id=None).order_by("-number")
    page, done = left.first(), 0
    if page is not None and page.act_id is not None:
        run.counts["kept"] += undo(job.partner, job.partner.user, page.act_id)
        page.act_id = None
        page.save(update_fields=["act_id"])
        if PEOPLE <= page.number < LINKS:
            done = sum(run.counts["pages"][page.number - PEOPLE])
    is_last = not left.exists()
    if is_last:
        run.state = State.UNDONE
    run.save()
    return jobs.Chunk(done=done, is_last=is_last, result=leading_to(run))
