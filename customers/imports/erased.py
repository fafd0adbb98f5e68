"""Who was erased, or whose data is locked, does not come back by an old list."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from customers.cards import Card
from customers.imports.known import e164
from customers.imports.reading import Entry
from customers.models import Address, Email, Phone, SuppressionEntry, hanging
from customers.permissions import suppression
from customers.permissions.suppression import Digest
from partners.models import Partner

ERASED, LOCKED = "erased", "locked"


def without_erased(partner: Partner, entries: Sequence[Entry]) -> tuple[list[Entry], Counter[str]]:
    """The entries to look at, and how many were left out for which reason."""
    left: Counter[str] = Counter()
    locked = digests_of_locked(partner)
    erased = partner.suppressionentrys.filter(why=SuppressionEntry.Why.ERASED)
    if not locked and not erased.exists():
        return list(entries), left
    told = [(entry, digests_of_card(partner, entry.card)) for entry in entries]
    wanted = set().union(*(digests for _entry, digests in told))
    gone = suppression.suppressed(partner, wanted, why=SuppressionEntry.Why.ERASED).keys()
    kept = []
    for entry, digests in told:
        if why := reason(digests, gone, locked):
            left[why] += 1
        else:
            kept.append(entry)
    return kept, left


def reason(digests: set[Digest], gone: Collection[Digest], locked: Collection[Digest]) -> str:
    if not digests.isdisjoint(gone):
        return ERASED
    return "" if digests.isdisjoint(locked) else LOCKED


def digests_of_card(partner: Partner, card: Card | None) -> set[Digest]:
    if card is None:
        return set()
    phones = [Phone(typed=phone.typed, number=e164(phone.typed)) for phone in card.phones]
    emails = [Email(typed=mail.typed) for mail in card.emails]
    for email in emails:
        email.normalise()
    places = [Address(postcode=at.postcode, city=at.city) for at in card.addresses]
    return suppression.digests_of(
        partner, name=card.name, phones=phones, emails=emails, addresses=places
    )


def digests_of_locked(partner: Partner) -> set[Digest]:
    """By what is in the bin, too."""
    people = hanging.people(partner).exclude(restricted_at=None).in_bulk()
    if not people:
        return set()
    phones, emails, addresses = (
        by_person(hanging.rows(partner, model, people)) for model in (Phone, Email, Address)
    )
    return set().union(
        *(
            suppression.digests_of(
                partner,
                name=person.name,
                phones=phones[pk],
                emails=emails[pk],
                addresses=addresses[pk],
            )
            for pk, person in people.items()
        )
    )


def by_person(rows: Iterable[Any]) -> Mapping[uuid.UUID, list[Any]]:
    found: dict[uuid.UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.customer_id].append(row)
    return found
