"""Boris Kessler, 51, from Frankfurt: six people, six bottles, his kitchen table or theirs."""

from mlmcrm.demo.boris.city import CITY
from mlmcrm.demo.boris.hosted import CLUB, EVENINGS, GUESTS, TEMPLATES, TIERS
from mlmcrm.demo.boris.known import FIELDS, KNOWN
from mlmcrm.demo.boris.tastings import TASTINGS

PEOPLE = [*TASTINGS, *CITY]

__all__ = ["CLUB", "EVENINGS", "FIELDS", "GUESTS", "KNOWN", "PEOPLE", "TEMPLATES", "TIERS"]
