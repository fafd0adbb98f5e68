"""What somebody asks about their data: noted with a clock, answered, and locked for a while.

Who is locked lies where the deleted lie, without an end: nothing shows them, and nothing reaches
them but the page of their rights. Unlocked, they come back with all that went along.
"""

from dateutil.relativedelta import relativedelta
from django.db import transaction

from customers import kept_above
from customers.actions import binning
from customers.models import Customer, DataSubjectRequest, hanging
from partners import changes, clock
from partners.changes import Act
from partners.models import Partner, User

TO_ANSWER = relativedelta(months=1)
ASK, ANSWER, LOCK, UNLOCK = "right-ask", "right-answer", "customer-lock", "customer-unlock"
Kind, State = DataSubjectRequest.Kind, DataSubjectRequest.State


@transaction.atomic
def ask(partner: Partner, actor: User, request: DataSubjectRequest) -> Act:
    """Note what somebody wants; from the day on which they said it there is a month."""
    act = Act(partner, actor, ASK)
    request.due_on = request.received_on + TO_ANSWER
    changes.create(act, request)
    return act


@transaction.atomic
def close(
    partner: Partner, actor: User, request: DataSubjectRequest, state: str, answer: str = ""
) -> Act:
    """Done, or taken back; twice is harmless."""
    act = Act(partner, actor, ANSWER)
    if request.state == State.OPEN:
        settle(act, request, state=state, answer=answer or request.answer)
    return act


def settle(act: Act, request: DataSubjectRequest, **values: str) -> None:
    changes.update(act, request, done_on=clock.today(act.partner.zone), **values)


@transaction.atomic
def lock(partner: Partner, actor: User, person: Customer) -> Act:
    """Keep what is there and use it no more, until it is unlocked."""
    act = Act(partner, actor, LOCK)
    settle(act, asked(act, person), state=State.DONE)
    with kept_above.kept(act, [person.pk]):
        for model in hanging.pointers():
            if model is not Customer and model.privacy.on_erasure == "delete":
                live = hanging.rows(partner, model, [person.pk]).filter(deleted_at=None)
                changes.remove(act, *live)
        now = clock.now()
        changes.update(act, person, restricted_at=now, deleted_at=now)
    return act


def asked(act: Act, person: Customer) -> DataSubjectRequest:
    """The open wish to be locked; noted now, if it was not."""
    wishes = person.subject_requests.filter(kind=Kind.RESTRICTION)
    found = wishes.filter(state=State.OPEN).select_for_update().first()
    return found or noted(act, person)


def noted(act: Act, person: Customer) -> DataSubjectRequest:
    today = clock.today(act.partner.zone)
    request = DataSubjectRequest(customer=person, kind=Kind.RESTRICTION, received_on=today)
    request.due_on = today + TO_ANSWER
    changes.create(act, request)
    return request


@transaction.atomic
def unlock(partner: Partner, actor: User, person: Customer, why: str) -> Act:
    """Let somebody come back, and say why."""
    act = binning.restore(partner, actor, person, name=UNLOCK, restricted_at=None)
    wishes = person.subject_requests.filter(kind=Kind.RESTRICTION, state=State.DONE)
    if request := wishes.order_by("-pk").first():
        changes.update(act, request, answer=why)
    return act
