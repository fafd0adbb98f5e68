"""Worker processes of the real commands, and the harm that is done to them."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from tests.harness.environment import ROOT
from tests.harness.processes import NotReadyError, poll

LOOP = ("send_reminders", "--loop")


class Worker:
    """One process of the product."""

    def __init__(self, pid: int, log: Path):
        self.pid, self.log = pid, log

    def __str__(self):
        return f"{self.log.name} (pid {self.pid})"

    @property
    def is_alive(self) -> bool:
        with suppress(ProcessLookupError):
            os.kill(self.pid, 0)
            return True
        return False

    def kill(self) -> None:
        """As a power cut would."""
        self._signal(signal.SIGKILL)
        self.wait()

    def pause(self) -> None:
        """As a machine that swaps, sleeps or moves; `wake` goes on where it was."""
        self._signal(signal.SIGSTOP)
        state = Path(f"/proc/{self.pid}/stat")
        poll(lambda: " T " in state.read_text(), seconds=5, what=f"a pause of {self}")

    def wake(self) -> None:
        self._signal(signal.SIGCONT)

    def stop(self) -> None:
        """As an operator asks for it."""
        self._signal(signal.SIGTERM)
        self.wait()

    def wait(self, *, seconds: float = 60) -> None:
        poll(lambda: not self.is_alive, seconds=seconds, what=f"an end of {self}")

    def said(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)


class Nursery:
    """Where workers come from: a process that forks them in the environment it was started in."""

    def __init__(self, environment: Mapping[str, str]):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self._answer()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.process.communicate()

    def start(self, log: Path, outbox: Mapping[str, Any], shift: int, *command: str) -> Worker:
        assert self.process.stdin
        self.process.stdin.write(json.dumps([str(log), outbox, shift, *command]) + "\n")
        self.process.stdin.flush()
        return Worker(int(self._answer()), log)

    def _answer(self) -> str:
        assert self.process.stdout
        if answer := self.process.stdout.readline():
            return answer
        raise NotReadyError(f"the nursery ended with {self.process.wait()}")
