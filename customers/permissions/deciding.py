"""The rules: denied until allowed, and a no always wins (UWG § 7, Art. 21 DSGVO)."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from customers.models import Customer, Permission
from customers.permissions.decision import Decision, Verdict
from customers.permissions.known import Known, gather
from customers.permissions.quiet import next_decent
from customers.permissions.standing import CONFIRMED, standing
from partners import clock

Channel, Purpose, Says = Permission.Channel, Permission.Purpose, Permission.Says
GROWN_UP = 16  # nobody younger gets advertising
WITHOUT_A_YES = {Channel.LETTER, Channel.VISIT}  # allowed until they object


def may_contact(
    customer: Customer,
    channel: str,
    purpose: str,
    *,
    at: dt.datetime | None = None,
    known: Known | None = None,
    to: str = "",
    answering: Any = None,
) -> Decision:
    """Whether a message of ours may go out at a moment, now unless told otherwise.

    Who asks for many people gathers what is known beforehand. `to` is the one address or number it
    goes to, and `answering` the enquiry, promise or order that it is about: `Purpose.ANYTHING` is
    an answer without advertising.
    """
    at = at or clock.now()
    known = known or gather(customer.partner, [customer])[customer.pk]
    points = frozenset({to}) if to else known.points
    decision = forbidden_to_all(customer, channel, purpose, known, at)
    if decision is None:
        decision = by_purpose(channel, purpose, known, at, points=points, answering=answering)
    wait = waiting(customer, channel, purpose, known, at) if decision else None
    if wait is None:
        return decision
    code, reason, not_before = wait
    details = tuple(known.profile.lacks) if code == "no-imprint" else ()
    return Decision(Verdict.NOT_NOW, code, reason, decision.evidence, not_before, details)


def no(code: str, reason: Any, evidence: Permission | None = None) -> Decision:
    return Decision(Verdict.NO, code, reason, evidence)


def forbidden_to_all(
    customer: Customer, channel: str, purpose: str, known: Known, at: dt.datetime
) -> Decision | None:
    """What no yes outweighs."""
    if customer.deleted_at is not None:
        return no("gone", _("This entry lies in the bin."))
    if customer.restricted_at is not None:
        return no("restricted", _("Their data is locked for now."))
    said = standing(known.statements, channel, purpose).row
    if said and said.says == Says.NO:
        if said.purpose == Purpose.ANYTHING:
            return no("declined", _("They asked not to be contacted this way at all."), said)
        return no("objected", _("They said no to this."), said)
    if purpose == Purpose.ADVERTISING and is_child(customer, at.date()):
        return no("child", _("They are younger than 16."))
    return None


def by_purpose(
    channel: str,
    purpose: str,
    known: Known,
    at: dt.datetime,
    *,
    points: frozenset[str] | None,
    answering: Any,
) -> Decision:
    if purpose == Purpose.ANYTHING:
        found = () if answering is None else (answering,)
        reason = _("A promise, a question or an order is the reason.")
        return Decision(Verdict.YES, "answering", reason, details=found)
    said = standing(known.statements, channel, purpose)
    if said.row is None and channel in WITHOUT_A_YES:
        return Decision(Verdict.YES, "no-objection", _("They have not objected."))
    if said.row is None:
        if said.asked:
            return no("asked", _("They were asked and have not answered yet."), said.asked)
        return no("no-consent", _("They have not been asked yet."))
    answers = [by_consent(row, channel, purpose, at, points) for row in reversed(said.yeses)]
    return next(filter(None, answers), answers[0])


def by_consent(
    row: Permission, channel: str, purpose: str, at: dt.datetime, points: frozenset[str] | None
) -> Decision:
    """Whether a yes still holds, and for this number or address."""
    if points is not None and row.point and row.point not in points:
        return no("other-address", _("They said yes for another number or address."), row)
    if channel == Channel.EMAIL and purpose == Purpose.ADVERTISING and not is_confirmed(row):
        return no("unconfirmed", _("They have not pressed the link in the mail yet."), row)
    if row.proof_ends_on and at.date() > row.proof_ends_on:
        return no("lapsed", _("Their yes is more than five years old."), row)
    return Decision(Verdict.YES, "consent", _("They said yes."), row)


def is_confirmed(row: Permission) -> bool:
    return row.how in CONFIRMED or row.confirmed_at is not None


def is_child(customer: Customer, day: dt.date) -> bool:
    if not (customer.birth_year and customer.birth_month and customer.birth_day):
        return False
    had_birthday = (day.month, day.day) >= (customer.birth_month, customer.birth_day)
    return day.year - customer.birth_year - (not had_birthday) < GROWN_UP


def waiting(
    customer: Customer, channel: str, purpose: str, known: Known, at: dt.datetime
) -> tuple[str, Any, dt.datetime | None] | None:
    """Code, reason and the next moment of what may go out, yet not now."""
    mine = known.profile
    if channel == Channel.EMAIL and not mine.is_complete:
        return "no-imprint", _("Your own name and address are still missing below it."), None
    if purpose != Purpose.ADVERTISING or channel == Channel.LETTER:
        return None
    gap, last = dt.timedelta(days=mine.mail_gap), known.last_mail_at
    is_often = channel == Channel.EMAIL and last is not None and last + gap > at
    free = last + gap if last is not None and is_often else at
    decent, why = next_decent(free, mine, customer.partner.zone, known.postcode)
    if is_often:
        return "too-often", _("They had a mail from you not long ago."), decent
    return ("quiet", why, decent) if why else None
