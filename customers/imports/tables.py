"""A table before it is read: its first rows, and which column seems to hold what."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from customers.imports import reading
from customers.imports.content import Content
from customers.imports.reading import guessing
from customers.models import Import

KINDS = {Import.Kind.CSV, Import.Kind.XLSX}
SHOWN = 20
ENCODINGS = {
    "utf-8": _("UTF-8 (Google, phones)"),
    "cp1252": _("Windows (Excel, Outlook)"),
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16 BE",
    "latin-1": "ISO 8859-1",
    "mac-roman": "Macintosh",
}
DELIMITERS = {
    ";": _("semicolon ;"),
    ",": _("comma ,"),
    "\t": _("tab"),
    "|": _("vertical line |"),
}
READ_AS = ("encoding", "delimiter", "has_header")

Found = dict[str, Any]


def look(run: Import, asked: Any) -> Found:
    """As it was understood, or as it looks when read otherwise."""
    found: Found = {
        "encoding": "utf-8",
        "delimiter": ";",
        "has_header": True,
        "header": [],
        "columns": [],
        "sample": [],
        "kind": run.kind,
    } | run.settings
    if "encoding" not in asked:
        return found
    known: Found = {"encoding": ENCODINGS, "delimiter": DELIMITERS}
    wanted = {
        name: asked[name] if asked.get(name) in choices else found[name]
        for name, choices in known.items()
    }
    wanted["has_header"] = "has_header" in asked
    if all(found[name] == value for name, value in wanted.items()):
        return found
    return found | wanted | read_anew(run, found | wanted)


def read_anew(run: Import, found: Found) -> Found:
    """The first rows under other settings, and what their columns seem to hold then."""
    if run.file is None:
        return {}
    bare = found | {"has_header": False, "header": [], "columns": []}
    try:
        page = reading.pages(Content(run.file), bare, None, SHOWN + 1)
    except (reading.Unreadable, ValueError, LookupError):
        return {}
    rows = [entry.raw if isinstance(entry.raw, list) else [entry.raw] for entry in page.entries]
    width = max(map(len, rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    header = rows[0] if rows and found["has_header"] else [""] * width
    sample = rows[bool(found["has_header"]) :]
    source = guessing.source_of(header)
    return {
        "header": header,
        "columns": guessing.guess(header, sample, source),
        "sample": sample,
        "source": source,
    }


def side_by_side(form: Any, found: Found) -> list[dict[str, Any]]:
    """Each column with its heading, what it holds in the first rows, and its choice."""
    return [
        {
            "heading": form.heading(at),
            "field": form[f"column-{at}"],
            "values": [row[at] for row in found["sample"] if at < len(row) and row[at]][:3],
        }
        for at in range(len(found["columns"]))
    ]


def settle(run: Import, found: Found, columns: list[str]) -> None:
    """What is to be read, and how."""
    names = (*READ_AS, "header", "sample", "skip", "source")
    kept = {name: found[name] for name in names if name in found}
    run.settings = run.settings | kept | {"columns": columns}
