"""Storing one fact at the place where it belongs: one line, one act."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from customers import own
from customers.actions.around import (
    hang,
    hang_once,
    learn,
    link,
    new_person,
    put_own,
    put_tags,
    share_address,
)
from customers.actions.deriving import refresh_search
from customers.models import Address, Customer, Email, Interest, LifeEvent, Phone, Relation
from customers.remembering import Guess
from partners import changes
from partners.changes import Act
from partners.models import Partner, User

LONGEST_NOTE = 5000
COLUMNS = {"birthday", "website", "reach", "work", "stars", "nickname", "source", "formality"}
INTERESTS = {"likes", "owns", "avoids"}


@transaction.atomic
def remember(
    partner: Partner,
    actor: User,
    customer: Customer,
    guess: Guess,
    *,
    other: Customer | None = None,
    shares_address: bool = False,
) -> Act:
    """What is known already leaves no traces; without `other`, a relation adds a new person."""
    act = Act(partner, actor, "remember")
    values = guess.values
    if guess.place in COLUMNS:
        learn(act, customer, **values)
    elif guess.place in INTERESTS:
        hang_once(act, Interest(customer=customer, kind=guess.place, **values))
    elif guess.place == "tags":
        put_tags(act, customer, values["names"])
    elif guess.place == "event":
        hang_once(act, LifeEvent(customer=customer, **values))
    elif guess.place in {"phone", "email"}:
        keep_way(act, customer, guess)
    elif guess.place == "address":
        keep_address(act, customer, values)
    elif guess.place == "relation":
        other = other or new_person(act, values["name"])
        keep_relation(act, customer, values, other)
        if shares_address:
            share_address(act, customer, other)
    elif guess.place == "own":
        field = partner.ownfields.get(pk=values["field"])
        put_own(act, customer, {field: own.read(field, values["text"])})
    else:
        keep_note(act, customer, values["text"])
    return act


def keep_note(act: Act, customer: Customer, text: str) -> None:
    note = f"{customer.note}\n{text}".strip()
    if len(note) > LONGEST_NOTE:
        raise ValidationError(_("The note is full. Please shorten it first."))
    learn(act, customer, note=note)


def keep_way(act: Act, customer: Customer, guess: Guess) -> None:
    model: Any = Phone if guess.place == "phone" else Email
    way = model(customer=customer, **guess.values)
    way.normalise()
    known = list(customer.phones.all() if guess.place == "phone" else customer.emails.all())
    if way.search_form not in {row.search_form for row in known}:
        way.is_preferred = not known
        hang(act, way)


def keep_address(act: Act, customer: Customer, values: dict[str, str]) -> None:
    """It completes an address that lacks just this; otherwise it is one more."""
    wanted = {name: value for name, value in values.items() if value}
    known = list(customer.addresses.all())
    for row in known:
        if all(getattr(row, name) in ("", value) for name, value in wanted.items()):
            draft = Address(**{name: getattr(row, name) for name in values} | wanted)
            draft.normalise()
            changes.update(act, row, **wanted, normalised=draft.normalised)
            refresh_search(act.partner, [customer.pk])
            return
    address = Address(customer=customer, is_preferred=not known, **wanted)
    address.normalise()
    hang(act, address)


def keep_relation(act: Act, customer: Customer, values: dict[str, Any], other: Customer) -> None:
    """“Schwester” says of one of the two that she is a woman."""
    described = other if values["is_other"] else customer
    if values["salutation"] and not described.salutation:
        learn(act, described, salutation=values["salutation"])
    one, two = (other, customer) if values["is_other"] else (customer, other)
    link(act, one, two, Relation.Kind(values["kind"]))
