"""The mailbox of a try-out: every mail that was handed over, for whoever has no mail server."""

import uuid

import pytest
from django.core.mail import EmailMultiAlternatives
from django.urls import NoReverseMatch, include, path, reverse

from partners import outbox
from tests.harness.roles import as_app

urlpatterns = [
    path("", include("mlmcrm.urls")),
    path("", include("partners.mailbox_urls")),
]
with_mailbox = pytest.mark.urls(__name__)


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


@with_mailbox
def test_a_mail_names_the_files_that_hang_on_it(client, kept, settings):
    kept("Ohne")
    message = EmailMultiAlternatives("Mit", "Bis bald!", to=["neu@example.org"])
    message.attach_alternative("<p>Bis bald!</p>", "text/html")
    message.attach("termin.ics", "BEGIN:VCALENDAR", "text/calendar")
    message.send()

    having, without = client.get(reverse("mailbox")).context["mails"]

    assert "Im Anhang: termin.ics" in client.get(having.url).content.decode()
    assert "Im Anhang" not in client.get(without.url).content.decode()
