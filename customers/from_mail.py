"""What a link in a mail may do, without signing in: settle or move one follow-up, for a few days.

A link knows one schedule of one follow-up. Once that is done or moved, by whomever, the link can
only say so; what was done from here it can take back for an hour, and then it works again.
All but `link` and `found` happens inside the partner's wall, which the view enters.
"""

import datetime as dt
import uuid
from typing import NamedTuple, Protocol

from django.conf import settings
from django.utils import timezone

from customers import actions
from customers.models import FollowUp, Interaction
from customers.when import When
from partners import addresses, clock, links
from partners.changes import Act
from partners.models import Change, Partner

PURPOSE = "follow-up"
LASTS = dt.timedelta(days=5)
UNDO_LASTS = dt.timedelta(hours=1)
SECOND_TAP = dt.timedelta(minutes=1)
DONE, MOVE, TALK = "done-from-mail", "move-from-mail", "talk-from-mail"
DEEDS = {DONE, MOVE, TALK}  # what can be undone from here
UNDO = "undo"
SCHEDULE = {"due_on", "due_time", "due_at"}
FAR_BACK = 20  # changes


class Found(NamedTuple):
    """Whose link it is, and which schedule of which follow-up it knows."""

    partner: Partner
    pk: uuid.UUID
    version: int
    until: dt.date
    is_too_old: bool


class Scheduled(Protocol):
    """A follow-up, or what a mail knows of it."""

    @property
    def pk(self) -> uuid.UUID: ...

    @property
    def schedule_version(self) -> int: ...


def link(follow_up: Scheduled, partner: Partner, day: dt.date) -> str:
    """The link for a mail of this day."""
    return f"{settings.BASE_URL}{address(follow_up, partner, day + LASTS)}"


def address(follow_up: Scheduled, partner: Partner, until: dt.date) -> str:
    identifier = f"{partner.pk}-{follow_up.pk.hex}"
    token = links.token(PURPOSE, identifier, follow_up.schedule_version, until)
    return addresses.of("follow-up-from-mail", token)


def found(token: str) -> Found:
    """BadLink unless we made it; one that is too old is found, and says so."""
    try:
        said, is_too_old = links.read(PURPOSE, token), False
    except links.Expired as expired:
        said, is_too_old = expired.link, True
    owner, _dash, pk = said.identifier.partition("-")
    partner = Partner.objects.filter(pk=owner).select_related("user").first()
    if partner is None or said.until is None:
        raise links.BadLink
    return Found(partner, uuid.UUID(pk), said.version, said.until, is_too_old)


def follow_up_of(link: Found, *, to_act: bool = False) -> FollowUp | None:
    """The follow-up as it is now. Of two who act the second waits, and sees what the first did.

    The customer is locked first, as by whoever logs a talk or deletes somebody.
    """
    follow_ups = link.partner.followups.filter(pk=link.pk, customer__deleted_at=None)
    if to_act:
        customers = link.partner.customers.filter(follow_ups=link.pk)
        list(customers.select_for_update(of=("self",)))
        follow_ups = follow_ups.select_for_update(of=("self",))
    return follow_ups.select_related("customer").first()


def is_working(partner: Partner) -> bool:
    return partner.user.is_active and not partner.is_paused


def why_over(link: Found, follow_up: FollowUp | None) -> str:
    """Why nothing can be done with this link any more; nothing while it can."""
    if link.is_too_old:
        return "too old"
    if not is_working(link.partner):
        return "paused"
    if follow_up is None:
        return "gone"
    if not follow_up.is_open:
        return follow_up.state
    return "" if follow_up.schedule_version == link.version else "changed"


def later(link: Found, due_on: dt.date, days: int) -> dt.date:
    """Some days later: counted from today for what is overdue, else from its own day."""
    return max(due_on, clock.today(link.partner.zone)) + dt.timedelta(days=days)


def act(link: Found, follow_up: FollowUp, days: int, note: str) -> Act:
    """Settle it, or move it by some days; with a note, a talk is logged that led to this."""
    partner, user = link.partner, link.partner.user
    when = When(later(link, follow_up.due_on, days)) if days else None
    if note:
        talk = Interaction(
            customer=follow_up.customer,
            follow_up=follow_up,
            kind=actions.LOGGED_AS.get(follow_up.kind, Interaction.Kind.CALL),
            text=note,
        )
        if when is None:
            return actions.log(partner, user, talk, settles=[follow_up], name=TALK)
        following = actions.Next(follow_up.kind, "", when)
        return actions.log(partner, user, talk, moves=follow_up, following=following, name=TALK)
    if when is None:
        return actions.close(partner, user, follow_up, FollowUp.State.DONE, name=DONE)
    return actions.move(partner, user, follow_up, when, name=MOVE)


