"""Recommendations from the first word to the thank-you, and what satisfied people say."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from customers import text
from customers.actions.around import link, new_person
from customers.actions.follow_ups import Next
from customers.actions.people import Ways, new_ways
from customers.actions.remembering import keep_way
from customers.models import Customer, FollowUp, Phone, Recommendation, Reference
from customers.remembering import Guess
from partners import changes, clock
from partners.changes import Act
from partners.models import Partner, User

Status = Recommendation.Status
Thanks = Recommendation.Thanks
OPEN = (Status.PROMISED, Status.PASSED_ON, Status.IN_TOUCH)
BUYERS = (Customer.Stage.CUSTOMER, Customer.Stage.REGULAR)
LONGEST_SOURCE = 200
Person = Customer | str


@dataclasses.dataclass(frozen=True)
class Capture:
    """One line, as it was understood and decided: who, how to reach them, from whom.

    `by` is the recommender, a name that becomes a new contact, or nobody; `source` is what is
    known about where they come from, without anybody in the circle.
    """

    customer: Customer
    is_new: bool
    ways: Ways
    by: Person | None = None
    source: str = ""
    kind: str = ""
    why: str = ""
    next: Next | None = None


@transaction.atomic
def capture(partner: Partner, actor: User, said: Capture) -> Act:
    """Somebody new, or somebody known, and the recommendation that brought them."""
    act = Act(partner, actor, "recommendation-capture")
    customer, by = said.customer, said.by
    if isinstance(by, str):
        by = new_person(act, by)
    if said.is_new:
        name_source(customer, by.name if by else said.source)
        if not by:
            customer.note = said.why
        changes.create(act, customer, *new_ways(customer, said.ways))
    if by is not None:
        day = clock.today(partner.zone)
        known = partner.recommendations.filter(recommender=by, recipient=customer)
        if not known.exists():
            new = Recommendation(
                recommender=by, recipient=customer, why=said.why, recommended_on=day
            )
            store(act, new)
        if said.kind:
            link(act, customer, by, said.kind)
    if not said.is_new:
        complete(act, customer, said.ways)
    if said.next is not None:
        promise(act, customer, said.next)
    return act


def name_source(customer: Customer, name: str) -> None:
    if name:
        customer.source_kind = Customer.Source.RECOMMENDATION
        customer.source = name[:LONGEST_SOURCE]


def complete(act: Act, customer: Customer, ways: Ways) -> None:
    """A number or an address that was not known of somebody who was."""
    if ways.phone:
        kind = Phone.Kind.MOBILE if text.is_mobile(ways.phone) else Phone.Kind.HOME
        keep_way(act, customer, Guess("phone", {"typed": ways.phone, "kind": kind}))
    if ways.email:
        keep_way(act, customer, Guess("email", {"typed": ways.email}))


def promise(act: Act, customer: Customer, following: Next) -> None:
    follow_up = FollowUp(customer=customer, kind=following.kind, what=following.what)
    follow_up.schedule(following.when.day, following.when.time, act.partner.zone)
    changes.create(act, follow_up)


def store(act: Act, recommendation: Recommendation) -> None:
    recipient = recommendation.recipient
    if has_come_true(recipient, recommendation.status):
        recommendation.status = Status.CUSTOMER
    recommendation.status_on = clock.today(act.partner.zone)
    changes.create(act, recommendation)
    if recipient is not None:
        tell_source(act, recipient, recommendation.recommender)
    become_customer(act, recommendation)


def has_come_true(recipient: Customer | None, status: str) -> bool:
    return recipient is not None and recipient.stage in BUYERS and status in OPEN


def tell_source(act: Act, recipient: Customer, recommender: Customer) -> None:
    """Where somebody comes from, unless that is known."""
    if not (recipient.source or recipient.source_kind):
        source = {"source": recommender.name[:LONGEST_SOURCE]}
        changes.update(act, recipient, source_kind=Customer.Source.RECOMMENDATION, **source)


@transaction.atomic
def recommend(
    partner: Partner,
    actor: User,
    recommendation: Recommendation,
    *,
    by: Person | None = None,
    to: Person | None = None,
) -> Act:
    """A new recommendation; a name for one of its ends makes a new person."""
    act = Act(partner, actor, "recommendation-add")
    for end, person in (("recommender", by), ("recipient", to)):
        if person is not None:
            found = new_person(act, person) if isinstance(person, str) else person
            setattr(recommendation, end, found)
    store(act, recommendation)
    return act


@transaction.atomic
def edit_recommendation(
    partner: Partner,
    actor: User,
    recommendation: Recommendation,
    values: dict[str, Any],
    *,
    to: Person | None = None,
) -> Act:
    """With `to`, what was only a name becomes a person of the circle."""
    act = Act(partner, actor, "recommendation-edit")
    if to is not None:
        recipient = new_person(act, to) if isinstance(to, str) else to
        values = values | {"recipient": recipient, "recipient_name": ""}
        if has_come_true(recipient, values.get("status", recommendation.status)):
            values["status"] = Status.CUSTOMER
        tell_source(act, recipient, recommendation.recommender)
    rewrite(act, recommendation, values)
    return act


@transaction.atomic
def say_status(partner: Partner, actor: User, recommendation: Recommendation, status: str) -> Act:
    act = Act(partner, actor, "recommendation-status")
    rewrite(act, recommendation, {"status": status})
    return act


def rewrite(act: Act, recommendation: Recommendation, values: dict[str, Any]) -> None:
    if values.get("status", recommendation.status) != recommendation.status:
        values = values | {"status_on": clock.today(act.partner.zone)}
    if changes.update(act, recommendation, **values):
        become_customer(act, recommendation)


def become_customer(act: Act, recommendation: Recommendation) -> None:
    """Whoever became a customer is one; what else was recommended to them came true likewise."""
    recipient = recommendation.recipient
    is_buyer = recommendation.status == Status.CUSTOMER
    if is_buyer and recipient is not None and recipient.stage not in BUYERS:
        changes.update(act, recipient, stage=Customer.Stage.CUSTOMER)


def follow_customers() -> None:
    changes.accompany(Customer, "stage", come_true)


def come_true(act: Act, people: list[Customer]) -> None:
    """Open recommendations of those who became customers have come true."""
    buyers = [person.pk for person in people if person.stage in BUYERS]
    if not buyers:
        return
    found = act.partner.recommendations.filter(recipient__in=buyers, status__in=OPEN)
    came = {"status": Status.CUSTOMER, "status_on": clock.today(act.partner.zone)}
    changes.update_all(act, [(row, came) for row in found.select_for_update(of=("self",))])


@transaction.atomic
def remove_recommendation(partner: Partner, actor: User, recommendation: Recommendation) -> Act:
    act = Act(partner, actor, "recommendation-remove")
    changes.remove(act, recommendation)
    return act


@transaction.atomic
def thank(partner: Partner, actor: User, due: Iterable[Recommendation], thanks: str) -> Act:
    """Said, or not needed; what was settled before stays so."""
    act = Act(partner, actor, "recommendation-thanks")
    day = clock.today(partner.zone) if thanks == Thanks.GIVEN else None
    values = {"thanks": thanks, "thanked_on": day, "was_reminded": True}
    changes.update_all(act, [(row, values) for row in due])
    return act


@transaction.atomic
def thank_later(
    partner: Partner, actor: User, customer: Customer, due: Iterable[Recommendation], later: Next
) -> Act:
    """One reminder for all that is to be thanked for; it is not asked about again."""
    act = Act(partner, actor, "recommendation-thanks")
    changes.update_all(act, [(row, {"was_reminded": True}) for row in due])
    promise(act, customer, later)
    return act


# --- references --------------------------------------------------------------------------------


def allowed_on(
    partner: Partner, reference: Reference, quoting: str, *, is_reworded: bool = False
) -> dt.date | None:
    """Since when she may be quoted; the day of the first yes stays, as long as it is one."""
    if not Reference(quoting=quoting).may_be_used:
        return None
    today = clock.today(partner.zone)
    return today if is_reworded else reference.allowed_on or today


@transaction.atomic
def keep_reference(partner: Partner, actor: User, reference: Reference) -> Act:
    act = Act(partner, actor, "reference-add")
    reference.allowed_on = allowed_on(partner, reference, reference.quoting)
    changes.create(act, reference)
    return act


@transaction.atomic
def edit_reference(
    partner: Partner, actor: User, reference: Reference, values: dict[str, Any]
) -> Act:
    """A yes is one to the very words: with others it falls, unless she was asked anew."""
    act = Act(partner, actor, "reference-edit")
    is_reworded = values["text"].split() != reference.text.split()
    if is_reworded and reference.may_be_used and values["quoting"] == reference.quoting:
        values = values | {"quoting": Reference.Quoting.NOT_ASKED}
    day = allowed_on(partner, reference, values["quoting"], is_reworded=is_reworded)
    changes.update(act, reference, **values, allowed_on=day)
    return act


@transaction.atomic
def remove_reference(partner: Partner, actor: User, reference: Reference) -> Act:
    act = Act(partner, actor, "reference-remove")
    changes.remove(act, reference)
    return act
