"""People by where they stand, asked of the database: the rules of `standing`, in one question."""

import datetime as dt

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, OuterRef, Q

from customers.models import CustomerQuerySet, Permission
from customers.models.permitting import YEARS_OF_PROOF
from customers.permissions.standing import CONFIRMED
from partners import clock
from partners.models import Partner

Channel, Purpose, Says = Permission.Channel, Permission.Purpose, Permission.Says
NEWS = Q(purpose=Purpose.ADVERTISING)
REFUSAL = Q(says=Says.NO) & (NEWS | Q(purpose=Purpose.ANYTHING))
SURE = Q(how__in=CONFIRMED) | Q(confirmed_at__isnull=False)


def permitted(partner: Partner, customers: CustomerQuerySet, what: str) -> CustomerQuerySet:
    """`email` and `phone` said yes there and it still holds; see the filter of the list."""
    said = partner.permissions.filter(customer=OuterRef("pk"))
    same_way = {"customer": OuterRef("customer"), "channel": OuterRef("channel")}
    later = partner.permissions.filter(**same_way, said_at__gte=OuterRef("said_at"))
    yes = said.filter(NEWS, ~Exists(later.filter(REFUSAL)), says=Says.YES)
    match what:
        case "email":
            return customers.filter(Exists(yes.filter(SURE, channel=Channel.EMAIL)))
        case "phone":
            fresh = Q(said_at__gte=proof_began()) | Q(last_used_at__gte=proof_began())
            return customers.filter(Exists(yes.filter(fresh, channel=Channel.PHONE)))
        case "asked":
            answers = later.filter((NEWS & Q(says=Says.YES)) | REFUSAL)
            return customers.filter(Exists(said.filter(NEWS, ~Exists(answers), says=Says.ASKED)))
        case "no":
            lifted = Q(says=Says.YES) & (NEWS | Q(purpose=OuterRef("purpose")))
            lifts = later.filter(lifted, said_at__gt=OuterRef("said_at"))
            return customers.filter(Exists(said.filter(REFUSAL, ~Exists(lifts))))
        case "declined":
            return customers.filter(declined__contains=Channel.PHONE)
    return customers.filter(~Exists(said.filter(NEWS | REFUSAL)))


def proof_began() -> dt.datetime:
    """Before this moment, a yes to calls that was not used since has lapsed."""
    return clock.now() - relativedelta(years=YEARS_OF_PROOF)
