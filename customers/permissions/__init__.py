"""Whether we may write to somebody, and why. What a partner does by hand is never locked."""

from customers.permissions.deciding import may_contact
from customers.permissions.decision import Decision, Verdict
from customers.permissions.known import Known, gather
from customers.permissions.standing import Standing, declined, standing

__all__ = [
    "Decision",
    "Known",
    "Standing",
    "Verdict",
    "declined",
    "gather",
    "may_contact",
    "standing",
]
