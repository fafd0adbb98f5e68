"""A person's own word outlives the bin, a lock, a merge and an undo, and is about one mailbox."""

import datetime as dt

import pytest
from django.urls import reverse

from customers import actions, permissions, preference
from customers.actions import binning, erasing, merging, permitting
from customers.models import Customer, Email, Permission, PersonalMail
from customers.reminders import personal
from partners import changes, outbox, walls
from partners import clock as times
from tests.customers.mails import (
    ABOUT_MAIL,
    Channel,
    How,
    Says,
    State,
    asked,
    deliver,
    fate,
    link_for,
    person,
    says_no,
    says_yes,
    with_imprint,
    written,
)
from tests.factories import CustomerFactory
from tests.harness.roles import AppClient

pytestmark = pytest.mark.usefixtures("clock")
ONE_CLICK = ("List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")
NEWS = Permission.Purpose.ADVERTISING
A_WHILE = dt.timedelta(minutes=5)


@pytest.fixture
def clara(anna):
    customer = person(with_imprint(anna))
    says_yes(customer)
    return customer


@pytest.fixture
def link(clara) -> str:
    return preference.link(clara).removeprefix("http://testserver")


@pytest.fixture
def stranger() -> AppClient:
    return AppClient(enforce_csrf_checks=True)


def verdict(customer) -> str:
    return permissions.may_contact(now(customer), *ABOUT_MAIL).code


def now(customer) -> Customer:
    return Customer.unscoped.get(pk=customer.pk)


# --- the bin, a lock -----------------------------------------------------------------------------


def test_a_no_from_the_bin_outlives_erasure_and_another_import(
    stranger, as_anna, anna, clara, link
):
    as_anna.post(reverse("customer-delete", args=[clara.pk]))
    stranger.post(link, *ONE_CLICK)

    erasing.forget(anna, [clara.pk])

    again = person(anna)
    assert verdict(again) == "objected"


def test_a_no_from_the_bin_holds_when_they_come_back(stranger, as_anna, anna, clara, link):
    as_anna.post(reverse("customer-delete", args=[clara.pk]))
    stranger.post(link, {"save": "1"})  # the page was open when they went to the bin

    binning.restore(anna, anna.user, binning.gone(anna, clara.pk))

    assert verdict(clara) == "objected"


def test_whoever_is_locked_still_decides_on_their_page(stranger, clara, link):
    Customer.unscoped.update(restricted_at=times.now())
    assert "checked" in stranger.get(link).content.decode()

    stranger.post(link, {"save": "1"})

    Customer.unscoped.update(restricted_at=None)
    assert verdict(clara) == "objected"


# --- the very mailbox ----------------------------------------------------------------------------


def test_a_page_cannot_say_yes_for_a_mailbox_nobody_confirmed(stranger, clara, link):
    Email.unscoped.update(typed="new@example.net", address="new@example.net")
    assert 'value="email"' not in stranger.get(link).content.decode()

    stranger.post(link, {"save": "1", "channel": ["email"]})

    assert verdict(clara) == "other-address"
    assert clara.permissions.count() == 1


def test_a_yes_on_the_page_is_about_the_confirmed_mailbox(stranger, clara, link, clock):
    says_no(clara)
    Email(customer=clara, partner=clara.partner, typed="a@b.de", address="a@b.de").save()
    Email.unscoped.filter(address="a@b.de").update(is_preferred=True)
    clock.shift(A_WHILE)

    stranger.post(link, {"save": "1", "channel": ["email"]})

    assert clara.permissions.last().point == "clara@example.net"


def test_left_unticked_a_yes_for_a_former_mailbox_is_taken_back(stranger, clara, link):
    Email.unscoped.update(typed="new@example.net", address="new@example.net")

    stranger.post(link, {"save": "1"})

    Email.unscoped.update(typed="clara@example.net", address="clara@example.net")
    assert verdict(clara) == "objected"


def test_a_mail_follows_no_address_to_somebody_else(anna, clara, mailoutbox):
    written(clara)
    Email.unscoped.update(customer=CustomerFactory.create(partner=anna))

    assert deliver() == 0


# --- undo ----------------------------------------------------------------------------------------


def test_what_they_said_themselves_is_not_taken_back(stranger, as_anna, anna, clara, link):
    stranger.post(link, *ONE_CLICK)
    act = anna.changes.filter(act="permission-object").last().act_id

    as_anna.post(reverse("undo", args=[act]))

    assert verdict(clara) == "objected"
    assert anna.suppressionentrys.exists()
    page = as_anna.get(reverse("customer-history", args=[clara.pk])).content.decode()
    assert reverse("undo", args=[act]) not in page


