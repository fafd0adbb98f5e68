"""To guests whose evening has moved, is called off, or takes place after all."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import dropwhile
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from events import ical, saying
from events.models import Event, EventGuest
from events.reminders import inviting, to_guest
from events.reminders.answered import CHANGE, FORMAL, INFORMAL
from events.reminders.to_guest import ToGuest
from partners import clock, outbox
from partners.changes import Act
from partners.models import Change, MailClass, OutboxMessage, Partner

CHANGED, CANCELLED = "event-changed", "event-cancelled"
SETTLES = dt.timedelta(minutes=2)  # so long an undo, or another change, needs no second mail
Answer = EventGuest.Answer
TOLD = ("starts_at", "ends_at", "zone", "place", "place_name", "street", "postcode", "city",
        "online_link", "state")  # fmt: skip
MOVED = _("From now on this holds:")
FITS = {
    FORMAL: pgettext_lazy("formal", "Does it still suit you? Otherwise please change your answer."),
    INFORMAL: pgettext_lazy(
        "informal", "Does it still suit you? Otherwise please change your answer."
    ),
}
SORRY = _("Unfortunately it cannot take place.")
WANTED_TO = {
    FORMAL: pgettext_lazy("formal", "Thank you for wanting to come."),
    INFORMAL: pgettext_lazy("informal", "Thank you for wanting to come."),
}
AFTER_ALL = _("It takes place after all.")


def register() -> None:
    for name, wanted, render, label in (
        (CHANGED, still_moved, moved, _("Evening changed")),
        (CANCELLED, still_off, called_off, _("Evening cancelled")),
    ):
        outbox.register(
            name,
            MailClass.TRANSACTIONAL,
            load,
            wanted,
            render,
            permit=to_guest.permit,
            recheck=to_guest.rechecked_by(to_guest.permit),
            whom=to_guest.whom,
            label=label,
        )


# --- from the partner's change -------------------------------------------------------------------


def tell(act: Act, event: Event) -> None:
    """Whoever counts on this evening hears of it, once things have settled."""
    if event.ends_at <= clock.now():
        return
    kind = CANCELLED if event.is_cancelled else CHANGED
    partner, now = act.partner, clock.now()
    guests = list(who_counts_on(partner, event))
    since = first_untold(partner, guests)
    outbox.write(
        to_guest.message(
            kind,
            guest,
            partner,
            str(event.sequence),
            source_version=since.get(str(guest.pk), act.id.hex),
            due_at=now + SETTLES,
            expires_at=event.ends_at,
        )
        for guest in guests
    )


def who_counts_on(partner: Partner, event: Event):
    """Those who did not say no, and had a mail before or can be written to; the rest may call."""
    invited = partner.messages.filter(kind=inviting.INVITATION, handoff_at__isnull=False)
    invited = invited.filter(source_id__in=list(map(str, silent(partner, event))))
    mailed = set(invited.values_list("source_id", flat=True))
    answered = Q(answer__in=[Answer.YES, Answer.MAYBE, Answer.WAITING])
    guests = partner.eventguests.filter(answered | Q(pk__in=mailed), event=event)
    reachable = partner.emails.values("customer")
    return guests.filter(customer__deleted_at=None, customer__in=reachable)


def silent(partner: Partner, event: Event):
    """The ids of those who were invited by mail and have said nothing."""
    asked = partner.eventguests.filter(event=event, answer="", invited_how="mail")
    return asked.values_list("pk", flat=True)


def first_untold(partner: Partner, guests: Iterable[EventGuest]) -> Mapping[str, str]:
    """The act since which a guest has not heard what holds; mails of it still wait."""
    waiting = partner.messages.filter(
        kind__in=[CHANGED, CANCELLED],
        state=OutboxMessage.State.PENDING,
        handoff_at=None,
        source_id__in=[str(guest.pk) for guest in guests],
    )
    return dict(waiting.order_by("-created_at").values_list("source_id", "source_version"))


# --- the mail ------------------------------------------------------------------------------------


def load(rows: Iterable[OutboxMessage]) -> Mapping[Any, ToGuest]:
    """With what the evening was before the act of which nobody has heard yet."""
    rows = list(rows)
    found = to_guest.load(rows)
    traces = {
        pk: list(partner.changes.filter(row_id=pk).order_by("pk"))
        for partner, pk in {(mail.customer.partner, mail.event.pk) for mail in found.values()}
    }
    return {
        row.pk: replace(mail, before=before(traces[mail.event.pk], row.source_version))
        for row in rows
        if (mail := found.get(row.pk))
    }


def before(traces: Iterable[Change], act: str) -> dict[str, Any]:
    """What all acts from this one on have changed, as it stood before the first of them."""
    was: dict[str, Any] = {}
    for trace in dropwhile(lambda trace: trace.act_id.hex != act, traces):
        was = (trace.before or {}) | was
    return was


def is_newest(row: OutboxMessage, mail: ToGuest) -> bool:
    return row.dedupe_key.endswith(f":{mail.event.sequence}")


def still_moved(row: OutboxMessage, mail: ToGuest) -> bool:
    """What was taken back meanwhile has not moved at all."""
    then = earlier(mail)
    differs = any(getattr(then, name) != getattr(mail.event, name) for name in TOLD[:-1])
    returns = then.is_cancelled
    return mail.event.is_ahead and is_newest(row, mail) and (differs or returns)


def still_off(row: OutboxMessage, mail: ToGuest) -> bool:
    return mail.event.is_cancelled and is_newest(row, mail)


def earlier(mail: ToGuest) -> Event:
    """The evening as these guests still know it."""
    event = mail.event
    then = Event(host=event.host, **{name: getattr(event, name) for name in TOLD})
    for name in set(TOLD) & set(mail.before):
        value = mail.before[name]
        setattr(then, name, parse_datetime(value) if name.endswith("_at") else value)
    return then


def moved(row: OutboxMessage, mail: ToGuest) -> outbox.Mail:
    event, then = mail.event, earlier(mail)
    is_formal = event.is_formal
    was = {}
    if (then.starts_at, then.zone) != (event.starts_at, event.zone):
        was["when"] = saying.day_and_time(then.starts_at.astimezone(ZoneInfo(then.zone)))
    in_full = mail.guest.answer == Answer.YES
    if saying.place(then, in_full=in_full) != saying.place(event, in_full=in_full):
        was["where"] = saying.place(then, in_full=in_full)
    lead = AFTER_ALL if then.is_cancelled else MOVED
    return to_guest.letter(
        mail,
        pgettext("mail", "Changed"),
        lead,
        method=ical.REQUEST if in_full else "",
        after=FITS[is_formal] if mail.guest.answer else "",
        was=was,
        button=CHANGE if mail.guest.answer else inviting.ANSWER,
    )


def called_off(row: OutboxMessage, mail: ToGuest) -> outbox.Mail:
    event = mail.event
    answer = mail.guest.answer
    headline = pgettext("mail", "Cancelled")
    method = ical.CANCEL if answer == Answer.YES else ""
    wanted = answer in {Answer.YES, Answer.WAITING}
    sorry = f"{SORRY} {WANTED_TO[event.is_formal]}" if wanted else SORRY
    return to_guest.letter(mail, headline, sorry, event.cancelled_why, method=method, is_off=True)
