"""Everything a decision rests on, fetched for many people at once."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Max, prefetch_related_objects

from customers import text
from customers.models import Customer, Permission, SuppressionEntry, hanging
from customers.permissions.standing import as_statements, without_repeats
from customers.permissions.suppression import digests, suppressed
from partners import profile
from partners.models import MailClass, OutboxMessage, Partner, Profile

HERE = {"", "de", "d", "deutschland", "germany"}


@dataclasses.dataclass(frozen=True)
class Known:
    """About one person: what they said, which of their addresses are suppressed, what they got.

    `statements` are in order and name too what was said to an earlier entry of this person.
    `points` are their numbers and addresses; nothing where they were not looked at.
    """

    profile: Profile
    statements: tuple[Permission, ...] = ()
    suppressed: tuple[SuppressionEntry, ...] = ()
    last_mail_at: dt.datetime | None = None
    postcode: str = ""
    points: frozenset[str] | None = None


def gather(partner: Partner, customers: Collection[Customer]) -> Mapping[uuid.UUID, Known]:
    """In a constant number of queries, by the id of the customer."""
    mine, people = profile.of(partner), list(customers)
    prefetch_related_objects(people, "phones", "emails", "addresses")
    for customer in people:
        customer.partner = partner
    said: dict[uuid.UUID | None, list[Permission]] = {}
    for row in partner.permissions.filter(customer__in=people).order_by("said_at", "pk"):
        said.setdefault(row.customer_id, []).append(row)
    hashes = {customer.pk: digests(customer) for customer in people}
    entries = suppressed(partner, set().union(*hashes.values()))
    mailed = last_mails(partner, people)
    return {
        pk: Known(
            profile=mine,
            statements=tuple(without_repeats(said.get(pk, ()), as_statements(known_before))),
            suppressed=known_before,
            last_mail_at=mailed.get(pk),
            postcode=postcode_of(customer),
            points=points_of(customer),
        )
        for customer in people
        for pk in [customer.pk]
        for known_before in [
            tuple(row for found in sorted(hashes[pk]) for row in entries.get(found, ()))
        ]
    }


def last_mails(partner: Partner, customers: Iterable[Customer]) -> dict[uuid.UUID, dt.datetime]:
    """When each was last sent a mail that advertises, or perhaps was; to a former entry too."""
    ids = [customer.pk for customer in customers]
    merged = hanging.people(partner).filter(merged_into__in=ids).order_by()
    people = {str(pk): pk for pk in ids}
    people |= {str(pk): into for pk, into in merged.values_list("pk", "merged_into")}
    handed_over = partner.messages.filter(
        recipient_type=OutboxMessage.Recipient.PERSON,
        recipient_id__in=people,
        mail_class=MailClass.MARKETING,
        handoff_at__isnull=False,
    ).exclude(state=OutboxMessage.State.FAILED)
    latest = handed_over.order_by().values_list("recipient_id").annotate(Max("handoff_at"))
    found: dict[uuid.UUID, dt.datetime] = {}
    for entry, at in latest:
        found[people[entry]] = max(at, found.get(people[entry], at))
    return found


def postcode_of(customer: Customer) -> str:
    """Where they live, unless that is abroad."""
    place = next(iter(customer.addresses.all()), None)
    if place is None:
        return customer.postcode
    return place.postcode if text.fold(place.country) in HERE else ""


def points_of(customer: Customer) -> frozenset[str]:
    """Numbers and addresses in the form in which a statement names them."""
    numbers = (row.number or row.typed for row in customer.phones.all())
    return frozenset(numbers) | {row.address for row in customer.emails.all()}
