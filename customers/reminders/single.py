"""The single reminder: one mail shortly before the time that was promised."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import CharField, DateTimeField, Exists, ExpressionWrapper, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat, Replace
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers import from_mail
from customers.digest import short_name
from customers.models import FollowUp
from customers.reminders.rechecking import unchanged
from partners import clock, links, outbox, planning, preferences, spoken
from partners.letters import compose
from partners.models import MailClass, OutboxMessage, Partner, ReminderLead

FOLLOW_UP = "follow-up"
HELPS_FOR = dt.timedelta(hours=12)  # after the promised time; later the morning mail tells
DEEDS = {
    FollowUp.Kind.CALL: gettext_lazy("call %(who)s"),
    FollowUp.Kind.MESSAGE: gettext_lazy("write to %(who)s"),
    FollowUp.Kind.VISIT: gettext_lazy("visit %(who)s"),
    FollowUp.Kind.CARD: gettext_lazy("a card for %(who)s"),
    FollowUp.Kind.BRING: gettext_lazy("bring something to %(who)s"),
}


def register() -> None:
    outbox.register(
        FOLLOW_UP,
        MailClass.REMINDER,
        load,
        still_wanted,
        render,
        recheck=as_loaded,
        label=gettext_lazy("Reminder"),
    )
    planning.register("single reminders", plan_reminders, label=gettext_lazy("Single reminders"))


# --- planning --------------------------------------------------------------------------------


def plan_reminders() -> int:
    """Write the reminder of each follow-up whose moment has come; return how many."""
    return outbox.write(missing_rows())


def missing_rows() -> Iterator[OutboxMessage]:
    """One row for each schedule, whatever happens to the settings afterwards."""
    now = clock.now()
    for follow_up in candidates(now).iterator():
        moment = moment_of(follow_up)
        if moment is None or moment > now or is_away(follow_up, now):
            continue
        yield outbox.message(
            FOLLOW_UP,
            key=follow_up.key,
            recipient=follow_up.partner.user,
            due_at=moment,
            expires_at=follow_up.due_at + HELPS_FOR,
            source_type=FOLLOW_UP,
            source_id=str(follow_up.pk),
            source_version=str(follow_up.schedule_version),
        )


def candidates(now: dt.datetime):
    """Follow-ups that are due by now or within their partner's lead, by ids and dates alone."""
    number = Replace(Cast("pk", CharField()), Value("-"))  # the same on every database
    start = Concat(Value(f"{FOLLOW_UP}:"), number, Value(":"))
    key = Concat("start", Cast("schedule_version", CharField()))
    planned = OutboxMessage.objects.filter(dedupe_key=OuterRef("key"))
    leads = {lead: now + dt.timedelta(minutes=lead) for lead in ReminderLead.values}
    within_lead = (Q(partner__reminder_lead=lead, due_at__lte=end) for lead, end in leads.items())
    return (
        FollowUp.unscoped.open()
        .filter(
            reduce(or_, within_lead),
            due_time__isnull=False,
            due_at__gt=now - HELPS_FOR,
            due_at__lte=max(leads.values()),
            customer__deleted_at=None,
            partner__paused_at=None,
            partner__reminders_on=True,
            partner__user__is_active=True,
        )
        .annotate(start=start, key=key)
        .filter(~Exists(planned), ~Exists(told()))
        .select_related("partner__user")
        .only(
            "due_at", "scheduled_at", "schedule_version", "partner__user__partner",
            "partner__time_zone", "partner__reminder_lead",
            "partner__absent_from", "partner__absent_until",
        )
        .order_by("pk")
    )  # fmt: skip


def told():
    """Mails of this promise for this very moment that left, or may have: whatever it went through.

    The unique keys lead to them: versions are digits, which sort between 0 and a everywhere.
    """
    may_have_left = Q(state=OutboxMessage.State.SENT) | Q(handoff_at__isnull=False)
    return OutboxMessage.objects.filter(
        may_have_left | Q(ambiguous__gt=0),
        dedupe_key__gt=Concat(OuterRef("start"), Value("0")),
        dedupe_key__lt=Concat(OuterRef("start"), Value("a")),
        expires_at=ExpressionWrapper(OuterRef("due_at") + HELPS_FOR, DateTimeField()),
    )


def moment_of(follow_up: FollowUp) -> dt.datetime | None:
    """Some minutes ahead; at the time itself for what was said later than that.

    Who writes down a time that has passed needs no mail.
    """
    said, due_at = follow_up.scheduled_at, follow_up.due_at
    ahead = due_at - dt.timedelta(minutes=follow_up.partner.reminder_lead)
    if said is None or said < ahead:
        return ahead
    return due_at if said < due_at else None


def is_away(follow_up: FollowUp, now: dt.datetime) -> bool:
    """Today, or when it was due: what was missed meanwhile waits in Heute."""
    partner = follow_up.partner
    days = {moment.astimezone(partner.zone).date() for moment in (now, min(now, follow_up.due_at))}
    return any(map(partner.is_away_on, days))


# --- the mail --------------------------------------------------------------------------------


def load(rows: Iterable[OutboxMessage]) -> Mapping[Any, FollowUp]:
    """What is done, moved, faded or in the bin is not found any more."""
    partners = Partner.objects.select_related("user").in_bulk({row.partner_id for row in rows})
    sources = {row.source_id for row in rows}
    follow_ups = (
        FollowUp.unscoped.alive(clock.now())
        .filter(pk__in=sources, partner__in=partners, customer__deleted_at=None)
        .select_related("customer")
        .only(
            "partner", "kind", "due_on", "due_time", "due_at", "schedule_version", "version",
            "customer__first_name", "customer__last_name", "customer__version",
        )
    )  # fmt: skip
    found = {}
    for follow_up in follow_ups:
        follow_up.partner = partners[follow_up.partner_id]
        found[str(follow_up.pk), str(follow_up.schedule_version)] = follow_up
    return {
        row.pk: found[row.source_id, row.source_version]
        for row in rows
        if (row.source_id, row.source_version) in found
    }


def still_wanted(row: OutboxMessage, follow_up: FollowUp) -> bool:
    return follow_up.partner.reminders_on and not is_away(follow_up, clock.now())


def as_loaded(mails: Iterable[tuple[OutboxMessage, FollowUp]]) -> Collection[Any]:
    return unchanged((row, [follow_up, follow_up.customer]) for row, follow_up in mails)


def render(row: OutboxMessage, follow_up: FollowUp) -> outbox.Mail:
    partner = follow_up.partner
    return compose(
        "follow_up",
        {
            "greeting": _("Hello %(name)s, a short reminder:")
            % {"name": partner.user.get_short_name()},
            "when": when(follow_up),
            "deed": DEEDS[FollowUp.Kind(follow_up.kind)] % {"who": short_name(follow_up.customer)},
            "personal_url": from_mail.link(follow_up, partner, clock.today(partner.zone)),
            "settings_url": links.absolute("settings"),
            "preferences_url": preferences.link(partner, preferences.REMINDERS),
        },
        to=partner.user.email,
        headers=preferences.headers(partner, preferences.REMINDERS),
    )


def when(follow_up: FollowUp) -> str:
    """“At 15:00”; on another day “Tomorrow, 15:00”."""
    today = clock.today(follow_up.partner.zone)
    if follow_up.due_on == today:
        return _("At %(time)s") % {"time": f"{follow_up.due_time:%H:%M}"}
    return capfirst(spoken.day_and_time(follow_up.due_on, follow_up.due_time, today))
