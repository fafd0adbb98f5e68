"""On PostgreSQL the test sees everything and the product sees what its login role may see."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from psycopg.pq import TransactionStatus

from tests.harness.database import TEST


@contextmanager
def as_app() -> Iterator[None]:
    """Run the block as the product does: as its login role, which may touch no private table.

    Requests of the test client do this by themselves; use it for tasks, commands and actions.
    """
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    within_transaction = connection.in_atomic_block
    former = _change_role("none")
    if within_transaction:
        _run("SAVEPOINT before_the_app")
    try:
        yield
    finally:
        connection.ensure_connection()
        if connection.connection.info.transaction_status == TransactionStatus.INERROR:
            _run("ROLLBACK TO SAVEPOINT before_the_app")
        if within_transaction:
            _run("RELEASE SAVEPOINT before_the_app")
        _change_role(former)


def _change_role(role: str) -> str:
    """Change the role and return the former one."""
    former, _ = _run("SELECT current_setting('role'), set_config('role', %s, false)", [role])
    return former


def _run(statement: str, parameters: Sequence[str] = ()) -> tuple:
    """Run a statement past Django, which would count it among the queries of a page."""
    cursor = connection.connection.execute(statement, parameters)
    return cursor.fetchone() if cursor.description else ()


def arrange_as_test_role(connection: BaseDatabaseWrapper, **signal: object) -> None:
    """New connections of the test itself see every row; those of threads are the product's."""
    if connection.vendor == "postgresql" and threading.current_thread() is threading.main_thread():
        connection.connection.execute(f"SET ROLE {TEST}")


class AppClient(Client):
    """A test client whose requests reach the product under its own login role."""

    def request(self, **request):
        with as_app():
            return super().request(**request)
