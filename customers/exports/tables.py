"""Rows as CSV, as spreadsheets of the reader's country open it by a double click."""

import csv
import io
from collections.abc import Iterable, Sequence

from customers.imports.formulas import guarded

CONTENT_TYPE = "text/csv; charset=utf-8"
BOM = "\ufeff"  # without it Excel takes UTF-8 for something else


def write(rows: Iterable[Sequence[str]], *, german: bool) -> str:
    """No cell can be taken for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if german else ",", lineterminator="\r\n")
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue()
