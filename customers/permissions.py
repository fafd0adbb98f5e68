"""Whether we may write to somebody, and why. What a partner does by hand is never locked."""

import dataclasses
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from customers.models import Customer

Channel = Literal["phone", "email", "sms", "messenger", "letter", "visit"]
Purpose = Literal["advertising", "appointment", "service"]


@dataclasses.dataclass(frozen=True)
class Answer:
    allowed: bool
    reason: str | Promise

    def __bool__(self) -> bool:
        return self.allowed


def may_contact(customer: Customer, channel: Channel, purpose: Purpose) -> Answer:
    """Whether a message of ours may go out; denied until a permission is recorded (UWG § 7)."""
    return Answer(allowed=False, reason=_("No permission is recorded."))
