"""A partner who moves to another zone takes all promises along: ten o'clock stays ten o'clock."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from customers.actions.follow_ups import reschedule
from partners import jobs
from partners.changes import Act
from partners.models import Job, Partner, User

ZONE_MOVE = "zone-move"


def register_jobs() -> None:
    label = _("Follow-ups move to the new time zone")
    jobs.register(ZONE_MOVE, move_some, label=label, can_be_cancelled=False)


@transaction.atomic
def move_promises(partner: Partner, actor: User) -> Job:
    """Give open follow-ups the moment of the partner's new zone: a few at once, many as a job."""
    total = elsewhere(partner).count()
    return jobs.start(partner, actor, ZONE_MOVE, total=total, key=partner.time_zone)


def moving(partner: Partner) -> Job | None:
    """The move that is still under way."""
    under_way = partner.jobs.filter(kind=ZONE_MOVE, finished_at=None)
    return under_way.order_by("created_at").last()


def move_some(job: Job) -> jobs.Chunk:
    act = Act(job.partner, job.partner.user, ZONE_MOVE)
    found = list(elsewhere(job.partner)[: jobs.AT_ONCE])
    reschedule(act, [(follow_up, follow_up.due_on) for follow_up in found])
    return jobs.Chunk(done=len(found), is_last=len(found) < jobs.AT_ONCE)


def elsewhere(partner: Partner):
    return partner.followups.open().exclude(zone=partner.time_zone).order_by("pk")
