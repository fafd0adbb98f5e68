"""Who of the demo's people asked about their data: one wish is open, one was answered in time."""

import datetime as dt

from customers.actions import requesting
from customers.models import DataSubjectRequest
from mlmcrm.demo.rows import Teller
from partners import clock

Kind, State = DataSubjectRequest.Kind, DataSubjectRequest.State
WISHES = {
    "anna@example.org": [
        ("Kerstin Auth", Kind.ACCESS, 9, "an der Stimme erkannt", State.OPEN),
        ("Petra Hahner", Kind.CORRECTION, 80, "hat es mir persönlich gesagt", State.DONE),
    ],
    "boris@example.org": [("Nora Jansen", Kind.CORRECTION, 4, "", State.OPEN)],
}


def tell(teller: Teller) -> None:
    """Once, when the demo is new."""
    people = {customer.name: customer for customer in teller.customers}
    today = clock.today(teller.partner.zone)
    for name, kind, days, identity, state in WISHES.get(teller.user.email, []):
        if customer := people.get(name):
            asked_on = today - dt.timedelta(days=days)
            wish = DataSubjectRequest(
                customer=customer, kind=kind, received_on=asked_on, identity=identity
            )
            requesting.ask(teller.partner, teller.user, wish)
            if state == State.DONE:
                requesting.close(teller.partner, teller.user, wish, state)
