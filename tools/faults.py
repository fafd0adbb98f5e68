"""The fault tests, on PostgreSQL and on SQLite; each run prints its figures. Arguments go to pytest."""

import sys

from tools.test import Runs, main

RUNS: Runs = {
    "faults on PostgreSQL": ({"TEST_DATABASE": "postgresql"}, ["tests/faults"]),
    "faults on SQLite": ({"TEST_DATABASE": "sqlite"}, ["tests/faults"]),
}

if __name__ == "__main__":
    sys.exit(main(RUNS))
