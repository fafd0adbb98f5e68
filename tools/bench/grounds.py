"""Databases of a known size, and the servers that work with them as production does."""

import http.client
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from tests.harness.database import Databases
from tests.harness.environment import ROOT, product_environment
from tests.harness.postgres import PostgreSQL
from tests.harness.processes import Process, free_port
from tools.bench.arrangement import FLOOR

GUNICORN = (
    "gunicorn tools.bench.wsgi --worker-class gthread --workers 2 --threads 4"
    " --no-control-socket --log-level warning"
)
# What an operator with this much memory would set; durability is PostgreSQL's own default.
POSTGRES = ("shared_buffers=1GB", "max_wal_size=4GB", "random_page_cost=1.1")
FLOOR_TABLE = (
    """
    CREATE TABLE bench_floor AS
    SELECT id, partner_id, first_name, last_name, sort_name FROM customers_customer
    """,
    "CREATE INDEX bench_floor_rows ON bench_floor (partner_id, sort_name, id)",
)


@dataclass(frozen=True)
class Size:
    partners: int
    customers: int
    big: int = 0
    events: int = 0

    @property
    def total(self) -> int:
        return self.partners * self.customers + (self.big - self.customers if self.big else 0)


@dataclass
class Ground:
    """One loaded database, with the product and the floor each on a port."""

    label: str
    size: Size
    environment: dict[str, str]
    product: int = 0
    floor: int = 0


def run(environment: dict[str, str], *command: str) -> str:
    """Run a program of ours to its end and return what it printed."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}")
    return done.stdout


def served(environment: dict[str, str], stack: ExitStack, log: Path) -> int:
    """Start a server and return its port."""
    port = free_port()
    environment = environment | {"BASE_URL": f"http://127.0.0.1:{port}"}
    command = [sys.executable, "-m", *GUNICORN.split(), "--bind", f"127.0.0.1:{port}"]
    process = Process(command, log=log, env=environment, cwd=ROOT)
    stack.push(stopping(process))
    process.wait_until(lambda: answers(port))
    return port


def stopping(process: Process):
    """End a server; after an error its last words come first."""

    def end(error_type: object, *error: object) -> None:
        if error_type:
            print(process.tail())
        process.stop()

    return end


def answers(port: int) -> bool:
    """Whether the server does more than listen."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as line:
        try:
            line.request("GET", "/floor/")
            return line.getresponse().status == HTTPStatus.FOUND
        except OSError:
            return False


@contextmanager
def servers(home: Path, *grounds: Ground) -> Iterator[None]:
    """The product and the floor of each ground, side by side."""
    with ExitStack() as stack:
        for ground in grounds:
            name = ground.label.replace(" ", "-").replace(",", "")
            floor = ground.environment | {FLOOR: "1"}
            ground.product = served(ground.environment, stack, home / f"{name}-product.log")
            ground.floor = served(floor, stack, home / f"{name}-floor.log")
        yield


def production(data_dir: Path, **variables: str) -> dict[str, str]:
    return product_environment(data_dir, **variables) | {"TEST_RUN": "0"}


def fill(environment: dict[str, str], size: Size) -> str:
    """Load a database; return the last line, which says how long it took."""
    options = ["--partners", size.partners, "--customers", size.customers, "--big", size.big]
    options += ["--events", size.events]
    said = run(environment, "manage.py", "load_scale", *map(str, options))
    return said.strip().splitlines()[-1]


# --- PostgreSQL ------------------------------------------------------------------------------


@contextmanager
def postgres(home: Path, sizes: list[Size]) -> Iterator[list[Ground]]:
    """A durable server with one database per size; the product signs in as mlmcrm_app."""
    server = PostgreSQL(durable=True)
    server.settings += POSTGRES
    with server:
        databases = Databases(server)
        databases.prepare()
        grounds = []
        for number, size in enumerate(sizes):
            name = f"bench_{number}"
            databases.create(name)
            environment = production(home, DATABASE_URL=databases.url(name))
            ground = Ground(f"PostgreSQL {size.total:,}", size, environment)
            print(f"  {ground.label}: {fill(environment, size)}", flush=True)
            server.execute(
                *FLOOR_TABLE,
                "ALTER TABLE bench_floor ADD PRIMARY KEY (id)",
                "GRANT SELECT ON bench_floor TO mlmcrm_app, mlmcrm_partner",
                "VACUUM ANALYZE",
                "CHECKPOINT",
                database=name,
            )
            grounds.append(ground)
        yield grounds


# --- SQLite ----------------------------------------------------------------------------------


@contextmanager
def sqlite(home: Path, sizes: list[Size]) -> Iterator[list[Ground]]:
    """One file per size; the second wall is not there."""
    grounds = []
    for number, size in enumerate(sizes):
        data_dir = home / f"sqlite-{number}"
        data_dir.mkdir()
        (data_dir / "static").symlink_to(home / "static")
        environment = production(data_dir)
        run(environment, "manage.py", "migrate", "--verbosity", "0")
        ground = Ground(f"SQLite {size.total:,}", size, environment)
        print(f"  {ground.label}: {fill(environment, size)}", flush=True)
        with sqlite3.connect(data_dir / "mlmcrm.sqlite3") as database:
            for statement in (*FLOOR_TABLE, "ANALYZE"):
                database.execute(statement)
        database.close()
        grounds.append(ground)
    yield grounds


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder for the run, with the static files as production serves them."""
    with tempfile.TemporaryDirectory(prefix="mlmcrm-bench-") as folder:
        home = Path(folder)
        run(production(home), "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
        yield home
