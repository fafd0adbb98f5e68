"""A workbook with one sheet, made row by row; every cell is text or a date, never a formula."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"

DAY_ONE = dt.date(1899, 12, 30)
FIRST_SAFE_DAY = dt.date(1900, 3, 1)  # Excel knows a 29 February 1900
TEXT, DATE, BOLD = 0, 1, 2  # places in cellXfs below
LONGEST = 32_767  # letters in a cell
# What XML cannot say.
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Cell = str | dt.date

AROUND = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/{SHEET}" ContentType="{TYPES}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="%s" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts count="2">'
    '<font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="49" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="14" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>",
}
END = "</sheetData></worksheet>"


def around(title: str) -> dict[str, str]:
    """All members of the workbook's archive but the sheet."""
    named = AROUND | {"xl/workbook.xml": AROUND["xl/workbook.xml"] % escape(title)}
    return {name: HEAD + content for name, content in named.items()}


def begin(header: Sequence[str]) -> str:
    """The sheet up to its first row, which stays in sight and names the columns."""
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{min(max(len(name) + 3, 12), 32)}" customWidth="1"/>'
        for at, name in enumerate(header, 1)
    )
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{columns}</cols><sheetData>{row(1, header, BOLD)}"
    )


def rows(first: int, found: Iterable[Sequence[Cell]]) -> str:
    return "".join(row(number, cells) for number, cells in enumerate(found, first))


def row(number: int, cells: Sequence[Cell], style: int = TEXT) -> str:
    filled = (
        cell(f"{letters(at)}{number}", value, style) for at, value in enumerate(cells) if value
    )
    return f'<row r="{number}">{"".join(filled)}</row>'


def cell(place: str, value: Cell, style: int) -> str:
    if isinstance(value, dt.date) and value >= FIRST_SAFE_DAY:
        return f'<c r="{place}" s="{DATE}"><v>{(value - DAY_ONE).days}</v></c>'
    text = NO_XML.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST]
    said = f'<is><t xml:space="preserve">{escape(text)}</t></is>'
    return f'<c r="{place}" s="{style}" t="inlineStr">{said}</c>'


def letters(at: int) -> str:
    """A, B, … Z, AA, AB, …: the name of a column, counted from 0."""
    more, last = divmod(at, 26)
    return (letters(more - 1) if more else "") + chr(ord("A") + last)
