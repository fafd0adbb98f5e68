"""Anna Reith, 43, from Künzell near Fulda: kitchen evenings, spices, and soap that smells of lemon."""

from mlmcrm.demo.anna.club import CLUB
from mlmcrm.demo.anna.evenings import EVENINGS as GUESTS_OF_EVENINGS
from mlmcrm.demo.anna.hosted import EVENINGS, GUESTS
from mlmcrm.demo.anna.known import FIELDS, KNOWN
from mlmcrm.demo.anna.loose_ends import LOOSE_ENDS
from mlmcrm.demo.anna.neighbours import NEIGHBOURS
from mlmcrm.demo.anna.shops import SHOPS
from mlmcrm.demo.anna.templates import TEMPLATES, TIERS

PEOPLE = [*NEIGHBOURS, *SHOPS, *GUESTS_OF_EVENINGS, *LOOSE_ENDS]

__all__ = ["CLUB", "EVENINGS", "FIELDS", "GUESTS", "KNOWN", "PEOPLE", "TEMPLATES", "TIERS"]
