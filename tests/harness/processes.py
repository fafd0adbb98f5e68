"""Child processes with a log, a readiness check and an end: nothing sleeps blindly, nothing stays."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

LOG_LINES = 60


class NotReadyError(AssertionError):
    """What we waited for did not come; the message holds the log."""


def poll(question: Callable[[], T], *, seconds: float, what: str, pause: float = 0.02) -> T:
    """Ask until the answer is truthy and return it; after the deadline fail, naming `what`."""
    deadline = time.monotonic() + seconds
    while not (answer := question()):
        if time.monotonic() > deadline:
            raise NotReadyError(f"not within {seconds} s: {what}")
        time.sleep(pause)
    return answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Process:
    """One child in a session of its own; what it says goes to a file."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        log: Path,
        env: Mapping[str, str] | None = None,
        **options: Any,
    ):
        self.name, self.log = log.stem, log
        with log.open("ab") as output:
            self.child = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=None if env is None else dict(env),
                start_new_session=True,
                **options,
            )

    def __str__(self):
        return f"{self.name} (pid {self.child.pid}, exit {self.child.poll()})\n{self.tail()}"

    def tail(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()[-LOG_LINES:]
        return "\n".join(f"  {self.name} | {line}" for line in lines)

    def wait_until(self, question: Callable[[], T], *, seconds: float = 30) -> T:
        """Poll while the child lives; if it ends or takes too long, fail with its log."""

        def alive() -> T:
            if self.child.poll() is not None:
                raise NotReadyError(f"ended too early: {self}")
            return question()

        try:
            return poll(alive, seconds=seconds, what=f"{self.name} ready")
        except NotReadyError as error:
            raise NotReadyError(f"{error}\n{self}") from None

    def kill(self) -> None:
        """End the child and all its children at once, as a power cut would."""
        self._signal_all(signal.SIGKILL)
        self.child.wait()

    def stop(self, how: signal.Signals = signal.SIGTERM, *, seconds: float = 20) -> int:
        """Ask politely, wait, and return the exit code; a child that stays is killed and named."""
        if self.child.poll() is None:
            self.child.send_signal(how)
        try:
            code = self.child.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise NotReadyError(f"did not stop within {seconds} s: {self}") from None
        if self._signal_all(signal.SIGKILL):
            raise NotReadyError(f"left children behind: {self}")
        return code

    def _signal_all(self, how: signal.Signals) -> bool:
        try:
            os.killpg(self.child.pid, how)
        except ProcessLookupError:
            return False
        return True
