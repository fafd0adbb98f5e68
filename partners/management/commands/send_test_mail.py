"""Send one mail past the outbox, to find out what the mail server says."""

import smtplib
import socket
import ssl

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.management.base import BaseCommand, CommandError

SHAPE = "smtp+tls://user:password@host:587"

# What an error means and which setting to look at; the more particular ones come first.
ADVICE = [
    (
        smtplib.SMTPAuthenticationError,
        "{server} answered {said}: user or password in EMAIL_URL is wrong.",
    ),
    (
        smtplib.SMTPSenderRefused,
        "{server} answered {said}: it takes no mail from {sender}; set DEFAULT_FROM_EMAIL.",
    ),
    (
        smtplib.SMTPRecipientsRefused,
        (
            "{server} answered {said}: it does not take mail for this address; check it, or whether"
            " EMAIL_URL needs a user and a password."
        ),
    ),
    (
        smtplib.SMTPNotSupportedError,
        (
            "{server} does not offer what EMAIL_URL asks for ({said}): try smtp+ssl://…:465, or"
            " smtp:// inside a trusted network."
        ),
    ),
    (
        smtplib.SMTPServerDisconnected,
        (
            "{server} hung up ({said}): perhaps it expects TLS at once; try smtp+ssl://…:465 in"
            " EMAIL_URL."
        ),
    ),
    (
        smtplib.SMTPException,
        "{server} answered {said}: ask whoever runs it, this is not about our settings.",
    ),
    (
        socket.gaierror,
        "No server is called {host!r}: check the host name in EMAIL_URL.",
    ),
    (
        ssl.SSLError,
        (
            "{server} does not speak TLS as expected ({said}): use smtp+ssl:// for port 465 and"
            " smtp+tls:// for port 587 in EMAIL_URL."
        ),
    ),
    (
        ConnectionRefusedError,
        "{server} refuses the connection: check the port in EMAIL_URL, and whether it runs.",
    ),
    (
        TimeoutError,
        "{server} does not answer: check the port in EMAIL_URL, and whether a firewall blocks it.",
    ),
    (OSError, "{server} cannot be reached ({said}): check EMAIL_URL and the network."),
    (ValueError, "This mail cannot be sent: {said}."),
]


class Command(BaseCommand):
    help = "Send a test mail and say in one sentence what the mail server answered."

    def add_arguments(self, parser):
        parser.add_argument("address")

    def handle(self, *, address, **options):
        mail = EmailMessage(
            "A test mail from Kundenkreis",
            "If this can be read, the mail server is set up well.\n",
            settings.DEFAULT_FROM_EMAIL,
            [address],
            connection=get_connection(),
        )
        try:
            mail.send()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise CommandError(advice(error)) from None
        if settings.EMAIL_URL:
            self.stdout.write(f"{server()} took the mail to {address}; look into that mailbox.")
        else:
            self.stdout.write(
                f"EMAIL_URL is not set, so the mail was kept in {settings.MAIL_DIR};"
                f" set EMAIL_URL={SHAPE} to really send."
            )


def server() -> str:
    return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"


def advice(error: Exception) -> str:
    sentence = next(sentence for kind, sentence in ADVICE if isinstance(error, kind))
    return sentence.format(
        server=server(),
        host=settings.EMAIL_HOST,
        sender=settings.DEFAULT_FROM_EMAIL,
        said=said(error),
    )


def said(error: Exception) -> str:
    """The server's own words, or the error's."""
    code: int
    reply: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, reply = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, reply = error.smtp_code, error.smtp_error
    else:
        return str(error)
    text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    return f"{code} {' '.join(text.split())}"
