"""The demo: a believable week, today and on every later day, and nobody's real number."""

import datetime as dt
import re

import pytest
from django.core.management import CommandError, call_command

from customers.actions import move
from customers.agenda import agenda
from customers.when import When
from mlmcrm.demo import anna, boris
from mlmcrm.demo.loader import PASSWORD
from partners import clock as business
from partners import planning
from partners.models import OutboxMessage, Partner, User
from tests.harness.roles import as_app

# Reserved for films by the Bundesnetzagentur: nobody ever answers there.
NOBODYS_NUMBER = re.compile(r"\+49(3023125\d{3}|6990009\d{3}|8999998\d{3}|17139200\d{2})")
SHAPE = ("timed", "promises", "care", "birthdays")


@pytest.fixture
def demo(clock, settings):
    settings.DEMO = True
    load()
    return Partner.objects.get(user__email="anna@example.org")


def load():
    with as_app():
        call_command("load_demo", verbosity=0)


def day(partner):
    """Heute as the partner reads it: who waits under which heading, and what is said of it."""
    today = agenda(partner)
    return {
        name: [(str(row.customer), row.due_spoken, row.overdue_spoken, row.text) for row in rows]
        for name in SHAPE
        for rows in [getattr(today, name)]
    }


def everything(partner):
    return [
        list(rows.order_by("pk").values())
        for rows in (partner.customers, partner.followups, partner.interactions, partner.phones)
    ]


def test_it_is_refused_where_nobody_asked_for_a_demo():
    with pytest.raises(CommandError, match="Set DEMO=1"):
        call_command("load_demo")

    assert not User.objects.exists()


def test_it_is_loaded_elsewhere_when_somebody_really_means_it():
    with as_app():
        call_command("load_demo", yes_really=True, verbosity=0)

    assert Partner.objects.count() == 2


def test_two_partners_and_a_clerk_can_sign_in(demo):
    people = {user.email: user for user in User.objects.all()}

    assert all(user.check_password(PASSWORD) for user in people.values())
    assert people["office@example.org"].is_staff
    assert all(partner.has_accepted_terms for partner in Partner.objects.all())


def test_loading_again_changes_nothing(demo):
    before = everything(demo)

    load()

    assert everything(demo) == before
    assert OutboxMessage.objects.count() == 15


def test_today_has_something_of_everything(demo):
    today = agenda(demo)

    assert [row.due_spoken for row in today.timed] == ["10:00", "18:30"]
    assert len(today.promises) == 3
    assert len(today.care) == 1
    assert today.more_count == 2
    assert [
        (str(row.customer), row.customer.age_on(business.today(demo.zone)))
        for row in today.birthdays
    ] == [("Petra Hahner", 50)]
    assert len(today.coming) >= 5


@pytest.mark.parametrize("days", [1, 3, 40, 500])
def test_on_a_later_day_today_is_still_today(demo, clock, days):
    before = day(demo)

    clock.shift(days * 24 * 60 * 60)
    load()

    assert {name: len(rows) for name, rows in day(demo).items()} == {
        name: len(rows) for name, rows in before.items()
    }
    assert [row[0] for row in day(demo)["birthdays"]] == ["Petra Hahner"]
    assert not demo.interactions.filter(occurred_at__gt=business.now()).exists()


def test_what_has_a_time_is_reminded_of_each_day_anew(demo, clock):
    """At noon the one of this morning is there; the other comes in the evening."""
    reminders = demo.messages.filter(kind="follow-up")
    with as_app():
        planning.plan_due()
    assert reminders.count() == 1

    clock.shift(dt.timedelta(days=1, hours=6, minutes=15))
    load()
    with as_app():
        planning.plan_due()

    assert reminders.count() == 3


def test_what_was_changed_by_hand_keeps_its_date(demo, clock):
    follow_up = demo.followups.get(what="Ob das Gewürzset angekommen ist")
    when = When(business.today(demo.zone), follow_up.due_time.replace(hour=15))
    move(demo, demo.user, follow_up, when)
    petra = demo.customers.get(first_name="Petra")
    demo.customers.filter(pk=petra.pk).update(version=2)

    clock.shift(3 * 24 * 60 * 60)
    load()

    assert demo.followups.get(pk=follow_up.pk).due_at == follow_up.due_at
    assert demo.customers.get(pk=petra.pk).birth_day == petra.birth_day


def test_what_was_removed_by_hand_stays_away(demo, clock):
    bine = demo.customers.get(first_name="Bine")
    demo.customers.filter(pk=bine.pk).update(deleted_at=business.now(), version=2)

    clock.shift(24 * 60 * 60)
    load()

    assert not demo.customers.filter(first_name="Bine").exists()


def test_every_number_is_nobodys_and_every_address_is_an_example(demo):
    for partner in Partner.objects.all():
        for phone in partner.phones.all():
            assert NOBODYS_NUMBER.fullmatch(phone.number), phone.typed
        for email in partner.emails.all():
            assert email.address.endswith(("@example.org", ".example.org"))


def test_the_people_are_as_records_are(demo):
    people = [*anna.PEOPLE, *boris.PEOPLE]
    half_empty = [one for one in people if not (one.last_name and one.phones and one.story)]
    number = demo.phones.get(customer__first_name="Bine").number

    assert len(people) >= 60
    assert len(half_empty) > len(people) / 4
    assert demo.phones.filter(number=number).count() == 2
    assert demo.customers.filter(note__contains="Bitte keine Anrufe").exists()
    assert {one.formality for one in people} == {"du", "sie"}


@pytest.mark.parametrize("circle", [anna.PEOPLE, boris.PEOPLE])
def test_no_two_people_of_a_circle_have_the_same_name(circle):
    names = [(one.first_name, one.last_name) for one in circle]

    assert len(set(names)) == len(names)


def test_searching_finds_people_by_what_was_written_of_them(demo):
    demo_names = [str(found) for found in demo.customers.search("yildiz")]

    assert demo_names == ["Ayşe Yıldız"]
    assert demo.customers.search("0171 3920060").count() == 2