def test_taking_back_an_earlier_no_leaves_theirs(stranger, anna, clara, link, clock):
    slip = permitting.object_to(anna, anna.user, clara, ["email"])
    clock.shift(A_WHILE)
    says_yes(clara)
    clock.shift(A_WHILE)
    stranger.post(link, *ONE_CLICK)

    actions.undo(anna, anna.user, slip.id)

    assert verdict(clara) == "objected"
    assert anna.suppressionentrys.exists()


def test_a_mail_that_has_left_cannot_be_undone(anna, clara, mailoutbox):
    mail = written(clara)
    deliver()
    act = anna.changes.filter(row_id=mail.pk).get().act_id

    assert actions.undo(anna, anna.user, act) == 1

    assert PersonalMail.unscoped.filter(pk=mail.pk).exists()


def test_whoever_comes_back_from_the_bin_brings_mails_that_had_left(as_anna, anna, clara):
    mail = written(clara)
    deliver()
    as_anna.post(reverse("customer-delete", args=[clara.pk]))
    act = anna.changes.filter(row_id=clara.pk).last().act_id

    actions.undo(anna, anna.user, act)

    assert PersonalMail.unscoped.filter(pk=mail.pk).exists()


# --- one mail a fortnight ------------------------------------------------------------------------


def test_a_mail_to_a_former_entry_counts_for_the_one_who_stays(anna, clara, mailoutbox):
    written(clara)
    deliver()
    survivor = CustomerFactory.create(partner=anna, first_name="Clara")

    merging.merge(anna, anna.user, survivor, clara, {})

    assert verdict(survivor) == "too-often"


def test_mails_to_two_entries_that_became_one_do_not_leave_together(anna, clara, mailoutbox):
    other = person(anna, "Klara")
    says_yes(other)
    mails = [written(clara), written(other)]
    merging.merge(anna, anna.user, other, clara, {})

    assert (deliver(), deliver()) == (1, 0)
    assert sorted(fate(mail)[0] for mail in mails) == [State.PENDING, State.SENT]


@pytest.mark.parametrize(
    ("state", "code"), [("failed", "consent"), ("unknown", "too-often"), ("sent", "too-often")]
)
def test_what_was_refused_does_not_count_and_what_is_uncertain_does(
    anna, clara, mailoutbox, state, code
):
    written(clara)
    deliver()
    anna.messages.update(state=state)

    assert verdict(clara) == code


# --- an open question ----------------------------------------------------------------------------


def test_please_not_at_all_answers_an_open_question(stranger, anna, mailoutbox, clock):
    eva = person(with_imprint(anna), "Eva")
    asked(eva)
    deliver()
    clock.shift(A_WHILE)
    permitting.object_to(anna, anna.user, eva, purpose=Permission.Purpose.ANYTHING)
    clock.shift(A_WHILE)

    assert stranger.post(link_for(mailoutbox[0])).status_code == 410

    assert verdict(eva) == "declined"


# --- in the order in which it was said -----------------------------------------------------------


def test_a_no_that_comes_again_on_one_day_is_noted_again(anna, clara, clock):
    for says in (Says.NO, Says.YES, Says.NO):
        clock.shift(A_WHILE)
        permitting.note(
            anna, anna.user, clara, [Channel.EMAIL], NEWS, says, How.PHONE, at=times.now()
        )

    assert verdict(clara) == "objected"


def test_a_no_of_an_earlier_day_ends_whatever_was_said_that_day(as_anna, anna, clara, clock):
    day = times.today(anna.zone).isoformat()
    clock.shift(dt.timedelta(hours=5))
    says_yes(clara)
    clock.shift(dt.timedelta(days=1))

    said = {"channels": [Channel.EMAIL], "says": "no", "how": How.PHONE, "day": day}
    as_anna.post(reverse("person-permissions", args=[clara.pk]), said)

    assert verdict(clara) == "objected"


# --- between claim and hand-over -----------------------------------------------------------------


def test_an_address_mended_meanwhile_is_not_written_to_in_its_old_form(
    anna, clara, mailoutbox, monkeypatch
):
    mail, kind = written(clara), outbox.kinds[personal.PERSONAL]

    def meanwhile(*args):
        with walls.acting_for(anna):
            email, mend = clara.emails.get(), changes.Act(anna, anna.user, "customer-edit")
            changes.update(mend, email, typed="CLARA@example.net")
        return kind.render(*args)

    changed = outbox.Kind(**vars(kind) | {"render": meanwhile})
    monkeypatch.setitem(outbox.kinds, personal.PERSONAL, changed)

    assert deliver() == 0
    assert (fate(mail)[0], mailoutbox) == (State.PENDING, [])

    monkeypatch.setitem(outbox.kinds, personal.PERSONAL, kind)
    assert deliver() == 1
    assert mailoutbox[0].to == ["CLARA@example.net"]
