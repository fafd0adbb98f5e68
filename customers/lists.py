"""The lines of the customer list and of search results."""

import dataclasses

from django.utils import timezone
from django.utils.translation import gettext as _

from customers.models import Customer
from partners import clock, spoken


@dataclasses.dataclass
class Line:
    customer: Customer
    line: str = ""
    next_spoken: str = ""
    last_spoken: str = ""


def lines(customers, zone) -> list[Line]:
    """Customers annotated with their next follow-up, last contact and place, as spoken."""
    today = clock.today(zone)
    return [line_of(customer, today) for customer in customers]


def line_of(customer, today) -> Line:
    line = Line(customer, " · ".join(filter(None, (customer.stage_spoken, customer.place))))
    if customer.next_due_at:
        day = timezone.localdate(customer.next_due_at)
        line.next_spoken = spoken.since(day, today) if day < today else spoken.day(day, today)
    if customer.last_contact_at:
        ago = spoken.ago(timezone.localdate(customer.last_contact_at), today)
        line.last_spoken = _("spoke %(ago)s") % {"ago": ago}
    return line
