"""The outbox page in words: three of them, and one sentence where there is something to explain."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation

from partners import sent
from partners.models import MailClass, MailGate, OutboxMessage, Reason
from tests.factories import FollowUpFactory
from tests.partners.stuck import (
    GAVE_UP,
    LONG_AGO,
    NO_ANSWER,
    REFUSED,
    RESTORED,
    TOO_LATE,
    Outcome,
    State,
    html,
    listed,
    rows,
    tried,
    wrote,
)
from tests.personas import MONDAY_NOON


@pytest.mark.parametrize(
    ("fields", "word", "sentence"),
    [
        ({}, "wartet", ""),
        ({"state": State.SENDING}, "wartet", ""),
        (
            {"state": State.SENDING, "handoff_at": MONDAY_NOON},
            "wartet",
            "Sie wird gerade gesendet.",
        ),
        (
            {"reason": Reason.PUT_OFF, "last_code": 451},
            "wartet",
            "Der Mailserver nimmt sie gerade nicht an. Wir versuchen es weiter.",
        ),
        ({"state": State.SENT}, "gesendet", ""),
        (
            {"state": State.SENT, "ambiguous": 1},
            "gesendet",
            "Sie ist vielleicht zweimal angekommen.",
        ),
        (
            REFUSED,
            "braucht dich",
            "Der Mailserver hat sie abgelehnt. Stimmt deine E-Mail-Adresse?",
        ),
        (
            REFUSED | {"last_code": 552},
            "braucht dich",
            "Der Mailserver hat sie abgelehnt, das Postfach ist wohl voll.",
        ),
        (
            REFUSED | {"mail_class": MailClass.TRANSACTIONAL},
            "braucht dich",
            "Der Mailserver hat sie abgelehnt. Stimmt die Adresse?",
        ),
        (
            GAVE_UP,
            "braucht dich",
            "Der Mailserver hat sie auch nach mehreren Versuchen nicht angenommen.",
        ),
        (
            {"state": State.FAILED, "reason": Reason.FAULT},
            "braucht dich",
            "Wir konnten sie nicht schreiben. Das liegt an uns, nicht an dir.",
        ),
        (
            TOO_LATE,
            "braucht dich",
            "Sie konnte nicht rechtzeitig raus. Was anstand, findest du unter „Heute“.",
        ),
        (
            TOO_LATE | {"mail_class": MailClass.SYSTEM},
            "braucht dich",
            "Sie konnte nicht rechtzeitig raus. Wenn du sie noch brauchst, fordere sie bitte neu an.",
        ),
        (
            TOO_LATE | {"mail_class": MailClass.REQUESTED},
            "braucht dich",
            "Sie konnte nicht rechtzeitig raus. Melde dich bitte selbst.",
        ),
        (NO_ANSWER, "braucht dich", "Wir wissen nicht, ob sie angekommen ist."),
        (
            RESTORED | {"ambiguous": 1},
            "braucht dich",
            "Vielleicht ist sie schon angekommen. Unser Server musste auf einen früheren Stand zurück.",
        ),
    ],
)
def test_a_partner_reads_one_word_and_at_most_one_sentence(as_anna, anna, fields, word, sentence):
    wrote(anna, **fields)

    assert listed(as_anna) == [(word, sentence)]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"state": State.SENT},
            "Der Kontakt zum Mailserver brach ab (heute, 08:00), vielleicht ist sie zweimal angekommen.",
        ),
        (
            {"reason": Reason.NO_ANSWER},
            "Der Kontakt zum Mailserver brach ab (heute, 08:00). Wir senden sie noch einmal.",
        ),
        (
            NO_ANSWER,
            "Der Kontakt zum Mailserver brach ab (heute, 08:00). Vielleicht ist sie trotzdem angekommen.",
        ),
    ],
)
def test_a_mail_that_perhaps_came_twice_says_when_contact_broke(
    as_anna, anna, clock, fields, sentence
):
    row = wrote(anna, **{**fields, "ambiguous": 1})
    at_eight = MONDAY_NOON.replace(hour=7, second=3)
    tried(row, Outcome.PUT_OFF, at_eight - dt.timedelta(minutes=2))
    tried(row, Outcome.WORKER_DIED, None)
    tried(row, Outcome.NO_ANSWER, at_eight)
    tried(row, Outcome.WORKER_DIED, at_eight - dt.timedelta(minutes=5))

    assert [row.reason for row in rows(as_anna)] == [sentence]
    assert "in confidence" not in html(as_anna)


@pytest.mark.parametrize(
    ("fields", "asks"),
    [
        (REFUSED, True),
        (REFUSED | {"last_code": 552}, False),
        (REFUSED | {"mail_class": MailClass.REQUESTED}, False),
        (GAVE_UP, False),
    ],
)
def test_who_is_asked_about_their_address_gets_there_with_one_click(as_anna, anna, fields, asks):
    wrote(anna, **fields)

    assert (f'<a href="{reverse("account_email")}">Zur E-Mail-Adresse</a>' in html(as_anna)) is asks


def test_a_reminder_leads_to_what_it_is_about(as_anna, anna):
    follow_up = FollowUpFactory(customer__partner=anna)
    wrote(anna, source_type="follow-up", source_id=str(follow_up.pk))
    assert f'<a href="{follow_up.get_absolute_url()}">' in html(as_anna)

    OutboxMessage.objects.update(source_id="no such thing")
    assert listed(as_anna) == [("wartet", "")]
    assert "/follow-ups/" not in html(as_anna)


def test_the_link_of_one_row_is_not_the_next_ones(as_anna, anna):
    wrote(anna, source_type="follow-up", source_id=str(uuid.uuid4()), **GAVE_UP)
    wrote(anna, **GAVE_UP)

    assert html(as_anna).count("/follow-ups/") == 1


@pytest.mark.parametrize("state", [State.CANCELLED, State.SKIPPED])
def test_what_was_not_needed_is_not_told(as_anna, anna, state):
    wrote(anna, state=state)

    assert listed(as_anna) == []


def test_what_needs_you_comes_first_and_then_the_newest(as_anna, anna, clock):
    day = dt.timedelta(days=1)
    noon, last_week = MONDAY_NOON, MONDAY_NOON - 7 * day
    wrote(anna, created_at=noon, due_at=noon + 2 * dt.timedelta(hours=1))
    wrote(anna, created_at=noon - day, due_at=noon - day, state=State.SENT, sent_at=noon - day)
    wrote(anna, created_at=last_week, due_at=last_week, **GAVE_UP)

    assert [row.when_spoken for row in rows(as_anna)] == [
        "16. November, 12:00",
        "heute, 14:00",
        "gestern, 12:00",
    ]
    assert {row.kind_label for row in rows(as_anna)} == {"Morgenmail"}


@pytest.mark.parametrize("fields", [GAVE_UP, {"reason": Reason.NO_IMPRINT}])
def test_what_needs_you_is_never_on_a_later_page(as_anna, anna, fields):
    wrote(anna, created_at=LONG_AGO, **fields)
    for _number in range(50):
        wrote(anna)

    assert "braucht dich" in {row.status_word for row in rows(as_anna)}


def test_what_was_sent_today_says_the_time_without_seconds(as_anna, anna, clock):
    wrote(anna, state=State.SENT, sent_at=MONDAY_NOON.replace(hour=7, second=3))

    assert [row.when_spoken for row in rows(as_anna)] == ["heute, 08:00"]


def test_fifty_fit_on_a_page_and_the_count_is_of_all(as_anna, anna):
    for _number in range(51):
        wrote(anna, **GAVE_UP)

    assert [len(rows(as_anna, page=number)) for number in (1, 2)] == [50, 1]
    assert "51 brauchen dich" in html(as_anna)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number(as_anna, anna, count, django_assert_num_queries):
    for _number in range(count):
        wrote(anna, **NO_ANSWER)
        wrote(anna)
    html(as_anna)

    with django_assert_num_queries(7 + transaction_statements()):
        html(as_anna)


def transaction_statements() -> int:
    """On PostgreSQL a page is read inside the wall: begin, enter, leave, end."""
    return 4 if connection.vendor == "postgresql" else 0


def test_while_the_mail_server_rests_one_calm_sentence_says_so(as_anna):
    calm = "Der Mailserver nimmt gerade nichts an. Nichts geht verloren, wir versuchen es weiter."
    assert calm not in html(as_anna)

    MailGate.objects.create(
        closed_at=MONDAY_NOON, reason=MailGate.Reason.PASSWORD, said="535 go away"
    )

    assert calm in html(as_anna)
    assert "go away" not in html(as_anna)


def test_the_promise_stands_on_the_page_word_for_word(as_anna, anna):
    anna.user.language = "en"
    anna.user.save()

    assert (
        "A reminder is never lost silently: at any time each one is sent, waiting, or listed with a "
        "reason. It is never sent twice, except when contact to the mail server breaks between "
        "handing over and its answer; then a partner's reminder is sent again and marked, and a "
        "guest's mail is held for your decision."
    ) in html(as_anna)


# --- where the reminder's subject is ---------------------------------------------------------------


@pytest.mark.usefixtures("clock")
def test_the_subject_of_a_reminder_knows_that_it_was_sent(anna, boris):
    about = {"source_type": "follow-up", "source_id": "7"}
    assert reminder_of(anna, about) == ""

    row = wrote(anna, **about)
    wrote(boris, **about, state=State.SENT, sent_at=MONDAY_NOON)
    assert reminder_of(anna, about) == ""

    mine = OutboxMessage.objects.filter(pk=row.pk)
    mine.update(state=State.SENDING, lease_token=uuid.uuid4())
    assert reminder_of(anna, about) == ""

    mine.update(handoff_at=MONDAY_NOON)
    assert reminder_of(anna, about) == "Die Erinnerung wird gerade gesendet."

    mine.update(state=State.SENT, lease_token=None, sent_at=MONDAY_NOON)
    assert reminder_of(anna, about) == "Erinnerung gesendet: heute, 12:00"


def reminder_of(partner, about: dict[str, str]) -> str:
    with translation.override("de"):
        return sent.reminder_of(partner, **about)


def test_the_page_of_a_follow_up_says_when_its_reminder_left(as_anna, anna, clock):
    follow_up = FollowUpFactory(customer__partner=anna)
    assert "Erinnerung gesendet" not in as_anna.get(follow_up.get_absolute_url()).content.decode()

    about = {"source_type": "follow-up", "source_id": str(follow_up.pk)}
    wrote(anna, **about, state=State.SENT, sent_at=MONDAY_NOON.replace(hour=7, second=3))

    page = as_anna.get(follow_up.get_absolute_url()).content.decode()
    assert "Erinnerung gesendet: heute, 08:00" in page
