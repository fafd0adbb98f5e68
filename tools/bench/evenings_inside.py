"""What is done with evenings from inside: `python -m tools.bench.inside evenings COMMAND …`.

`paths EMAIL` names the pages that are measured, `counts EMAIL` their queries, `links COUNT` so many
invitations, `lost FILE` compares what guests said, by the path of their invitation, with what is
stored.
"""

import json
import random
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.db import connection
from django.db.models import Count, F, Sum
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events import links
from events.models import Event, EventGuest
from partners import clock, walls
from partners.models import OutboxMessage, Partner
from tools.bench import evenings
from tools.bench.inside import OF_THE_WALL, Inside

DOZEN = 12


def main(command: str, *arguments: str) -> None:
    commands: dict[str, Any] = {
        "paths": paths,
        "counts": counts,
        "links": invitations,
        "lost": lost,
    }
    print(json.dumps(commands[command](*arguments)))


def paths(email: str) -> dict[str, str]:
    partner = Partner.objects.get(user__email=email)
    with walls.acting_for(partner):
        sized = partner.events.not_over(clock.now()).annotate(size=Count("guests"))
        large, usual = sized.latest("size"), sized.filter(size__lte=DOZEN).latest("size")
    listed = reverse("event-list")
    return {
        evenings.LARGE: reverse("event-detail", args=[large.pk]),
        evenings.USUAL: reverse("event-detail", args=[usual.pk]),
        "its guests": reverse("guest-list", args=[large.pk]),
        "its door list": reverse("event-door", args=[large.pk]),
        "its result": reverse("event-result", args=[large.pk]),
        "list of coming evenings": listed,
        "list of past evenings": f"{listed}?when=past",
        "search in the list": f"{listed}?when=past&q=suppe",
        "month": reverse("event-month"),
        "today": reverse("today"),
    }


def counts(email: str) -> dict[str, tuple[int, int]]:
    visit, found = Inside(email), {}
    for name, path in paths(email).items():
        visit.get(path)
        with CaptureQueriesContext(connection) as seen:
            visit.get(path)
        wall = sum(bool(OF_THE_WALL.search(query["sql"])) for query in seen)
        found[name] = (len(seen) - wall, wall)
    return found


def invitations(count: str) -> list[str]:
    """Of all partners and evenings, well mixed."""
    found = []
    for partner in Partner.objects.all():
        with walls.acting_for(partner):
            coming = partner.eventguests.filter(event__state=Event.State.INVITING)
            ahead = coming.filter(event__starts_at__gt=clock.now()).order_by("pk")
            found += [urlsplit(links.of_guest(guest)).path for guest in ahead]
    random.Random(0).shuffle(found)  # noqa: S311 - for measuring alone
    if len(found) < int(count):
        raise SystemExit(f"Only {len(found)} guests of coming evenings.")
    return found[: int(count)]


def guest_of(path: str) -> uuid.UUID | None:
    link = links.found(links.GUEST, path.split("/")[2])
    return link.pk if link else None


def lost(file: str) -> dict[str, int]:
    """Who said yes may have to wait; nobody's answer may be another one, no table too full."""
    said = json.loads(Path(file).read_text())
    told = {guest_of(path): says for path, says in said.items()}
    seen = dict.fromkeys(("lost", "waiting", "crowded", "mails"), 0)
    for partner in Partner.objects.all():
        with walls.acting_for(partner):
            for guest in partner.eventguests.filter(answered_at__isnull=False).iterator():
                says = told.pop(guest.pk, None)
                waits = guest.answer == EventGuest.Answer.WAITING
                seen["waiting"] += waits
                seen["lost"] += says not in {None, "yes" if waits else guest.answer}
            taken = (
                partner.eventguests.coming()
                .values("event")
                .annotate(seats=Sum(F("companions") + 1))
            )
            full = taken.filter(seats__gt=F("event__maximum"))
            seen["crowded"] += full.count()
    seen["lost"] += len(told)
    seen["mails"] = OutboxMessage.objects.filter(kind__startswith="event").count()
    return seen
