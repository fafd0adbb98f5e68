"""For the moment after a backup was restored, before workers start: nothing is sent a second time."""

import argparse
import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from partners import clock, links, outbox, planning

EXAMPLE = "2026-11-22T03:00+01:00"


class Command(BaseCommand):
    help = "Hold what may have been sent since the backup was made, until a person releases it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--backup-time",
            required=True,
            type=past_moment,
            help=f"When the backup was made, like {EXAMPLE}; without a zone, {settings.TIME_ZONE}.",
        )

    def handle(self, *, backup_time: dt.datetime, **options: object) -> None:
        held = outbox.held.after_restore(backup_time)
        planning.plan_due()  # what the backup does not know comes back, and is held as well
        held += outbox.held.hold_due()
        waiting = outbox.held.waiting().count()
        noun = "message" if held == 1 else "messages"
        self.stdout.write(
            f"Backup of {backup_time:%Y-%m-%d %H:%M %Z}: {held} {noun} held now, {waiting} in all.\n"
            "They may have been sent already, so none of them leaves by itself."
            " What is due from now on is sent as always.\n"
            "Next: start web, worker and beat. Release what is held at"
            f" {links.absolute('office-mail')}, or leave it to the partners, who see theirs at"
            f" {links.absolute('message-list')}."
        )


def past_moment(text: str) -> dt.datetime:
    """A moment in ISO 8601; without a zone it is meant in the server's."""
    try:
        when = dt.datetime.fromisoformat(text.strip())
        if timezone.is_naive(when):
            when = when.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
        when.astimezone(dt.UTC)  # as it is stored
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"{text!r} is not a moment like {EXAMPLE}.") from None
    if when > clock.now():
        raise argparse.ArgumentTypeError(f"{text!r} lies in the future.")
    return when
