"""Evenings: the page of a large one, a list of many, and all guests answering within minutes."""

import itertools
import json
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.bench import grounds, measure, outbox, report
from tools.bench.browser import Browser
from tools.bench.grounds import Ground, Size
from tools.bench.measure import BROWSERS, ORDINARY, Patience
from tools.bench.sink import sink

PAGE_BAR, QUERIES, CALM, MANY = 2.5, 10, 3.0, 1.5
LARGE, USUAL = "event with 200 guests", "event with a dozen"
PAUSE = 0.1
SAYS = ("yes", "yes", "no", "maybe")


@dataclass(frozen=True)
class Load:
    """How many evenings each partner has, and how many guests answer in what time."""

    partners: int = 3
    customers: int = 400
    events: int = 2000
    quiet: int = 200
    answers: int = 2000
    seconds: float = 600


QUICK = Load(events=200, quiet=40, answers=120, seconds=30)


def measure_all(house: Path, make: outbox.Make, load: Load, patience: Patience) -> None:
    home = Path(tempfile.mkdtemp(dir=house))
    (home / "static").symlink_to(house / "static")
    size = Size(load.partners, load.customers, events=load.events)
    with make(home, [size]) as (ground,), sink(home, keeps=True) as relay:
        ground.label = ground.label.partition(" ")[0]
        ground.environment["EMAIL_URL"] = relay.url
        with grounds.servers(home, ground):
            print_pages(ground, load, patience)
        with outbox.staff(home, ground):
            print_answers(ground, load)


def inside(ground: Ground, *what: object) -> Any:
    command = ["-m", "tools.bench.inside", "evenings", *map(str, what)]
    return json.loads(grounds.run(ground.environment, *command).splitlines()[-1])


# --- pages -----------------------------------------------------------------------------------


def print_pages(ground: Ground, load: Load, patience: Patience) -> None:
    """Each against the floor, and the number of queries it takes."""
    paths = inside(ground, "paths", ORDINARY)
    counts = inside(ground, "counts", ORDINARY)
    browser = Browser(ground.product).sign_in(ORDINARY)
    at_floor = Browser(ground.floor)
    at_floor.cookies = browser.cookies
    pages = [(ground.label, "floor", opening(at_floor, "/floor/"))]
    for name, path in paths.items():
        pages.append((ground.label, name, opening(browser, path)))
    series = measure.interleaved(pages, patience)
    rows = [["floor", report.milliseconds(series[ground.label, "floor"]), "", "", ""]]
    for name in paths:
        here = series[ground.label, name]
        ratio = here.over(series[ground.label, "floor"])
        count, wall = counts[name]
        many = " TOO MANY" if count > QUERIES else ""
        rows.append(
            [
                name,
                report.milliseconds(here),
                report.times(ratio),
                report.verdict(ratio, most=PAGE_BAR),
                f"{count} + {wall}{many}",
            ]
        )
    title = f"{ground.label}: a partner with {load.events:,} evenings, one of them with 200 guests"
    report.table(title, ["page", "server ms", "x floor", "bar", "queries + wall"], rows)
    more = series[ground.label, LARGE].over(series[ground.label, USUAL])
    verdict = report.verdict(more, most=MANY)
    report.table(
        f"{ground.label}: what more guests cost",
        ["page", "x that with a dozen", "bar"],
        [[LARGE, report.times(more), verdict]],
    )


def opening(browser: Browser, path: str) -> Callable[[], float]:
    return lambda: browser.get(path).seconds


# --- answers ---------------------------------------------------------------------------------


def print_answers(ground: Ground, load: Load) -> None:
    """A few one after the other, then all of them; each opens its page and taps once."""
    links = inside(ground, "links", load.quiet + load.answers)
    said = dict(zip(links, itertools.cycle(SAYS)))
    wishes = iter(said.items())
    quiet = answer_all(ground, list(itertools.islice(wishes, load.quiet)), 0)
    storm = answer_all(ground, list(wishes), load.seconds)
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(said, file)
        file.flush()
        told = inside(ground, "lost", file.name)
    half, calm, slow = (
        outbox.share(quiet, 0.5),
        outbox.share(quiet, 0.95),
        outbox.share(storm, 0.95),
    )
    report.table(
        f"{ground.label}: {len(storm):,} guests answer within {load.seconds:.0f} s",
        ["", "measured", "bar"],
        [
            [f"quiet ({len(quiet)}): half, 95 %", f"{half:.1f} ms, {calm:.1f} ms", ""],
            ["then: half, 95 %", f"{outbox.share(storm, 0.5):.1f} ms, {slow:.1f} ms",
             outbox.bar(slow / calm, CALM)],
            ["lost", f"{told['lost']} of {len(said):,}", "met" if not told["lost"] else "MISSED"],
            ["waiting for a seat, too many at a table", f"{told['waiting']}, {told['crowded']}", ""],
            ["mails written for them", f"{told['mails']:,}", ""],
        ],
    )  # fmt: skip


def answer_all(ground: Ground, wishes: list[tuple[str, str]], seconds: float) -> list[float]:
    """Milliseconds of each tap; at random moments within so many seconds, or one by one."""
    moments = times(len(wishes), seconds)
    todo = iter(list(zip(moments, wishes, strict=True)))
    taken: list[float] = []
    lock, began = threading.Lock(), time.perf_counter()

    def guests() -> None:
        while True:
            with lock:
                step = next(todo, None)
            if step is None:
                return
            moment, (path, says) = step
            time.sleep(max(began + moment - time.perf_counter(), 0) if seconds else PAUSE)
            taken.append(tap(Browser(ground.product), path, says))

    threads = [threading.Thread(target=guests) for _ in range(BROWSERS if seconds else 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def times(count: int, seconds: float) -> Iterator[float]:
    luck = random.Random(count)  # noqa: S311 - for measuring alone
    return iter(sorted(luck.uniform(0, seconds) for _ in range(count)))


def tap(browser: Browser, path: str, says: str) -> float:
    browser.get(path)
    began = time.perf_counter()
    browser.post(path, {"step": "answer", "says": says})
    taken = (time.perf_counter() - began) * 1000
    browser.line.close()
    return taken
