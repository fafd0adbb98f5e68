"""Two taps, two devices, an undo: from the mail nothing happens twice, and nothing else comes back."""

import datetime as dt
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from customers import actions
from customers.models import FollowUp
from customers.when import When
from tests.customers.links_in_mail import TODAY, days, link_to, now, tap, undo, words
from tests.factories import CustomerFactory, FollowUpFactory, InteractionFactory
from tests.harness.roles import AppClient

pytestmark = pytest.mark.usefixtures("english", "clock")


@pytest.fixture
def petra(anna):
    return CustomerFactory(partner=anna, first_name="Petra", last_name="Müller")


@pytest.fixture
def promised(petra) -> FollowUp:
    """A call promised for today at three."""
    return FollowUpFactory(customer=petra, what="The cream", due=TODAY, due_time=dt.time(15))


@pytest.fixture
def link(promised):
    return link_to(promised)


# --- twice ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("note", ["", "Not at home"])
@pytest.mark.parametrize("button", ["done", "+1"])
def test_a_double_tap_acts_once_and_lands_on_the_same_page(client, anna, link, button, note):
    first = tap(client, link, button, note)
    count = anna.changes.count()

    second = tap(client, link, button, note)

    assert (second.status_code, second.url) == (HTTPStatus.SEE_OTHER, first.url)
    assert anna.changes.count() == count
    assert anna.interactions.count() == bool(note)


def test_a_double_tap_on_undo_lands_on_the_same_page(client, anna, link):
    shown = tap(client, link, "+1").url
    first = undo(client, shown)

    assert undo(client, shown).url == first.url
    assert anna.changes.count() == 2


@pytest.mark.parametrize("button", ["done", "+1"])
def test_a_second_device_sees_the_state_as_it_is(client, promised, link, button, clock):
    tap(client, link, button)
    clock.shift(61)
    before = now(promised).version

    for late in ("done", "+3"):
        response = tap(AppClient(), link, late, "A note")
        assert response.status_code == HTTPStatus.GONE
        assert not response.has_header("Location")
    assert now(promised).version == before


def test_reloading_the_answer_changes_nothing(client, anna, link):
    shown = tap(client, link, "+1").url

    pages = [words(client.get(shown)) for _time in range(2)]

    assert pages[0] == pages[1]
    assert anna.changes.count() == 1


def test_a_link_two_schedules_old_gets_no_new_one(client, anna, promised, link):
    """Revoked is revoked, also within the minute in which a second tap is forgiven."""
    for count in (1, 2):
        stored = now(promised)
        actions.move(anna, anna.user, stored, When(days(count)))

    assert tap(client, link, "+1").status_code == HTTPStatus.GONE


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_devices_at_the_same_moment_move_it_once(anna, promised, link):
    with ThreadPoolExecutor(2) as devices:
        with transaction.atomic():
            FollowUp.unscoped.select_for_update().get(pk=promised.pk)
            answers = [devices.submit(tap_and_part, link) for _device in range(2)]
            wait_until_two_wait()
        first, second = (answer.result() for answer in answers)

    assert (first.status_code, first.url) == (HTTPStatus.SEE_OTHER, second.url)
    assert (now(promised).due_on, anna.changes.count()) == (days(1), 1)


def tap_and_part(link: str):
    assert threading.current_thread() is not threading.main_thread()
    try:
        return tap(AppClient(), link, "+1")
    finally:
        connection.close()


def wait_until_two_wait() -> None:
    for _try in range(500):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() == (2,):
                return
        time.sleep(0.01)
    raise AssertionError("nobody waits for the follow-up")


@pytest.mark.postgresql
def test_the_customer_is_locked_before_the_follow_up(client, link):
    """In the order of those who log a talk or delete somebody, so that nobody waits in a circle."""
    with CaptureQueriesContext(connection) as captured:
        tap(client, link, "done", "A note")

    locks = [query["sql"] for query in captured if "FOR UPDATE" in query["sql"]]
    tables = [sql.rpartition("FOR UPDATE OF ")[2] for sql in locks]
    assert tables[:2] == ['"customers_customer"', '"customers_followup"']


@pytest.mark.sqlite
def test_looking_takes_no_lock(client, link):
    with CaptureQueriesContext(connection) as captured:
        client.get(link)

    assert not [query for query in captured if "SAVEPOINT" in query["sql"]]


# --- what Undo takes back, and what not ------------------------------------------------------------


def test_undo_takes_back_no_other_act(client, anna, petra, promised, link):
    """Neither one on another follow-up, nor one on this and more, nor the promise itself."""
    user = anna.user
    other = FollowUpFactory(customer=petra, due=TODAY)
    made = FollowUp(customer=petra)
    acts = [
        actions.move(anna, user, now(other), When(days(3))),
        actions.promise(anna, user, made, When(TODAY)),
        actions.spread(anna, user, [(now(promised), days(1)), (now(other), days(1))]),
        actions.log(
            anna,
            user,
            InteractionFactory.build(customer=petra),
            settles=[now(promised), now(other)],
        ),
    ]
    before = anna.changes.count()

    for follow_up in (promised, made):
        for act in acts:
            client.post(link_to(now(follow_up)), {"undo": str(act.id)})

    assert anna.changes.count() == before
    assert now(made).is_open


@pytest.mark.parametrize(
    "act", ["", "x", "\x00", "00000000-0000-0000-0000-000000000000", "💥" * 999]
)
def test_an_act_that_is_none_is_not_spoken_of(client, promised, link, act):
    shown = tap(client, link, "+1").url.partition("?")[0]

    assert b'name="undo"' not in client.get(shown, {"act": act}).content
    client.post(shown, {"undo": act})
    assert now(promised).due_on == days(1)


def test_a_used_link_takes_nothing_back(client, promised, link, clock):
    moved = tap(client, link, "+1").url
    done = tap(client, moved, "done").url
    clock.shift(61)

    for act in (shown.partition("?act=")[2] for shown in (moved, done)):
        for answer in (client.get(f"{link}?act={act}"), undo(client, f"{link}?act={act}")):
            assert answer.status_code == HTTPStatus.GONE
    assert (now(promised).state, now(promised).due_on) == ("done", days(1))


def test_an_undo_is_not_undone(client, promised, link):
    back = undo(client, tap(client, link, "done").url)

    undo(client, back.url)

    assert now(promised).is_open


def test_what_came_after_the_act_is_not_covered_by_its_undo(client, anna, promised, link):
    shown = tap(client, link, "+1").url
    actions.close(anna, anna.user, now(promised), "done")

    assert undo(client, shown).status_code == HTTPStatus.GONE
    assert now(promised).state == "done"
    assert b"Done. Nice." not in client.get(shown).content


def test_undo_of_a_note_that_was_amended_keeps_the_note(client, anna, promised, link):
    shown = tap(client, link, "done", "Not at home").url
    actions.amend(anna, anna.user, anna.interactions.get(), text="At home after all")

    undo(client, shown)

    assert now(promised).is_open
    assert anna.interactions.get().text == "At home after all"
