"""Who is asked to an evening, who comes, and who of them becomes part of the circle."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from customers.actions.people import Ways, new_ways, read_names
from customers.models import Customer
from events.actions.answering import (
    guests_of,
    hidden_person,
    let_move_up,
    locked,
    move_up,
)
from events.models import Event, EventGuest
from partners import changes, clock
from partners.changes import Act
from partners.models import OwnedModel, Partner, User, uuid7

Origin = EventGuest.Origin
Presence = EventGuest.Presence


KNOWN_BY = ("presence", "sales", "orders", "wants_evening")  # what makes a guest an acquaintance


def register_guests() -> None:
    """What goes along, in whichever room it is written."""
    changes.accompany(Event, "maximum", let_move_up)
    for column in KNOWN_BY:
        changes.accompany(EventGuest, column, let_be_known)
    changes.accompany(Customer, "is_hidden", let_members_be_known)


# --- who is asked -----------------------------------------------------------------------------


@transaction.atomic
def add(act: Act, event: Event, people: Iterable[Customer], origin: str) -> list[EventGuest]:
    """People of the circle become guests; who is one already stays as they are."""
    locked(act.partner, event.pk)
    here = act.partner.eventguests.filter(event=event)
    asked = set(here.values_list("customer_id", flat=True))
    fresh = [
        EventGuest(event=event, customer=person, origin=origin)
        for person in people
        if person.pk not in asked
    ]
    changes.create(act, *fresh)
    return fresh


@transaction.atomic
def name(act: Act, event: Event, first_names: str) -> list[EventGuest]:
    """Guests written down, one in each line, a number behind the name if there is one."""
    people: list[Customer] = []
    ways: list[OwnedModel] = []
    for first, last, number in read_names(first_names):
        person = hidden_person(event, first, last)
        ways += new_ways(person, Ways(phone=number))
        people.append(person)
    changes.create(act, *people, *ways)
    return add(act, event, people, Origin.NAMED)


@transaction.atomic
def take_off(act: Act, event: Event, guests: Iterable[EventGuest]) -> None:
    """From the list; those whom only this evening brought go to the bin with it."""
    event = locked(act.partner, event.pk)
    gone = list(guests)
    ids = {guest.customer_id for guest in gone}
    changes.remove(act, *gone)
    changes.remove(act, *only_guests(act.partner, ids))
    move_up(act, event, guests_of(event))


def everybody(partner: Partner) -> Any:
    """With those whom lists do not show."""
    return partner.customers(manager="unscoped_with_hidden").all()


def only_guests(partner: Partner, ids: Iterable[uuid.UUID]) -> list[Customer]:
    """Hidden people who are on no other list."""
    hidden = everybody(partner).filter(pk__in=ids, is_hidden=True)
    elsewhere = set(
        partner.eventguests.filter(customer__in=ids).values_list("customer_id", flat=True)
    )
    return [person for person in hidden if person.pk not in elsewhere]


def mark_invited(act: Act, event: Event, guests: Iterable[EventGuest], how: str) -> None:
    """By mail, or handed on by the partner or the host; the first one opens the inviting."""
    now = clock.now()
    values = {"invited_at": now, "invited_how": how}
    changes.update_all(act, [(guest, values) for guest in guests if not guest.invited_at])
    if event.state == Event.State.PLANNED:
        changes.update(act, event, state=Event.State.INVITING)


# --- who becomes part of the circle -----------------------------------------------------------


def reveal(act: Act, people: Iterable[Customer]) -> None:
    """They are found, listed and counted like everybody else from now on."""
    changes.update_all(act, [(person, {"is_hidden": False}) for person in people])


def let_be_known(act: Act, guests: list[EventGuest]) -> None:
    """Whoever came, ordered or wants an evening of their own is hidden no longer."""
    known = [
        guest
        for guest in guests
        if guest.has_come or guest.orders or guest.sales or guest.wants_evening
    ]
    ids = [guest.customer_id for guest in known]
    hidden = everybody(act.partner).filter(pk__in=ids, is_hidden=True)
    reveal(act, hidden.order_by("pk").select_for_update(of=("self",)))


def let_members_be_known(act: Act, people: list[Customer]) -> None:
    """Whoever belongs to the club, or did, is never hidden again, by no undo either."""
    hidden = [person for person in people if person.is_hidden]
    found = act.partner.memberships.filter(customer__in=hidden) if hidden else ()
    members = {membership.customer_id for membership in found}
    reveal(act, [person for person in hidden if person.pk in members])


def keep(act: Act, people: Iterable[Customer]) -> None:
    """The partner wants to know them, though they have not come."""
    kept = {"is_hidden": False, "kept_on": clock.today(act.partner.zone)}
    changes.update_all(act, [(person, kept) for person in people])


def hide_again(act: Act, guest: EventGuest) -> None:
    """Somebody ticked off by mistake goes back behind the curtain, if nothing else keeps them."""
    person = guest.customer
    is_new = guest.origin != Origin.CIRCLE and person.stage == Customer.Stage.GUEST
    if not is_new or person.is_hidden or person.kept_on:
        return
    if unread := person.get_deferred_fields() & {"next_due_at", "last_contact_at"}:
        person.refresh_from_db(fields=unread)
    if person.next_due_at:
        return
    came = act.partner.eventguests.filter(customer=person).present().exclude(pk=guest.pk)
    known = guest.sales or guest.wants_evening or person.last_contact_at
    if not known and not came.exists():
        changes.update(act, person, is_hidden=True)


# --- who comes --------------------------------------------------------------------------------


@transaction.atomic
def set_presence(
    partner: Partner, actor: User, guest: EventGuest, presence: str, at: dt.datetime
) -> Act:
    """What was tapped at the door at that moment; a later tap that is there already stays."""
    act = Act(partner, actor, "guest-presence")
    closed = partner.events.closed().filter(pk=guest.event_id)
    list(closed.select_for_update(of=("self",)))  # the event before its guests, as everywhere
    rows = partner.eventguests.select_related("customer", "event").select_for_update(of=("self",))
    stored = rows.get(pk=guest.pk)
    if stored.presence_at is None or at > stored.presence_at:
        had_come = stored.has_come
        changes.update(act, stored, presence=presence, presence_at=at)
        if had_come and not stored.has_come:
            hide_again(act, stored)
        count_late(act, stored, had_come=had_come)
    for column in ("presence", "presence_at", "version"):
        setattr(guest, column, getattr(stored, column))
    return act


@transaction.atomic
def walk_in(
    partner: Partner,
    actor: User,
    event: Event,
    first_name: str,
    at: dt.datetime,
    *,
    pk: uuid.UUID | None = None,
) -> EventGuest | None:
    """Somebody stands in the door who was not expected; the same tap sent twice is one guest,
    and none if it was taken back since.
    """
    act = Act(partner, actor, "guest-walk-in")
    event = locked(partner, event.pk)
    if pk and partner.changes.filter(row_id=pk).exists():
        return partner.eventguests.filter(pk=pk).first()
    first, _space, last = first_name.strip().partition(" ")
    person = hidden_person(event, first, last.strip())
    person.is_hidden = False
    guest = EventGuest(
        pk=pk or uuid7(),
        event=event,
        customer=person,
        origin=Origin.WALK_IN,
        presence=Presence.ATTENDED,
        presence_at=at,
    )
    changes.create(act, person, guest)
    count_late(act, guest, had_come=False)
    return guest


def count_late(act: Act, guest: EventGuest, *, had_come: bool) -> None:
    """Who came is told right by a closed evening too, when a phone sends its taps after that."""
    if guest.event.is_closed and had_come != guest.has_come:
        here = act.partner.eventguests.filter(event=guest.event_id, customer__deleted_at=None)
        came = sum(row.seats for row in here.present())
        changes.update(act, locked(act.partner, guest.event_id), came=came)
