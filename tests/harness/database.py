"""The suite's databases on PostgreSQL: the owner migrates once, the app's login role uses copies.

| role         | may                                                                             |
| ------------ | ------------------------------------------------------------------------------- |
| mlmcrm_owner | migrate; owns tables, is no superuser                                           |
| mlmcrm_app   | sign in; made by the migrations, which also decide what it may touch            |
| mlmcrm_test  | arrange and assert in tests: sees every row; the app's login may change to it   |
"""

import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from psycopg.sql import SQL, Identifier, Literal

from tests.harness.environment import ROOT, product_environment
from tests.harness.postgres import PostgreSQL
from tests.harness.processes import NotReadyError

OWNER = "mlmcrm_owner"
APP = "mlmcrm_app"
TEST = "mlmcrm_test"
TEMPLATE = "mlmcrm_template"

# Where the process that started a server keeps it for the tests that need databases of their own.
DATABASES = pytest.StashKey["Databases"]()


class Databases:
    """Migrated databases on one server; `create` copies the template in a blink."""

    def __init__(self, server: PostgreSQL):
        self.server = server
        self.password = secrets.token_urlsafe(16)

    def prepare(self) -> None:
        """Make the roles and the migrated template."""
        secret = Literal(self.password)
        self.server.execute(
            SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD {}").format(Identifier(OWNER), secret),
            f"CREATE ROLE {TEST} NOLOGIN BYPASSRLS",
            f"CREATE DATABASE {TEMPLATE} OWNER {OWNER}",
        )
        self._migrate()
        self.server.execute(
            SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(Identifier(APP), secret),
            f"GRANT {TEST} TO {APP} WITH INHERIT FALSE, SET TRUE",
            f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {TEST}",
            f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {TEST}",
            database=TEMPLATE,
        )

    def _migrate(self) -> None:
        with tempfile.TemporaryDirectory() as data_dir:
            environment = product_environment(
                Path(data_dir), DATABASE_URL=self.url(TEMPLATE, user=OWNER)
            )
            done = subprocess.run(
                [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
                cwd=ROOT,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
        if done.returncode:
            raise NotReadyError(f"migrate failed as {OWNER}:\n{done.stdout}{done.stderr}")

    def create(self, name: str) -> None:
        self.server.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} OWNER {OWNER}")

    def url(self, name: str, user: str = APP) -> str:
        return self.server.url(name, user=user, password=self.password)
