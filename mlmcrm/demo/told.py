"""Who of the demo's people came by others, and who knows already that they are noted."""

from typing import Any

from customers.models import Customer

Source, Informed = Customer.Source, Customer.Informed

BY_OTHERS = {
    "anna@example.org": {
        "Jutta Hohmann": Source.RECOMMENDATION,
        "Nicole Bleuel": Source.RECOMMENDATION,
        "Andrea Schad": Source.RECOMMENDATION,
        "Friederike Helfrich": Source.RECOMMENDATION,
        "Kerstin Auth": Source.RECOMMENDATION,
        "Jana": Source.RECOMMENDATION,
    },
    "boris@example.org": {
        "Aylin Demir": Source.RECOMMENDATION,
        "Nora Jansen": Source.RECOMMENDATION,
        "Frau Kilian": Source.RECOMMENDATION,
    },
}
TOLD = {
    "Petra Hahner": (-500, Informed.SPOKEN),
    "Meike Wehner": (-410, Informed.SPOKEN),
    "Jutta Hohmann": (-370, Informed.SPOKEN),
    "Nicole Bleuel": (-60, Informed.PRINTED),
    "Andrea Schad": (-40, Informed.LINK),
    "Aylin Demir": (-30, Informed.SPOKEN),
}


def tell(teller: Any) -> None:
    """Before the people are stored."""
    sources = BY_OTHERS.get(teller.user.email, {})
    for customer in teller.customers:
        customer.source_kind = sources.get(customer.name, customer.source_kind)
        if customer.name in TOLD:
            day, customer.informed_how = TOLD[customer.name]
            customer.informed_on = teller.date(day)
