"""Interleaved runs: page after page, ground after ground in turn, so that noise hits all alike."""

import itertools
import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import quote

from tools.bench.browser import Browser, form_fields, people_on
from tools.bench.grounds import Ground

ORDINARY, BIG = "p2@scale.example", "p1@scale.example"
WORDS = ("Müller", "mueller", "petra", "schm", "Weiß", "fulda")
HARD_WORDS = ("Schäfer", "schaefer", "Mülller", "Petr Hofman", "sabnie")  # umlauts and slips
BROWSERS = 8


@dataclass(frozen=True)
class Patience:
    """How much is measured."""

    runs: int = 5
    requests: int = 40
    seconds: float = 4


@dataclass
class Series:
    """One number per run."""

    values: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def spread(self) -> tuple[float, float]:
        return min(self.values), max(self.values)

    def over(self, other: "Series") -> "Series":
        return Series([mine / its for mine, its in zip(self.values, other.values, strict=True)])


class Visit:
    """The pages of one ground, opened by one partner."""

    def __init__(self, ground: Ground, email: str):
        self.browser = Browser(ground.product).sign_in(email)
        self.floor_browser = Browser(ground.floor)
        self.floor_browser.cookies = self.browser.cookies
        self.people = itertools.cycle(people_on(self.browser.get("/customers/").text))
        self.words = itertools.cycle(WORDS)
        self.hard_words = itertools.cycle(HARD_WORDS)

    def floor(self) -> float:
        return self.floor_browser.get("/floor/").seconds

    def floor_in_the_house(self) -> float:
        return self.browser.get("/floor/").seconds

    def today(self) -> float:
        return self.browser.get("/").seconds

    def list(self) -> float:
        return self.browser.get("/customers/").seconds

    def search(self) -> float:
        return self.browser.get(f"/customers/?q={quote(next(self.words))}").seconds

    def hard_search(self) -> float:
        return self.browser.get(f"/customers/?q={quote(next(self.hard_words))}").seconds

    def page(self, path: str) -> Callable[[], float]:
        return lambda: self.browser.get(path).seconds

    def detail(self) -> float:
        return self.browser.get(next(self.people)).seconds

    def create(self) -> float:
        form = form_fields(self.browser.get("/customers/add/").text, "first_name")
        fields = {**form, "first_name": "Neue", "last_name": "Kundin"}
        return self.browser.post("/customers/add/", fields).seconds


SORTS = ("name", "newest", "stage", "place", "due", "contact")
FILTERS = (
    "stage=regular",
    "rank=A",
    "postcode=36",
    "contact=6",
    "follow_up=without",
    "birthday=4",
    "reach=email",
    "stage=regular&postcode=36&contact=3",
)


def many_paths(last: int) -> dict[str, tuple[str, str]]:
    """Name, path and what it is measured against: filters and orders, early and late pages."""
    asked = {f"only {query}": (f"/customers/?{query}", "list") for query in FILTERS}
    for sort in SORTS:
        asked[f"by {sort}"] = (f"/customers/?sort={sort}", "list")
        asked[f"by {sort}, page {last}"] = (f"/customers/?sort={sort}&page={last}", f"by {sort}")
    return asked


def interleaved(
    pages: Iterable[tuple[str, str, Callable[[], float]]], patience: Patience
) -> dict[tuple[str, str], Series]:
    """Milliseconds by ground and page: the median of each run's requests."""
    pages = list(pages)
    for _ground, _name, page in pages:
        for _ in range(patience.requests // 4 + 1):
            page()
    series: dict[tuple[str, str], Series] = defaultdict(Series)
    for _ in range(patience.runs):
        times = defaultdict(list)
        for _ in range(patience.requests):
            for ground, name, page in pages:
                times[ground, name].append(page())
        for key, seconds in times.items():
            series[key].values.append(statistics.median(seconds) * 1000)
    return series


# --- many at once ----------------------------------------------------------------------------


def throughput(ground: Ground, browsers: list[Browser], patience: Patience) -> dict[str, Series]:
    """Requests per second with all browsers at once, list and floor in turn."""
    series: dict[str, Series] = defaultdict(Series)
    at_floor = []
    for browser in browsers:
        other = Browser(ground.floor)
        other.cookies = browser.cookies
        at_floor.append(other)
    for _ in range(patience.runs):
        series["floor"].values.append(rate(at_floor, "/floor/", patience.seconds))
        series["list"].values.append(rate(browsers, "/customers/", patience.seconds))
    return series


def rate(browsers: list[Browser], path: str, seconds: float) -> float:
    counts = [0] * len(browsers)
    began = time.perf_counter()

    def visit(number: int) -> None:
        while time.perf_counter() - began < seconds:
            browsers[number].get(path)
            counts[number] += 1

    threads = [threading.Thread(target=visit, args=[number]) for number in range(len(browsers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - began)


def crowd(ground: Ground) -> list[Browser]:
    """Eight browsers, each of another partner as far as there are so many."""
    partners = ground.size.partners
    emails = [f"p{number % partners + 1}@scale.example" for number in range(BROWSERS)]
    if ground.size.big:
        emails = [ORDINARY if email == BIG else email for email in emails]
    return [Browser(ground.product).sign_in(email) for email in emails]
