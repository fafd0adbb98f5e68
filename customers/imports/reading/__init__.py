"""Files with contacts, read into Cards: pure functions without database.

    found = sniff(content, name)             what it is, which column holds what; or Unreadable
    page = pages(content, found.settings, None)     the first 500 entries, ...
    page = pages(content, found.settings, page.position)    ... and the next, until `is_last`

For a workbook `found.csv` is the sheet as CSV: keep that in place of the upload and read it with the
same settings. `content` is whatever answers slices with bytes.
"""

from customers.imports.formulas import guarded, unguarded
from customers.imports.reading.columns import FIELDS, field_choices, is_field, label
from customers.imports.reading.own import columns_for, own_columns, own_row
from customers.imports.reading.pages import pages
from customers.imports.reading.parts import Entry, Page, Problem, Sniffed, Unreadable
from customers.imports.reading.sentences import sentence
from customers.imports.reading.sniffing import look_again, sniff
from customers.imports.reading.workbooks import xlsx_to_csv

__all__ = [
    "FIELDS",
    "Entry",
    "Page",
    "Problem",
    "Sniffed",
    "Unreadable",
    "columns_for",
    "field_choices",
    "guarded",
    "is_field",
    "label",
    "look_again",
    "own_columns",
    "own_row",
    "pages",
    "sentence",
    "sniff",
    "unguarded",
    "xlsx_to_csv",
]
