"""What guests leave on their page beside their answer: how to reach them, and what they allow."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from customers.actions import informing, permitting
from customers.actions.deriving import search_words
from customers.actions.people import Ways
from customers.models import Customer, Permission
from partners import changes
from partners.changes import Act
from partners.models import Partner

Channel, Purpose, Says, How = (
    Permission.Channel,
    Permission.Purpose,
    Permission.Says,
    Permission.How,
)


def locked(partner: Partner, customer: Customer) -> Customer:
    """As stored now, whoever else writes to them."""
    people = partner.customers(manager="unscoped_with_hidden").select_for_update(of=("self",))
    found: Customer = people.get(pk=customer.pk)
    found.partner = partner
    return found


@transaction.atomic
def note_informed(partner: Partner, customer: Customer) -> None:
    """Whoever answers had the notice on data before them, by the link on the page."""
    if customer.informed_on is None:
        act, person = Act(partner, None, "inform"), locked(partner, customer)
        said = informing.words(partner, Customer.Informed.LINK)
        changes.update(act, person, **informing.columns(said))


@transaction.atomic
def keep_ways(partner: Partner, customer: Customer, *, email: str = "", phone: str = "") -> None:
    """An address or number that we did not have."""
    act, person = Act(partner, None, "guest-contact"), locked(partner, customer)
    there: dict[str, list[Any]] = {
        "emails": list(person.emails.all()),
        "phones": list(person.phones.all()),
    }
    new: list[Any] = []
    for related, row in Ways(email=email, phone=phone).rows().items():
        if row and row.search_form not in {old.search_form for old in there[related]}:
            row.customer, row.is_preferred = person, not there[related]
            new.append(row)
    if new:
        changes.create(act, *new)
        columns = person.search_columns(search_words(person), list(person.addresses.all()))
        changes.update(act, person, **columns)


@transaction.atomic
def allow(partner: Partner, customer: Customer, channels: Collection[str]) -> None:
    """News and offers on these channels; a mailbox confirms by a link of its own instead."""
    for channel in channels:
        permitting.record(partner, None, customer, channel, Purpose.ADVERTISING, Says.YES, How.PAGE)
