"""Long work in slices: it comes to its end once, whatever happens to its workers."""

import datetime as dt

import pytest
from django.db.models.functions import Now

from partners import jobs
from partners.models import Job, Partner
from tests.factories import CustomerFactory
from tests.harness.roles import as_app

State = Job.State


class Naming:
    """Gives each of Anna's customers a new last name, two in a chunk."""

    name = "naming"

    def __init__(self):
        self.fails = 0
        self.chunks = 0

    def step(self, job: Job) -> jobs.Chunk:
        self.chunks += 1
        after = job.cursor.get("after", "")
        rows = job.partner.customers.order_by("first_name").filter(first_name__gt=after)[:2]
        for customer in rows:
            names = job.partner.customers.filter(pk=customer.pk)
            names.update(last_name=f"{customer.last_name}+")
        if self.fails:
            self.fails -= 1
            raise ZeroDivisionError
        found = list(rows)
        done = job.done + len(found)
        return jobs.Chunk(
            done=len(found),
            cursor={"after": found[-1].first_name} if found else {},
            is_last=done >= job.total,
            result={"named": done},
        )


@pytest.fixture
def naming(monkeypatch) -> Naming:
    naming = Naming()
    monkeypatch.setitem(jobs.kinds, "naming", jobs.Kind("naming", naming.step))
    monkeypatch.setattr(jobs, "AT_ONCE", 3)
    return naming


@pytest.fixture
def people(anna) -> Partner:
    for number in range(5):
        CustomerFactory(partner=anna, first_name=f"{number}", last_name="X")
    return anna


def start(partner: Partner, total: int = 5, **more) -> Job:
    return jobs.start(partner, partner.user, "naming", total=total, **more)


def work() -> int:
    with as_app():
        return jobs.work()


def names(partner: Partner) -> list[str]:
    return sorted(partner.customers.values_list("last_name", flat=True))


def overslept() -> None:
    Job.objects.update(lease_until=Now() - dt.timedelta(seconds=1))


def test_much_work_is_done_by_a_worker(people, naming):
    job = start(people)
    assert (job.state, names(people)) == (State.WAITING, ["X"] * 5)

    assert work() == 3

    job.refresh_from_db()
    assert (job.state, job.done, job.result) == (State.DONE, 5, {"named": 5})
    assert job.finished_at
    assert names(people) == ["X+"] * 5
    assert work() == 0


def test_little_work_is_done_in_the_request_itself(people, naming):
    job = start(people, total=3)

    assert (job.state, job.done) == (State.DONE, 4)
    assert not Job.objects.exists()


def test_asking_twice_is_asking_once(people, naming):
    assert start(people, key="same") == start(people, key="same")
    work()
    assert start(people, key="same") != Job.objects.earliest("created_at")


def test_after_each_slice_another_job_has_its_turn(people, naming, settings):
    settings.OUTBOX = settings.OUTBOX | {"JOB_SLICE": 0}
    first, second = start(people), start(people)
    slices = []
    for _number in range(2):
        (claimed,) = Job.objects.filter(state=State.WAITING).order_by("turn_at")[:1]
        slices.append(claimed)
        settings.OUTBOX = settings.OUTBOX | {"JOB_SLICE": 0}
        work()

    assert slices == [first, second]


def test_a_worker_that_dies_in_a_chunk_doubles_nothing(people, naming):
    start(people)
    naming.fails = 1

    assert work() == 0
    assert names(people) == ["X"] * 5
    Job.objects.update(next_attempt_at=None)
    assert work() == 3
    assert names(people) == ["X+"] * 5


def test_a_worker_that_never_comes_back_is_replaced(people, naming, settings):
    job = start(people)
    queue = Job.objects.filter(state=State.WAITING)
    (claimed,) = jobs.leases.claim(queue, 1, seconds=60, state=State.RUNNING)
    with as_app():
        assert jobs.do_chunk(claimed)
    assert work() == 0, "its lease still runs"

    overslept()
    work()
    Job.objects.update(next_attempt_at=None)
    assert work() == 2

    job.refresh_from_db()
    assert (job.state, job.done, job.crashes) == (State.DONE, 5, 1)
    assert names(people) == ["X+"] * 5


def test_who_overslept_the_lease_does_nothing_more(people, naming):
    start(people)
    queue = Job.objects.filter(state=State.WAITING)
    (claimed,) = jobs.leases.claim(queue, 1, seconds=60, state=State.RUNNING)
    overslept()

    with as_app():
        assert not jobs.do_chunk(claimed)

    assert names(people) == ["X"] * 5


def test_a_job_that_no_worker_survives_is_given_up(people, naming):
    job = start(people)
    naming.fails = 99

    for _number in range(jobs.TRIES + 2):
        work()
        Job.objects.update(next_attempt_at=None)

    job.refresh_from_db()
    assert (job.state, job.error, naming.chunks) == (State.FAILED, "ZeroDivisionError", jobs.TRIES)


def test_a_job_can_be_cancelled_and_what_it_did_stays(people, naming, settings):
    settings.OUTBOX = settings.OUTBOX | {"JOB_SLICE": 0.000001}
    job = start(people)
    work()
    done = Job.objects.get().done

    assert jobs.cancel(people, job.pk)
    assert not jobs.cancel(people, job.pk), "once is enough"
    settings.OUTBOX = settings.OUTBOX | {"JOB_SLICE": 5}
    work()

    job.refresh_from_db()
    assert (job.state, job.done) == (State.CANCELLED, done)


def test_nobody_cancels_a_strangers_job(people, boris, naming):
    job = start(people)

    assert not jobs.cancel(boris, job.pk)
