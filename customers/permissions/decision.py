"""What an answer to "may I?" consists of."""

import dataclasses
import datetime as dt
import enum
from typing import Any

from django.utils.functional import Promise

from customers.models import Permission


class Verdict(enum.Enum):
    YES = "yes"
    NO = "no"
    NOT_NOW = "not-now"  # yes, yet later: at night, on a holiday, too soon after the last one


@dataclasses.dataclass(frozen=True)
class Decision:
    """`code` names the reason for programs, `reason` is a sentence for people.

    `evidence` is the statement on which it rests, `not_before` the next allowed moment (UTC) of
    what may not go out now; where it waits for the partner (an imprint), it is empty.
    """

    verdict: Verdict
    code: str
    reason: str | Promise
    evidence: Permission | None = None
    not_before: dt.datetime | None = None
    details: tuple[Any, ...] = ()

    @property
    def allowed(self) -> bool:
        return self.verdict is Verdict.YES

    def __bool__(self) -> bool:
        return self.allowed
