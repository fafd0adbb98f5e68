"""Anna Reith, 43, from Künzell near Fulda: kitchen evenings, spices, and soap that smells of lemon."""

from mlmcrm.demo.anna.evenings import EVENINGS
from mlmcrm.demo.anna.known import FIELDS, KNOWN
from mlmcrm.demo.anna.loose_ends import LOOSE_ENDS
from mlmcrm.demo.anna.neighbours import NEIGHBOURS
from mlmcrm.demo.anna.shops import SHOPS

PEOPLE = [*NEIGHBOURS, *SHOPS, *EVENINGS, *LOOSE_ENDS]

__all__ = ["FIELDS", "KNOWN", "PEOPLE"]
