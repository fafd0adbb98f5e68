"""What is done with imports from inside: `python -m tools.bench.inside imports COMMAND …`.

`against PARTNER COUNT` imports so many contacts into a partner's circle and creates the same rows
barely in the next one's; `many PARTNER COUNT` imports, creates the same rows barely in
the next one's, brings the same file again, takes it back.
"""

import itertools
import json
import resource
import time
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from customers.actions import importing
from customers.models import Address, Customer, Email, Import, Phone
from mlmcrm.scale import names
from partners import jobs, walls
from partners.models import Job, Partner, uuid7
from tools.bench import proc

HEAD = "Vorname;Nachname;Handy;E-Mail;Straße;PLZ;Ort;Geburtstag;Notiz"
NEW_MODELS: dict[Any, str] = {  # and what says whose a row is
    Customer: "pk",
    Phone: "customer",
    Email: "customer",
    Address: "customer",
}
AT_ONCE, SLICE = 1000, 10_000
STEPS = (0.1, 0.5, 1)


def main(command: str, partner: str, count: str) -> None:
    commands = {"against": against, "many": many}
    print(json.dumps(commands[command](int(partner), int(count))))


def contacts(count: int) -> bytes:
    """A file as somebody would make it by hand."""
    return "\r\n".join([HEAD, *itertools.islice(lines(), count), ""]).encode()


def lines() -> Iterator[str]:
    first, last = [*names.WOMEN, *names.MEN], names.LAST
    for number in itertools.count():
        place = names.PLACES[number % len(names.PLACES)].replace(" ", ";", 1)
        yield (
            f"{first[number % len(first)]};{last[number * 7 % len(last)]}-{letters(number)};"
            f"0171 {3_000_000 + number};neu{number}@example.org;"
            f"{names.STREETS[number % len(names.STREETS)]} {number % 90 + 1};{place};"
            f"{number % 28 + 1}.{number % 12 + 1}.;{'Mag Lavendel.' if number % 3 else ''}"
        )


def letters(number: int) -> str:
    """So that no two share a name, with each other or with those who are there."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number)).capitalize()


def partner_of(number: int) -> Partner:
    return Partner.objects.get(user__email=f"p{number}@scale.example")


# --- steps -----------------------------------------------------------------------------------


def read(partner: Partner, content: bytes) -> Import:
    with walls.acting_for(partner):
        run = importing.begin(partner, partner.user, uuid7(), "kontakte.csv", content)
        importing.start_reading(partner, partner.user, run)
    return after_jobs(run)


def take(run: Import) -> Import:
    with walls.acting_for(run.partner):
        importing.start_taking(run.partner, run.partner.user, run, {})
    return after_jobs(run)


def take_back(run: Import) -> Import:
    with walls.acting_for(run.partner):
        importing.start_undoing(run.partner, run.partner.user, run)
    return after_jobs(run)


def after_jobs(run: Import) -> Import:
    """Work as a worker does until nothing waits."""
    while jobs.work():
        watch()
    if failed := Job.objects.filter(state=Job.State.FAILED).values_list("kind", "error").first():
        raise SystemExit(f"{failed}")
    with walls.acting_for(run.partner):
        run.refresh_from_db()
    return run


def timed(step: Any, *arguments: Any) -> tuple[float, Any]:
    began = time.perf_counter()
    result = step(*arguments)
    return time.perf_counter() - began, result


# --- what is told ----------------------------------------------------------------------------


def against(number: int, count: int) -> dict[str, float]:
    """Seconds for the import and for the same rows without anything around them."""
    content, partner = contacts(count), partner_of(number)
    reading, run = timed(read, partner, content)
    taking, run = timed(take, run)
    expect(run.counts["taken"].get("added") == count, run.counts)
    return {"read": reading, "take": taking, "bare": bare(partner, partner_of(number + 1), run)}


def bare(source: Partner, target: Partner, run: Import) -> float:
    """Seconds to make and create the same rows in the circle of a partner who holds none of them."""
    with walls.acting_for(source):
        new = Customer.unscoped.filter(partner=source, created_at__gte=run.created_at)
        people = list(new.order_by("pk").values_list("pk", flat=True))
    parts = (people[start : start + SLICE] for start in range(0, len(people), SLICE))
    return sum(bare_slice(source, target, part) for part in parts)


def bare_slice(source: Partner, target: Partner, people: list[Any]) -> float:
    with walls.acting_for(source):
        copies = {
            model: list(model.unscoped.filter(**{f"{person}__in": people}).values())
            for model, person in NEW_MODELS.items()
        }
    ids = {row["id"]: uuid7() for rows in copies.values() for row in rows}
    began = time.perf_counter()
    with walls.acting_for(target), transaction.atomic():
        for model, rows in copies.items():
            made = [model(**row | moved(row, ids, target)) for row in rows]
            model.unscoped.bulk_create(made, AT_ONCE)
    return time.perf_counter() - began


def moved(row: dict[str, Any], ids: dict[Any, Any], target: Partner) -> dict[str, Any]:
    ends = {"customer_id": ids[row["customer_id"]]} if "customer_id" in row else {}
    return {"id": ids[row["id"]], "partner_id": target.pk, "created_at": timezone.now(), **ends}


held: list[float] = []  # MB, slice by slice


def watch() -> None:
    held.append(proc.memory())


def many(number: int, count: int) -> dict[str, Any]:
    content, partner = contacts(count), partner_of(number)
    seconds = {}
    seconds["reading"], run = timed(read, partner, content)
    seconds["taking over"], run = timed(take, run)
    expect(run.counts["taken"].get("added") == count, run.counts)
    steps = [held[min(int(len(held) * step), len(held) - 1)] for step in STEPS]
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds["bare"] = bare(partner, partner_of(number + 1), run)
    seconds["reading it again"], again = timed(read, partner, content)
    seconds["taking it back"], run = timed(take_back, run)
    expect(run.state == Import.State.UNDONE, run.state)
    new = again.counts.get("new", 0)
    return {"seconds": seconds, "held": steps, "most": most, "again": new}


def expect(holds: object, told: object) -> None:
    if not holds:
        raise SystemExit(f"not as expected: {told}")
