"""Somebody goes for good: the declarations of all models say what becomes of what hung on them."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction

from customers import kept_above, own_words, said_above
from customers.actions import copies
from customers.actions.copies import Gone
from customers.models import (
    Address,
    Customer,
    DataSubjectRequest,
    Email,
    Phone,
    Recommendation,
    SuppressionEntry,
    hanging,
)
from customers.permissions import suppression
from partners import changes, clock, mailbox
from partners.changes import Act
from partners.models import OwnedModel, Partner, User

ERASE = "customer-erase"


@transaction.atomic
def erase(partner: Partner, actor: User, person: Customer) -> None:
    """As somebody asked for it: all traces go, and no old list brings them back unnoticed.

    Twice is harmless, and nothing of it can be taken back.
    """
    if not hanging.people(partner).select_for_update().filter(pk=person.pk).exists():
        return
    ids = whole(partner, [person.pk])
    words, brought = own_words.of_people(partner, ids), brought_by(partner, ids)
    act = Act(partner, actor, ERASE)
    remember_the_wish(act, ids)
    end_requests(act, ids)
    changes.mention(act, person)
    theirs = own_words.theirs_alone(partner, Email, "address", ids)
    addresses = {row.address for row in theirs}
    with kept_above.kept(Act(partner, actor, said_above.SEAT), ids):
        forget(partner, ids)
    copies.clean_others(partner, words, brought)
    copies.drop_exports(partner)
    partner.changes.filter(act_id=act.id).update(before={}, after={})
    transaction.on_commit(lambda: mailbox.forget(addresses))


def end_requests(act: Act, ids: Collection[uuid.UUID]) -> None:
    """Done is only what they asked for; all else ends here and was not answered."""
    kind, state = DataSubjectRequest.Kind, DataSubjectRequest.State
    waiting = act.partner.subject_requests.filter(customer__in=ids, state=state.OPEN)
    today = clock.today(act.partner.zone)
    for request in waiting.select_for_update():
        became = state.DONE if request.kind == kind.ERASURE else state.ERASED
        changes.update(act, request, state=became, done_on=today)


def brought_by(partner: Partner, ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those whose entries may name them as the source."""
    given = hanging.rows(partner, Recommendation, ids).filter(recommender__in=ids)
    return set(given.exclude(recipient=None).values_list("recipient", flat=True)) - set(ids)


@transaction.atomic
def forget(partner: Partner, people: Collection[uuid.UUID]) -> None:
    """Delete people, whoever was merged into them and all that hangs on them, except for what the
    law keeps; of the rest the history says no more than that there was something.
    """
    ids = whole(partner, people)
    words = own_words.of_people(partner, ids)
    for model in hanging.pointers():
        loosen(partner, model, ids)
    gone = set(ids)
    for model in hanging.pointers():
        gone |= set(hanging.rows(partner, model, ids).values_list("pk", flat=True))
    for model in hanging.pointers():
        if model is not Customer:
            let_go(partner, model, ids)
    hanging.people(partner).filter(pk__in=ids).delete()
    copies.clean_copies(partner, Gone(frozenset(ids), frozenset(gone), words))


def whole(partner: Partner, people: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """These people and whoever was merged into them."""
    ids = set(people)
    while more := {*merged_into(partner, ids)} - ids:
        ids |= more
    return ids


def merged_into(partner: Partner, ids: Collection[uuid.UUID]) -> Any:
    return hanging.people(partner).filter(merged_into__in=ids).values_list("pk", flat=True)


def loosen(partner: Partner, model: Any, ids: Collection[uuid.UUID]) -> None:
    """Rows about others stay."""
    for column in model.privacy.loose:
        named = hanging.rows(partner, model, ids).filter(**{f"{column}__in": ids})
        named.order_by().update(**{column: None})


def let_go(partner: Partner, model: type[OwnedModel], ids: Collection[uuid.UUID]) -> None:
    """Do with the rows of a model what it declares."""
    rows = hanging.rows(partner, model, ids)
    nobody = dict.fromkeys(hanging.pointers()[model])
    match model.privacy.on_erasure:
        case "delete":
            rows.delete()
        case "blank":
            rows.update(**nobody, **blank(model))
        case "keep":
            for row, until in kept(partner, rows):
                rows.filter(pk=row.pk).update(**nobody, kept_until=until)
            rows.delete()


def kept(partner: Partner, rows: Iterable[Any]) -> list[tuple[Any, dt.date]]:
    """Those that the law still keeps, and until when."""
    today = clock.today(partner.zone)
    told = [(row, row.privacy.kept_until(row)) for row in rows]
    return [(row, until) for row, until in told if until and until > today]


def blank(model: type[OwnedModel]) -> dict[str, Any]:
    fields: list[Any] = [model._meta.get_field(name) for name in model.privacy.personal]
    return {field.name: None if field.null else field.get_default() for field in fields}


def remember_the_wish(act: Act, ids: Collection[uuid.UUID]) -> None:
    """As hashes that nobody can read: an import recognises them by what is in the bin, too."""
    partner, why = act.partner, SuppressionEntry.Why.ERASED
    phones = own_words.theirs_alone(partner, Phone, "number", ids)
    emails = own_words.theirs_alone(partner, Email, "address", ids)
    addresses = list(hanging.rows(partner, Address, ids))
    ways = sum(hanging.rows(partner, model, ids).count() for model in (Phone, Email))
    is_sharing = len(phones) + len(emails) < ways  # then their whole name is enough
    wanted: set[suppression.Digest] = set()
    for person in hanging.people(partner).filter(pk__in=ids):
        wanted |= suppression.digests_of(
            partner, name=person.name, phones=phones, emails=emails, addresses=addresses
        )
        if is_sharing:
            wanted |= suppression.digests_of(partner, name=person.name)
    new = wanted - suppression.suppressed(partner, wanted, why=why).keys()
    rows = [SuppressionEntry(kind=kind, digest=value, why=why) for kind, value in sorted(new)]
    changes.create(act, *rows)
