"""What follows from an act by mail: an answer is confirmed, a change told, the host hears of it.

The acts know nothing of it; it goes along with what they write.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from customers.models import Email
from events.models import Event, EventGuest
from events.models.queries import AHEAD
from events.reminders import answered, changing, to_host
from partners import changes, clock, outbox
from partners.changes import Act, Values
from partners.models import Partner

Answer = EventGuest.Answer
CANCELLED = Event.State.CANCELLED
JUST_NOW = dt.timedelta(minutes=10)


def register() -> None:
    changes.greet(EventGuest, confirm)
    changes.greet(Email, confirm_after_all)
    for column in ("answer", "companions"):
        changes.accompany(EventGuest, column, confirm)
    for column in ("sequence", "state"):
        changes.accompany(Event, column, tell)


def confirm(act: Act, guests: list[EventGuest]) -> None:
    """To those who answered for themselves, and to whoever got a seat meanwhile."""
    was = {guest.pk: before.get("answer", guest.answer) for guest, before in nets(act, guests)}
    told = [guest for guest in guests if guest.answer]
    if act.actor is not None:
        told = [
            guest
            for guest in guests
            if moved_up(guest, was[guest.pk]) or lost_seat(act, guest, was[guest.pk])
        ]
    if not told:
        return
    events = act.partner.events.in_bulk({guest.event_id for guest in told})
    reachable = with_address(act.partner, told)
    rows = []
    for guest in told:
        event = guest.event = events[guest.event_id]
        if event.starts_at <= clock.now():
            continue
        if act.actor is None:
            to_host.note_for_host(act.partner, event, guest.answered_at)
        if guest.customer_id in reachable:
            rows.append(answered.confirm(act.partner, guest, was[guest.pk]))
    outbox.write(rows)


def confirm_again(partner: Partner, guest: EventGuest) -> None:
    """To somebody who signed up before and does so again, since the mail got lost: once a day."""
    row = answered.confirm(partner, guest, guest.answer, key=f"again-{clock.today(partner.zone)}")
    told = partner.messages.filter(kind=row.kind, source_id=row.source_id)
    if not told.filter(created_at__gt=clock.now() - JUST_NOW).exists():
        outbox.write([row])


def confirm_after_all(act: Act, emails: list[Email]) -> None:
    """To guests who answered first and left an address after that."""
    if act.actor is not None:
        return
    people = {email.customer_id for email in emails}
    here = act.partner.eventguests.filter(customer__in=people).exclude(answer=Answer.NONE)
    ahead = here.filter(event__starts_at__gt=clock.now(), event__state__in=AHEAD)
    guests = ahead.select_related("event").order_by("pk")
    outbox.write([answered.confirm(act.partner, guest, guest.answer) for guest in guests])


def moved_up(guest: EventGuest, before: str) -> bool:
    return (before, guest.answer) == (Answer.WAITING, Answer.YES)


def lost_seat(act: Act, guest: EventGuest, before: str) -> bool:
    """Somebody else has it by now, and they have heard of it already."""
    if (before, guest.answer) != (Answer.YES, Answer.WAITING):
        return False
    heard = act.partner.messages.filter(source_id=str(guest.pk), source_version__startswith="yes:")
    heard = heard.filter(kind__in=[answered.ANSWER, answered.MOVED_UP])
    return heard.filter(handoff_at__isnull=False).exists()


def with_address(partner: Partner, guests: Iterable[EventGuest]) -> set[Any]:
    people = {guest.customer_id for guest in guests}
    return set(partner.emails.filter(customer__in=people).values_list("customer_id", flat=True))


def tell(act: Act, events: list[Event]) -> None:
    """A calendar believes higher numbers alone, also of what is taken back."""
    for event, before in nets(act, events):
        then = before.get("sequence", event.sequence)
        turned = CANCELLED in {before.get("state"), event.state} and "state" in before
        if not (turned or then != event.sequence):
            continue
        if event.sequence <= then:
            changes.update(act, event, sequence=then + 1)
        else:
            changing.tell(act, event)


def nets(act: Act, rows: list[Any]) -> Iterable[tuple[Any, Values]]:
    """Each row with what its columns said before this act."""
    was: dict[Any, Values] = {row.pk: {} for row in rows}
    for trace in act.partner.changes.filter(act_id=act.id, row_id__in=list(was)).order_by("pk"):
        was[trace.row_id] = (trace.before or {}) | was[trace.row_id]
    return [(row, was[row.pk]) for row in rows]
