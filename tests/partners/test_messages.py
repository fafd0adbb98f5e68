"""The outbox page: three words, one sentence, one button; and the mailbox of a try-out."""

import datetime as dt
import uuid

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.urls import NoReverseMatch, include, path, reverse
from django.utils import timezone

from partners import outbox
from partners.models import OutboxMessage
from tests.harness.roles import as_app

State = OutboxMessage.State
FINAL = {"last_code": 550, "last_error": "5.1.1 user unknown"}

urlpatterns = [
    path("", include("mlmcrm.urls")),
    path("", include("partners.mailbox_urls")),
]
with_mailbox = pytest.mark.urls(__name__)


def wrote(partner, **fields) -> OutboxMessage:
    row = outbox.message("digest", key=str(uuid.uuid4()), recipient=partner.user)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return row


def listed(client) -> list[tuple[str, str]]:
    rows = client.get(reverse("message-list")).context["rows"]
    return [(row.status_word, row.reason) for row in rows]


@pytest.mark.parametrize(
    ("fields", "word", "reason"),
    [
        ({}, "wartet", ""),
        ({"state": State.SENT}, "gesendet", ""),
        (
            {"state": State.SENT, "ambiguous": 1},
            "gesendet",
            "Sie ist vielleicht zweimal angekommen.",
        ),
        (
            {"last_code": 451, "last_error": "greylisted"},
            "wartet",
            "Der Mailserver nimmt sie gerade nicht an. Wir versuchen es weiter.",
        ),
        (
            {"state": State.FAILED, **FINAL},
            "braucht dich",
            "Der Mailserver hat sie abgelehnt. Stimmt deine E-Mail-Adresse?",
        ),
        (
            {"state": State.FAILED, "last_code": 451},
            "braucht dich",
            "Der Mailserver hat sie auch nach mehreren Versuchen nicht angenommen.",
        ),
        (
            {"state": State.FAILED},
            "braucht dich",
            "Sie ließ sich nicht senden, auch nach mehreren Versuchen nicht.",
        ),
        (
            {"state": State.EXPIRED},
            "braucht dich",
            "Sie konnte nicht rechtzeitig raus. Was anstand, steht auf Heute.",
        ),
        (
            {"state": State.UNKNOWN},
            "braucht dich",
            "Wir wissen nicht, ob sie angekommen ist. Schau bitte in dein Postfach.",
        ),
    ],
)
def test_a_partner_reads_one_word_and_at_most_one_sentence(as_anna, anna, fields, word, reason):
    wrote(anna, **fields)

    assert listed(as_anna) == [(word, reason)]


@pytest.mark.parametrize("state", [State.CANCELLED, State.SKIPPED])
def test_what_was_not_needed_is_not_told(as_anna, anna, state):
    wrote(anna, state=state)

    assert listed(as_anna) == []


def test_the_newest_comes_first_and_is_dated_as_spoken(as_anna, anna, clock):
    now = timezone.now()
    wrote(anna, created_at=now - dt.timedelta(days=1), due_at=now - dt.timedelta(days=1, hours=4))
    wrote(anna, state=State.SENT, sent_at=now)

    rows = as_anna.get(reverse("message-list")).context["rows"]

    assert [row.when_spoken for row in rows] == ["heute, 12:00", "gestern, 08:00"]
    assert {row.kind_label for row in rows} == {"Morgenmail"}


def test_fifty_fit_on_a_page(as_anna, anna):
    for _number in range(51):
        wrote(anna)

    pages = [as_anna.get(reverse("message-list"), {"page": n}).context["rows"] for n in (1, 2)]

    assert [len(rows) for rows in pages] == [50, 1]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number(as_anna, anna, count, django_assert_num_queries):
    for _number in range(count):
        wrote(anna)
    as_anna.get(reverse("message-list"))

    with django_assert_num_queries(4 + transaction_statements()):
        as_anna.get(reverse("message-list"))


def transaction_statements() -> int:
    """On PostgreSQL a page is read inside the wall: begin, enter, leave, end."""
    return 4 if connection.vendor == "postgresql" else 0


