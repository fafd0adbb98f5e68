"""Writing down what somebody said about being written to or called, with all that a proof needs."""

import datetime as dt
from collections.abc import Collection, Iterable
from itertools import product

from django.db import transaction

from customers.models import Customer, Permission, SuppressionEntry
from customers.permissions import standing, suppression, texts
from partners import changes, clock, profile
from partners.changes import Act
from partners.models import Partner, User

Channel, Purpose, Says, How = (
    Permission.Channel,
    Permission.Purpose,
    Permission.Says,
    Permission.How,
)
BY_NUMBER = {Channel.PHONE, Channel.SMS, Channel.MESSENGER}


@transaction.atomic
def record(  # noqa: PLR0917 (who, whom, what and how: read like a sentence)
    partner: Partner,
    actor: User | None,
    customer: Customer,
    channel: str,
    purpose: str,
    says: str,
    how: str,
    *,
    point: str = "",
    text: str = "",
    text_version: str = "",
    at: dt.datetime | None = None,
    confirmed_at: dt.datetime | None = None,
) -> Act:
    """One statement; to what somebody agreed and with which number follows where it is not said."""
    act = Act(partner, actor, "permission-record")
    row = statement(act, customer, channel, purpose, says, how, at=at or clock.now())
    row.confirmed_at = confirmed_at
    if point:
        row.point = point
    if text:
        row.text, row.text_version = text, text_version
    state(act, customer, [row])
    return act


@transaction.atomic
def note(  # noqa: PLR0917 (as above)
    partner: Partner,
    actor: User,
    customer: Customer,
    channels: Collection[str],
    purpose: str,
    says: str,
    how: str,
    *,
    at: dt.datetime,
) -> Act:
    """What somebody said about several channels; what they said that day and still hold stays once."""
    act = Act(partner, actor, "permission-record")
    rows = [statement(act, customer, channel, purpose, says, how, at=at) for channel in channels]
    day = at.astimezone(partner.zone).date()
    there = {
        (row.channel, row.purpose, row.says, row.how)
        for row in customer.permissions.all()
        if row.said_at.astimezone(partner.zone).date() == day
        and standing(customer.permissions.all(), row.channel, row.purpose).says == row.says
    }
    state(act, customer, [row for row in rows if (row.channel, purpose, says, how) not in there])
    return act


def answer(act: Act, customer: Customer, says: str) -> None:
    """What they said on the phone about calls with news."""
    purpose, how = Purpose.ADVERTISING, How.PHONE
    row = statement(act, customer, Channel.PHONE, purpose, says, how, at=clock.now())
    state(act, customer, [row])


def statement(  # noqa: PLR0917 (as above)
    act: Act,
    customer: Customer,
    channel: str,
    purpose: str,
    says: str,
    how: str,
    *,
    at: dt.datetime,
) -> Permission:
    """Not yet stored; a yes names the number or address and the words it is about."""
    mine = profile.of(act.partner)
    row = Permission(
        customer=customer,
        channel=channel,
        purpose=purpose,
        says=says,
        how=how,
        said_at=at,
        person=texts.person_in_full(customer),
        sender=texts.sender_in_full(mine),
        recorded_by=act.actor.pk if act.actor else None,
    )
    if says != Says.NO and purpose != Purpose.ANYTHING:
        row.point = first_point(customer, channel)
        row.text, row.text_version = texts.wording(channel, purpose, customer, mine)
    return row


@transaction.atomic
def object_to(
    partner: Partner,
    actor: User | None,
    customer: Customer,
    channels: Collection[str] | None = None,
    *,
    purpose: str = Purpose.ADVERTISING,
    how: str = "",
    at: dt.datetime | None = None,
) -> Act:
    """No more of this, on all channels unless some are named; by themselves without an actor."""
    act = Act(partner, actor, "permission-object")
    said = how or (How.SPOKEN if actor else How.UNSUBSCRIBED)
    rows = [
        statement(act, customer, channel, purpose, Says.NO, said, at=at or clock.now())
        for channel in (Channel.values if channels is None else channels)
    ]
    state(act, customer, rows)
    return act


def state(act: Act, customer: Customer, rows: Iterable[Permission]) -> None:
    """Write statements down; a no is kept as a hash too, so that it outlives the person's entry."""
    rows = list(rows)
    refusals = [row for row in rows if row.says == Says.NO]
    if refusals:  # two of them at once must not keep the same hash twice
        everybody = act.partner.customers(manager="unscoped_with_hidden")
        everybody.select_for_update(of=("self",)).filter(pk=customer.pk).first()
    changes.create(act, *rows)
    for row in refusals:
        suppression.suppress(
            act,
            customer,
            SuppressionEntry.Why.OBJECTED,
            channel=row.channel,
            purpose=row.purpose,
            at=row.said_at,
        )


def refusals(act: Act, survivor: Customer, other: Customer) -> list[Permission]:
    """What one of two entries refuses and both together would not: the stricter one wins."""
    one, two = list(survivor.permissions.all()), list(other.permissions.all())
    return [
        statement(act, survivor, channel, purpose, Says.NO, How.MERGED, at=clock.now())
        for channel, purpose in overruled(one, two)
    ]


def overruled(
    one: Collection[Permission], two: Collection[Permission]
) -> list[tuple[Permission.Channel, Permission.Purpose]]:
    """Channels and purposes of which one says no now, and a later yes of the other would win."""
    return [
        (channel, purpose)
        for channel, purpose in product(Channel, Purpose)
        if any(standing(rows, channel, purpose).says == Says.NO for rows in (one, two))
        and standing([*one, *two], channel, purpose).says != Says.NO
    ]


def first_point(customer: Customer, channel: str) -> str:
    """The number or address one would use on this channel."""
    if channel == Channel.EMAIL:
        email = customer.emails.first()
        return email.address if email else ""
    phone = customer.phones.first() if channel in BY_NUMBER else None
    return (phone.number or phone.typed) if phone else ""
