"""Cards on A4 paper: lines that fit, and squares that phones read."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from fpdf import FPDF
from fpdf.enums import TextMode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from customers.exports.labels import drawn

CONTENT_TYPE = "application/pdf"
FONT, FONT_FILE = "DejaVu", settings.BASE_DIR / "static" / "vendor" / "DejaVuSansCondensed.ttf"
WIDTH, HEIGHT = 210.0, 297.0  # mm
SMALLEST = 0.6  # of the size that was wanted; then a line is cut
MM_PER_POINT, SPACING = 25.4 / 72, 1.35
INK, QUIET, FAINT, ACCENT = (42, 38, 34), (102, 94, 84), (215, 208, 198), (43, 106, 85)
Colour = tuple[int, int, int]


class Paper(FPDF):
    def __init__(self, title: str):
        super().__init__(format="A4")
        self.set_title(title)
        self.set_auto_page_break(auto=False)
        self.set_margin(0)
        self.c_margin = 0
        self.add_font(FONT, fname=FONT_FILE)
        font: Any = self.fonts[FONT.lower()]
        self.known = font.cmap

    def fits(self, room: float, text: str, size: float) -> bool:
        self.set_font(FONT, size=size)
        return bool(self.get_string_width(drawn(text, self.known)) <= room)

    def line_of(
        self,
        at: tuple[float, float],
        room: float,
        text: str,
        size: float,
        *,
        colour: Colour = INK,
        is_bold: bool = False,
        align: str = "L",
    ) -> None:
        """One line; smaller where it would not fit, and in the end cut."""
        text = drawn(text, self.known)
        self.set_font(FONT, size=size)
        wide = self.get_string_width(text)
        if wide > room:
            self.set_font(FONT, size=max(size * room / wide, size * SMALLEST))
        while self.get_string_width(text) > room + 0.1:
            text = f"{text[:-2].rstrip()}…"
        self.written(at, room, text, size * MM_PER_POINT, colour, is_bold=is_bold, align=align)

    def written(
        self,
        at: tuple[float, float],
        room: float,
        text: str,
        height: float,
        colour: Colour,
        *,
        is_bold: bool,
        align: str,
    ) -> None:
        self.set_text_color(*colour)
        self.set_draw_color(*colour)
        mode = TextMode.FILL_STROKE if is_bold else TextMode.FILL
        with self.local_context(text_mode=mode, line_width=0.12):
            self.set_xy(*at)
            self.cell(room, height, text, align=align)

    def prose(
        self,
        at: tuple[float, float],
        room: float,
        text: str,
        size: float,
        most: int,
        *,
        colour: Colour = INK,
        is_bold: bool = False,
    ) -> float:
        """Several lines, at most so many; where they end."""
        height = size * MM_PER_POINT * SPACING
        lines = self.lines_of(room, text, size)
        if len(lines) > most:
            lines = [*lines[: most - 1], f"{lines[most - 1].rstrip(' .,')} …"]
        for number, line in enumerate(lines):
            below = (at[0], at[1] + number * height)
            self.written(below, room, line, height, colour, is_bold=is_bold, align="L")
        return at[1] + len(lines) * height

    def lines_of(self, room: float, text: str, size: float) -> list[str]:
        self.set_font(FONT, size=size)
        told = "\n".join(drawn(line, self.known) for line in text.splitlines())
        lines: Any = self.multi_cell(room, size, told, dry_run=True, output="LINES")
        return lines

    def qr(self, at: tuple[float, float], side: float, link: str) -> None:
        code = QRCode(border=0, error_correction=ERROR_CORRECT_M)
        code.add_data(link)
        matrix = code.get_matrix()
        step = side / len(matrix)
        self.set_fill_color(0, 0, 0)
        for row, cells in enumerate(matrix):
            for start, length in runs(cells):
                self.rect(at[0] + start * step, at[1] + row * step, length * step, step, style="F")

    def frame(self, at: tuple[float, float], width: float, height: float) -> None:
        """Where to cut."""
        self.set_draw_color(*FAINT)
        self.set_line_width(0.15)
        self.rect(*at, width, height)


def runs(cells: list[bool]) -> Iterator[tuple[int, int]]:
    """Where black squares stand side by side, and how many."""
    start = None
    for number, is_black in enumerate([*cells, False]):
        if is_black and start is None:
            start = number
        elif not is_black and start is not None:
            yield start, number - start
            start = None
