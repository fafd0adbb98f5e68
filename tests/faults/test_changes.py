"""A partner changes their mind in the very moment in which a reminder is being sent."""

import datetime as dt

import pytest

from customers import actions
from customers.models import Customer, FollowUp
from customers.when import When
from partners import walls
from partners.models import OutboxMessage, Partner, Reason
from tests.factories import CustomerFactory, FollowUpFactory, PartnerFactory
from tests.faults.ground import MORNING, Ground, State
from tests.faults.reckoning import reckon
from tests.harness.roles import as_app
from tests.harness.smtp import Mail

TOMORROW = When(MORNING.date() + dt.timedelta(days=1))
CHANGES = {
    "Untouched": lambda anna, row: None,
    "Done": lambda anna, row: actions.close(anna, anna.user, row, FollowUp.State.DONE),
    "Moved": lambda anna, row: actions.move(anna, anna.user, row, TOMORROW),
    "Deleted": lambda anna, row: actions.remove_customer(anna, anna.user, row.customer),
    "Edited": lambda anna, row: actions.edit_customer(
        anna, anna.user, row.customer, {"first_name": "Renamed", "last_name": ""}, actions.Ways()
    ),
}


@pytest.fixture
def anna(ground: Ground) -> Partner:
    """Promised five things for half past nine, an hour before which she is reminded of each."""
    ground.set_clock()
    ground.set_outbox(BATCH=1, LEASE=20, HANDOFF_LEASE=30, DOT_TIMEOUT=20)
    anna = PartnerFactory.create(digest_on=False, reminder_lead=60)
    for name in CHANGES:
        customer = CustomerFactory.create(partner=anna, first_name=name)
        FollowUpFactory.create(customer=customer, due=MORNING.date(), due_time=dt.time(9, 30))
    FollowUp.unscoped.update(scheduled_at=MORNING - dt.timedelta(days=1))
    return anna


def change_all(anna: Partner) -> None:
    """As requests of the partner do."""
    for name, change in CHANGES.items():
        with as_app(), walls.acting_for(anna):
            change(anna, anna.followups.select_related("customer").get(customer__first_name=name))


def row_of(name: str) -> OutboxMessage:
    follow_up = FollowUp.unscoped_with_bin.get(customer__first_name=name)
    return OutboxMessage.objects.get(source_id=str(follow_up.pk))


def about(mails: list[Mail], name: str) -> int:
    return sum(name in mail.text for mail in mails)


@pytest.mark.parametrize("stage", ["RCPT", "354"])
def test_what_changes_before_the_hand_over_is_not_mailed(ground, anna, figures, stage):
    with ground.mail.hold(stage) as barrier:
        ground.hire(len(CHANGES))
        barrier.wait(len(CHANGES))
        change_all(anna)
    ground.until_done()

    figures(reckon(ground, occurrences=5, ends={State.SENT, State.CANCELLED}))
    for name in ("Done", "Moved", "Deleted"):
        row = row_of(name)
        assert (row.state, row.reason) == (State.CANCELLED, Reason.GONE)
        assert about(ground.mail.mails, name) == 0
    for name, times in (("Untouched", 1), ("Edited", 0), ("Renamed", 1)):
        assert about(ground.mail.mails, name) == times


def test_what_changes_after_the_final_dot_was_sent_as_it_stood(ground, anna, figures):
    with ground.mail.hold("DATA") as barrier:
        ground.hire(len(CHANGES))
        barrier.wait(len(CHANGES))
        change_all(anna)
    ground.until_done()

    figures(reckon(ground, occurrences=5, ends={State.SENT}))
    for name in CHANGES:
        assert about(ground.mail.mails, name) == 1
    assert not Customer.unscoped.filter(first_name="Edited").exists()
