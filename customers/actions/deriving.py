"""Columns of a customer that follow from other rows, kept in step by whoever writes those.

What is due next and when the last talk was follow by themselves (`changes.follow`); search columns
are computed by each act that changes a name, a way to reach somebody, a tag or an interest.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from customers import text
from customers.actions.declining import refresh_use_after
from customers.models import CARE_LASTS, Customer, FollowUp, Interaction, first_of
from partners import changes, clock, questions
from partners.models import OwnedModel, Partner

AT_ONCE = 500
EVERYBODY = "unscoped_with_hidden"
SEARCHED = ("phones", "emails", "addresses", "taggings__tag", "interests")


def follow_stories() -> None:
    changes.follow(FollowUp, refresh_stories)
    changes.follow(Interaction, refresh_stories)


def refresh_stories(partner: Partner, rows: Iterable[OwnedModel]) -> None:
    """The next due date and the last talk of those to whom these rows belong."""
    rows = list(rows)
    refresh_use_after(partner, rows)
    refresh_story(partner, {row.customer_id for row in rows})  # type: ignore[attr-defined]


def refresh_story(partner: Partner, ids: Collection[uuid.UUID]) -> None:
    """A guest whom one promises something, or talks to, is hidden no longer."""
    promised = partner.followups.filter(customer=OuterRef("pk"))
    talked = partner.interactions.filter(customer=OuterRef("pk"))
    partner.customers(manager=EVERYBODY).filter(pk__in=ids).update(
        next_due_at=first_of.next_due(clock.now() - CARE_LASTS),
        last_contact_at=first_of.last_contact(),
        is_hidden=Q(is_hidden=True) & ~Exists(promised) & ~Exists(talked),
    )


def refresh_search(partner: Partner, ids: Collection[uuid.UUID]) -> None:
    """Let customers be found by all that is known of them now; open pages notice."""
    everybody = partner.customers(manager=EVERYBODY)
    customers = everybody.filter(pk__in=ids).prefetch_related(*SEARCHED)
    changed = []
    for customer in customers.order_by("pk").select_for_update(of=("self",)):
        customer.refresh_search(search_words(customer), customer.addresses.all())
        customer.version += 1
        customer.updated_at = timezone.now()
        changed.append(customer)
    columns = ("sort_name", "search_text", "sounds", "postcode", "city", "version", "updated_at")
    everybody.bulk_update(changed, columns, AT_ONCE)


def searched(partner: Partner, customer: Customer) -> Customer:
    """The same customer as stored, with all rows by which one is found."""
    return partner.customers(manager=EVERYBODY).prefetch_related(*SEARCHED).get(pk=customer.pk)


def search_words(customer: Customer) -> list[str]:
    """All words by which a customer is found beside the own columns, folded."""
    return [
        *(way.search_form for way in customer.phones.all()),
        *(way.search_form for way in customer.emails.all()),
        *(way.search_form for way in customer.addresses.all()),
        *(it.tag.folded for it in customer.taggings.all() if it.tag.deleted_at is None),
        *(text.fold(interest.what) for interest in customer.interests.all()),
    ]


def faded(partner: Partner) -> int:
    """Care steps that faded since are no longer what is due next; how many people they touch."""
    outdated = with_faded(partner, clock.now() - CARE_LASTS)
    if outdated:
        refresh_story(partner, [customer.pk for customer in outdated])
    return len(outdated)


@questions.written_once
def with_faded(partner: Partner, long_ago: dt.datetime):
    """People whose stored column still names a step from before then that nobody keeps."""
    due = partner.customers.filter(next_due_at__lt=long_ago)
    return due.exclude(next_due_at=first_of.next_due(long_ago)).only("pk").order_by()
