"""A mail as it goes over the wire."""

import dataclasses
import re
from email.utils import formataddr, parseaddr
from functools import cache
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import sanitize_address

from partners.models import MailClass, OutboxMessage
from partners.outbox.registry import Mail

A_DOT_AT_THE_START = re.compile(rb"^\.", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Letter:
    """Envelope and bytes, the final dot included; `email` for where mails do not travel."""

    sender: str
    recipient: str
    content: bytes
    email: EmailMultiAlternatives


def as_letter(mail: Mail, row: OutboxMessage) -> Letter:
    """The mail and its envelope; ValueError for what no header may hold."""
    if not mail.to.rpartition("@")[0].isascii() or not mail.to:
        raise ValueError("an address no envelope can hold")
    email = as_email(mail, row)
    message: Any = email.message()
    content = message.as_bytes(linesep="\r\n")
    return Letter(
        sender=envelope_sender(settings.DEFAULT_FROM_EMAIL),
        recipient=sanitize_address(mail.to, "utf-8"),
        content=A_DOT_AT_THE_START.sub(b"..", content).rstrip(b"\r\n") + b"\r\n.\r\n",
        email=email,
    )


@cache
def envelope_sender(address: str) -> str:
    return sanitize_address(parseaddr(address)[1], "utf-8")


def as_email(mail: Mail, row: OutboxMessage) -> EmailMultiAlternatives:
    _, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    headers = {"Message-ID": row.message_id, "X-CRM-Ref": str(row.pk), **mail.headers}
    if row.mail_class != MailClass.TRANSACTIONAL:
        headers["Auto-Submitted"] = "auto-generated"
    email = EmailMultiAlternatives(
        subject=" ".join(mail.subject.split()),
        body=mail.text,
        from_email=formataddr((mail.sender_name, address)),
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers,
    )
    if mail.html:
        email.attach_alternative(mail.html, "text/html")
    return email
