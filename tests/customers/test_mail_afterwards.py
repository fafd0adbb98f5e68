"""A mail that was written: stopped while it waits, told of in the story, cheap to show."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.customers.mails import deliver, person, says_yes, with_imprint, written
from tests.customers.pages import toasts
from tests.customers.test_mail_personal import AT_NIGHT, typed, write_url
from tests.harness.queries import costs

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def clara(anna):
    return person(with_imprint(anna))


# --- taken back ----------------------------------------------------------------------------------


def test_what_waits_can_be_stopped_and_let_go_again(as_anna, clara, mailoutbox, clock):
    says_yes(clara)
    clock.shift(AT_NIGHT)
    mail = written(clara)
    page = reverse("mail-detail", args=[mail.pk])
    assert reverse("mail-stop", args=[mail.pk]) in as_anna.get(page).content.decode()

    response = as_anna.post(reverse("mail-stop", args=[mail.pk]))

    assert toasts(response) == ["Sie bleibt hier."]
    clock.shift(dt.timedelta(hours=12))
    assert deliver() == 0
    assert as_anna.get(page).status_code == 404


def test_what_has_left_cannot_be_stopped(as_anna, clara, mailoutbox):
    says_yes(clara)
    mail = written(clara)
    deliver()

    as_anna.post(reverse("mail-stop", args=[mail.pk]))

    page = as_anna.get(reverse("mail-detail", args=[mail.pk])).content.decode()
    assert mail.subject in page
    assert reverse("mail-stop", args=[mail.pk]) not in page


def test_undo_right_after_sending_stops_it_too(as_anna, clara, mailoutbox):
    says_yes(clara)
    response = as_anna.post(write_url(clara), typed())
    [message] = response.wsgi_request._messages._queued_messages

    act = message.extra_tags.removeprefix("undo-")
    as_anna.post(reverse("undo", args=[act]))

    assert deliver() == 0
    assert mailoutbox == []


def test_whoever_lies_in_the_bin_gets_nothing(as_anna, clara, mailoutbox):
    says_yes(clara)
    written(clara)
    as_anna.post(reverse("customer-delete", args=[clara.pk]))

    assert deliver() == 0
    assert mailoutbox == []


# --- afterwards ----------------------------------------------------------------------------------


def test_the_story_tells_of_mails_that_left_and_of_those_that_wait(as_anna, clara, mailoutbox):
    says_yes(clara)
    first = written(clara)
    deliver()
    second = written(clara, "Once more")

    entries = as_anna.get(clara.get_absolute_url()).context["timeline"]

    told = {entry.title: (entry.outcome, entry.href) for entry in entries if "Mail:" in entry.title}
    assert told == {
        "Mail: The lavender is back": ("", reverse("mail-detail", args=[first.pk])),
        "Mail: Once more": ("wartet", reverse("mail-detail", args=[second.pk])),
    }


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_for_any_number_of_mails(as_anna, anna, count, mailoutbox):
    with_imprint(anna)
    for number in range(count):
        reader = person(anna, f"Reader{number}")
        says_yes(reader)
        for _mail in range(count):
            mail = written(reader)
    deliver()

    with costs(7):
        as_anna.get(reader.get_absolute_url())
    with costs(7):
        as_anna.get("/messages/")
    with costs(6):
        as_anna.get(reverse("mail-detail", args=[mail.pk]))
    with costs(12):
        as_anna.get(write_url(reader))
