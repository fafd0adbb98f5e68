"""What a link in a mail may do, without signing in: settle or move one follow-up, for a few days.

A link knows one schedule of one follow-up. Once that is done or moved, by whomever, the link can
only say so. All but `link` and `found` happens inside the partner's wall, which the view enters.
"""

import datetime as dt
import uuid
from typing import NamedTuple

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
DEEDS = {"follow-up-done", "follow-up-move", "interaction-add"}  # what can be undone from here
UNDO = "undo"


class Found(NamedTuple):
    """Whose link it is, and which schedule of which follow-up it knows."""

    partner: Partner
    pk: uuid.UUID
    version: int
    until: dt.date
    is_too_old: bool


def link(follow_up: FollowUp, partner: Partner, day: dt.date) -> str:
    """The link for a mail of this day."""
    return f"{settings.BASE_URL}{address(follow_up, partner, day + LASTS)}"


def address(follow_up: FollowUp, partner: Partner, until: dt.date) -> str:
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


def why_over(link: Found, follow_up: FollowUp | None) -> str:
    """Why nothing can be done with this link any more; nothing while it can."""
    if link.is_too_old:
        return "too old"
    if link.partner.is_paused or not link.partner.user.is_active:
        return "paused"
    if follow_up is None:
        return "gone"
    if not follow_up.is_open:
        return follow_up.state
    return "" if follow_up.schedule_version == link.version else "changed"


def later(link: Found, follow_up: FollowUp, days: int) -> dt.date:
    """Some days later: counted from today for what is overdue, else from its own day."""
    return max(follow_up.due_on, clock.today(link.partner.zone)) + dt.timedelta(days=days)


def act(link: Found, follow_up: FollowUp, days: int, note: str) -> Act:
    """Settle it, or move it by some days; with a note, a talk is logged that led to this."""
    partner, user = link.partner, link.partner.user
    when = When(later(link, follow_up, days)) if days else None
    if note:
        talk = Interaction(
            customer=follow_up.customer,
            follow_up=follow_up,
            kind=actions.LOGGED_AS.get(follow_up.kind, Interaction.Kind.CALL),
            text=note,
        )
        if when is None:
            return actions.log(partner, user, talk, settles=[follow_up])
        following = actions.Next(follow_up.kind, "", when)
        return actions.log(partner, user, talk, moves=follow_up, following=following)
    if when is None:
        return actions.close(partner, user, follow_up, FollowUp.State.DONE)
    return actions.move(partner, user, follow_up, when)


def last_deed(link: Found) -> Change | None:
    """The latest act on this follow-up, if it is fresh, of a kind done here, and did nothing else."""
    last = link.partner.changes.filter(row_id=link.pk).order_by("-pk").first()
    if last is None or age(last) > UNDO_LASTS:
        return None
    if last.act in DEEDS:
        others = link.partner.changes.filter(act_id=last.act_id).exclude(row_id=link.pk)
        return last if all(is_talk_about(link, other) for other in others) else None
    return last if last.act == UNDO else None


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


def is_second_tap(link: Found, follow_up: FollowUp | None) -> bool:
    """Whether what this link knows was changed a moment ago, as by the first tap of two."""
    over = why_over(link, follow_up)
    if follow_up is None or over not in {FollowUp.State.DONE, "changed"}:
        return False
    last = last_deed(link) if follow_up.schedule_version - link.version <= 1 else None
    return last is not None and age(last) < SECOND_TAP


def result(link: Found) -> str:
    """Where to look next: the schedule as it is now, and what came of it; valid as long as before."""
    follow_up = link.partner.followups.get(pk=link.pk)
    last = last_deed(link)
    told = f"?act={last.act_id}" if last else ""
    return f"{address(follow_up, link.partner, link.until)}{told}"
