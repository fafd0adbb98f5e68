"""The morning mail: on which days it comes, at which minute, and for whom."""

import datetime as dt
import logging
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import reduce
from itertools import chain, islice
from operator import or_
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from customers.digest import MOST_LINES, Digest, digests, sections
from customers.models import Customer, FollowUp
from customers.reminders.rechecking import Row, unchanged
from partners import clock, links, outbox, planning, preferences
from partners.letters import compose
from partners.models import MailClass, OutboxMessage, Partner, Reason, User

DIGEST, DIGEST_NOW = "digest", "digest-now"
TOO_LATE = dt.time(18)  # a morning mail that could not leave until then helps nobody
AT_LEAST = dt.timedelta(hours=3)
ONE_DAY = dt.timedelta(days=1)
Moments = tuple[ZoneInfo, dt.date, dict[dt.time, dt.datetime]]
logger = logging.getLogger(__name__)
PLANNED: Mapping[bool, dict[str, Any]] = {
    True: {"state": OutboxMessage.State.PENDING},
    False: {"state": OutboxMessage.State.SKIPPED, "reason": Reason.NOTHING_DUE},
}


def register() -> None:
    for name, wanted in ((DIGEST, still_wanted), (DIGEST_NOW, was_asked_for)):
        outbox.register(
            name,
            MailClass.REMINDER,
            load,
            wanted,
            render,
            recheck=as_loaded,
            label=_("Morning mail"),
        )
    planning.register("morning mails", plan_digests, label=_("Morning mails"))


# --- planning --------------------------------------------------------------------------------


def plan_digests() -> int:
    """Write today's digest of each partner whose moment has come; return how many will be sent.

    Where nothing is due the row says so (skipped) and the day is decided: what is added at noon
    does not bring a morning mail.
    """
    return outbox.write(row for moments in open_moments() for row in rows_for(*moments))


def open_moments() -> Iterator[Moments]:
    """By zone: the day it is there, and the digest times whose moment has come in time."""
    now = clock.now()
    wanted = Partner.objects.working().filter(digest_on=True).order_by("time_zone", "digest_time")
    zones: dict[str, Moments] = {}
    for name, time in wanted.values_list("time_zone", "digest_time").distinct():
        try:
            zone = ZoneInfo(name)
        except ZoneInfoNotFoundError:
            logger.exception("nobody in the zone %s gets a morning mail", name)
            continue
        day = now.astimezone(zone).date()
        due_at = clock.moment(day, time, zone)
        if due_at <= now < expiry(due_at, zone):
            zones.setdefault(name, (zone, day, {}))[2][time] = due_at
    yield from zones.values()


def expiry(due_at: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The same day at six; for a mail wanted in the evening, the end of the day."""
    day = due_at.astimezone(zone).date()
    evening = clock.moment(day, TOO_LATE, zone)
    return evening if due_at + AT_LEAST <= evening else clock.moment(day + ONE_DAY, dt.time(), zone)


def rows_for(
    zone: ZoneInfo, day: dt.date, times: Mapping[dt.time, dt.datetime]
) -> Iterator[OutboxMessage]:
    """The rows that are still missing for one zone's day, in one query over ids and dates."""
    key = Concat(Value(f"{DIGEST}:"), Cast("pk", CharField()), Value(f":{day}"))
    planned = OutboxMessage.objects.filter(dedupe_key=OuterRef("key"))
    partners = (
        Partner.objects.working()
        .here_on(day)
        .filter(
            digest_on=True,
            digest_weekdays__contains=day.isoweekday(),
            digest_time__in=list(times),
            time_zone=zone.key,
            user__is_active=True,
        )
        .annotate(key=key)
        .filter(~Exists(planned))
        .annotate(has_something=something_due(day, zone))
        .order_by("pk")
    )
    columns = ("pk", "user__pk", "digest_time", "key", "has_something")
    for partner, user, time, dedupe_key, has_something in partners.values_list(*columns).iterator():
        due_at = times[time]
        yield outbox.message(
            DIGEST,
            key=dedupe_key,
            recipient=User(pk=user, partner_id=partner),
            due_at=due_at,
            expires_at=expiry(due_at, zone),
            **PLANNED[has_something],
        )


def something_due(day: dt.date, zone: ZoneInfo) -> Q:
    """A follow-up until the end of the day, a birthday, or what another app knows of."""
    midnight = clock.moment(day + ONE_DAY, dt.time(), zone)
    own = {"partner": OuterRef("pk")}
    due = FollowUp.unscoped.due_before(midnight, clock.now())
    born = Customer.unscoped.with_birthday_on([day])
    ours = Q(Exists(due.filter(**own, customer__deleted_at=None))) | Q(Exists(born.filter(**own)))
    return reduce(or_, (section.is_due(day, zone) for section in sections), ours)


# --- the mail --------------------------------------------------------------------------------


def load(rows: Iterable[OutboxMessage]) -> Mapping[Any, Digest]:
    owners = {row.partner_id for row in rows if row.partner_id}
    partners = Partner.objects.filter(pk__in=owners).select_related("user").order_by()
    found = digests(partners)
    return {
        row.pk: found[row.partner_id] for row in rows if row.partner_id and row.partner_id in found
    }


def still_wanted(row: OutboxMessage, digest: Digest) -> bool:
    return digest.partner.wants_digest_on(digest.day) and not digest.is_empty


def was_asked_for(row: OutboxMessage, digest: Digest) -> bool:
    return True


def as_loaded(mails: Iterable[tuple[OutboxMessage, Digest]]) -> Collection[Any]:
    """Those in which nobody, and nothing that they say, has changed since it was read."""
    return unchanged((row, shown(digest)) for row, digest in mails)


def shown(digest: Digest) -> list[Row]:
    """All that the mail speaks of: its follow-ups and whom they are for, and its birthdays."""
    extras = [extra for _section, found in digest.extras for extra in found][:MOST_LINES]
    room = MOST_LINES - len(extras)
    follow_ups = [*islice(chain(digest.timed, digest.promises, digest.care), room)]
    birthdays = digest.birthdays[: room - len(follow_ups)]
    others = (row for extra in extras for row in extra.rows)
    return [*others, *follow_ups, *(row.customer for row in follow_ups), *birthdays]


def render(row: OutboxMessage, digest: Digest) -> outbox.Mail:
    partner, groups = digest.partner, digest.groups
    return compose(
        "digest",
        {
            "digest": digest,
            "groups": groups,
            "first_names": ", ".join(line.who for _heading, lines in groups for line in lines),
            "duties_url": links.absolute("duties"),
            "settings_url": links.absolute("settings"),
            "preferences_url": preferences.link(partner),
        },
        to=partner.user.email,
        headers=preferences.headers(partner),
    )


# --- from the settings page ------------------------------------------------------------------


def preview(partner: Partner) -> tuple[Digest, outbox.Mail]:
    """Today's digest and its mail, made as the real one is, for the page that shows it."""
    row = outbox.message(DIGEST_NOW, key="", recipient=partner.user)
    digest = load([row])[row.pk]
    return digest, outbox.rendered(row, partner.user, digest)


def send_now(partner: Partner, nonce: uuid.UUID) -> None:
    """Send today's digest at once; the same form sent twice asks once."""
    key = f"{DIGEST_NOW}:{partner.pk}:{nonce}"
    outbox.write([outbox.message(DIGEST_NOW, key=key, recipient=partner.user)])
