from customers.models.contact import FollowUp, Interaction
from customers.models.customer import NEWEST_YEAR, OLDEST_YEAR, Customer
from customers.models.reach import Address, Email, Phone

__all__ = [
    "NEWEST_YEAR",
    "OLDEST_YEAR",
    "Address",
    "Customer",
    "Email",
    "FollowUp",
    "Interaction",
    "Phone",
]
