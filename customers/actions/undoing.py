"""Taking an act back, and letting follow what is computed from the rows it touched."""

import uuid
from collections.abc import Collection
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy

from customers import kept_above, said_above
from customers.actions.declining import refresh_declined
from customers.actions.deriving import refresh_search, refresh_story
from customers.actions.follow_ups import move_zone
from customers.actions.merging import came_since
from customers.actions.tags import tag_named
from customers.models import (
    Address,
    Customer,
    DataSubjectRequest,
    Email,
    FollowUp,
    Interest,
    Permission,
    PersonalMail,
    Phone,
    Tag,
    Tagging,
    hanging,
)
from partners import clock
from partners import undo as history
from partners.changes import Act
from partners.models import OwnedModel, Partner, User


class NameTaken(Exception):
    """Another tag bears the name by now that would come back."""


class TakenBack(NamedTuple):
    """How many rows stay, and in sentences why, and whatever else is worth telling."""

    kept: int
    said: list[str]


THEIR_WORD = gettext_lazy("What people said themselves stays. You can note another word by hand.")
LOCKED_BY_NOW = gettext_lazy("This person is locked by now, so nothing about them changes.")
CHANGED_SINCE = gettext_lazy("Some of it has changed since and stays as it is.")
SEARCHED = Phone | Email | Address | Tagging | Interest


@transaction.atomic
def undo(partner: Partner, actor: User, act_id: uuid.UUID) -> int:
    """Take an act back; how many of its rows stay, since they have changed."""
    return take_back(partner, actor, act_id).kept


@transaction.atomic
def take_back(partner: Partner, actor: User, act_id: uuid.UUID) -> TakenBack:
    traces = partner.changes.filter(act_id=act_id)
    locked = of_locked(partner, act_id)
    why = str(LOCKED_BY_NOW if locked else CHANGED_SINCE)
    if stays_said(partner, act_id):
        theirs = said_above.in_act(partner, act_id)
        return TakenBack(traces.count(), [str(THEIR_WORD) if theirs else why])
    refuse_a_second(partner, act_id)
    added_since = came_since(partner, act_id)
    with kept_above.kept(Act(partner, actor, "undo"), traces.values("row_id")) as said:
        undone = history.undo(partner, act_id, actor, locked)
    people = named_in(partner, act_id)
    people |= {row.customer_id for row in undone.rows if isinstance(row, SEARCHED)}
    refresh_search(partner, people)
    refresh_story(partner, people)
    refresh_declined(partner, people | said_by(undone.rows))
    remind_anew(partner, actor, [step.row.pk for step in undone.steps if is_another_plan(step)])
    kept = undone.kept + (added_since if undone.steps else 0)
    return TakenBack(kept, [why, *said] if kept else said)


def stays_said(partner: Partner, act_id: uuid.UUID) -> bool:
    """What people said themselves, and mails that have left, are no partner's to take back."""
    if said_above.in_act(partner, act_id):
        return True
    traces = partner.changes.filter(act_id=act_id)
    mails = traces.filter(model=PersonalMail._meta.label_lower, before__isnull=True)
    ids = list(mails.values_list("row_id", flat=True))
    if not ids or not partner.personalmails.select_for_update(of=("self",)).filter(pk__in=ids):
        return False
    sent = partner.messages.filter(source_id__in=list(map(str, ids)))
    return sent.exclude(handoff_at=None, sent_at=None).exists()


def of_locked(partner: Partner, act_id: uuid.UUID) -> set[uuid.UUID]:
    """Rows of an act that are or hang on somebody who has been locked since: they stay."""
    locked = list(hanging.people(partner).exclude(restricted_at=None).values_list("pk", flat=True))
    traces = list(partner.changes.filter(act_id=act_id)) if locked else []
    if any("restricted_at" in (trace.after or {}) for trace in traces):
        return set()  # it is the lock itself
    ids = {trace.row_id for trace in traces}
    found = ids & set(locked)
    for model in hanging.pointers().keys() - {DataSubjectRequest} if ids else ():
        theirs = hanging.rows(partner, model, locked).filter(pk__in=ids)
        found |= set(theirs.values_list("pk", flat=True))
    return found


def refuse_a_second(partner: Partner, act_id: uuid.UUID) -> None:
    """There are no two tags of one name."""
    for trace in partner.changes.filter(act_id=act_id, model=Tag._meta.label_lower):
        name = (trace.before or {}).get("name")
        other = tag_named(partner, name) if name else None
        if other is not None and other.pk != trace.row_id:
            raise NameTaken(other.name)


def named_in(partner: Partner, act_id: uuid.UUID) -> set[uuid.UUID]:
    traces = partner.changes.filter(act_id=act_id, model=Customer._meta.label_lower)
    return set(traces.values_list("row_id", flat=True))


def said_by(rows: Collection[OwnedModel]) -> set[uuid.UUID]:
    """Those whose statements were taken back."""
    said = (row.customer_id for row in rows if isinstance(row, Permission))
    return {pk for pk in said if pk}


def remind_anew(partner: Partner, actor: User, follow_ups: Collection[uuid.UUID]) -> None:
    """A schedule that comes back is one more schedule: what is still ahead is reminded of anew."""
    partner.followups.filter(pk__in=follow_ups).update(
        schedule_version=F("schedule_version") + 1, scheduled_at=clock.now()
    )
    move_zone(partner, actor)  # what comes back may have been promised in a former zone


def is_another_plan(step: history.Step) -> bool:
    """Not if it merely hung on somebody else."""
    return isinstance(step.row, FollowUp) and set(step.before or ()) != {"customer_id"}
