"""To the host who wants it: who answered, bundled; and the day before, who comes."""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from customers import permissions
from customers.exports.columns import greeting
from customers.models import Customer, Email
from customers.permissions import Known
from customers.recommend_share import is_informal
from customers.reminders import to_person
from customers.reminders.rechecking import unchanged
from events import links, saying
from events.models import Event, EventGuest
from events.reminders.answered import FORMAL, INFORMAL
from events.reminders.requested import HELPS_FOR, LAST, events_in, not_there
from events.reminders.to_guest import ANYTHING, EMAIL
from partners import addresses, clock, outbox, planning, profile, walls
from partners.letters import compose
from partners.models import MailClass, OutboxMessage, Partner

NEWS, TOMORROW = "event-host-news", "event-host-tomorrow"
BUNDLE = dt.timedelta(hours=1)
MORNING, NIGHT, HINT = dt.time(8), dt.time(21), dt.time(10)  # on the clock of the evening
Answer = EventGuest.Answer
ANSWERED = {
    FORMAL: pgettext_lazy("formal", "Your guests have answered:"),
    INFORMAL: pgettext_lazy("informal", "Your guests have answered:"),
}
EVE = {
    FORMAL: pgettext_lazy("formal", "Tomorrow is your evening."),
    INFORMAL: pgettext_lazy("informal", "Tomorrow is your evening."),
}
SOON = {
    FORMAL: pgettext_lazy("formal", "Tomorrow is your evening. These guests are coming:"),
    INFORMAL: pgettext_lazy("informal", "Tomorrow is your evening. These guests are coming:"),
}
WHY = {
    FORMAL: pgettext_lazy(
        "formal", "You get this as the host. It can be switched off on your page."
    ),
    INFORMAL: pgettext_lazy(
        "informal", "You get this as the host. It can be switched off on your page."
    ),
}


@dataclasses.dataclass(frozen=True)
class ToHost:
    event: Event
    customer: Customer
    email: Email
    known: Known
    guests: list[EventGuest]


def register() -> None:
    for name, wanted, render, label in (
        (NEWS, has_news, news, gettext_lazy("Who answered")),
        (TOMORROW, is_tomorrow, tomorrow, gettext_lazy("Who is coming")),
    ):
        outbox.register(
            name,
            MailClass.REQUESTED,
            load,
            wanted,
            render,
            permit=permit,
            recheck=as_loaded,
            whom=whom,
            label=label,
        )
    planning.register("host reminders", plan, label=gettext_lazy("Reminders for hosts"))


# --- when ----------------------------------------------------------------------------------------


def message(kind: str, partner: Partner, event: Event, key: str, **fields: Any) -> OutboxMessage:
    return outbox.message(
        kind,
        key=f"{kind}:{event.pk.hex}:{key}",
        recipient=partner.user,
        person=event.host_id,
        source_type=kind,
        source_id=str(event.pk),
        **fields,
    )


def note_for_host(partner: Partner, event: Event, answered_at: dt.datetime | None) -> None:
    """Somebody has answered: told with all who answer within the hour, and not at night."""
    now = clock.now()
    if not (event.host_wants_mail and event.host_id and event.starts_at > now):
        return
    waiting = partner.messages.filter(kind=NEWS, source_id=str(event.pk), handoff_at=None)
    waiting = waiting.filter(recipient_id=str(event.host_id))  # not a host of before
    if waiting.filter(state=OutboxMessage.State.PENDING).exists():
        return
    since = str(int(min(answered_at or now, now).timestamp()))
    due_at = by_day(now + BUNDLE, ZoneInfo(event.zone))
    fields = {"source_version": since, "due_at": due_at, "expires_at": event.starts_at}
    outbox.write([message(NEWS, partner, event, f"{since}:{event.host_id}", **fields)])


