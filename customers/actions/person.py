"""Writing the whole person anew: own columns, all ways to reach them, own fields; one act."""

import dataclasses
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from customers import text
from customers.actions.around import put_own
from customers.actions.deriving import search_words, searched
from customers.actions.people import NAMES
from customers.models import Customer, OwnField, Phone
from customers.own import Said
from partners import changes
from partners.changes import Act
from partners.models import Partner, User


@dataclasses.dataclass
class WayWish:
    """What a row of the form says: a stored row or a new one, and its content (none: remove it)."""

    row: Any
    model: Any
    content: dict[str, str]
    kind: str = ""
    label: str = ""
    is_preferred: bool = False

    @property
    def values(self) -> dict[str, Any]:
        """The row's columns; a number that is new says itself what it is."""
        draft = self.model(**self.content)
        draft.normalise()
        names = dict.fromkeys((*self.content, *draft.content))
        values: dict[str, Any] = {name: getattr(draft, name) for name in names}
        if kind := self.kind or self.kind_of(draft):
            values["kind"] = kind
        return values | {"label": self.label, "is_preferred": self.is_preferred}

    def kind_of(self, draft: Any) -> str:
        if self.model is not Phone or (self.row and self.row.number == draft.number):
            return ""
        return Phone.Kind.MOBILE if text.is_mobile(draft.typed) else Phone.Kind.HOME


@transaction.atomic
def edit_person(
    partner: Partner,
    actor: User,
    customer: Customer,
    values: dict[str, Any],
    *,
    ways: Iterable[WayWish],
    own: dict[OwnField, Said | None],
) -> Act:
    """Whoever has the page open elsewhere will notice."""
    act = Act(partner, actor, "customer-edit")
    has_new = [write_way(act, customer, wish) for wish in ways]
    has_new.append(put_own(act, customer, own))
    known = searched(partner, customer)
    wanted = Customer(**{name: getattr(customer, name) for name in NAMES} | values)
    columns = wanted.search_columns(search_words(known), known.addresses.all())
    if not changes.update(act, customer, **values, **columns) and any(has_new):
        changes.touch(customer)
    return act


def write_way(act: Act, customer: Customer, wish: WayWish) -> bool:
    if wish.row is None:
        if wish.content:
            changes.create(act, wish.model(customer=customer, **wish.values))
        return bool(wish.content)
    if not wish.content:
        changes.remove(act, wish.row)
        return True
    return changes.update(act, wish.row, **wish.values)
