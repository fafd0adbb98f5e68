"""Several planners, a day without any, and a database from before."""

import datetime as dt

import pytest
from django.db import transaction

from customers.models import FollowUp
from customers.reminders import DIGEST
from partners import clock, outbox, planning
from partners.models import OutboxMessage, Partner, Reason, User
from tests.factories import CustomerFactory, FollowUpFactory
from tests.faults.ground import MORNING, Ground, State
from tests.faults.kinds import GUEST, REMINDER
from tests.faults.reckoning import reckon
from tests.harness.roles import as_app

PARTNERS = 40


def write_promises(ground: Ground, *, time: dt.time | None = None, **partner) -> list[User]:
    """Each of these partners promised something for the business day; all want a morning mail."""
    ground.set_clock()
    users = ground.users(PARTNERS, digest_on=True, digest_time=dt.time(7, 30), **partner)
    for user in users:
        customer = CustomerFactory.create(partner=user.partner)
        FollowUpFactory.create(customer=customer, due=MORNING.date(), due_time=time)
    FollowUp.unscoped.update(scheduled_at=MORNING - dt.timedelta(days=1))
    return users


@pytest.mark.postgresql
def test_four_planners_at_once_plan_each_occurrence_once(ground, figures, database):
    """All four find every row missing and wait for the same key; then they are let go together.

    What one of them held just when another wanted to hand it over is left to the next round.
    """
    users = write_promises(ground)
    key = f"{DIGEST}:{users[0].partner_id}:{MORNING.date()}"
    with transaction.atomic():
        outbox.write([outbox.message(REMINDER, key=key, recipient=users[0])])
        planners = [ground.run("send_reminders", "--once") for _number in range(4)]
        ground.until(lambda: database.waiting() == 4, "four planners at the same key")
        transaction.set_rollback(True)
    for planner in planners:
        planner.wait()
    ground.run("send_reminders", "--once").wait()

    told = reckon(ground, occurrences=PARTNERS, ends={State.SENT})
    figures(told)
    assert told.sink == PARTNERS


def test_after_a_day_without_workers_everybody_gets_one_mail(ground, figures):
    """Yesterday's were planned and never left; nothing else of yesterday is made up for."""
    users = write_promises(ground, time=dt.time(9, 30), reminders_on=True, reminder_lead=60)
    with as_app():
        planning.plan_due()
    planned = set(OutboxMessage.objects.values_list("pk", flat=True))
    assert len(planned) == 2 * PARTNERS

    ground.set_clock(later=dt.timedelta(hours=26))
    (worker,) = ground.hire()
    ground.until_done()
    ground.until_round(worker)

    figures(reckon(ground, occurrences=3 * PARTNERS, ends={State.SENT, State.EXPIRED}))
    stale = OutboxMessage.objects.filter(pk__in=planned)
    assert set(stale.values_list("state", "reason")) == {(State.EXPIRED, Reason.TOO_LATE)}
    assert len(ground.mail.mails) == PARTNERS
    assert all(len(ground.mail.to(user.email)) == 1 for user in users)


def test_what_is_too_late_when_the_server_is_ready_is_not_mailed(ground, figures):
    ground.set_outbox(LEASE=60)
    (worker,) = ground.hire()
    ground.until_round(worker)
    with ground.mail.hold("354") as barrier:
        soon = clock.now() + dt.timedelta(seconds=5)
        ground.write(expires_at=soon)
        barrier.wait()
        ground.until(lambda: clock.now() > soon, "the end of its time")
    ground.until_done()

    told = reckon(ground, occurrences=1, ends={State.EXPIRED})
    figures(told)
    assert told.sink == 0


def test_a_restored_backup_sends_nothing_again_without_a_word(ground, figures, database):
    """Some waited when it was made, some were planned later; all had been sent by the crash."""
    users = write_promises(ground)
    ground.write(10, REMINDER, users)
    ground.write(10, GUEST, users)
    database.back_up()
    made_at = clock.now()
    (worker,) = ground.hire()
    ground.until_done()
    ground.dismiss()
    assert len(ground.mail.mails) == 20 + PARTNERS

    database.restore()
    ground.mail.mails.clear()
    ground.run("after_restore", "--backup-time", made_at.isoformat()).wait()
    (worker,) = ground.hire()
    ground.until_round(worker, rounds=3)
    assert ground.states() == {State.UNKNOWN: 20 + PARTNERS}
    assert not ground.mail.mails, "nothing left again"

    ground.write(3, GUEST, users)
    ground.until_done()
    figures(reckon(ground, occurrences=23 + PARTNERS, ends={State.SENT, State.UNKNOWN}))
    assert len(ground.mail.mails) == 3, "what is due later flows"

    partner = Partner.objects.get(pk=users[0].partner_id)
    held = partner.messages.filter(reason=Reason.RESTORED)
    count = held.count()
    with as_app():
        assert outbox.held.release(partner) == count > 0
    ground.until_done()
    assert len(ground.mail.mails) == 3 + count
