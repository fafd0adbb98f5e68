"""Cells that a spreadsheet would take for formulas, made safe and made back: `guarded` and undone."""

import re

# What a formula, or a command to a spreadsheet, begins with.
DANGEROUS = re.compile(r"'*[=+\-@\t\r\n|%＝＋－＠]")


def guarded(text: str) -> str:
    """Safe in a spreadsheet: an apostrophe before what would be taken for a formula."""
    return f"'{text}" if DANGEROUS.match(text) else text


def unguarded(text: str) -> str:
    """The way back; apostrophes of one's own stay."""
    return text[1:] if text[:1] == "'" and DANGEROUS.match(text, 1) else text
