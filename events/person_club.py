"""On a person's page: whether they belong to the club, or the one tap with which they do."""

import datetime as dt
import uuid
from typing import Any

from django.db.models import F, FilteredRelation, Q

from customers.models import Customer
from partners import questions
from partners.models import Partner

TEMPLATE = "events/club/_person.html"


def tell(partner: Partner, customer: Customer, _today: dt.date) -> Any:
    """One query; nothing where there is no club, and of those who will not join it."""
    club: Any = next(iter(first_club(partner, customer.pk)), None)
    may_join = not customer.is_business and not customer.restricted_at
    return club if club and (club.member or may_join) else None


@questions.written_once
def first_club(partner: Partner, customer: uuid.UUID):
    """With their membership, if they have one."""
    theirs = Q(memberships__customer=customer, memberships__deleted_at=None)
    clubs = partner.clubs.annotate(of_person=FilteredRelation("memberships", condition=theirs))
    said = {name: F(f"of_person__{name}") for name in ("number", "until")}
    found = clubs.annotate(member=F("of_person__pk"), joined=F("of_person__since"), **said)
    return found.only("name")[:1]
