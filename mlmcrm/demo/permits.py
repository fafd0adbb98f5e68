"""What the demo's people said about calls and letters: some yes, some no, one “please do not call”."""

import datetime as dt
from typing import NamedTuple

from customers.actions import permitting
from customers.models import Permission
from mlmcrm.demo.rows import Teller

Channel, Purpose, Says, How = (
    Permission.Channel,
    Permission.Purpose,
    Permission.Says,
    Permission.How,
)
AT = dt.time(20, 15)


class Said(NamedTuple):
    name: str
    days_ago: int
    channels: tuple[str, ...]
    says: str
    how: str
    purpose: str = Purpose.ADVERTISING


WORDS = {
    "anna@example.org": [
        Said("Petra Hahner", 120, (Channel.PHONE, Channel.MESSENGER), Says.YES, How.SPOKEN),
        Said("Jutta Hohmann", 96, (Channel.PHONE,), Says.YES, How.PAPER),
        Said("Karin Jestädt", 60, (Channel.PHONE,), Says.NO, How.PHONE),
        Said("Nicole Bleuel", 58, (Channel.PHONE, Channel.SMS), Says.YES, How.PHONE),
        Said("Marion Trapp", 21, (Channel.PHONE,), Says.NO, How.PHONE, Purpose.ANYTHING),
    ],
    "boris@example.org": [
        Said("Paul", 30, (Channel.PHONE,), Says.NO, How.PHONE, Purpose.ANYTHING),
    ],
}


def tell(teller: Teller) -> None:
    """Once, when the demo is new: what was said is never changed."""
    people = {customer.name: customer for customer in teller.customers}
    for said in WORDS.get(teller.user.email, []):
        if customer := people.get(said.name):
            permitting.note(
                teller.partner,
                teller.user,
                customer,
                said.channels,
                said.purpose,
                said.says,
                said.how,
                at=teller.moment(-said.days_ago, AT),
            )
