"""The result of an evening: noted, frozen when the evening is closed, and the host is thanked."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from events import result
from events.actions import guesting
from events.evening import Evening
from events.models import Event, EventGuest
from partners import changes, clock
from partners.changes import Act, Values
from partners.models import Partner, User

Presence = EventGuest.Presence
State = Event.State
OPEN_AGAIN: Values = {
    **dict.fromkeys(("came", "buyers", "orders", "sales", "reward_worth", "closed_at")),
    "reward": "",
    "state": State.HELD,
}


@transaction.atomic
def record(
    partner: Partner,
    actor: User,
    event: Event,
    values: Values,
    guests: Iterable[tuple[EventGuest, Values]],
) -> Act:
    """What was typed about the evening and about each guest; a tick too many is taken back."""
    act = Act(partner, actor, "event-result")
    wishes = list(guests)
    changes.update_all(act, wishes)
    for guest, new in wishes:
        if new.get("presence") == Presence.NONE:
            guesting.hide_again(act, guest)
    if event.is_ahead:
        values = values | {"state": State.HELD}
    changes.update(act, event, **values)
    return act


@transaction.atomic
def close(partner: Partner, actor: User, evening: Evening, **answers: str) -> Act:
    """Freeze the result and the host's thank-you; whoever had said yes and was not seen, stayed
    away.
    """
    act = Act(partner, actor, "event-close")
    event = evening.event
    if event.is_closed:
        changes.update(act, event, **answers)
        return act
    absent: Values = {"presence": Presence.NO_SHOW}  # no tap: one that comes late still counts
    unseen = [guest for guest in evening.coming if not guest.presence]
    changes.update_all(act, [(guest, absent) for guest in unseen])
    kept = result.frozen(result.of(evening, partner.rewardtiers.all()))
    changes.update(act, event, **answers, **kept, state=State.CLOSED, closed_at=clock.now())
    return act


@transaction.atomic
def reopen(partner: Partner, actor: User, event: Event) -> Act:
    """A late order, or something forgotten: what was frozen is computed anew on closing."""
    act = Act(partner, actor, "event-reopen")
    if event.is_closed:
        changes.update(act, event, **OPEN_AGAIN)
    return act


@transaction.atomic
def thank(partner: Partner, actor: User, event: Event, on: dt.date | None) -> Act:
    """The host got their thank-you on that day; None: not yet."""
    act = Act(partner, actor, "event-thanks")
    changes.update(act, event, rewarded_on=on)
    return act


def presence(came: Any) -> Values:
    """What a tick in the list of guests means."""
    return {
        "presence": Presence.ATTENDED if came else Presence.NONE,
        "presence_at": clock.now(),
    }
