"""Load synthetic partners and customers for measuring: p1@scale.example and so on."""

import argparse
import time

from django.core.management.base import BaseCommand, CommandError

from mlmcrm.scale import loader
from partners.models import User

MOST = 1_000_000


def size(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = -1
    if not 0 <= number <= MOST:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 0 to {MOST:,}.")
    return number


class Command(BaseCommand):
    help = (
        "Load N partners with M customers each, for measuring. Partner k signs in as"
        f" p{{k}}@{loader.DOMAIN} with the password {loader.PASSWORD}."
    )

    def add_arguments(self, parser):
        parser.add_argument("--partners", type=size, required=True, metavar="N")
        parser.add_argument("--customers", type=size, required=True, metavar="M")
        parser.add_argument(
            "--big", type=size, default=0, metavar="B", help="customers of partner 1 instead of M"
        )
        parser.add_argument(
            "--events", type=size, default=0, metavar="E", help="evenings of each partner"
        )

    def handle(
        self, *, partners: int, customers: int, big: int, events: int, **options: object
    ) -> None:
        if User.objects.filter(email__endswith=f"@{loader.DOMAIN}").exists():
            raise CommandError(
                "This database already holds synthetic partners. Load into an empty one."
            )
        began = time.monotonic()
        show = self.stdout.write if options["verbosity"] else lambda line: None
        rows = loader.load(partners, customers, big, events, show)
        for table, count in rows.items():
            show(f"{table:<22} {count:>12,} rows")
        if not loader.analyze():
            show("Statistics: left to autovacuum, or to ANALYZE by the owner of the tables.")
        show(f"{sum(rows.values()):,} rows in {time.monotonic() - began:.1f} s")
