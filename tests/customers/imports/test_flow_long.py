"""Long imports: page by page, through deaths and stops, and all the way back."""

import pytest

from customers.actions import importing
from customers.models import Import
from partners import jobs
from partners.models import Job
from tests.customers.imports.flows import card, finish, plain_cards, read

__all__ = ["plain_cards"]
pytestmark = pytest.mark.usefixtures("plain_cards")
State = Import.State


@pytest.fixture
def many(anna, monkeypatch):
    """Seven people on four pages, read and ready."""
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    run = read(
        anna, *(card(f"Guest{number} Falk", phone=f"0171 55566{number:02}") for number in range(7))
    )
    finish(run, State.READY)
    return run


def test_a_long_import_is_a_job_that_is_done_page_by_page(anna, many):
    importing.start_taking(anna, anna.user, many, {})
    (job,) = anna.jobs.filter(finished_at=None)

    assert (job.total, anna.customers.count()) == (7, 0)
    finish(many, State.DONE)
    job.refresh_from_db()
    assert (job.done, anna.customers.count(), many.counts["taken"]) == (7, 7, {"added": 7})
    assert job.result == {"next": f"/customers/import/{many.pk}/"}


def test_a_second_start_finds_the_first_at_work(anna, many):
    first = importing.start_taking(anna, anna.user, many, {})
    second = importing.start_taking(anna, anna.user, many, {})

    assert first.pk == second.pk
    finish(many, State.DONE)
    assert anna.customers.count() == 7


def test_a_worker_that_dies_between_two_pages_doubles_nothing(anna, many, monkeypatch):
    importing.start_taking(anna, anna.user, many, {})
    job = anna.jobs.get(finished_at=None)
    step = importing.take_some
    deaths: list[object] = []

    def dying(job):
        chunk = step(job)
        if len(deaths) < 3 and run_pages(many) == 2:
            deaths.append(chunk)
            raise SystemError("killed")
        return chunk

    monkeypatch.setitem(jobs.kinds, importing.TAKE, jobs.Kind(importing.TAKE, dying))
    for _try in range(12):
        Job.objects.filter(pk=job.pk).update(next_attempt_at=None)
        jobs.work()

    many.refresh_from_db()
    assert len(deaths) == 3
    assert (many.state, anna.customers.count()) == (State.DONE, 7)
    assert len(set(anna.customers.values_list("first_name", flat=True))) == 7
    assert undo_all(many) == 0


def run_pages(run: Import) -> int:
    return run.pages.filter(is_done=True).count()


def undo_all(run: Import) -> int:
    importing.start_undoing(run.partner, run.partner.user, run)
    finish(run, State.UNDONE)
    return run.partner.customers.count()


def test_a_stopped_import_can_be_taken_back_or_go_on(anna, many, monkeypatch):
    importing.start_taking(anna, anna.user, many, {})
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "work_on", lambda job: jobs.do_chunk(job) and jobs.do_chunk(job))
        jobs.work()
    job = anna.jobs.get(finished_at=None)
    jobs.cancel(anna, job.pk)
    Job.objects.filter(pk=job.pk).update(state="waiting", lease_token=None, lease_until=None)
    jobs.work()
    assert anna.customers.count() == 4

    many.refresh_from_db()
    importing.start_taking(anna, anna.user, many, {})
    finish(many, State.DONE)

    assert anna.customers.count() == 7
    assert undo_all(many) == 0
