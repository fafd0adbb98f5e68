"""A file of contacts taken over, against a bare `bulk_create` of the same rows; memory of many."""

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from tools.bench import grounds, report
from tools.bench.grounds import Ground
from tools.bench.measure import Series

BAR, MOST_MEMORY = 5, 200


@dataclass(frozen=True)
class Load:
    rows: int = 10_000
    runs: int = 5
    many: int = 200_000


QUICK = Load(rows=1000, runs=3, many=5000)


def measure_all(ground: Ground, load: Load) -> None:
    print_against_bare(ground, load)
    print_many(ground, load)


def inside(ground: Ground, *what: object) -> Any:
    command = ["-m", "tools.bench.inside", "imports", *map(str, what)]
    return json.loads(grounds.run(ground.environment, *command).splitlines()[-1])


def print_against_bare(ground: Ground, load: Load) -> None:
    """Run by run in turn, each time into the circle of another partner."""
    seconds: dict[str, Series] = defaultdict(Series)
    for number in range(load.runs):
        told = inside(ground, "against", 3 + 2 * number, load.rows)
        for name, value in told.items():
            seconds[name].values.append(value)
    whole = Series([sum(both) for both in zip(*(seconds[n].values for n in STEPS), strict=True)])
    ratio = whole.over(seconds["bare"])
    rows = [
        ["bare bulk_create of the same rows", spread(seconds["bare"]), "", ""],
        *([f"import: {STEPS[name]}", spread(seconds[name]), "", ""] for name in STEPS),
        ["import", spread(whole), report.times(ratio), report.verdict(ratio, most=BAR)],
    ]
    title = f"{ground.label}: {load.rows:,} contacts from a CSV file"
    report.table(title, ["", "seconds", "of the bare one", "bar"], rows)


STEPS = {"read": "reading, matching, preview", "take": "taking over, with its history"}


def spread(series: Series) -> str:
    low, high = series.spread
    return f"{series.median:.2f} ({low:.2f}-{high:.2f})"


def print_many(ground: Ground, load: Load) -> None:
    told = inside(ground, "many", 2, load.many)
    seconds = told["seconds"]
    rows = [[name, f"{value:.1f} s"] for name, value in seconds.items()]
    ratio = (seconds["reading"] + seconds["taking over"]) / seconds["bare"]
    verdict = "met" if ratio <= BAR else "MISSED"
    rows.append(["import, of the bare one", f"{ratio:.2f} x, <= {BAR} {verdict}"])
    held = told["held"]
    rows.append(["memory at 10, 50, 100 %", ", ".join(f"{value:.0f} MB" for value in held)])
    verdict = "met" if max(held) <= MOST_MEMORY else "MISSED"
    rows.append(["most memory", f"{told['most']:.0f} MB, <= {MOST_MEMORY} {verdict}"])
    rows.append(["same file once more", f"{told['again']:,} new"])
    report.table(f"{ground.label}: {load.many:,} contacts", ["", ""], rows)