def by_day(moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    local = moment.astimezone(zone)
    if local.time() < MORNING:
        return clock.moment(local.date(), MORNING, zone)
    if local.time() >= NIGHT:
        return clock.moment(local.date() + dt.timedelta(days=1), MORNING, zone)
    return moment


def plan() -> int:
    """Write the mail of the day before to each host whose moment has come; return how many."""
    now = clock.now()
    soon = Q(starts_at__lte=now + dt.timedelta(days=2))
    found = list(events_in(soon).values_list("pk", "partner"))
    if not found:
        return 0
    with walls.acting_for(*sorted({partner for _pk, partner in found})):
        return outbox.write(missing(now, [pk for pk, _partner in found]))


def missing(now: dt.datetime, events: Collection[Any]) -> Iterator[OutboxMessage]:
    wanted = Event.unscoped.filter(pk__in=events, host_wants_mail=True, host__deleted_at=None)
    rows = {}
    for event in wanted.exclude(host=None).select_related("partner__user"):
        at = the_day_before(event)
        if at <= now < min(at + HELPS_FOR, event.starts_at - LAST):
            row = message(
                TOMORROW,
                event.partner,
                event,
                str(event.day),
                source_version=str(event.day),
                due_at=at,
                expires_at=at + HELPS_FOR,
            )
            rows[row.dedupe_key] = row
    yield from not_there(rows)


def the_day_before(event: Event) -> dt.datetime:
    return clock.moment(event.day - dt.timedelta(days=1), HINT, ZoneInfo(event.zone))


# --- the mail ------------------------------------------------------------------------------------


def load(rows: Iterable[OutboxMessage]) -> Mapping[Any, ToHost]:
    found: dict[Any, ToHost] = {}
    for partner, messages in to_person.by_partner(rows).items():
        ids = {row.source_id for row in messages}
        hosted = partner.events.filter(pk__in=ids, host__deleted_at=None).select_related("host")
        events = {str(event.pk): event for event in hosted if event.host}
        known = to_person.known_of(partner, [event.host for event in events.values() if event.host])
        guests: dict[Any, list[EventGuest]] = defaultdict(list)
        asked = partner.eventguests.filter(event__in=events.values(), customer__deleted_at=None)
        for guest in asked.select_related("customer").order_by("answered_at", "pk"):
            guests[guest.event_id].append(guest)
        for message in messages:
            event = events.get(message.source_id)
            host = event.host if event else None
            email = host and next(iter(host.emails.all()), None)
            if event and host and email:
                event.partner = partner
                about = known[host.pk]
                found[message.pk] = ToHost(event, host, email, about, guests[event.pk])
    return found


def permit(row: OutboxMessage, mail: ToHost) -> outbox.Ruling:
    found = permissions.may_contact(
        mail.customer,
        EMAIL,
        ANYTHING,
        known=mail.known,
        to=mail.email.address,
        answering=mail.event,
    )
    return to_person.ruling(found)


def as_loaded(mails: Iterable[tuple[OutboxMessage, ToHost]]) -> Collection[Any]:
    return unchanged((row, [mail.event, mail.customer, mail.email]) for row, mail in mails)


def is_meant(row: OutboxMessage, mail: ToHost) -> bool:
    event = mail.event
    return event.host_wants_mail and event.is_ahead and row.recipient_id == str(event.host_id)


def new_answers(row: OutboxMessage, mail: ToHost) -> list[EventGuest]:
    """Those that came since the first one that is told here."""
    since = dt.datetime.fromtimestamp(int(row.source_version), dt.UTC)
    found = mail.guests
    return [guest for guest in found if guest.answered_at and guest.answered_at >= since]


def has_news(row: OutboxMessage, mail: ToHost) -> bool:
    return is_meant(row, mail) and bool(new_answers(row, mail))


def is_tomorrow(row: OutboxMessage, mail: ToHost) -> bool:
    return is_meant(row, mail) and row.source_version == str(mail.event.day)


def is_formal(mail: ToHost) -> bool:
    """Hosts are spoken to as the partner knows them, even where their guests are not."""
    return not is_informal(mail.customer)


def news(row: OutboxMessage, mail: ToHost) -> outbox.Mail:
    guests = new_answers(row, mail)
    words = ngettext("%(count)d answer: %(title)s", "%(count)d answers: %(title)s", len(guests))
    subject = words % {"count": len(guests), "title": mail.event.title}
    told = [(guest.customer.first_name, said(guest)) for guest in guests]
    return letter(mail, subject, ANSWERED[is_formal(mail)], told)


def tomorrow(row: OutboxMessage, mail: ToHost) -> outbox.Mail:
    coming = [guest for guest in mail.guests if guest.answer == Answer.YES]
    subject = _("Tomorrow: %(title)s") % {"title": mail.event.title}
    lead = SOON if coming else EVE
    told = [(guest.customer.first_name, companions(guest)) for guest in coming]
    return letter(mail, subject, lead[is_formal(mail)], told)


def letter(mail: ToHost, subject: str, lead: Any, guests: list[tuple[str, str]]) -> outbox.Mail:
    event, mine = mail.event, mail.known.profile
    coming = sum(guest.seats for guest in mail.guests if guest.answer == Answer.YES)
    context = {
        **to_person.foot(mine),
        "greeting": greeting(mail.customer),  # type: ignore[arg-type]
        "subject": subject,
        "lead": str(lead),
        "guests": guests,
        "total": total(coming),
        "when": saying.day_and_time(event.local_start),
        "where": saying.place(event),
        "link": links.of_host(event),
        "signature": profile.signature(mine),
        "why": str(WHY[is_formal(mail)]),
    }
    return compose("event_host", context, to=mail.email.typed, **to_person.sender(mine))


def said(guest: EventGuest) -> str:
    """“is coming, with 1 more”: nothing else of a guest is a host's business."""
    word = str(guest.get_answer_display())
    more = companions(guest) if guest.answer in {Answer.YES, Answer.WAITING} else ""
    return f"{word} ({more})" if more else word


def companions(guest: EventGuest) -> str:
    """“+ 1 more person”."""
    words = ngettext("+ %(count)d more person", "+ %(count)d more people", guest.companions)
    return words % {"count": guest.companions} if guest.companions else ""


def total(coming: int) -> str:
    if not coming:
        return _("Nobody has said yes so far.")
    return ngettext("%(count)d is coming.", "%(count)d are coming.", coming) % {"count": coming}


def whom(partner: Partner, messages: list[OutboxMessage]) -> Mapping[Any, tuple[str, str]]:
    events = partner.events.select_related("host").in_bulk({row.source_id for row in messages})
    found = {str(pk): event for pk, event in events.items()}
    return {
        row.pk: (event.host.name if event.host else "", addresses.of("event-mails", event.pk))
        for row in messages
        if (event := found.get(row.source_id))
    }
