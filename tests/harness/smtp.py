"""A real SMTP conversation with a server that remembers each mail and can be told to misbehave."""

import logging
import re
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.harness.processes import free_port, poll

LINK = re.compile(r"https?://[^\s<>\"']+")
logging.getLogger("mail.log").setLevel(logging.ERROR)  # it tells every step of every talk
ACCEPTED = "250 2.0.0 accepted"
NO_LOGIN = "530 5.7.0 authentication required"
DROPPED = "drop the connection instead of answering"


@dataclass(frozen=True)
class Mail:
    """One mail as the server accepted it: the envelope and the bytes."""

    sender: str
    recipients: list[str]
    content: bytes
    message: EmailMessage = field(repr=False)

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    def body(self, kind: str = "plain") -> str:
        part = self.message.get_body(preferencelist=(kind,))
        return part.get_content() if part else ""

    @property
    def text(self) -> str:
        return self.body("plain")

    @property
    def html(self) -> str:
        return self.body("html")

    @property
    def links(self) -> list[str]:
        return LINK.findall(self.text)


class MailServer:
    """An SMTP server on 127.0.0.1.

    `answer("RCPT", "550 5.1.1 unknown", times=2)` makes the next two RCPT commands fail; the stages
    are MAIL, RCPT and DATA (the answer after the final dot). `DROPPED` as an answer closes the
    connection: after DATA that is a mail taken whose reply was lost.
    """

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.password = secrets.token_urlsafe(16)
        self.port = free_port()
        self.answers: dict[str, deque[str]] = {"MAIL": deque(), "RCPT": deque(), "DATA": deque()}
        self.controller: Controller | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"smtp://crm:{self.password}@127.0.0.1:{self.port}"

    def start(self) -> None:
        self.controller = Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            authenticator=self._check,
            auth_require_tls=False,
        )
        self.controller.start()

    def stop(self) -> None:
        if self.controller:
            self.controller.stop()
            self.controller = None

    def answer(self, stage: str, reply: str, *, times: int = 1) -> None:
        self.answers[stage].extend([reply] * times)

    def to(self, address: str) -> list[Mail]:
        return [mail for mail in self.mails if address in mail.recipients]

    def wait_for(
        self, address: str, wanted: Callable[[Mail], Any] = bool, *, seconds: float = 60
    ) -> Mail:
        """Return the first mail to this address that is wanted, as soon as it is here."""
        found = poll(
            lambda: [mail for mail in self.to(address) if wanted(mail)],
            seconds=seconds,
            what=f"a mail to {address}; there are {[mail.subject for mail in self.mails]}",
        )
        return found[0]

    # --- what aiosmtpd calls -----------------------------------------------------------------

    def _check(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        good = isinstance(data, LoginPassword) and data.password == self.password.encode()
        return AuthResult(success=good, handled=False)

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:  # noqa: N802
        reply = self._reply("MAIL", server) if session.authenticated else NO_LOGIN
        if reply.startswith("250"):
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return reply

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802
        reply = self._reply("RCPT", server)
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
            envelope.rcpt_options.extend(options)
        return reply

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        lost = DROPPED in list(self.answers["DATA"])[:1]
        reply = self._reply("DATA", server)
        if lost or reply.startswith("250"):
            message = message_from_bytes(envelope.content, policy=policy.default)
            self.mails.append(
                Mail(
                    sender=envelope.mail_from,
                    recipients=list(envelope.rcpt_tos),
                    content=envelope.content,
                    message=message,
                )
            )
        return reply

    def _reply(self, stage: str, server: SMTP) -> str:
        reply = self.answers[stage].popleft() if self.answers[stage] else ACCEPTED
        if reply == DROPPED:
            server.transport.abort()
        return reply
