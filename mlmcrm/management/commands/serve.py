"""Serve as production does, on one host, in the foreground: web, worker and beat as one job."""

import fcntl
import hashlib
import http.client
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from mlmcrm.broker import Broker, Unavailable
from mlmcrm.runner import Ended, Program, Runner, say

HOST = "127.0.0.1"
START_DEADLINE = 60
PATIENCE = 2  # seconds for the remains of a killed predecessor to go away
LOGINS = """\
  anna@example.org    partner
  boris@example.org   partner
  office@example.org  back office
  password for all: kundenkreis"""


class Command(BaseCommand):
    help = "Serve web, worker and beat on this host in the foreground; Ctrl-C ends all of it."

    def handle(self, **options: object) -> None:
        started = time.monotonic()
        with alone() as lock:
            runner = Runner()
            try:
                prepare_database()
                prepare_static_files()
                if settings.DEMO:
                    call_command("load_demo")
                connections.close_all()
                with broker_url(runner, lock) as url:
                    start(runner, os.environ | {"REDIS_URL": url, "PYTHONUNBUFFERED": "1"})
                    welcome(time.monotonic() - started)
                    runner.watch()
            except Ended:
                say("Stopped.")
                sys.exit(not runner.asked)
            except (DatabaseError, Unavailable) as reason:
                raise CommandError(f"The start failed. {reason}") from None


@contextmanager
def alone() -> Iterator[int]:
    """Make sure of port and data folder; the kernel frees the folder's lock however we end."""
    if not within_patience(port_is_free):
        raise CommandError(
            f"Port {settings.PORT} is taken by another program (perhaps another `make run`)."
            f" Stop that one, or choose another port: PORT={settings.PORT % 65535 + 1} make run"
        )
    with (settings.DATA_DIR / "serve.lock").open("w") as lock:
        if not within_patience(lambda: is_locked_by_us(lock.fileno())):
            raise CommandError(
                f"Another `make run` works in {settings.DATA_DIR}."
                " Stop that one, or choose another folder: DATA_DIR=… make run"
            )
        yield lock.fileno()


def within_patience(reached: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not (done := reached()) and time.monotonic() < end:
        time.sleep(0.1)
    return done


def port_is_free() -> bool:
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, settings.PORT))
            probe.listen()
        except PermissionError:
            raise CommandError(f"Port {settings.PORT} needs more rights than you have.") from None
        except OSError:
            return False
    return True


def is_locked_by_us(lock: int) -> bool:
    with suppress(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def prepare_database() -> None:
    executor = MigrationExecutor(connection)
    steps = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if steps:
        say(f"Preparing the database ({len(steps)} steps) …")
        call_command("migrate", interactive=False, verbosity=0)


def prepare_static_files() -> None:
    """Collect and compress the static files when one of them has changed."""
    sources = hashlib.sha256()
    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            sources.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    stamp = settings.DATA_DIR / "static.stamp"
    if stamp.is_file() and stamp.read_text() == sources.hexdigest():
        return
    say("Collecting and compressing the static files …")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(sources.hexdigest())


@contextmanager
def broker_url(runner: Runner, lock: int) -> Iterator[str]:
    """The given Redis server, or our own for as long as we serve; all programs stop at the end."""
    broker = None if settings.REDIS_URL else Broker(settings.DATA_DIR / "valkey", lock)
    try:
        if broker:
            runner.start(broker.program, os.environ)
            if not runner.until(broker.answers, deadline=START_DEADLINE):
                raise Unavailable(f"{settings.DATA_DIR}/valkey/valkey.log says why.")
        yield broker.url if broker else settings.REDIS_URL
    except Ended as reason:
        say(f"{reason} Stopping …".lstrip())
        raise
    finally:
        runner.stop()
        if broker:
            broker.clear()


def start(runner: Runner, environment: dict[str, str]) -> None:
    """Start web, and when it answers worker and beat; they stop in the opposite order."""
    python = [sys.executable, "-m"]
    gunicorn = f"gunicorn mlmcrm.wsgi --bind {HOST}:{settings.PORT} --worker-class gthread"
    gunicorn += " --workers 2 --threads 4 --preload --no-control-socket --log-level warning"
    worker = "celery --quiet --app mlmcrm worker --concurrency 2 --prefetch-multiplier 1"
    worker += " --without-gossip --without-mingle --loglevel WARNING"
    beat = "celery --quiet --app mlmcrm beat --pidfile= --loglevel WARNING --schedule"
    runner.start(Program("web", [*python, *gunicorn.split()], patience=15), environment)
    if not runner.until(web_answers, deadline=START_DEADLINE):
        raise Ended(f"The web server does not answer on port {settings.PORT}.")
    runner.start(Program("worker", [*python, *worker.split()], patience=60), environment)
    schedule = str(settings.DATA_DIR / "beat")
    runner.start(Program("beat", [*python, *beat.split(), schedule], patience=5), environment)


def web_answers() -> bool:
    with closing(http.client.HTTPConnection(HOST, settings.PORT, timeout=5)) as line:
        try:
            line.request("GET", "/healthz?live=1")
            line.getresponse()
        except OSError:
            return False
    return True


def welcome(seconds: float) -> None:
    say(f"\nReady after {seconds:.1f} s: {settings.BASE_URL}/")
    if settings.DEMO:
        say(f"Demo logins:\n{LOGINS}")
    say("Ctrl-C ends it.\n")
