"""What the rooms above ask of the customer list; each declares its filters."""

from collections.abc import Callable

from customers.filter_fields import Asked
from partners.models import Partner

Make = Callable[[Partner], dict[str, Asked]]

makers: list[Make] = []


def register(make: Make) -> None:
    """`make` answers with filters by their name in the address bar, without a query."""
    makers.append(make)


def filters_of(partner: Partner) -> dict[str, Asked]:
    return {name: asked for make in makers for name, asked in make(partner).items()}
