"""Start `make run` in a fresh clone, as an unprivileged user with a home of its own; end it with Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
NOBODY = 65534
# Deadlines in seconds, far above what is usual.
FIRST_START, SECOND_START, ALL_WELL, STOP = 300, 60, 60, 60
READY = "Ctrl-C ends it"
OURS = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DATA_DIR", "BASE_URL", "DEMO", "XDG_CACHE_HOME")


class Broken(Exception):
    """What did not work, in a sentence."""


def main() -> int:
    """Walk through it, print what was seen."""
    with TemporaryDirectory(prefix="mlmcrm-smoke-") as work:
        log = Path(work) / "output.txt"
        try:
            walk(Path(work), log)
        except (Broken, OSError) as fault:
            print(f"Smoke test failed: {fault}")
            print(log.read_text() if log.exists() else "")
            return 1
    return 0


def walk(work: Path, log: Path) -> None:
    """Two starts, one more that is refused beside them, two clean ends."""
    clone, home = work / "clone", work / "home"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", ROOT, clone], check=True)
    home.mkdir()
    port = free_port()
    variables = {name: value for name, value in os.environ.items() if name not in OURS}
    how: dict[str, Any] = {"cwd": clone, "env": variables | {"HOME": str(home), "PORT": str(port)}}
    if os.getuid() == 0:
        how |= {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        for path in (work, *work.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    with served(how, log, FIRST_START):
        for page in ("/accounts/login/", "/healthz"):
            until(partial(is_well, port, page), ALL_WELL)  # planners report with the first bell
            if not is_well(port, page):
                raise Broken(f"{page} is not well")
            print(f"{page}: well", flush=True)
        refused = subprocess.run(
            ["make", "run"], capture_output=True, text=True, check=False, **how
        )
        if refused.returncode == 0 or f"Port {port} is taken" not in refused.stderr:
            raise Broken(f"a second `make run` was not refused: {refused.stderr}")
    with served(how, log, SECOND_START):
        pass
    print("1 passed, 0 failed: both ended cleanly, nothing is left running")


def is_well(port: int, page: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{page}"):
            return True
    except urllib.error.HTTPError:
        return False


@contextmanager
def served(how: dict[str, Any], log: Path, deadline: float) -> Iterator[None]:
    """`make run` in a session of its own, as a terminal would have it, until Ctrl-C."""
    start = time.monotonic()
    with log.open("w") as output:
        job = subprocess.Popen(
            ["make", "run"], stdout=output, stderr=output, start_new_session=True, **how
        )
    try:
        until(lambda: READY in log.read_text() or job.poll() is not None, deadline)
        if READY not in log.read_text():
            raise Broken("`make run` did not come up")
        print(f"make run: ready after {time.monotonic() - start:.1f} s", flush=True)
        yield
        start = time.monotonic()
        os.killpg(job.pid, signal.SIGINT)
        until(lambda: job.poll() is not None, STOP)
        print(f"Ctrl-C: stopped after {time.monotonic() - start:.1f} s", flush=True)
        if left := session(job.pid):
            raise Broken(f"still running after Ctrl-C: {left}")
        if "is killed" in log.read_text():
            raise Broken("a program had to be killed")
    finally:
        for pid in session(job.pid):
            os.kill(pid, signal.SIGKILL)
        job.wait()


def until(reached: Callable[[], bool], deadline: float) -> None:
    end = time.monotonic() + deadline
    while not reached() and time.monotonic() < end:
        time.sleep(0.1)


def session(leader: int) -> list[int]:
    """The living processes of a session."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, its_session = stat.read_text().rpartition(")")[2].split()[:4]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(its_session) == leader and state != "Z":
            found.append(int(stat.parent.name))
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
