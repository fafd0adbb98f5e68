"""The outbox with real processes: a morning for ten thousand, the bare loop, a long queue."""

import json
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from tests.harness.environment import ROOT
from tests.harness.processes import NotReadyError, Process
from tests.harness.redis import Redis
from tests.harness.stack import BEAT, READY, WORKER
from tools.bench import grounds, proc, report
from tools.bench.browser import Browser
from tools.bench.grounds import Ground, Size
from tools.bench.measure import ORDINARY, Series
from tools.bench.sink import Arrivals, Sink, sink

FOLLOW_UPS = 20
SECONDS_BAR, MEMORY_BAR, CONNECTIONS_BAR, WEB_BAR, LOOP_BAR = 60, 100, 1 / 100, 2.0, 0.5
SOON, PAUSE, PATIENCE = 8, 0.1, 300
MEGABYTES = "{:.1f} MB"


@dataclass(frozen=True)
class Load:
    """How much is sent."""

    partners: int = 10_000
    quiet: float = 20  # seconds
    runs: int = 5
    mails: int = 2000  # per run
    queue: int = 100_000


QUICK = Load(partners=2000, quiet=5, runs=3, mails=500, queue=5000)
Make = Callable[[Path, list[Size]], AbstractContextManager[list[Ground]]]


def measure_all(house: Path, make: Make, load: Load) -> None:
    home = Path(tempfile.mkdtemp(dir=house))
    (home / "static").symlink_to(house / "static")
    with (
        make(home, [Size(load.partners, FOLLOW_UPS)]) as (ground,),
        sink(home, keeps=True) as relay,
        sink(home, keeps=False) as hole,
    ):
        ground.label = ground.label.partition(" ")[0]
        ground.environment["EMAIL_URL"] = relay.url
        mails(ground, "follow-ups")
        print_morning(ground, morning(home, ground, relay, load))
        print_loop(ground, load, {"on disk first": relay, "into memory": hole})
        print_queue(ground, load)


def mails(ground: Ground, *what: object) -> Any:
    command = ["-m", "tools.bench.inside", "mails", *map(str, what)]
    return json.loads(grounds.run(ground.environment, *command).splitlines()[-1])


# --- a morning -------------------------------------------------------------------------------


@dataclass
class Morning:
    due: float
    arrivals: Arrivals
    wanted: int
    more_memory: float
    cpu: float
    quiet: list[float]
    meanwhile: list[float]

    @property
    def late(self) -> list[float]:
        return [moment - self.due for moment in self.arrivals.times]


def morning(home: Path, ground: Ground, relay: Sink, load: Load) -> Morning:
    """Web, worker and beat as in production, a reader of the list, and everybody's mail at once."""
    with staff(home, ground) as worker, Reader(ground.product) as reader:
        time.sleep(load.quiet)
        leader = worker.child.pid
        before = most = proc.memory_together(leader)
        used = proc.cpu_together(leader)
        due = mails(ground, "morning", SOON)
        arrivals = Arrivals()
        while len(arrivals.mails) < load.partners and time.time() < due + PATIENCE:
            time.sleep(PAUSE * 5)
            arrivals = relay.arrivals(due)
            most = max(most, proc.memory_together(leader))
        if not arrivals.mails:
            raise NotReadyError(f"no morning mail within {PATIENCE} s")
        return Morning(
            due=due,
            arrivals=arrivals,
            wanted=load.partners,
            more_memory=most - before,
            cpu=proc.cpu_together(leader) - used,
            quiet=reader.before(due),
            meanwhile=reader.between(due, arrivals.times[-1]),
        )


@contextmanager
def staff(home: Path, ground: Ground) -> Iterator[Process]:
    """The product's processes; the worker, which has two children, is yielded."""
    with ExitStack() as stack:
        ground.environment["REDIS_URL"] = stack.enter_context(Redis()).url
        ground.product = grounds.served(ground.environment, stack, home / "web.log")
        worker = started("worker", WORKER, home, ground, stack)
        started("beat", f"{BEAT} --schedule {home / 'beat'}", home, ground, stack)
        yield worker


def started(name: str, command: str, home: Path, ground: Ground, stack: ExitStack) -> Process:
    process = Process(
        [sys.executable, "-m", *command.split(), "--loglevel", "INFO"],
        log=home / f"{name}.log",
        env=ground.environment | {"PYTHONUNBUFFERED": "1"},
        cwd=ROOT,
    )
    stack.push(grounds.stopping(process))
    process.wait_until(lambda: READY[name] in process.log.read_text())
    return process


