"""How the suite starts: its environment, its database, its rules.

`TEST_DATABASE` chooses sqlite (the default) or postgresql. With `REQUIRE_ALL=1` a skipped test is a
failed run. Tests marked `postgresql` or `sqlite` belong to one database and are left out elsewhere.
"""

import ipaddress
import os
import signal
import socket
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import django
import psycopg
import pytest
from django.conf import settings
from django.db.backends.signals import connection_created

from tests.harness import environment, roles, unread
from tests.harness.database import DATABASES, OWNER, Databases
from tests.harness.postgres import PostgreSQL
from tests.harness.processes import NotReadyError

DATABASE = os.environ.get("TEST_DATABASE", "sqlite")
ON_POSTGRESQL = DATABASE == "postgresql"
MARKS = {
    "sqlite": "runs on SQLite alone",
    "postgresql": "runs on PostgreSQL alone: the second wall and what hangs on it",
    "e2e": "starts the product as processes of its own",
    "faults": "plays a fault on processes of the product",
    "reads_later": "asks for a column that its query left out",
}
ends = pytest.StashKey[ExitStack]()
owner_url = pytest.StashKey[str]()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Prepare the environment before anything reads the settings."""
    if DATABASE not in {"sqlite", "postgresql"}:
        raise pytest.UsageError(f"TEST_DATABASE={DATABASE!r} is neither sqlite nor postgresql.")
    if settings.configured:
        raise pytest.UsageError(
            "Unset DJANGO_SETTINGS_MODULE: the suite reads the settings itself."
        )
    for mark, meaning in MARKS.items():
        config.addinivalue_line("markers", f"{mark}: {meaning}")
    # A runner that loses patience sends SIGTERM; end as after Ctrl-C, so that nothing stays behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    config.stash[ends] = stack = ExitStack()
    data_dir = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mlmcrm-test-")))
    (data_dir / "static").mkdir()  # else Whitenoise warns that nothing was collected
    variables = {"BASE_URL": "http://testserver"}
    if ON_POSTGRESQL:
        variables["DATABASE_URL"] = _database_url(config)
    environment.enter(environment.product_environment(data_dir, **variables))
    django.setup()
    # Left in the environment, it would make the processes of xdist read the settings too early.
    del os.environ["DJANGO_SETTINGS_MODULE"]
    connection_created.connect(roles.arrange_as_test_role)
    config.pluginmanager.import_plugin("tests.personas")


def _database_url(config: pytest.Config) -> str:
    """A database of this process; the processes of xdist get theirs from the one above them."""
    if urls := getattr(config, "workerinput", {}).get("database_urls"):
        app, config.stash[owner_url] = urls
        return app
    server = config.stash[ends].enter_context(PostgreSQL())
    config.stash[DATABASES] = Databases(server)
    try:
        config.stash[DATABASES].prepare()
    except NotReadyError as error:
        raise pytest.UsageError(str(error)) from None
    app, config.stash[owner_url] = _new_database(config, "mlmcrm_main")
    return app


def _new_database(config: pytest.Config, name: str) -> tuple[str, str]:
    databases = config.stash[DATABASES]
    databases.create(name)
    return databases.url(name), databases.url(name, user=OWNER)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    if ON_POSTGRESQL:
        name = f"mlmcrm_{node.workerinput['workerid']}"
        node.workerinput["database_urls"] = _new_database(node.config, name)


def pytest_unconfigure(config: pytest.Config) -> None:
    if ends in config.stash:
        config.stash[ends].close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what belongs to the other database: it is not skipped, it runs there."""
    other = "sqlite" if ON_POSTGRESQL else "postgresql"
    elsewhere = [item for item in items if item.get_closest_marker(other)]
    config.hook.pytest_deselected(items=elsewhere)
    items[:] = [item for item in items if item not in elsewhere]


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and os.environ.get("REQUIRE_ALL") == "1" and reporter.stats.get("skipped"):
        reporter.write_line("REQUIRE_ALL=1: a skipped test is a failed run.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


if ON_POSTGRESQL:

    @pytest.fixture(scope="session")
    def django_db_setup(django_test_environment):
        """Nothing to make: the owner has migrated, and the settings name the finished copy."""

    @pytest.fixture
    def owner(request) -> Iterator[psycopg.Connection]:
        """The owner of the tables, on a connection of its own, for looking at and moving walls."""
        with psycopg.connect(request.config.stash[owner_url], autocommit=True) as connection:
            yield connection


def _is_here(host: object) -> bool:
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return host in {None, "", b"", "localhost"}


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """A test that wants to leave this machine fails."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def connect_here(self, address):
        assert isinstance(address, str | bytes) or _is_here(address[0]), f"network: {address}"
        return connect(self, address)

    def look_up_here(host, *args, **kwargs):
        assert _is_here(host), f"network: {host}"
        return look_up(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        patch.setattr(socket, "getaddrinfo", look_up_here)
        yield


@pytest.fixture(autouse=True)
def _database(db) -> None:
    """Each test may use the database; those under e2e/ have their own."""


@pytest.fixture(autouse=True)
def _no_column_is_read_later(request, monkeypatch) -> None:
    if "reads_later" not in request.keywords:
        unread.refuse(monkeypatch)
