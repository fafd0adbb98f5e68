"""The mails of an evening: whom one may reach, what will leave by itself, what has left."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from copy import copy
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.models import Email
from customers.permissions import Decision, Known, Verdict
from customers.reminders import to_person
from events.models import Event, EventGuest
from events.reminders import changing, inviting, requested, to_guest, to_host
from events.reminders.to_guest import ToGuest
from partners import clock, outbox, profile, sent, spoken
from partners.models import OutboxMessage, Partner, Profile, uuid7
from partners.sent import Row

State = OutboxMessage.State
INVITE, THANK = "invite", "thank"
RENDER: dict[str, Any] = {INVITE: inviting.invitation, THANK: inviting.thanks}
TO_HOST = {to_host.NEWS, to_host.TOMORROW}
Answer = EventGuest.Answer


@dataclasses.dataclass(frozen=True)
class Coming:
    """What leaves by itself at its moment, and to how many."""

    what: str
    when: str
    whom: str


@dataclasses.dataclass(frozen=True)
class Reach:
    """Whether a guest can be written to from here, and if not, why."""

    guest: EventGuest
    decision: Decision | None
    profile: Profile

    @property
    def is_welcome(self) -> bool:
        return self.decision is not None and self.decision.verdict is not Verdict.NO

    @property
    def reason(self) -> Any:
        """Why not, or why later."""
        if self.decision is None:
            return _("There is no e-mail address yet.")
        return "" if self.decision.verdict is Verdict.YES else self.decision.reason


def event_of(partner: Partner, pk: uuid.UUID) -> Event | None:
    event = partner.events.select_related("host").filter(pk=pk).first()
    if event:
        event.partner = partner
    return event


def guests_of(partner: Partner, event: Event) -> list[EventGuest]:
    here = partner.eventguests.filter(event=event, customer__deleted_at=None)
    guests = list(here.select_related("customer").by_name())
    for guest in guests:
        guest.event = event
    return guests


# --- whom one may write to -----------------------------------------------------------------------


def wanted(partner: Partner, guests: Iterable[EventGuest], what: str) -> list[EventGuest]:
    """Those whom nobody has asked yet; or those who came and had no thanks by mail."""
    if what == INVITE:
        return [guest for guest in guests if is_unasked(guest)]
    present = [guest for guest in guests if guest.has_come]
    ids = [str(guest.pk) for guest in present]
    thanked = partner.messages.filter(kind=inviting.THANKS, source_id__in=ids)
    done = set(thanked.values_list("source_id", flat=True))
    return [guest for guest in present if str(guest.pk) not in done]


def is_unasked(guest: EventGuest) -> bool:
    return not (guest.invited_at or guest.answer or guest.presence)


def reaches(partner: Partner, guests: Collection[EventGuest]) -> list[Reach]:
    """Those who may be written to come first."""
    known = to_person.known_of(partner, [guest.customer for guest in guests]) if guests else {}
    found = [reach(guest, known[guest.customer_id]) for guest in guests]
    return sorted(found, key=lambda reach: not reach.is_welcome)


def reach(guest: EventGuest, known: Known) -> Reach:
    email = to_guest.address_of(guest.customer, known)
    found = to_person.decision(guest.customer, email, known) if email else None
    return Reach(guest, found, known.profile)


def example(partner: Partner, event: Event, what: str) -> outbox.Mail:
    """As it reads; its links lead nowhere, so that nobody answers for a guest by mistake."""
    first = partner.eventguests.filter(event=event, customer__deleted_at=None)
    stored = first.select_related("customer").order_by("pk").first()
    person = copy(stored.customer) if stored else event.host
    if person is None:
        person = partner.customers.model(first_name=_("Clara"), formality=event.formality)
    person = copy(person)
    person.pk, person.partner = uuid7(), partner
    guest = EventGuest(event=event, customer=person, partner=partner)
    mail = ToGuest(guest, person, Email(typed=""), Known(profile=profile.of(partner)))
    row = OutboxMessage(kind=what)
    return RENDER[what](row, mail)


# --- before it is deleted --------------------------------------------------------------------------


def counts_on(partner: Partner, event: Event) -> bool:
    """Somebody wants to come, and it has not begun."""
    if not event.is_ahead or event.starts_at <= clock.now():
        return False
    wants = partner.eventguests.filter(event=event, customer__deleted_at=None)
    return wants.filter(answer__in=[Answer.YES, Answer.WAITING]).exists()


def answers(partner: Partner, event: Event) -> str:
    """How many said anything at all to what has not begun; nobody tells them."""
    if not event.is_ahead or event.starts_at <= clock.now():
        return ""
    here = partner.eventguests.filter(event=event, customer__deleted_at=None)
    count = here.exclude(answer=Answer.NONE).count()
    words = ngettext(
        "%(count)d guest had answered and hears nothing of it.",
        "%(count)d guests had answered and hear nothing of it.",
        count,
    )
    return words % {"count": count} if count else ""


def is_being_called_off(partner: Partner, event: Event) -> bool:
    """Mails that say so have not left yet; without the event they never would."""
    ids = partner.eventguests.filter(event=event).values_list("pk", flat=True)
    waiting = partner.messages.filter(kind=changing.CANCELLED, state=State.PENDING)
    return event.is_cancelled and waiting.filter(source_id__in=[str(pk) for pk in ids]).exists()


# --- what will leave, and what has left ----------------------------------------------------------


def ahead(partner: Partner, event: Event, guests: Iterable[EventGuest]) -> list[Coming]:
    """Reminders, in the order in which they leave."""
    now = clock.now()
    if not event.is_ahead or event.starts_at <= now:
        return []
    asked = [guest for guest in guests if guest.wants_reminder and guest.answer == Answer.YES]
    count = len(asked)
    to_guests = ngettext("to %(count)d guest who asked", "to %(count)d guests who asked", count)
    lines = [
        (due.at, _("Reminder"), to_guests % {"count": count})
        for due in requested.dues(event)
        if due.at > now and count
    ]
    hint = to_host.the_day_before(event)
    if event.host_wants_mail and event.host and hint > now:
        lines.append((hint, _("Who is coming"), event.host.name))
    return [Coming(what, when(at, partner), whom) for at, what, whom in sorted(lines)]


def when(moment: dt.datetime, partner: Partner) -> str:
    local = moment.astimezone(partner.zone)
    return spoken.moment(local, clock.today(partner.zone))


def history(partner: Partner, event: Event, guests: Iterable[EventGuest]) -> list[Row]:
    """What left and what waits, the newest first; what was not needed in the end is left out."""
    names = {str(guest.pk): guest.customer.name for guest in guests}
    names[str(event.pk)] = event.host.name if event.host else ""
    messages = sent.told(partner).filter(
        source_type__startswith="event-", source_id__in=list(names)
    )
    found = list(messages)
    broke = sent.when_contact_broke(found)
    return [
        sent.row_of(message, partner, broke.get(message.pk), names[message.source_id])
        for message in found
    ]
