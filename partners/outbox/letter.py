"""A mail as it goes over the wire."""

import base64
import binascii
import dataclasses
import re
from email.utils import formataddr, formatdate, parseaddr
from functools import cache
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import SafeMIMEMultipart, sanitize_address

from partners.models import MailClass, OutboxMessage
from partners.outbox.registry import Mail

LONGEST_LINE = 998  # RFC 5322 2.1.1
LINE_END = re.compile(r"\r\n?|\n")


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
    content = wire(email, f"={row.pk.hex}=").replace(b"\r\n.", b"\r\n..")
    return Letter(
        sender=envelope_sender(settings.DEFAULT_FROM_EMAIL),
        recipient=sanitize_address(mail.to, "utf-8"),
        content=content + b".\r\n",
        email=email,
    )


def wire(email: EmailMultiAlternatives, mark: str) -> bytes:
    """The mail in bytes. Django checks and writes the headers; Python's own generator of parts is slow."""
    head: Any = SafeMIMEMultipart("alternative", mark, encoding="utf-8")
    head["Subject"], head["From"], head["To"] = email.subject, email.from_email, email.to[0]
    if email.reply_to:
        head["Reply-To"] = email.reply_to[0]
    head["Date"] = formatdate()
    for name, value in email.extra_headers.items():
        head[name] = value
    parts = [
        part("text/plain", email.body),
        *(part(kind, html) for html, kind in email.alternatives),
    ]
    if email.attachments:
        inner = f"={mark}"
        kind = f'\nContent-Type: multipart/alternative; boundary="{inner}"\n'
        files = [file(*one) for one in email.attachments]
        parts = [wire_lines(kind) + bordered(parts, inner), *files]
        head.replace_header("Content-Type", f'multipart/mixed; boundary="{mark}"')
    top = wire_lines("\n".join(f"{name}: {value}" for name, value in head.items()))
    return top + bordered(parts, mark)


def bordered(parts: list[bytes], mark: str) -> bytes:
    border = f"\r\n--{mark}".encode()
    return b"".join([*(border + one for one in parts), border, b"--\r\n"])


def part(kind: str, text: Any) -> bytes:
    """As it is, unless a line is too long to travel."""
    body, coding = wire_lines(text), "8bit"
    if max(map(len, body.split(b"\r\n"))) > LONGEST_LINE:
        body, coding = binascii.b2a_qp(body, istext=True), "quoted-printable"
    head = f"\nContent-Type: {kind}; charset=utf-8\nContent-Transfer-Encoding: {coding}\n"
    return wire_lines(head) + body


def file(name: str, content: Any, kind: str) -> bytes:
    """What is kept as a file, for readers whose mail program knows no calendar."""
    head = (
        f'\nContent-Type: {kind}; name="{name}"\nContent-Transfer-Encoding: base64\n'
        f'Content-Disposition: attachment; filename="{name}"\n'
    )
    return wire_lines(head) + wire_lines(base64.encodebytes(content.encode()).decode())


def wire_lines(text: str) -> bytes:
    return LINE_END.sub("\r\n", f"{text}\n").encode()


@cache
def envelope_sender(address: str) -> str:
    return sanitize_address(parseaddr(address)[1], "utf-8")


def as_email(mail: Mail, row: OutboxMessage) -> EmailMultiAlternatives:
    _, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    headers = {"Message-ID": row.message_id, "X-CRM-Ref": str(row.pk), **mail.headers}
    if row.mail_class != MailClass.TRANSACTIONAL and not mail.is_by_hand:
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
    for entry in mail.entries:
        email.attach_alternative(entry.content, f"text/calendar; method={entry.method}")
        email.attach(entry.name, entry.content, "application/ics")
    return email
