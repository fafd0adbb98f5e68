"""Not now: a suggestion that a partner does not want for this person stays away for a season."""

import datetime as dt

from django.db import transaction

from customers.models import Customer
from customers.models.whole import PUT_OFF, rows
from partners import changes, clock
from partners.changes import Act
from partners.models import Partner, User

FOR = dt.timedelta(days=90)
ASK, HINT = PUT_OFF


@transaction.atomic
def put_off(partner: Partner, actor: User, customer: Customer, what: str) -> None:
    changes.mention(Act(partner, actor, what), customer)


def is_put_off(customer: Customer, what: str) -> bool:
    """Of a customer read `with_everything`."""
    since = clock.now() - FOR
    return any(
        trace.act == what and trace.created_at > since for trace in rows(customer, "put_off")
    )
