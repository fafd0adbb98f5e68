"""What a problem says to the person who sees it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from customers.imports.reading.columns import label
from customers.imports.reading.parts import Problem

FILES = {
    "too-large": _("This file is larger than %(limit)s MB. Split it and bring it in parts."),
    "empty": _("There is nothing in this file."),
    "header-only": _("This file has headings, but no row below them."),
    "zip": _("This is a ZIP archive. Unpack it and choose the file inside."),
    "old-excel": _("This is an old or locked Excel file. Open it in Excel and save it as .xlsx."),
    "locked": _("This file is locked with a password. Save it without one."),
    "pdf": _("This is a PDF. We read CSV, Excel and vCard files."),
    "program": _("This is a program, not a list of contacts."),
    "image": _("This is a picture. We read CSV, Excel and vCard files."),
    "web-page": _("This is a web page or XML. We read CSV, Excel and vCard files."),
    "binary": _("This is no text. We read CSV, Excel and vCard files."),
    "burst": _("This Excel file is too big to open. Save the sheet as CSV and bring that."),
    "entities": _("This Excel file holds things that do not belong there. Save it anew in Excel."),
    "broken-workbook": _("This Excel file is damaged. Open it in Excel and save it again."),
}
WARNINGS = {
    "latin-1": _("Some letters may be wrong: the file says in no known way how it was written."),
    "mixed-encoding": _("A few lines are written in another way than the rest; we read them too."),
    "same-headings": _("Some headings stand there twice: %(names)s."),
    "no-name-column": _("We found no column with names. Please say which one it is."),
}
PROBLEMS = {
    "no-name": _("There is no name."),
    "way-as-name": _("There is no name; the address or number stands for it."),
    "too-long": _("%(field)s is longer than %(limit)s characters."),
    "columns": _("This row has %(found)s columns instead of %(expected)s."),
    "quote": _("A quotation mark that begins in line %(line)s is not closed."),
    "line-too-long": _("Line %(line)s is too long."),
    "card-line": _("Line %(line)s is not understood: %(text)s"),
    "card-too-large": _("The card in line %(line)s is too large."),
    "no-end": _("The card that begins in line %(line)s does not end."),
}
NOTES = {
    "photo": _("The photo was left out."),
    "left-out": _("%(name)s was left out."),
    "nul": _("Characters that cannot be stored were removed."),
    "odd-letters": _(
        "A line was written in another way than the rest; please look at the letters."
    ),
    "kept": _("“%(name)s” now stands in the note."),
    "moved": _("%(field)s was too long and now stands in the note."),
    "unknown-word": _("“%(text)s” for %(field)s is not known and now stands in the note."),
    "birthday-year": _("Birthday “%(text)s” was read as %(day)s."),
    "no-birthday": _("“%(text)s” is no birthday we understand and now stands in the note."),
    "does-not-fit": _("“%(text)s” does not fit %(field)s and now stands in the note."),
    "no-email": _("“%(text)s” is no e-mail address and now stands in the note."),
    "no-number": _("“%(text)s” is no phone number and now stands in the note."),
    "rounded-number": _("A spreadsheet has rounded the number “%(text)s”; it stands in the note."),
    "one-name": _("There was one name only: “%(name)s” stands as first name."),
}
SENTENCES: dict[str, Any] = FILES | WARNINGS | PROBLEMS | NOTES


def sentence(problem: Problem) -> str:
    """In the language of whoever reads it."""
    said = dict(problem.params)
    if "field" in said:
        said["field"] = capitalised(label(said["field"]))
    return str(SENTENCES[problem.code]) % said


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
