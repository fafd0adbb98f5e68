"""A server of each kind for the whole run; a database and a mailbox of its own for each test."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.faults import kinds
from tests.faults.crew import Nursery
from tests.faults.databases import OnPostgreSQL, OnSQLite
from tests.faults.ground import FAST, Ground
from tests.harness.database import DATABASES
from tests.harness.environment import product_environment
from tests.harness.smtp import MailServer

kinds.register()


@pytest.fixture(scope="session")
def mailbox() -> MailServer:
    """Where the product looks for its mail server in every test."""
    return MailServer()


@pytest.fixture
def mail(mailbox: MailServer) -> Iterator[MailServer]:
    server = MailServer()
    server.port, server.password = mailbox.port, mailbox.password
    with server:
        yield server


@pytest.fixture(scope="session")
def data(tmp_path_factory) -> Path:
    """The product's data folder."""
    data = tmp_path_factory.mktemp("faults")
    (data / "static").mkdir()  # else Whitenoise warns
    return data


@pytest.fixture(scope="session")
def database(request, data) -> OnPostgreSQL | OnSQLite:
    if connection.vendor == "postgresql":
        return OnPostgreSQL(request.config.stash[DATABASES])
    return OnSQLite(data)


@pytest.fixture
def _new_database(database, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        database.renew()
        yield
        connection.close()


@pytest.fixture(scope="session")
def variables(database, mailbox) -> dict[str, str]:
    """What the product is told of its surroundings, the same for every test."""
    return {
        "EMAIL_URL": mailbox.url,
        "DEFAULT_FROM_EMAIL": "crm@example.org",
        "TEST_BEAT_SECONDS": "1",
        "TEST_OUTBOX": json.dumps(FAST),
        **database.variables,
    }


@pytest.fixture(scope="session")
def nursery(data, variables) -> Iterator[Nursery]:
    with Nursery(product_environment(data, PYTHONUNBUFFERED="1", **variables)) as nursery:
        yield nursery


@pytest.fixture
def ground(_new_database, tmp_path, mail, nursery) -> Iterator[Ground]:
    ground = Ground(tmp_path, mail, nursery)
    yield ground
    for worker in ground.workers:
        worker.kill()
    settings.CLOCK_SHIFT *= 0
