"""The same done to many people: in chunks, each an act of its own, taken back as a whole."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.actions import bulk_steps, informing
from customers.actions.undoing import undo
from customers.models import BulkAct, Customer
from customers.selection import as_fields, selected
from partners import jobs
from partners.changes import Act
from partners.models import Job, Partner, User

BULK, BULK_UNDO = "bulk", "bulk-undo"
UNDO_LASTS = dt.timedelta(days=1)
State = BulkAct.State


@dataclasses.dataclass(frozen=True)
class Kind:
    """`prepare` runs once before the people, `finish` once after the last of them."""

    step: Callable[[Act, list[Customer], dict[str, Any]], None]
    prepare: Callable[[Act, dict[str, Any]], None] | None = None
    finish: Callable[[Act, dict[str, Any]], None] | None = None


KINDS = {
    "tag": Kind(bulk_steps.tag, prepare=bulk_steps.find_or_make_tag),
    "untag": Kind(bulk_steps.untag),
    "stage": Kind(bulk_steps.update),
    "rank": Kind(bulk_steps.update),
    "follow-up": Kind(bulk_steps.promise),
    "delete": Kind(bulk_steps.remove),
    "inform": Kind(informing.inform_some),
    "keep": Kind(informing.keep_some),
    "tag-merge": Kind(bulk_steps.retag, finish=bulk_steps.remove_tag),
    "tag-delete": Kind(bulk_steps.untag, finish=bulk_steps.remove_tag),
}


def register_bulk_jobs() -> None:
    jobs.register(BULK, do_some, label=_("Change many people"))
    jobs.register(BULK_UNDO, undo_some, label=_("Take back a change of many people"))


@transaction.atomic
def change_many(
    partner: Partner,
    actor: User,
    kind: str,
    who: Mapping[str, Any],
    params: dict[str, Any],
    *,
    row_id: uuid.UUID | None = None,
) -> BulkAct:
    """Do it to all who are selected: a few at once, many as a job."""
    people: Any = selected(partner, who)
    last = people.order_by("-pk").values_list("pk", flat=True).first()
    bulk = BulkAct(partner=partner, kind=kind, params=params, total=people.count())
    bulk.params |= {"who": as_fields(who), "last": str(last or "")}
    bulk.pk = row_id or bulk.pk
    if prepare := KINDS[kind].prepare:
        act = Act(partner, actor, f"bulk-{kind}")
        prepare(act, bulk.params)
        note(bulk, act)
    bulk.save()
    total = bulk.total or int(KINDS[kind].finish is not None)
    start(bulk, actor, BULK, total)
    return bulk


@transaction.atomic
def undo_many(partner: Partner, actor: User, bulk: BulkAct) -> BulkAct:
    """Take all of it back; what has changed since stays as it is, and is counted."""
    held = partner.bulkacts.select_for_update().get(pk=bulk.pk)
    if not can_be_undone(held) or is_running(held):
        return held
    held.state, held.kept = State.UNDOING, 0
    held.save(update_fields=["state", "kept"])
    start(held, actor, BULK_UNDO, max(held.done, 1))
    return held


def start(bulk: BulkAct, actor: User, kind: str, total: int) -> None:
    cursor = {"bulk": str(bulk.pk), "next": reverse("bulk-list")}
    job = jobs.start(bulk.partner, actor, kind, total=total, cursor=cursor, key=str(bulk.pk))
    bulk.refresh_from_db()
    if not job._state.adding:
        bulk.job_id = job.pk
    elif bulk.state == State.RUNNING:  # there was nobody to do it to
        bulk.state = State.DONE
    bulk.save(update_fields=["state", "job_id"])


def is_running(bulk: BulkAct) -> bool:
    """Whether its job still works; one that was stopped or gave up does not."""
    if bulk.job_id is None or bulk.state not in {State.RUNNING, State.UNDOING}:
        return False
    return bulk.partner.jobs.filter(pk=bulk.job_id, finished_at=None).exists()


def can_be_undone(bulk: BulkAct) -> bool:
    from_then = bulk.created_at + UNDO_LASTS
    return bulk.state != State.UNDONE and bool(bulk.acts) and timezone.now() < from_then


# --- in chunks ------------------------------------------------------------------------------------


def do_some(job: Job) -> jobs.Chunk:
    bulk = held_by(job)
    kind = KINDS[bulk.kind]
    act = Act(job.partner, job.partner.user, f"bulk-{bulk.kind}")
    people = some(bulk, job.cursor.get("after"))
    params = bulk.params | {"done": bulk.done}
    kind.step(act, people, params)
    is_last = len(people) < jobs.AT_ONCE
    if is_last:
        bulk.state = State.DONE
        if kind.finish:
            kind.finish(act, params)
    note(bulk, act)
    bulk.done += len(people)
    bulk.save(update_fields=["acts", "done", "state"])
    after = str(people[-1].pk) if people else job.cursor.get("after")
    return jobs.Chunk(len(people), job.cursor | {"after": after}, is_last)


def some(bulk: BulkAct, after: str | None) -> list[Customer]:
    """The next ones; who joins the circle later is not meant."""
    if not bulk.params["last"]:
        return []
    people = selected(bulk.partner, bulk.params["who"]).filter(pk__lte=bulk.params["last"])
    if after:
        people = people.filter(pk__gt=after)
    return list(people.order_by("pk").select_for_update(of=("self",))[: jobs.AT_ONCE])


def undo_some(job: Job) -> jobs.Chunk:
    """One act, the latest first."""
    bulk = held_by(job)
    left = job.cursor.get("left", len(bulk.acts)) - 1
    bulk.kept += undo(job.partner, job.partner.user, uuid.UUID(bulk.acts[left]))
    if left == 0:
        bulk.state = State.UNDONE
    bulk.save(update_fields=["kept", "state"])
    done = min(jobs.AT_ONCE, job.total - job.done)
    return jobs.Chunk(done, job.cursor | {"left": left}, is_last=left == 0)


def held_by(job: Job) -> BulkAct:
    return job.partner.bulkacts.select_for_update().get(pk=job.cursor["bulk"])


def note(bulk: BulkAct, act: Act) -> None:
    if act.left_traces:
        bulk.acts = [*bulk.acts, str(act.id)]
