"""Load a believable week of two partners, or bring the one that is there to today."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mlmcrm.demo import loader


class Command(BaseCommand):
    help = (
        "Load the demo: two partners with their circles, and a clerk. Loading again harms nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--yes-really", action="store_true", help="load it although DEMO is not set"
        )

    def handle(self, *, yes_really: bool, **options: object) -> None:
        if not (settings.DEMO or yes_really):
            raise CommandError(
                "The demo opens three accounts whose password everybody knows. Nothing was loaded."
                " Set DEMO=1 for a demo, or say --yes-really."
            )
        known = loader.load()
        if options["verbosity"]:
            circles = " and ".join(f"{name} knows {count}" for name, count in known.items())
            self.stdout.write(f"Demo: {circles} people.")
