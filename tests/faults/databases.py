"""A database that is made anew for each test, kept aside as a backup, or crashes."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

from django.db import connection
from psycopg.sql import SQL, Literal

from tests.harness.database import Databases
from tests.harness.environment import ROOT, product_environment

NAME = "mlmcrm_faults"


class OnPostgreSQL:
    def __init__(self, databases: Databases):
        self.databases, self.server = databases, databases.server
        self.variables = {"DATABASE_URL": databases.url(NAME)}

    def renew(self) -> None:
        self._replace(lambda: self.databases.create(NAME))

    def back_up(self) -> None:
        connection.close()
        self.server.execute(
            "DROP DATABASE IF EXISTS backup", f"CREATE DATABASE backup TEMPLATE {NAME}"
        )

    def restore(self) -> None:
        self._replace(lambda: self.server.execute(f"ALTER DATABASE backup RENAME TO {NAME}"))

    def _replace(self, make) -> None:
        connection.close()
        self.server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        make()
        # The suite's server may lose what it has said it keeps; this one may not.
        self.server.execute(f"ALTER DATABASE {NAME} SET synchronous_commit = on")
        connection.settings_dict["NAME"] = NAME

    def waiting(self) -> int:
        """How many wait for a row that somebody else has locked."""
        ((number,),) = self.server.execute(
            SQL(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE wait_event_type = 'Lock' AND datname = {}"
            ).format(Literal(NAME))
        )
        return number

    def crash(self) -> None:
        """All its processes end at once; it comes back on what it had written."""
        connection.close()
        self.server.stop(signal.SIGQUIT)
        self.server.start()


class OnSQLite:
    def __init__(self, data: Path):
        self.file, self.migrated = data / "mlmcrm.sqlite3", data / "migrated"
        self.variables: dict[str, str] = {}
        self.migrated.mkdir()
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=ROOT,
            env=product_environment(self.migrated),
            check=True,
        )

    def renew(self) -> None:
        self._replace(self.migrated / self.file.name)

    def back_up(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(self.file.with_suffix(".backup"))])

    def restore(self) -> None:
        self._replace(self.file.with_suffix(".backup"))

    def _replace(self, by: Path) -> None:
        connection.close()
        for leftover in self.file.parent.glob(f"{self.file.name}*"):
            leftover.unlink()
        shutil.copy(by, self.file)
        connection.settings_dict["NAME"] = str(self.file)