def last_deed(link: Found) -> Change | None:
    """The latest act on this follow-up, if it is fresh, was done here, and did nothing else."""
    last = changes_of(link).first()
    if last is None or age(last) > UNDO_LASTS:
        return None
    if last.act in DEEDS:
        others = link.partner.changes.filter(act_id=last.act_id).exclude(row_id=link.pk)
        return last if all(is_talk_about(link, other) for other in others) else None
    return last if last.act == UNDO else None


def changes_of(link: Found):
    """The latest first."""
    return link.partner.changes.filter(row_id=link.pk).order_by("-pk")


def is_talk_about(link: Found, change: Change) -> bool:
    is_talk = change.model == Interaction._meta.label_lower
    return is_talk and (change.after or {}).get("follow_up_id") == str(link.pk)


def age(change: Change) -> dt.timedelta:
    return timezone.now() - change.created_at


def deed(link: Found, follow_up: FollowUp | None, act_id: str) -> Change | None:
    """The act that a page speaks of, as long as nothing came after it."""
    over = why_over(link, follow_up)
    if follow_up is None or over not in {"", FollowUp.State.DONE}:
        return None
    if not act_id or follow_up.schedule_version != link.version:
        return None
    last = last_deed(link)
    return last if last and str(last.act_id) == act_id else None


def take_back(link: Found, follow_up: FollowUp | None, act_id: str) -> bool:
    last = deed(link, follow_up, act_id)
    if last is None or last.act == UNDO:
        return False
    actions.undo(link.partner, link.partner.user, last.act_id)
    return True


def is_as_before(link: Found, follow_up: FollowUp, but_for: Change | None = None) -> bool:
    """Whether whatever came after this link was taken back, except perhaps for the last act."""
    changes = list(changes_of(link)[:FAR_BACK])
    version = follow_up.schedule_version
    if but_for:
        version -= schedules_of(changes.pop(0))
    for undo, undone in zip(changes[::2], changes[1::2], strict=False):
        if version <= link.version or undo.act != UNDO or undo.after != undone.before:
            break
        version -= schedules_of(undo) + schedules_of(undone)
    return version == link.version


def schedules_of(change: Change) -> int:
    """How many schedules a change began: an undo always begins one."""
    return int(change.act == UNDO or bool(SCHEDULE & (change.after or {}).keys()))


def revived(link: Found, follow_up: FollowUp | None) -> Found:
    """A link to the schedule as it is now, if it is the one of this link again."""
    if follow_up is None or why_over(link, follow_up) != "changed":
        return link
    if not is_as_before(link, follow_up):
        return link
    return Found(link.partner, link.pk, follow_up.schedule_version, link.until, link.is_too_old)


def leads_on(link: Found, follow_up: FollowUp | None) -> bool:
    """Whether all was taken back, or what was done from here still can be."""
    if follow_up is None or why_over(link, follow_up) not in {FollowUp.State.DONE, "changed"}:
        return False
    last = last_deed(link)
    if last is None or last.act == UNDO:
        return follow_up.is_open and is_as_before(link, follow_up)
    return is_as_before(link, follow_up, last)


def is_second_tap(link: Found, follow_up: FollowUp | None, pressed: dict | None) -> bool:
    """Whether the same was done from here a moment ago; nothing pressed means an undo."""
    if follow_up is None or why_over(link, follow_up) not in {FollowUp.State.DONE, "changed"}:
        return False
    last = last_deed(link)
    if last is None or age(last) >= SECOND_TAP or not is_as_before(link, follow_up, last):
        return False
    if pressed is None or last.act == UNDO:
        return pressed is None and last.act == UNDO
    return came_of(link, follow_up, last, **pressed)


def came_of(link: Found, follow_up: FollowUp, last: Change, days: int, note: str) -> bool:
    """Whether pressing this would have done what the last act did, and nothing would be lost."""
    talks = link.partner.changes.filter(act_id=last.act_id, model=Interaction._meta.label_lower)
    if note and note not in [(talk.after or {}).get("text") for talk in talks]:
        return False
    before = (last.before or {}).get("due_on")
    if not days or before is None:
        return not days and follow_up.state == FollowUp.State.DONE
    return follow_up.due_on == later(link, dt.date.fromisoformat(before), days)


def result(link: Found) -> str:
    """Where to look next: the schedule as it is now, and what came of it; valid as long as before."""
    follow_up = link.partner.followups.get(pk=link.pk)
    last = last_deed(link)
    told = f"?act={last.act_id}" if last else ""
    return f"{address(follow_up, link.partner, link.until)}{told}"
