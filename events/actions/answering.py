"""Guests answer, and the seats go to those who answered first.

Whoever writes what seats depend on holds the row of the evening, so that answers given at once
are counted one after the other.
"""

import uuid
from collections.abc import Collection
from typing import Any

from django.db import transaction

from customers import said_above, text
from customers.actions.people import Ways, new_ways
from customers.models import Customer
from events import seats
from events.models import Event, EventGuest
from partners import changes, clock
from partners.changes import Act, Values
from partners.models import Partner, User

Answer = EventGuest.Answer
Origin = EventGuest.Origin
LONGEST_SOURCE = 200


class TooLate(Exception):
    """Answers are no longer taken, or the evening is cancelled or over."""


@transaction.atomic
def answer(
    partner: Partner,
    guest: EventGuest,
    says: str,
    *,
    actor: User | None = None,
    companions: int | None = None,
    message: str | None = None,
    wants_privately: bool | None = None,
    wants_reminder: bool | None = None,
) -> EventGuest:
    """What a guest says; a yes without seats waits, and a seat that is given back moves others up.

    None leaves what was said before. Without an actor it is the guest who speaks, until the time
    for answers is over (TooLate); whoever comes already keeps the seat, and brings along as many
    as there is room for.
    """
    act = Act(partner, actor, "guest-answer")
    more = {
        "message": message,
        "wants_privately": wants_privately,
        "wants_reminder": wants_reminder,
    }
    more = {name: value for name, value in more.items() if value is not None}
    return say(act, guest.pk, says, companions, more)


@transaction.atomic
def answer_for(
    partner: Partner,
    actor: User,
    event: Event,
    ids: Collection[uuid.UUID],
    *,
    says: str,
    companions: int | None = None,
) -> tuple[Act, list[EventGuest]]:
    """What guests told the partner, with the act that takes it back."""
    act = Act(partner, actor, "guest-answer")
    event = locked(partner, event.pk)
    guests = guests_of(event)
    told = [guest for guest in guests if guest.pk in ids]
    for guest in told:
        store(act, event, guests, guest, said(event, guests, guest, says, companions))
    return act, told


def say(act: Act, pk: uuid.UUID, says: str, companions: int | None, more: Values) -> EventGuest:
    event_id = act.partner.eventguests.values_list("event_id", flat=True).get(pk=pk)
    event = locked(act.partner, event_id)
    if act.actor is None and not takes_answers(event):
        raise TooLate
    guests = guests_of(event)
    guest = next(row for row in guests if row.pk == pk)
    store(act, event, guests, guest, said(event, guests, guest, says, companions) | more)
    return guest


def locked(partner: Partner, pk: uuid.UUID) -> Event:
    """The evening, which nobody else changes until this transaction is over."""
    event: Event = partner.events.select_for_update(of=("self",)).get(pk=pk)
    event.partner = partner
    return event


def guests_of(event: Event) -> list[EventGuest]:
    guests = event.partner.eventguests.filter(event=event, customer__deleted_at=None)
    return list(guests.order_by("pk").select_for_update(of=("self",)))


def takes_answers(event: Event) -> bool:
    until = event.answer_until or event.starts_at
    return event.is_ahead and clock.now() <= min(until, event.starts_at)


def said(
    event: Event, guests: list[EventGuest], guest: EventGuest, says: str, companions: int | None
) -> Values:
    """The answer as it can be taken: who has a seat, who waits, and how many they bring."""
    now = clock.now()
    values: dict[str, Any] = {"answer": says, "answered_at": now if says else None}
    if says not in {Answer.YES, Answer.WAITING}:
        return values | {"companions": 0, "waiting_since": None}
    wanted = guest.companions if companions is None else companions
    wanted = min(max(wanted, 0), event.companions_allowed)
    free = seats.left(event, [row for row in guests if row.pk != guest.pk])
    if free is None or 1 + wanted <= free:
        return values | {"answer": Answer.YES, "companions": wanted}
    if guest.answer == Answer.YES and says == Answer.YES:
        return values | {"companions": min(wanted, max(free - 1, guest.companions))}
    since = guest.waiting_since if guest.answer == Answer.WAITING else now
    return values | {"answer": Answer.WAITING, "companions": wanted, "waiting_since": since}


