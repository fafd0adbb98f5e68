"""`make bench`: load, serve, measure, print."""

import argparse
import json
import time

from tools.bench import evenings, grounds, imports, measure, outbox, report, weights
from tools.bench.browser import Browser
from tools.bench.grounds import Ground, Size
from tools.bench.measure import BIG, ORDINARY, Patience, Series, Visit

PAGES = ("today", "list", "search", "detail", "create")
PAGE_BAR, GROWTH_BAR, CROWD_BAR, BIG_BAR, LATE_BAR, QUERIES = 2.5, 1.15, 1 / 3, 2.0, 1.5, 10
ONE = Size(partners=2, customers=1)
FULL = {
    "postgres": [Size(10, 1000), Size(1000, 1000, big=10_000)],
    "sqlite": [Size(10, 1000), Size(100, 1000, big=10_000)],
}
QUICK = {
    "postgres": [Size(3, 200), Size(20, 200, big=2000)],
    "sqlite": [Size(3, 200), Size(20, 200, big=2000)],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, to try it out")
    parser.add_argument("--only", choices=["postgres", "sqlite"], help="one database alone")
    parts = ("pages", "imports", "events", "outbox")
    parser.add_argument("--part", choices=parts, action="append", help="this part alone")
    parser.add_argument("--profile", metavar="PAGE", choices=PAGES, help="where its time goes")
    options = parser.parse_args()
    sizes = QUICK if options.quick else FULL
    patience = Patience(runs=3, requests=15, seconds=1) if options.quick else Patience()
    load = outbox.QUICK if options.quick else outbox.Load()
    contacts = imports.QUICK if options.quick else imports.Load()
    guests = evenings.QUICK if options.quick else evenings.Load()
    wanted = options.part or parts
    began = time.monotonic()
    with grounds.workshop() as home:
        for name, make in (("postgres", grounds.postgres), ("sqlite", grounds.sqlite)):
            if options.only not in {None, name}:
                continue
            print(f"Loading {name} …", flush=True)
            if {"pages", "imports"} & set(wanted):
                with make(home, [ONE, *sizes[name]]) as (one, small, large):
                    if options.profile:
                        print(inside(large, "profile", options.profile, ORDINARY))
                        continue
                    if "pages" in wanted:
                        with grounds.servers(home, small, large):
                            measure_all(one, small, large, patience)
                    if "imports" in wanted:
                        imports.measure_all(large, contacts)
            if "events" in wanted:
                evenings.measure_all(home, make, guests, patience)
            if "outbox" in wanted:
                outbox.measure_all(home, make, load)
    print(f"Measured in {time.monotonic() - began:.0f} s.")


def measure_all(one: Ground, small: Ground, large: Ground, patience: Patience) -> None:
    visits = {ground.label: Visit(ground, ORDINARY) for ground in (small, large)}
    pages = [
        (ground, name, getattr(visit, name))
        for name in ("floor", "floor_in_the_house", *PAGES)
        for ground, visit in visits.items()
    ]
    series = measure.interleaved(pages, patience)
    queries = {
        ground.label: json.loads(inside(ground, "counts", ORDINARY))[ORDINARY]
        for ground in (one, large)
    }
    print_pages(small, large, series, queries[one.label], queries[large.label])
    print_big(large, patience)
    print_crowd(large, patience)
    print_weights(large)


def inside(ground: Ground, *what: str) -> str:
    return grounds.run(ground.environment, "-m", "tools.bench.inside", *what)


def print_pages(small: Ground, large: Ground, series, with_one, with_many) -> None:
    rows = []
    for name in ("floor", "floor_in_the_house", *PAGES):
        here = series[large.label, name]
        growth = here.over(series[small.label, name])
        ratio = here.over(series[large.label, "floor"])
        is_page = name in PAGES
        bar = PAGE_BAR if is_page and name != "create" else None
        rows.append(
            [
                name.replace("_", " "),
                report.milliseconds(here),
                report.times(ratio),
                report.verdict(ratio, most=bar),
                queries(with_one[name], with_many[name]) if is_page else "",
                report.times(growth),
                report.verdict(growth, most=GROWTH_BAR) if is_page else "",
            ]
        )
    report.table(
        f"{large.label} customers of {large.size.partners:,} partners; grown from {small.label}",
        ["page", "server ms", "x floor", "bar", "queries + wall", "growth", "bar"],
        rows,
    )


def queries(with_one: list[int], with_many: list[int]) -> str:
    """The number of queries, with a word where it depends on the rows or passes the bar."""
    (count, wall), (of_one, _) = with_many, with_one
    words = [f"{count} + {wall}"]
    words += [f"({of_one} with one row)"] if of_one != count else []
    words += ["TOO MANY"] if count > QUERIES else []
    return " ".join(words)


def print_big(large: Ground, patience: Patience) -> None:
    """One partner with many: each page against the plain list, late pages against their first."""
    visit = Visit(large, BIG)
    last = max(large.size.big // 25, 1)
    paths = measure.many_paths(last)
    pages = [
        ("list", visit.list),
        ("search", visit.search),
        ("search with slips", visit.hard_search),
    ]
    pages += [(name, visit.page(path)) for name, (path, _first) in paths.items()]
    pages.append(("detail", visit.detail))
    series = measure.interleaved([(large.label, *page) for page in pages], patience)
    rows = []
    for name, _page in pages:
        first = paths[name][1] if name in paths else "list"
        ratio = series[large.label, name].over(series[large.label, first])
        most = LATE_BAR if first != "list" else None if name in {"list", "detail"} else BIG_BAR
        here = report.milliseconds(series[large.label, name])
        rows.append([name, here, report.times(ratio), first, report.verdict(ratio, most=most)])
    report.table(
        f"{large.label}: one partner with {large.size.big:,} customers",
        ["page", "server ms", "times", "the page", "bar"],
        rows,
    )


def print_crowd(large: Ground, patience: Patience) -> None:
    series = measure.throughput(large, measure.crowd(large), patience)
    share = series["list"].over(series["floor"])
    report.table(
        f"{large.label}: eight browsers at once",
        ["page", "requests/s", "of the floor", "bar"],
        [
            ["floor", rate(series["floor"]), "", ""],
            ["list", rate(series["list"]), report.times(share),
             report.verdict(share, least=CROWD_BAR)],
        ],
    )  # fmt: skip


def rate(series: Series) -> str:
    low, high = series.spread
    return f"{series.median:.0f} ({low:.0f}-{high:.0f})"


def print_weights(large: Ground) -> None:
    browser = Browser(large.product).sign_in(ORDINARY)
    first = weights.weigh(browser, "/")
    total = sum(size for kind, size in first.items() if kind != "html as sent")
    rows = [["first visit to today", *sizes(first), report.kilobytes(total), "<= 150 KB"]]
    for name, path in (("today", "/"), ("list", "/customers/")):
        page = weights.weigh(browser, path)
        html = {"html": page["html"], "html as sent": page["html as sent"]}
        rows.append([f"later: {name}", *sizes(html), report.kilobytes(page["html"]), "<= 25 KB"])
    report.table(
        "Page weight, compressed",
        ["page", "html", "css", "js", "pictures", "html as sent", "together", "bar"],
        rows,
    )


def sizes(found: dict[str, int]) -> list[str]:
    kinds = ("html", "css", "js", "pictures", "html as sent")
    return [report.kilobytes(found[kind]) if kind in found else "" for kind in kinds]


if __name__ == "__main__":
    main()