@dataclass
class Reader:
    """Somebody who opens the list again and again, with time to read; how long each time took."""

    port: int
    visits: list[tuple[float, float]] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.stop = threading.Event()
        self.browser = Browser(self.port).sign_in(ORDINARY)
        self.thread = threading.Thread(target=self.read)
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop.set()
        self.thread.join()

    def read(self) -> None:
        while not self.stop.wait(PAUSE):
            moment, began = time.time(), time.perf_counter()
            self.browser.get("/customers/")
            self.visits.append((moment, (time.perf_counter() - began) * 1000))

    def before(self, moment: float) -> list[float]:
        return [taken for begun, taken in self.visits if begun < moment]

    def between(self, start: float, end: float) -> list[float]:
        return [taken for begun, taken in self.visits if start <= begun <= end]


def share(values: list[float], part: float) -> float:
    """What so large a part of the values does not exceed."""
    return sorted(values)[round((len(values) - 1) * part)]


def print_morning(ground: Ground, seen: Morning) -> None:
    late, connections = seen.late, seen.arrivals.connections
    per_mail = connections / seen.wanted
    quiet, meanwhile = share(seen.quiet, 0.95), share(seen.meanwhile, 0.95)
    lost = seen.wanted - len(seen.arrivals.mails)
    report.table(
        f"{ground.label}: {seen.wanted:,} morning mails of {FOLLOW_UPS} follow-ups due at one"
        " moment, two worker processes",
        ["", "measured", "bar"],
        [
            ["last mail after", f"{max(late):.1f} s", bar(max(late), SECONDS_BAR)],
            ["lost, doubled", f"{lost}, {seen.arrivals.doubles}", ""],
            ["late: half, 95 %", f"{share(late, 0.5):.1f} s, {share(late, 0.95):.1f} s", ""],
            ["connections for them", f"{connections}", bar(per_mail, CONNECTIONS_BAR)],
            ["CPU of the workers, each mail", f"{seen.cpu / seen.wanted * 1000:.1f} ms", ""],
            ["more memory", MEGABYTES.format(seen.more_memory), bar(seen.more_memory, MEMORY_BAR)],
            [
                f"list p95, quiet and then ({len(seen.quiet)}, {len(seen.meanwhile)} visits)",
                f"{quiet:.1f} ms, {meanwhile:.1f} ms",
                bar(meanwhile / quiet, WEB_BAR),
            ],
        ],
    )


def bar(value: float, most: float) -> str:
    return report.verdict(Series([value]), most=most)


# --- the loop and the queue ------------------------------------------------------------------


def print_loop(ground: Ground, load: Load, sinks: dict[str, Sink]) -> None:
    """Run by run in turn: the bare loop, and one worker with the same mail in the outbox."""
    rates: dict[tuple[str, str], Series] = defaultdict(Series)
    costs: dict[tuple[str, str], Series] = defaultdict(Series)
    for _ in range(load.runs):
        for where, server in sinks.items():
            ground.environment["EMAIL_URL"] = server.url
            mails(ground, "write", load.mails)
            for how, *what in (("loop", "bare", load.mails), ("outbox", "drain")):
                told = mails(ground, *what)
                rates[where, how].values.append(told["mails"] / told["seconds"])
                costs[where, how].values.append(told["cpu"] / told["mails"] * 1000)
    rows = []
    for where in sinks:
        bare, outbox = rates[where, "loop"], rates[where, "outbox"]
        ratio = outbox.over(bare)
        verdict = report.verdict(ratio, least=LOOP_BAR)
        cost = {how: f"{costs[where, how].median:.2f} ms" for how in ("loop", "outbox")}
        rows += [
            [f"accepted {where}: bare loop", rate(bare), cost["loop"], "", ""],
            ["one worker", rate(outbox), cost["outbox"], report.times(ratio), verdict],
        ]
    report.table(
        f"{ground.label}: {load.mails:,} short mails over one connection, and from the outbox",
        ["", "mails/s", "CPU each", "of the loop", "bar"],
        rows,
    )


def rate(series: Series) -> str:
    low, high = series.spread
    return f"{series.median:.0f} ({low:.0f}-{high:.0f})"


def print_queue(ground: Ground, load: Load) -> None:
    written, told = mails(ground, "write", load.queue), mails(ground, "drain")
    steps = [MEGABYTES.format(held) for held in told["held"]]
    report.table(
        f"{ground.label}: {load.queue:,} short mails queued, one worker",
        ["", "seconds", "at 10 %", "at 50 %", "at 100 %"],
        [
            ["memory to queue them", f"{written['seconds']:.0f}", "", "",
             f"+ {MEGABYTES.format(written['more'])}"],
            ["memory to hand them over", f"{told['seconds']:.0f}", *steps],
        ],
    )  # fmt: skip