def store(
    act: Act, event: Event, guests: list[EventGuest], guest: EventGuest, values: Values
) -> None:
    if any(
        getattr(guest, name) != value for name, value in values.items() if name != "answered_at"
    ):
        changes.update(act, guest, **values)
    move_up(act, event, guests)


def move_up(act: Act, event: Event, guests: list[EventGuest]) -> list[EventGuest]:
    """Who gets a seat that has become free; `waiting_since` goes on telling that they waited.

    Within a partner's act, which takes it back; beside what a guest said, which stays theirs.
    """
    if not event.is_ahead or event.starts_at <= clock.now():
        return []
    act = act if act.actor else Act(act.partner, None, said_above.SEAT)
    lucky = seats.moving_up(event, guests)
    changes.update_all(act, [(guest, {"answer": Answer.YES}) for guest in lucky])
    return lucky


def let_move_up(act: Act, events: list[Event]) -> None:
    """Another maximum, more seats: those who wait get them, within the same act."""
    for event in events:
        stored = locked(act.partner, event.pk)
        move_up(act, stored, guests_of(stored))


@transaction.atomic
def sign_up(
    partner: Partner,
    event: Event,
    first_name: str,
    last_name: str = "",
    *,
    email: str = "",
    phone: str = "",
    companions: int = 0,
    pk: uuid.UUID | None = None,
) -> EventGuest:
    """Somebody says yes by the open link: a new person, hidden until they come.

    The same name with the same e-mail or number answers again, and so does the same form sent
    twice (`pk`). Whether the circle knows them already makes no difference here; the partner is
    told, and may merge the two.
    """
    act = Act(partner, None, "guest-sign-up")
    event = locked(partner, event.pk)
    if not (event.is_open and takes_answers(event)):
        raise TooLate
    guests = guests_of(event)
    sent_before = next((row for row in guests if row.pk == pk), None)
    guest = sent_before or the_same(event, first_name, email, phone)
    if guest is None:
        ways = Ways(phone=phone, email=email)
        person = hidden_person(event, first_name, last_name)
        guest = EventGuest(event=event, customer=person, origin=Origin.SIGNED_UP)
        if pk and not partner.changes.filter(row_id=pk).exists():
            guest.pk = pk
        values = said(event, guests, guest, Answer.YES, companions)
        changes.assign(guest, values)
        changes.create(act, person, *new_ways(person, ways), guest)
        return guest
    guest = next(row for row in guests if row.pk == guest.pk)
    store(act, event, guests, guest, said(event, guests, guest, Answer.YES, companions))
    return guest


def the_same(event: Event, first_name: str, email: str, phone: str) -> EventGuest | None:
    """A guest of this evening who wrote the same; families share numbers, so the name counts."""
    here = event.partner.eventguests.filter(event=event, customer__deleted_at=None)
    here = here.select_related("customer").order_by("pk")
    found: list[EventGuest] = []
    if email:
        mails = event.partner.emails.filter(address=email.lower())
        found += here.filter(customer__in=mails.values("customer"))
    if number := text.e164(phone):
        phones = event.partner.phones.filter(number=number)
        found += here.filter(customer__in=phones.values("customer"))
    name = text.fold(first_name)
    return next((guest for guest in found if text.fold(guest.customer.first_name) == name), None)


def hidden_person(event: Event, first_name: str, last_name: str = "") -> Customer:
    """Not yet saved."""
    person = Customer(
        first_name=first_name[:100],
        last_name=last_name[:100],
        formality=event.formality,
        stage=Customer.Stage.GUEST,
        source_kind=Customer.Source.EVENT,
        source=event.title[:LONGEST_SOURCE],
        is_hidden=True,
    )
    person.refresh_search([])
    return person
