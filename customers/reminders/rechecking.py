"""Whether what mails speak of is still as it was read."""

from collections.abc import Collection, Iterable
from typing import Any, Protocol

from customers.digest import Due, Person
from customers.models import Customer, Email, FollowUp, Permission, PersonalMail
from partners.models import OutboxMessage


class Row(Protocol):
    """What was read: of a model, or as little of it as a mail needs."""

    @property
    def pk(self) -> Any: ...

    @property
    def version(self) -> int: ...


READ_AS: dict[Any, tuple[type, ...]] = {
    FollowUp: (FollowUp, Due),
    Customer: (Customer, Person),
    Email: (Email,),
    Permission: (Permission,),
    PersonalMail: (PersonalMail,),
}


def unchanged(mails: Iterable[tuple[OutboxMessage, Collection[Row]]]) -> set[Any]:
    """The ids of messages whose rows have the version that was read, in a query for each kind.

    The rows stay locked: nobody changes them before the hand-over is committed. Whoever is changing
    one right now is not waited for: that counts as changed.
    """
    mails = list(mails)
    shown = {row for _message, rows in mails for row in rows}
    stored: dict[Any, int] = {}
    for model, kinds in READ_AS.items():
        if ids := [row.pk for row in shown if isinstance(row, kinds)]:
            stored |= locked_versions(model, ids)
    return {
        message.pk
        for message, rows in mails
        if all(stored.get(row.pk) == row.version for row in rows)
    }


def locked_versions(model: Any, ids: Collection[Any]) -> dict[Any, int]:
    every = getattr(model, "unscoped_with_hidden", model.unscoped)  # guests have mails too
    rows = every.filter(pk__in=ids).order_by()
    return dict(rows.select_for_update(no_key=True, skip_locked=True).values_list("pk", "version"))
