"""Write the demo, or bring the one that is there to today.

The story counts its days from today, so telling it again gives every row its date anew. Rows that
somebody changed by hand (their version tells) keep theirs, and so does what was added by hand.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import transaction

from customers.actions import refresh_story
from customers.models import Customer, FollowUp, Interaction, LifeEvent, Recommendation, Reference
from customers.reminders import DIGEST, expiry
from events.models import BenefitUse, Club, Event, EventGuest, EventStep, Feedback, Membership
from mlmcrm.demo import (
    anna,
    boris,
    evenings,
    faces,
    mails,
    membership,
    network,
    permits,
    said,
    told,
    wishes,
)
from mlmcrm.demo.rows import Teller, moved
from partners import clock, outbox
from partners.models import OutboxMessage, Partner, User
from partners.walls import acting_for

PASSWORD = "kundenkreis"  # noqa: S105 - the demo tells it to everybody
MEMBERS = 540  # days since the two signed up
MORNINGS_WITH_MAIL = (1, 2, 4, 5, 6, 7)  # days ago; on the third day nothing was due
DATED = {
    Customer: ("created_at", "updated_at", "birth_day", "birth_month", "birth_year", "informed_on"),
    FollowUp: (
        *("created_at", "updated_at", "closed_at"),
        *("due_on", "zone", "due_at", "scheduled_at", "schedule_version"),
    ),
    Interaction: ("created_at", "updated_at", "occurred_at"),
    LifeEvent: ("created_at", "updated_at", "happened_on"),
    Reference: ("created_at", "updated_at", "said_on", "allowed_on"),
    Recommendation: ("created_at", "updated_at", "recommended_on", "status_on", "thanked_on"),
    Event: (
        *("created_at", "updated_at", "starts_at", "ends_at"),
        *("answer_until", "closed_at", "rewarded_on"),
    ),
    EventGuest: (
        *("created_at", "updated_at", "invited_at"),
        *("answered_at", "waiting_since", "presence_at"),
    ),
    EventStep: ("created_at", "updated_at", "due_on", "done_at"),
    Feedback: ("created_at", "updated_at", "given_at"),
    Club: ("created_at", "updated_at", "since"),
    Membership: ("created_at", "updated_at", "since", "until"),
    BenefitUse: ("created_at", "updated_at", "given_on"),
}
OF_AN_EVENING = {EventGuest, EventStep, Feedback}  # they stay where it was put by hand


def load() -> dict[str, int]:
    """Load or refresh the whole demo; return how many people each partner knows."""
    known = {}
    with transaction.atomic():
        clerk("office@example.org", "Olga Brandt")
    for email, name, digest_time, story in (
        ("anna@example.org", "Anna Reith", dt.time(7, 30), anna),
        ("boris@example.org", "Boris Kessler", dt.time(8, 15), boris),
    ):
        with transaction.atomic():
            user, is_new = partner_user(email, name, digest_time)
        known[name] = write(user, story, is_new=is_new)
    return known


def clerk(email: str, name: str) -> None:
    if not User.objects.filter(email=email).exists():
        User.objects.create_user(email, PASSWORD, name=name, is_staff=True)


def partner_user(email: str, name: str, digest_time: dt.time) -> tuple[User, bool]:
    """The partner's user, and whether they are new."""
    if user := User.objects.filter(email=email).first():
        return user, False
    since = clock.now() - dt.timedelta(days=MEMBERS)
    partner = Partner.objects.create(
        name=name,
        digest_time=digest_time,
        terms_version=settings.TERMS_VERSION,
        terms_accepted_at=since,
        created_at=since,
    )
    fields = {"name": name, "partner": partner, "date_joined": since}
    return User.objects.create_user(email, PASSWORD, **fields), True


def write(user: User, story: Any, *, is_new: bool) -> int:
    partner: Any = user.partner
    teller = Teller(partner, user, story.KNOWN, story.FIELDS)
    teller.tell([*story.PEOPLE, *story.GUESTS])
    told.tell(teller)
    network.tell_sources(teller)
    with acting_for(partner):
        faces.tell(partner)
        for rows in groups(teller, story):
            model = type(rows[0])
            if columns := DATED.get(model):
                move(rows, model, columns)
            model.unscoped.bulk_create(rows, ignore_conflicts=True)
        refresh_story(partner, [customer.pk for customer in teller.customers])
        if is_new:
            outbox.write(morning_mails(user, teller))
            mails.tell(teller)
            permits.tell(teller)
            wishes.tell(teller)
    return sum(not customer.is_hidden for customer in teller.customers)


def groups(teller: Teller, story: Any) -> Iterator[list]:
    """All rows, those first that others point to."""
    yield from (*teller.groups(), *network.groups(teller), *said.groups(teller))
    yield from evenings.groups(teller, story)
    yield from membership.groups(teller, story)


def move(rows: list, model: Any, columns: tuple[str, ...]) -> None:
    """Move the dates of rows that are as the demo made them."""
    fresh = {row.pk: row for row in rows}
    stored = model.unscoped_with_bin.filter(deleted_at=None)  # hidden guests too
    untouched = stored.filter(pk__in=fresh, version=1)
    if model in OF_AN_EVENING:
        untouched = untouched.filter(event__version=1)
    late = [row for row in untouched if moved(fresh[row.pk], row, columns)]
    model.unscoped_with_bin.bulk_update(late, columns)


def morning_mails(user: User, teller: Teller) -> list[OutboxMessage]:
    """What the past mornings brought: handed over, without address or text."""
    mails = []
    partner: Any = user.partner
    for days_ago in MORNINGS_WITH_MAIL:
        due = teller.moment(-days_ago, partner.digest_time)
        sent = due + dt.timedelta(seconds=4 + days_ago)
        mail = outbox.message(
            DIGEST,
            key=f"{DIGEST}:{partner.pk}:{teller.date(-days_ago)}",
            recipient=user,
            due_at=due,
            created_at=due,
            expires_at=expiry(due, partner.zone),
            state=OutboxMessage.State.SENT,
            attempts=1,
            handoff_at=sent,
            sent_at=sent,
        )
        mails.append(mail)
    return mails
