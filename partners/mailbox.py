"""Without a mail server, mails are kept as files and can be read in the app."""

import datetime as dt
import email
import email.policy
import uuid
from collections.abc import Collection
from email.utils import getaddresses
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils import timezone

from partners import clock, spoken
from partners.models import uuid7

SHOWN = 200


class MailboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages):
        settings.MAIL_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            name = uuid7()
            half = settings.MAIL_DIR / f"{name}.part"
            half.write_bytes(message.message().as_bytes())
            half.rename(settings.MAIL_DIR / f"{name}.eml")
        return len(email_messages)


class Kept:
    """One kept mail, as a reader sees it."""

    def __init__(self, file: Path):
        self.pk = uuid.UUID(file.stem)
        self.message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def to(self) -> str:
        return str(self.message["To"])

    @property
    def when_spoken(self) -> str:
        """A UUIDv7 begins with the millisecond in which the mail was kept."""
        kept_at = dt.datetime.fromtimestamp((self.pk.int >> 80) / 1000, dt.UTC)
        local = timezone.localtime(kept_at + settings.CLOCK_SHIFT)
        return spoken.moment(local, timezone.localdate(clock.now()))

    @property
    def url(self) -> str:
        return reverse("mailbox-mail", args=[self.pk])

    @property
    def frame_url(self) -> str:
        return reverse("mailbox-body", args=[self.pk]) if self.html else ""

    @property
    def attached(self) -> str:
        """The names of the files that hang on it."""
        return ", ".join(filter(None, (p.get_filename() for p in self.message.iter_attachments())))

    @cached_property
    def text(self) -> str:
        return self._body("plain")

    @cached_property
    def html(self) -> str:
        return self._body("html")

    def _body(self, kind: str) -> str:
        part = self.message.get_body(preferencelist=(kind,))
        return part.get_content() if part else ""


def kept_mails() -> list[Kept]:
    """The newest mails first."""
    files = sorted(settings.MAIL_DIR.glob("*.eml"), reverse=True)[:SHOWN]
    return [Kept(file) for file in files]


def kept_mail(pk: uuid.UUID) -> Kept | None:
    file = settings.MAIL_DIR / f"{pk}.eml"
    return Kept(file) if file.exists() else None


def forget(addresses: Collection[str]) -> None:
    """Mails to somebody who was erased do not stay behind as files."""
    for file in settings.MAIL_DIR.glob("*.eml") if addresses else ():
        if not addresses_of(file).isdisjoint(addresses):
            file.unlink(missing_ok=True)


def addresses_of(file: Path) -> set[str]:
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    return {address.casefold() for _name, address in getaddresses(message.get_all("To", []))}