def test_nobody_sees_or_sends_anothers_messages(as_boris, anna):
    row = wrote(anna, state=State.FAILED)

    assert listed(as_boris) == []
    assert as_boris.post(reverse("message-again", args=[row.pk])).status_code == 404
    assert as_boris.post(reverse("message-again", args=[uuid.uuid4()])).status_code == 404
    row.refresh_from_db()
    assert row.state == State.FAILED


def test_send_it_again_starts_afresh(as_anna, anna):
    row = wrote(anna, state=State.FAILED, attempts=6, **FINAL)
    assert "Nochmal senden" in as_anna.get(reverse("message-list")).content.decode()

    for _click in range(2):
        assert as_anna.post(reverse("message-again", args=[row.pk])).status_code == 302

    row.refresh_from_db()
    assert (row.state, row.attempts, row.last_code, row.last_error) == (State.PENDING, 0, None, "")


@pytest.mark.parametrize(
    "fields",
    [
        {"state": State.SENT},
        {"state": State.PENDING, "attempts": 3},
        {"state": State.EXPIRED},
        {"state": State.FAILED, "expires_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)},
    ],
)
def test_what_cannot_be_sent_again_stays(as_anna, anna, fields):
    row = wrote(anna, **fields)
    assert "Nochmal senden" not in as_anna.get(reverse("message-list")).content.decode()

    as_anna.post(reverse("message-again", args=[row.pk]))

    before = (row.state, row.attempts)
    row.refresh_from_db()
    assert (row.state, row.attempts) == before


def test_more_leads_to_everything(as_anna):
    page = as_anna.get(reverse("more")).content.decode()

    for name in ("settings", "digest-preview", "message-list"):
        assert reverse(name) in page


# --- the mailbox -----------------------------------------------------------------------------


@pytest.fixture
def kept(settings, tmp_path):
    settings.EMAIL_BACKEND = "partners.mailbox.MailboxBackend"
    settings.MAIL_DIR = tmp_path / "mail"

    def keep(
        subject="Willkommen", html="<p>Zum <a href='http://testserver/welcome/x/'>Link</a></p>"
    ):
        message = EmailMultiAlternatives(
            subject, "Text: http://testserver/welcome/x/", to=["neu@example.org"]
        )
        if html:
            message.attach_alternative(
                f"<html><head></head><body>{html}</body></html>", "text/html"
            )
        message.send()

    return keep


def test_in_production_there_is_no_mailbox(as_anna):
    with pytest.raises(NoReverseMatch):
        reverse("mailbox")
    assert as_anna.get("/mailbox/").status_code == 404


@with_mailbox
def test_whoever_has_no_password_yet_can_read_the_invitation(client, kept):
    kept("Älteres")
    kept("Willkommen")

    page = client.get(reverse("mailbox"))
    mails = page.context["mails"]
    assert [(mail.subject, mail.to) for mail in mails] == [
        ("Willkommen", "neu@example.org"),
        ("Älteres", "neu@example.org"),
    ]
    one = client.get(mails[0].url).content.decode()
    assert 'href="http://testserver/welcome/x/"' in one
    body = client.get(mails[0].frame_url)
    assert b'<base target="_top">' in body.content
    assert "sandbox" in body.headers["Content-Security-Policy"]
    assert "script" not in body.headers["Content-Security-Policy"]


@with_mailbox
def test_a_mail_without_html_shows_its_text(client, kept):
    kept(html="")
    (mail,) = client.get(reverse("mailbox")).context["mails"]

    assert mail.frame_url == ""
    assert client.get(reverse("mailbox-body", args=[mail.pk])).status_code == 404
    assert "Text:" in client.get(mail.url).content.decode()


@with_mailbox
def test_an_unknown_mail_and_an_empty_box_are_no_trouble(client, kept):
    assert client.get(reverse("mailbox")).status_code == 200
    assert client.get(reverse("mailbox-mail", args=[uuid.uuid4()])).status_code == 404


def test_a_delivered_message_lands_in_the_box(anna, kept, settings):
    outbox.write([outbox.message("digest-now", key="now", recipient=anna.user)])

    with as_app():
        outbox.deliver_due()

    assert len(list(settings.MAIL_DIR.glob("*.eml"))) == 1
