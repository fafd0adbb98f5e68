"""What the back office may count: customers and open follow-ups, never who they are."""

from customers.models import Customer, FollowUp
from partners import office


def declare() -> None:
    office.count("customers", Customer.unscoped.all)
    office.count("follow_ups", FollowUp.unscoped.open)
