"""A large import whose workers die: it comes to its end, and nobody is lost or comes twice.

IMPORT_ROWS=200000 plays it at full size.
"""

import os

import pytest

from customers.actions import importing
from customers.models import Customer, Email, Import, Phone
from partners import walls
from partners.models import Job, uuid7

ROWS = int(os.environ.get("IMPORT_ROWS", "6000"))
JOBS = {"JOB_SLICE": 1, "JOB_LEASE": 3, "JOB_PAUSE": 0}
PATIENCE = 60 + ROWS / 50  # seconds
State = Import.State


def table(count: int) -> bytes:
    lines = ["Vorname;Nachname;Handy;E-Mail;PLZ;Ort"]
    lines += [
        f"Guest{at};Falk{at % 977};0171 {5_000_000 + at};guest{at}@example.org;36{at % 1000:03};Fulda"
        for at in range(count)
    ]
    return "\n".join(lines).encode("cp1252")


@pytest.fixture
def run(ground) -> Import:
    ground.set_outbox(**JOBS)
    (user,) = ground.users()
    with walls.acting_for(user.partner):
        run = importing.begin(user.partner, user, uuid7(), "people.csv", table(ROWS))
        importing.start_reading(user.partner, user, run)
    return run


def again(run: Import) -> Import:
    return Import.unscoped.get(pk=run.pk)


def survive(ground, kind: str, end: str, run: Import, shares: tuple[float, ...]) -> Job:
    """Kill whoever works on it at these shares of the work, until the import has come to its end."""

    def job() -> Job:
        return Job.objects.filter(kind=kind).latest("created_at")

    for share in shares:
        (worker,) = ground.hire()
        goal = share * ROWS
        ground.until(
            lambda goal=goal: job().done >= goal, f"{goal} rows of {kind}", seconds=PATIENCE
        )
        ground.kill(worker)
    (worker,) = ground.hire()
    ground.until(lambda: again(run).state == end, f"an end of {kind}", seconds=PATIENCE)
    ground.until(lambda: job().is_over, "a settled job")
    worker.stop()
    ground.workers.clear()
    return job()


def test_a_large_import_survives_its_workers_and_doubles_nothing(ground, run):
    read = survive(ground, importing.READ, State.READY, run, (0.2, 0.6))
    run = again(run)
    assert (read.done, run.counts["new"], run.pages.count()) == (ROWS, ROWS, ROWS // 500)

    with walls.acting_for(run.partner):
        importing.start_taking(run.partner, run.partner.user, run, {"tag": "Import"})
    taken = survive(ground, importing.TAKE, State.DONE, run, (0.1, 0.5, 0.9))
    assert (taken.done, again(run).counts["taken"]) == (ROWS, {"added": ROWS})
    for model, column in ((Customer, "first_name"), (Phone, "number"), (Email, "address")):
        found = model.unscoped.order_by().values_list(column, flat=True)
        assert (len(found), len(set(found))) == (ROWS, ROWS)

    with walls.acting_for(run.partner):
        importing.start_undoing(run.partner, run.partner.user, again(run))
    survive(ground, importing.UNDO, State.UNDONE, run, (0.3, 0.7))
    assert again(run).counts["kept"] == 0
    assert not any(model.unscoped.exists() for model in (Customer, Phone, Email))
    assert ground.kills == 7
