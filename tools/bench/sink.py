"""A mail server for measuring, in a process of its own: it notes when each mail came.

`python -m tools.bench.sink RECORD PORT PASSWORD [SPOOL]` writes a line for each connection and each
mail. With a spool, a mail is safe on disk before it is accepted, as a relay has to do (RFC 5321
6.1); without one, it is forgotten.
"""

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.harness.environment import ROOT
from tests.harness.processes import Process, free_port, listens
from tests.harness.smtp import ACCEPTED, Mail, MailServer

CONNECTION = "connection"


class Notary(MailServer):
    def __init__(self, record: str, port: str, password: str, spool: str = os.devnull):
        super().__init__()
        self.port, self.password = int(port), password
        self.record = Path(record).open("a", buffering=1)  # noqa: SIM115 - as long as we live
        self.spool = os.open(spool, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self.is_safe = spool == os.devnull

    def note(self, what: str) -> None:
        self.record.write(f"{time.time():.3f} {what}\n")

    async def reply(self, stage, server) -> str:
        if stage == "CONNECT":
            self.note(CONNECTION)
        return ACCEPTED

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        os.write(self.spool, envelope.content)
        if not self.is_safe:
            os.fsync(self.spool)
        self.note(Mail(envelope.mail_from, [], envelope.content).message_id)
        return ACCEPTED


@dataclass
class Arrivals:
    """What came from some moment on."""

    connections: int = 0
    times: list[float] = field(default_factory=list)
    mails: Counter[str] = field(default_factory=Counter)

    @property
    def doubles(self) -> int:
        return self.mails.total() - len(self.mails)


class Sink:
    """That process, and what it noted."""

    password = "for measuring alone"  # noqa: S105

    def __init__(self, home: Path, *, keeps: bool):
        name = "keeping" if keeps else "forgetting"
        self.record, self.port = home / f"{name}-arrivals", free_port()
        self.record.touch()
        words = [str(self.record), str(self.port), self.password]
        words += [str(home / "spool")] if keeps else []
        command = [sys.executable, "-m", __name__, *words]
        self.process = Process(command, log=home / f"{name}-sink.log", cwd=ROOT)

    @property
    def url(self) -> str:
        return f"smtp://crm:{self.password.replace(' ', '%20')}@127.0.0.1:{self.port}"

    def arrivals(self, since: float = 0) -> Arrivals:
        found = Arrivals()
        for line in self.record.read_text().splitlines():
            moment, what = line.split(" ", 1)
            if float(moment) < since:
                continue
            if what == CONNECTION:
                found.connections += 1
            else:
                found.times.append(float(moment))
                found.mails[what] += 1
        return found


@contextmanager
def sink(home: Path, *, keeps: bool) -> Iterator[Sink]:
    server = Sink(home, keeps=keeps)
    try:
        server.process.wait_until(lambda: listens(server.port))
        yield server
    finally:
        server.process.stop()


if __name__ == "__main__":
    with Notary(*sys.argv[1:]):
        signal.sigwait({signal.SIGTERM, signal.SIGINT})
