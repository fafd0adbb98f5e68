"""Who waits for whom: what nobody survives, what is broken, much of one, work that takes long."""

import time

import pytest

from customers.models import Customer
from partners import jobs
from partners.models import Job, OutboxMessage, Reason
from tests.faults.ground import State
from tests.faults.kinds import GUEST, JOB, KILLS, RAISES, REMINDER
from tests.faults.reckoning import reckon

once = pytest.mark.postgresql  # nothing in it hangs on the kind of database
JOBS = {"JOB_SLICE": 1, "JOB_LEASE": 2, "JOB_PAUSE": 0}


def of(user):
    return OutboxMessage.objects.filter(partner=user.partner)


def test_poison_stops_nobody(ground, figures):
    ground.set_outbox(LEASE=1, BACKOFF=[1, 1])
    users = ground.users(3)
    (killer,) = ground.write(1, users=users[:1], source_type=KILLS)
    (broken,) = ground.write(1, users=users[:1], source_type=RAISES)
    ground.write(40, users=users)
    good = OutboxMessage.objects.filter(source_type="")

    def all_good_sent() -> bool:
        ground.keep(1)
        return not good.exclude(state=State.SENT).exists()

    ground.until(all_good_sent, "everything but the poison")
    killer.refresh_from_db()
    assert killer.state in {State.PENDING, State.SENDING}, "the others did not wait for its end"
    ground.until_done(workers=1)

    figures(reckon(ground, occurrences=42, ends={State.SENT, State.FAILED}, quiet=False))
    for row, reason in ((killer, Reason.WORKER_DIED), (broken, Reason.FAULT)):
        row.refresh_from_db()
        assert (row.state, row.reason) == (State.FAILED, reason)


@once
def test_a_crowd_of_one_partner_delays_no_other(ground, figures):
    crowd, boris = ground.users(2)
    ground.write(5000, REMINDER, [crowd])
    ground.hire()
    ground.until(lambda: ground.mail.mails, "a beginning")
    before = len(ground.mail.mails)
    ground.write(5, REMINDER, [boris])
    ground.until(lambda: not of(boris).exclude(state=State.SENT).exists(), "Boris's mails")

    assert len(ground.mail.mails) - before < 500
    ground.dismiss()
    figures(reckon(ground, occurrences=5005, ends={State.SENT, State.PENDING}))


def test_long_work_delays_no_reminder(ground, figures):
    ground.set_outbox(**JOBS)
    (user,) = ground.users()
    job = jobs.start(user.partner, user, JOB, total=10_000)
    ground.hire()
    ground.until(lambda: Job.objects.get().done, "a first chunk")

    waits = []
    for _turn in range(5):
        done = Job.objects.get().done
        started = time.monotonic()
        ground.write(1, GUEST, [user])
        waits.append(time.monotonic() - started)
        ground.until(lambda: not of(user).exclude(state=State.SENT).exists(), "the mail", seconds=5)
        ground.until(lambda done=done: Job.objects.get().done > done, "more work")

    assert max(waits) < 3, "who writes something meanwhile does not wait for the whole work"
    job.refresh_from_db()
    assert not job.is_over
    figures(reckon(ground, occurrences=5, ends={State.SENT}))


def test_long_work_survives_its_workers_and_does_nothing_twice(ground):
    ground.set_outbox(**JOBS)
    (user,) = ground.users()
    jobs.start(user.partner, user, JOB, total=2000)
    for done in (300, 900, 1500):
        (worker,) = ground.hire()
        ground.until(lambda done=done: Job.objects.get().done >= done, f"{done} done")
        ground.kill(worker)
    ground.hire()
    ground.until(lambda: Job.objects.get().is_over, "an end of the work")

    job = Job.objects.get()
    assert (job.state, job.done) == (Job.State.DONE, 2000)
    names = [customer.first_name for customer in Customer.unscoped.all()]
    assert sorted(names) == sorted(f"Row {done}" for done in range(0, 2000, 100))
