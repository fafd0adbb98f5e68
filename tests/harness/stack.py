"""The real product as processes of its own: web, worker and beat, on the services a test gives it."""

import datetime as dt
import http.client
import secrets
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import Self

from tests.harness.environment import ROOT, product_environment
from tests.harness.processes import NotReadyError, Process, free_port, poll

MARK = "TEST_STACK"
PYTHON = [sys.executable, "-W", "default"]
WEB = "gunicorn mlmcrm.wsgi --worker-class gthread --workers 2 --threads 4 --no-control-socket"
WORKER = "celery --app mlmcrm worker --concurrency 2 --without-gossip --without-mingle"
BEAT = "celery --app mlmcrm beat --pidfile="
READY = {"worker": " ready.", "beat": "beat: Starting..."}  # what they say when they are


class Stack:
    """The product in production's form: gunicorn, a Celery worker and beat, each on its own.

    `start(at=...)` starts it with the business clock moved so that now is that moment; stopping and
    starting again at another moment is how a test lets the night pass.
    """

    ending = signal.SIGTERM

    def __init__(self, home: Path, variables: Mapping[str, str]):
        self.home = home
        self.port = free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.mark = secrets.token_hex(8)
        self.processes: list[Process] = []
        (home / "data" / "static").mkdir(parents=True)  # else Whitenoise warns
        self.environment = product_environment(
            home / "data",
            **{
                "BASE_URL": self.base_url,
                "PORT": str(self.port),
                "PYTHONUNBUFFERED": "1",
                "TEST_BEAT_SECONDS": "1",
                MARK: self.mark,
                **variables,
            },
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def programs(self) -> dict[str, list[str]]:
        """Name and command of each process, in the order of starting."""
        return {
            "web": [*PYTHON, "-m", *WEB.split(), "--bind", f"127.0.0.1:{self.port}"],
            "worker": [*PYTHON, "-m", *WORKER.split(), "--loglevel", "INFO"],
            "beat": [
                *[*PYTHON, "-m", *BEAT.split(), "--loglevel", "INFO"],
                *["--schedule", str(self.home / "beat")],
            ],
        }

    def start(self, *, at: dt.datetime | None = None) -> None:
        shift = round((at - dt.datetime.now(dt.UTC)).total_seconds()) if at else 0
        self.environment["TEST_CLOCK_SHIFT"] = str(shift)
        for name, command in self.programs().items():
            log = self.home / f"{name}.log"
            log.unlink(missing_ok=True)
            self.processes.append(Process(command, log=log, env=self.environment, cwd=ROOT))
        for process in self.processes:
            process.wait_until(partial(self._is_ready, process), seconds=60)

    def _is_ready(self, process: Process) -> bool:
        said = READY.get(process.name)
        return said in process.log.read_text() if said else self.answers()

    def answers(self) -> bool:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        with closing(line):
            try:
                line.request("GET", "/healthz?live=1")
                return line.getresponse().status == http.HTTPStatus.OK
            except (OSError, http.client.HTTPException):
                return False

    def stop(self) -> None:
        """Stop everything in the opposite order; nothing may be left behind."""
        with ExitStack() as stops:
            while self.processes:
                stops.callback(self._stop_well, self.processes.pop(0))
        poll(lambda: not self.left_running(), seconds=5, what="an end of every process")

    def _stop_well(self, process: Process) -> None:
        code = process.stop(self.ending)
        if code:
            raise NotReadyError(f"ended with {code}: {process}")

    def left_running(self) -> list[str]:
        """Processes that carry our mark in their environment, wherever they hang in the tree."""
        mark = f"{MARK}={self.mark}".encode()
        found = []
        for directory in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (directory / "environ").read_bytes().split(b"\0"):
                    command = (directory / "cmdline").read_bytes()
                    found.append(command.replace(b"\0", b" ").decode())
            except OSError:
                continue  # it ended meanwhile, or is another user's
        return [command for command in found if command]  # a zombie has no command

    def manage(self, *arguments: str) -> str:
        """Run a management command in the same environment and return what it printed."""
        done = subprocess.run(
            [*PYTHON, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise NotReadyError(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def logs(self) -> str:
        tails = [log.read_text(errors="replace").splitlines() for log in self._logs()]
        return "\n\n".join(
            "\n".join([f"--- {log.name}", *lines[-40:]])
            for log, lines in zip(self._logs(), tails, strict=True)
        )

    def _logs(self) -> list[Path]:
        return sorted(self.home.glob("*.log"))


class EmbeddedStack(Stack):
    """The product as `make run` starts it: one command, SQLite and its own broker, ended by Ctrl-C."""

    ending = signal.SIGINT

    def programs(self) -> dict[str, list[str]]:
        return {"serve": [*PYTHON, "manage.py", "serve"]}
