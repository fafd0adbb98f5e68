"""A real SMTP conversation with a server that remembers each mail and can be told to misbehave."""

import asyncio
import logging
import random
import re
import secrets
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.harness.processes import free_port, poll

LINK = re.compile(r"https?://[^\s<>\"']+")
MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
logging.getLogger("mail.log").setLevel(logging.ERROR)  # it tells every step of every talk
ACCEPTED = "250 2.0.0 accepted"
NO_LOGIN = "530 5.7.0 authentication required"
DROPPED = "drop the connection instead of answering"
PUT_OFF = "451 4.3.0 try again later"
REFUSED = "550 5.1.1 unknown"
STAGES = ("CONNECT", "MAIL", "RCPT", "354", "DATA")


@dataclass(frozen=True)
class Mail:
    """One mail as the server accepted it: the envelope and the bytes."""

    sender: str
    recipients: list[str]
    content: bytes

    @cached_property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=policy.default)

    @cached_property
    def message_id(self) -> str:
        """Found without reading the whole mail: there may be thousands."""
        found = MESSAGE_ID.search(self.content)
        return found[1].decode() if found else ""

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


class Barrier:
    """A place in the conversation where the server keeps its answer back, and who stands there."""

    def __init__(self, stage: str, loop: asyncio.AbstractEventLoop, passing: int) -> None:
        self.stage, self.loop, self.passing = stage, loop, passing
        self.arrived = 0
        self.opened = asyncio.Event()

    def wait(self, count: int = 1, *, seconds: float = 30) -> None:
        """Until that many have come here."""
        poll(
            lambda: self.arrived >= count, seconds=seconds, what=f"{count} waiting at {self.stage}"
        )

    def open(self) -> None:
        self.loop.call_soon_threadsafe(self.opened.set)

    async def stand(self) -> None:
        if self.passing:
            self.passing -= 1
            return
        self.arrived += 1
        await self.opened.wait()


class Mood:
    """Chance, with a seed: which share of mails is put off, refused, or taken without an answer."""

    def __init__(self, seed: int, *, put_off: float = 0, refuse: float = 0, lose: float = 0):
        self.dice = random.Random(seed)  # noqa: S311 - no secret
        # Half of the troubles come with the recipient, half after the final dot.
        self.shares = {
            "RCPT": {PUT_OFF: put_off / 2, REFUSED: refuse / 2},
            "DATA": {PUT_OFF: put_off / 2, REFUSED: refuse / 2, DROPPED: lose},
        }

    def __call__(self, stage: str) -> str:
        thrown = self.dice.random()
        for reply, share in self.shares.get(stage, {}).items():
            thrown -= share
            if thrown < 0:
                return reply
        return ACCEPTED


class Conversation(SMTP):
    """One conversation; it also stops where aiosmtpd asks nobody: at its greeting and its 354."""

    event_handler: "MailServer"

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.event_handler.lines.add(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.event_handler.lines.discard(self.transport)
        super().connection_lost(error)

    async def _handle_client(self) -> None:
        try:
            reply = await self.event_handler.reply("CONNECT", self)
        except asyncio.CancelledError:  # whoever called lost patience
            self.transport.close()
            raise
        if reply.startswith("250"):
            await super()._handle_client()

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        reply = await self.event_handler.reply("354", self)
        if reply.startswith("250"):
            await super().smtp_DATA(arg)
        else:
            await self.push(reply)


class Listener(Controller):
    def factory(self) -> SMTP:
        return Conversation(self.handler, **self.SMTP_kwargs)


class MailServer:
    """An SMTP server on 127.0.0.1.

    `answer("RCPT", "550 5.1.1 unknown", times=2)` makes the next two RCPT commands fail; the stages
    are CONNECT (the greeting), MAIL, RCPT, 354 (the go-ahead for the text) and DATA (the answer
    after the final dot). `DROPPED` as an answer closes the connection: after DATA that is a mail
    taken whose reply was lost. `mood` answers what no such order says. With `hold("RCPT")` the
    server is silent there until the test lets it speak. `refuses_password` is what it says.
    """

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.password = secrets.token_urlsafe(16)
        self.port = free_port()
        self.answers: dict[str, deque[str]] = {stage: deque() for stage in STAGES}
        self.mood: Callable[[str], str] = lambda _stage: ACCEPTED
        self.barriers: dict[str, Barrier] = {}
        self.refuses_password = False
        self.logins: Counter[bool] = Counter()  # by whether they were let in
        self.replies: Counter[tuple[str, str]] = Counter()  # by stage and reply
        self.lines: set[asyncio.Transport] = set()  # those who are connected
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
        self.controller = Listener(
            self,
            hostname="127.0.0.1",
            port=self.port,
            authenticator=self._check,
            auth_require_tls=False,
        )
        self.controller.start()

    def stop(self) -> None:
        if self.controller:
            self.controller.loop.call_soon_threadsafe(self._hang_up)
            self.controller.stop()
            self.controller = None

    def _hang_up(self) -> None:
        for line in self.lines:
            line.abort()

    def answer(self, stage: str, reply: str, *, times: int = 1) -> None:
        self.answers[stage].extend([reply] * times)

    @contextmanager
    def hold(self, stage: str, *, passing: int = 0) -> Iterator[Barrier]:
        """Until it is opened, whoever comes to this stage stands there, except the first few."""
        assert self.controller, "start the server first"
        barrier = self.barriers[stage] = Barrier(stage, self.controller.loop, passing)
        try:
            yield barrier
        finally:
            del self.barriers[stage]
            barrier.open()

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
        good = good and not self.refuses_password
        self.logins[good] += 1
        return AuthResult(success=good, handled=False)

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:  # noqa: N802
        reply = await self.reply("MAIL", server) if session.authenticated else NO_LOGIN
        if reply.startswith("250"):
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return reply

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802
        reply = await self.reply("RCPT", server)
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
            envelope.rcpt_options.extend(options)
        return reply

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        reply = self._decide("DATA")
        if reply == DROPPED or reply.startswith("250"):
            mail = Mail(envelope.mail_from, list(envelope.rcpt_tos), envelope.content)
            self.mails.append(mail)
        await self._stand("DATA")
        return self._said(reply, server)

    async def reply(self, stage: str, server: SMTP) -> str:
        """What to say at this stage; an order given while somebody stands here still counts."""
        await self._stand(stage)
        return self._said(self._decide(stage), server)

    async def _stand(self, stage: str) -> None:
        if barrier := self.barriers.get(stage):
            await barrier.stand()

    def _decide(self, stage: str) -> str:
        reply = self.answers[stage].popleft() if self.answers[stage] else self.mood(stage)
        self.replies[stage, reply] += 1
        return reply

    @staticmethod
    def _said(reply: str, server: SMTP) -> str:
        if reply == DROPPED:
            server.transport.abort()
        return reply
