"""A no as a keyed hash, one key per partner: it can be recognised, and nobody can read it."""

import datetime as dt
import hmac
from collections.abc import Collection, Iterable, Mapping

from django.conf import settings

from customers import text
from customers.models import (
    Address,
    Customer,
    Email,
    Permission,
    Phone,
    SuppressionEntry,
    hanging,
)
from partners import changes, clock
from partners.changes import Act
from partners.models import Partner

Kind, Why, Channel = SuppressionEntry.Kind, SuppressionEntry.Why, Permission.Channel
Digest = tuple[str, str]  # kind and hash

KINDS: dict[str, str] = {
    Channel.EMAIL: Kind.EMAIL,
    Channel.PHONE: Kind.PHONE,
    Channel.SMS: Kind.PHONE,
    Channel.MESSENGER: Kind.PHONE,
    Channel.LETTER: Kind.PERSON,
    Channel.VISIT: Kind.PERSON,
}
AT_ONCE = 500


def digest(partner: Partner, kind: str, value: str) -> Digest:
    said = f"suppression:{partner.pk}:{kind}:{value}".encode()
    return str(kind), hmac.digest(settings.LINK_KEY.encode(), said, "sha256").hex()


def digests_of(
    partner: Partner,
    *,
    name: str = "",
    phones: Iterable[Phone] = (),
    emails: Iterable[Email] = (),
    addresses: Iterable[Address] = (),
) -> set[Digest]:
    """Of somebody who may not be stored yet, from normalised rows.

    A name alone counts when it is a whole one; with a place also if it is short.
    """
    places = {text.fold(part) for row in addresses for part in (row.postcode, row.city)} - {""}
    person = text.fold(name)
    if not places and " " in person:
        places = {""}
    numbers = {row.number or text.digits(row.typed) for row in phones} - {""}
    return {
        *(digest(partner, Kind.EMAIL, row.address) for row in emails if row.address),
        *(digest(partner, Kind.PHONE, number) for number in numbers),
        *(digest(partner, Kind.PERSON, f"{person}|{place}") for place in places if person),
    }


def digests(customer: Customer) -> set[Digest]:
    """Of all ways to reach somebody; prefetch `phones`, `emails` and `addresses` for many.

    Of whoever lies in the bin, those count that went there along.
    """
    partner, is_gone = customer.partner, customer.deleted_at is not None
    binned = lambda model: hanging.rows(partner, model, [customer.pk])  # noqa: E731
    return digests_of(
        partner,
        name=customer.name,
        phones=binned(Phone) if is_gone else customer.phones.all(),
        emails=binned(Email) if is_gone else customer.emails.all(),
        addresses=binned(Address) if is_gone else customer.addresses.all(),
    )


def suppressed(
    partner: Partner, wanted: Collection[Digest], *, why: str = ""
) -> Mapping[Digest, list[SuppressionEntry]]:
    """What was said before about these, in one query for each 500."""
    found: dict[Digest, list[SuppressionEntry]] = {}
    hashes = sorted({value for _kind, value in wanted})
    for start in range(0, len(hashes), AT_ONCE):
        entries = partner.suppressionentrys.filter(digest__in=hashes[start : start + AT_ONCE])
        for row in entries.filter(why=why) if why else entries:
            if (row.kind, row.digest) in wanted:
                found.setdefault((row.kind, row.digest), []).append(row)
    return found


def suppress(
    act: Act,
    customer: Customer,
    why: str,
    *,
    channel: str = "",
    purpose: str = "",
    at: dt.datetime | None = None,
) -> None:
    """Keep a no about one channel, or about all of them, so that it outlives the person's entry."""
    partner, said_at = act.partner, at or clock.now()
    wanted = {found for found in digests(customer) if not channel or found[0] == KINDS[channel]}
    same = {"why": why, "channel": channel, "purpose": purpose}
    there = {
        (row.kind, row.digest): row
        for row in partner.suppressionentrys.filter(
            digest__in=[value for _kind, value in wanted], **same
        )
    }
    changes.update_all(
        act, [(row, {"said_at": said_at}) for row in there.values() if row.said_at < said_at]
    )
    new = sorted(wanted - there.keys())
    changes.create(
        act,
        *(
            SuppressionEntry(kind=kind, digest=value, said_at=said_at, **same)
            for kind, value in new
        ),
    )
