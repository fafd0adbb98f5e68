"""What the rooms above tell on a person's page; each declares a template and how to fill it."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

from customers.models import Customer
from partners.models import Partner

Tell = Callable[[Partner, Customer, dt.date], Any]

tellers: dict[str, Tell] = {}


@dataclasses.dataclass(frozen=True)
class Block:
    template: str
    said: Any


def register(template: str, tell: Tell) -> None:
    """`tell` answers with what the template knows as `said`, in one query at most; with nothing,
    there is no block.
    """
    tellers[template] = tell


def blocks(partner: Partner, customer: Customer, today: dt.date) -> list[Block]:
    told = [Block(name, tell(partner, customer, today)) for name, tell in tellers.items()]
    return [block for block in told if block.said]
