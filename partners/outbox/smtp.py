"""One connection to the mail server, and what the server's answers mean.

DATA is split by hand, so that the hand-over is committed after the server said it is ready (354)
and before the final dot: only between that dot and the answer may a mail be taken unknown to us.
"""

import re
import smtplib
import time
from typing import Any

from django.conf import settings
from django.core.mail import get_connection

from partners.models import MailGate
from partners.outbox.letter import Letter

OK, FORWARDED, READY, CLOSING, FINAL = 250, 251, 354, 421, 500
TAKEN, REFUSALS = range(200, 300), range(400, 600)  # RFC 5321 4.2.1: the first digit decides
ADDRESS = re.compile(r"(?:\"[^\"]*\"|[^\s<>,;:]+)@[^\s<>,;:]+")
LOST = (OSError, smtplib.SMTPException)
Trouble = MailGate.Reason


class NotNow(Exception):
    """No message can be handed over now; it is no message's fault."""

    def __init__(self, reason: str, code: int | None = None, said: bytes | str = ""):
        super().__init__(reason)
        self.reason, self.code, self.said = reason, code, words(said)


class Refused(Exception):
    """The server answered no to this message: for now (4xx) or for good (5xx)."""

    def __init__(self, code: int, said: bytes | str):
        super().__init__(f"{code}")
        self.code, self.said = code, words(said)

    @property
    def is_final(self) -> bool:
        return self.code >= FINAL


class BrokenOff(Exception):
    """Contact was lost before the hand-over: the message was not taken."""


class NoAnswer(Exception):
    """Contact was lost after the hand-over: the message may have been taken."""


class Lane:
    """One connection: commands are put and answers got, so that several lanes can overlap."""

    def __init__(self) -> None:
        self.backend: Any = get_connection()
        self.taken = 0

    @property
    def line(self) -> Any:
        return getattr(self.backend, "connection", None)

    @property
    def is_smtp(self) -> bool:
        """Otherwise mails are kept, as files or in memory."""
        return isinstance(self.line, smtplib.SMTP)

    def open(self) -> None:
        """Connect and sign in, unless we are; failures concern no message."""
        if self.taken >= settings.OUTBOX["MAILS_PER_CONNECTION"]:
            self.close()
        try:
            self.backend.open()
            if self.is_smtp:
                self.line.ehlo_or_helo_if_needed()
                self.line.sock.settimeout(settings.OUTBOX["COMMAND_TIMEOUT"])
        except (smtplib.SMTPAuthenticationError, UnicodeError) as error:
            raise self.gone(Trouble.PASSWORD, error) from None
        except smtplib.SMTPResponseException as error:
            raise self.gone(Trouble.TURNED_AWAY, error) from None
        except LOST as error:
            raise self.gone(Trouble.UNREACHABLE, error) from None

    def close(self) -> None:
        self.taken = 0
        try:
            self.backend.close()
        except LOST:
            self.backend.connection = None  # it is gone, which is what we wanted

    def drop(self) -> None:
        """Hang up without a word; a mail without its final dot is not taken (RFC 5321 4.1.1.4)."""
        self.taken = 0
        if self.is_smtp:
            self.line.close()
            self.backend.connection = None

    def gone(self, reason: str, error: Exception) -> NotNow:
        self.drop()
        self.close()  # what was opened half way
        said = getattr(error, "smtp_error", None) or str(error)
        return NotNow(reason, getattr(error, "smtp_code", None), said)

    # --- one mail, step by step --------------------------------------------------------------

    def put_sender(self, letter: Letter) -> None:
        options = " body=8bitmime" if self.line.has_extn("8bitmime") else ""
        self.put("mail", f"FROM:{smtplib.quoteaddr(letter.sender)}{options}")

    def get_sender(self, letter: Letter) -> None:
        """The first command also finds out whether a connection that rested is still there."""
        had_rested, code = self.taken > 0, CLOSING
        try:
            code, said = self.reply()
        except LOST as error:
            trouble = self.gone(Trouble.UNREACHABLE, error)
        else:
            if code == OK:
                return
            self.close()
            why = Trouble.TURNED_AWAY if code == CLOSING else Trouble.SENDER
            trouble = NotNow(why, code if code > 0 else None, said)
        if code != CLOSING or not had_rested:
            raise trouble from None
        self.open()
        self.put_sender(letter)
        self.get_sender(letter)

    def put_recipient(self, letter: Letter) -> None:
        self.put("rcpt", f"TO:{smtplib.quoteaddr(letter.recipient)}")

    def get_recipient(self, letter: Letter) -> None:
        self.expect(OK, FORWARDED)

    def put_data(self, letter: Letter) -> None:
        self.put("data")

    def get_data(self, letter: Letter) -> None:
        self.expect(READY)

    def put(self, command: str, argument: str = "") -> None:
        """A line that is gone is noticed when the answer is got."""
        try:
            self.line.putcmd(command, argument)
        except LOST:
            self.line.close()

    def wait_until(self, deadline: float) -> None:
        """All lanes wait at the same time: what came meanwhile is there already."""
        if self.line.sock is not None:
            self.line.sock.settimeout(max(deadline - time.monotonic(), 0.1))

    def reply(self) -> tuple[int, bytes]:
        """smtplib trips over a line that broke while a command was put."""
        if self.line.sock is None:
            raise smtplib.SMTPServerDisconnected("the line is gone")
        return self.line.getreply()

    def expect(self, *wanted: int) -> None:
        try:
            code, said = self.reply()
        except LOST as error:
            self.drop()
            raise BrokenOff(str(error)) from None
        if code in wanted:
            return
        if code not in REFUSALS:
            self.drop()
            raise BrokenOff(f"no answer that makes sense: {code}")
        raise self.refused(code, said)

    def put_content(self, letter: Letter) -> None:
        """The mail and its final dot; for the answer RFC 5321 allows ten minutes."""
        self.taken += 1
        try:
            self.line.sock.settimeout(settings.OUTBOX["DOT_TIMEOUT"])
            self.line.send(letter.content)
        except LOST as error:
            self.drop()
            raise NoAnswer(str(error)) from None

    def get_answer(self) -> None:
        try:
            self.line.sock.settimeout(settings.OUTBOX["COMMAND_TIMEOUT"])
            code, said = self.reply()
        except LOST as error:
            self.drop()
            raise NoAnswer(str(error)) from None
        if code in TAKEN:
            return
        if code not in REFUSALS:
            self.drop()
            raise NoAnswer(f"no answer that makes sense: {code}")
        raise self.refused(code, said)

    def keep(self, letter: Letter) -> None:
        try:
            self.backend.send_messages([letter.email])
        except OSError as error:
            raise NoAnswer(str(error)) from None

    def refused(self, code: int, said: bytes) -> Refused:
        """What the server said; the line begins anew for the next mail."""
        try:
            if code == CLOSING or self.line.rset()[0] != OK:
                self.close()
        except LOST:
            self.drop()
        return Refused(code, said)


def words(said: bytes | str) -> str:
    """What a server said, without the addresses that servers like to quote."""
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return ADDRESS.sub("…", " ".join(text.replace("\0", " ").split()))[:200]


def without(text: str, address: str) -> str:
    """The same without this reader's address, however its parts are quoted."""
    whole, (mailbox, _at, domain) = re.escape(address), map(re.escape, address.rpartition("@"))
    parts = rf"{whole}|(?<!\w){mailbox}(?!\w)|{domain}"
    return re.sub(parts, "…", text, flags=re.IGNORECASE)
