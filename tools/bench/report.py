"""Tables, and whether a bar of DESIGN 8 is met."""

from collections.abc import Iterable

from tools.bench.measure import Series


def table(title: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    lines = [list(head), *(list(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    print(f"\n{title}")
    for number, line in enumerate(lines):
        cells = [line[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)]
        print("  " + "  ".join(cells).rstrip())
        if number == 0:
            print("  " + "  ".join("-" * width for width in widths))
    print(flush=True)


def milliseconds(series: Series) -> str:
    low, high = series.spread
    return f"{series.median:.1f} ({low:.1f}-{high:.1f})"


def times(series: Series) -> str:
    low, high = series.spread
    return f"{series.median:.2f} ({low:.2f}-{high:.2f})"


def verdict(series: Series, *, most: float | None = None, least: float | None = None) -> str:
    """Met, missed, or not decided where the spread reaches the bar."""
    low, high = series.spread
    if most is not None:
        bar, met, reached = f"<= {most}", series.median <= most, low <= most
    elif least is not None:
        bar, met, reached = f">= {least:.2f}", series.median >= least, high >= least
    else:
        return ""
    return f"{bar} {'met' if met else 'not decided' if reached else 'MISSED'}"


def kilobytes(size: int) -> str:
    return f"{size / 1000:.1f} KB"
