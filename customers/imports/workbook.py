"""An Excel workbook on standard input becomes CSV on standard output: the sheet with most rows.

Runs as a process of its own with little memory and time, since a workbook may be made to burst.
"""

import csv
import datetime as dt
import io
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

from defusedxml import DefusedXmlException
from openpyxl import load_workbook

from customers.imports.formulas import guarded

MEMORY = 512 << 20
SECONDS = 60
MOST_ROWS, MOST_COLUMNS = 250_000, 100
LARGEST = 64 << 20
BURST, ENTITIES, BROKEN, WIDE = 3, 4, 5, 6  # exit codes
ZEROS = re.compile("0+")
QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
BUGS = (LookupError, TypeError, AttributeError)  # openpyxl's, on what it did not expect
DAMAGE = (ValueError, SyntaxError, OSError, zipfile.BadZipFile, *BUGS)
Lines = list[tuple[str, int]]


class TooLarge(Exception):
    pass


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    content = sys.stdin.buffer.read()
    try:
        sheet = largest(content)
    except MemoryError:
        sys.exit(BURST)
    except TooLarge:
        sys.exit(WIDE)
    except DAMAGE as damage:
        # openpyxl wraps what the parser refused.
        is_refused = any(isinstance(wrong, DefusedXmlException) for wrong in causes(damage))
        sys.exit(ENTITIES if is_refused else BROKEN)
    sys.stdout.buffer.write(sheet)


def causes(wrong: BaseException | None) -> Iterator[BaseException]:
    while wrong:
        yield wrong
        wrong = wrong.__cause__ or wrong.__context__


def largest(content: bytes) -> bytes:
    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    shown = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    best: Lines = []
    for sheet in shown or workbook.worksheets:
        lines = list(read(sheet))
        best = lines if count(lines) > count(best) else best
    width = max((cells for _line, cells in best), default=0)
    return "".join(
        f"{line}{',' * (width - cells) if cells else ''}\n" for line, cells in best
    ).encode()


def count(lines: Lines) -> int:
    return sum(cells > 0 for _line, cells in lines)


def read(sheet: Any) -> Iterator[tuple[str, int]]:
    """Each row with the number of its cells; empty ones at the end are left out."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    size = empty = 0
    blank = None  # openpyxl hands out the same one again for each row that is missing
    for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS):
        if row is blank:
            empty += 1
            continue
        cells = [written(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            empty, blank = empty + 1, row
            continue
        for _row in range(empty):
            yield "", 0
        empty = 0
        writer.writerow(cells)
        line = buffer.getvalue()[:-1]
        size += len(line)
        if size > LARGEST:
            raise TooLarge
        yield line, len(cells)
        buffer.seek(0)
        buffer.truncate()


def written(cell: Any) -> str:
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, str):
        return guarded(value.replace("_x000D_", ""))
    return guarded(plain(value, cell))


def plain(value: Any, cell: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return number(value, cell.number_format)
    if isinstance(value, dt.datetime | dt.date):
        return day(value, cell.number_format)
    return str(value)


def number(value: float, form: str) -> str:
    """Whole numbers without a point; a postcode keeps the zero that its format shows."""
    if value != int(value):
        return repr(value)
    return str(int(value)).zfill(len(form) if ZEROS.fullmatch(form or "") else 1)


def day(value: dt.datetime | dt.date, form: str) -> str:
    """A day whose year is not shown has none: Excel made up this one's."""
    if "y" not in QUOTED.sub("", form or "yyyy").lower():
        return f"--{value:%m-%d}"
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat(sep=" ") if isinstance(value, dt.datetime) else value.isoformat()


if __name__ == "__main__":
    main()
