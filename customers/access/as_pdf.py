"""The package for people: to be printed, or sent from the partner's own mail programme."""

from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from fpdf import FPDF

from customers.access.gathering import Line, Package
from customers.exports.labels import FONT, FONT_FILE, drawn

content_type = "application/pdf"
MARGIN, LABEL, ROW, GAP = 20.0, 48.0, 5.4, 2.6  # mm
TITLE_SIZE, HEAD_SIZE, SIZE = 18.0, 12.5, 10.0  # points
QUIET, DARK, RULE = (105, 100, 95), (35, 32, 30), (222, 216, 208)


class Sheet(FPDF):
    """A4, with the number of the page below."""

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font(FONT, size=8)
        self.set_text_color(*QUIET)
        self.cell(0, 6, f"{self.page_no()} / {{nb}}", align="R")


def write(package: Package) -> bytes:
    sheet = Sheet(format="A4")
    title = _("What is noted about %(name)s") % {"name": package.person.name}
    sheet.set_title(title)
    sheet.set_margins(MARGIN, MARGIN, MARGIN)
    sheet.set_auto_page_break(auto=True, margin=MARGIN)
    sheet.add_font(FONT, fname=FONT_FILE)
    sheet.add_page()
    font: Any = sheet.fonts[FONT.lower()]
    writer = Writer(sheet, font.cmap)
    writer.text(title, TITLE_SIZE, 9)
    day = formats.date_format(package.made_at, "SHORT_DATE_FORMAT")
    writer.text(_("As it stood on %(day)s") % {"day": day}, SIZE, ROW, QUIET)
    for section in package.sections:
        writer.section(section.title, section.rows)
    if mails := [sent(row) for row in package.messages if row["sent_at"]]:
        writer.section(_("Mails sent by the programme"), mails)
    writer.section(_("What one may know about it"), [package.about])
    return bytes(sheet.output())


def sent(row: dict[str, Any]) -> list[Line]:
    local = timezone.localtime(row["sent_at"])
    return [(formats.date_format(local, "SHORT_DATETIME_FORMAT"), _("E-mail"))]


class Writer:
    def __init__(self, sheet: FPDF, known: Any):
        self.sheet, self.known = sheet, known

    def section(self, title: str, rows: list[list[Line]]) -> None:
        sheet = self.sheet
        if sheet.will_page_break(4 * ROW):
            sheet.add_page()
        sheet.ln(3 * GAP)
        self.text(title, HEAD_SIZE, 7)
        for number, row in enumerate(rows):
            if number:
                sheet.ln(GAP)
            sheet.set_draw_color(*RULE)
            sheet.line(MARGIN, sheet.get_y(), sheet.w - MARGIN, sheet.get_y())
            sheet.ln(GAP)
            for line in row:
                self.line(*line)

    def line(self, label: str, said: str) -> None:
        sheet = self.sheet
        if sheet.will_page_break(ROW):
            sheet.add_page()
        top = sheet.get_y()
        sheet.set_font(FONT, size=SIZE)
        sheet.set_text_color(*QUIET)
        sheet.multi_cell(LABEL, ROW, drawn(label, self.known), align="L")
        below, page = sheet.get_y(), sheet.page
        sheet.set_xy(MARGIN + LABEL, top)
        sheet.set_text_color(*DARK)
        text = "\n".join(drawn(part, self.known) for part in said.splitlines())
        sheet.multi_cell(0, ROW, text, align="L", new_x="LMARGIN", new_y="NEXT")
        if sheet.page == page:
            sheet.set_y(max(sheet.get_y(), below))

    def text(self, said: str, size: float, height: float, colour=DARK) -> None:
        self.sheet.set_font(FONT, size=size)
        self.sheet.set_text_color(*colour)
        self.sheet.multi_cell(
            0, height, drawn(said, self.known), align="L", new_x="LMARGIN", new_y="NEXT"
        )
