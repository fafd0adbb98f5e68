"""Address labels on sheets of 24 (A4, three by eight, 70 x 37 mm), as a PDF."""

import dataclasses
from collections.abc import Container, Iterable, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from fpdf import FPDF

from customers import text
from customers.models import Address, Customer

CONTENT_TYPE = "application/pdf"
ACROSS, DOWN = 3, 8
ON_A_SHEET = ACROSS * DOWN
WIDTH, HEIGHT, TOP = 70.0, 37.0, 0.5  # mm
MARGIN = 6.0  # printers do not reach the edge of the paper
ROOM = WIDTH - 2 * MARGIN
LINE = 4.7
SIZE, SMALLEST = 10.5, 8.5  # points
MOST = 100 * ON_A_SHEET

FONT, FONT_FILE = "DejaVu", settings.BASE_DIR / "static" / "vendor" / "DejaVuSansCondensed.ttf"
HERE = {"", *map(text.fold, ("Deutschland", "Germany", "DE", "D"))}


@dataclasses.dataclass(frozen=True)
class Wish:
    start: int = 1  # the first label of a used sheet that is still there
    families: bool = False
    salutation: bool = False


def addressed(customers: Iterable[Customer]) -> tuple[list[Customer], list[Customer]]:
    """Those whom a letter reaches, and those whose address is missing."""
    reached: list[Customer] = []
    missing: list[Customer] = []
    for customer in customers:
        (reached if address_of(customer) else missing).append(customer)
    return reached, missing


def address_of(customer: Customer) -> Address | None:
    """The preferred one, as far as a letter would arrive."""
    complete = (
        address
        for address in customer.addresses.all()
        if (address.street or address.extra) and (address.city or address.postcode)
    )
    return next(complete, None)


def labels(customers: Iterable[Customer], wish: Wish) -> list[list[str]]:
    """The lines of each label, in the order of the people."""
    homes: dict[tuple[str, ...], list[Customer]] = {}
    for customer in customers:
        homes.setdefault(home_of(customer, wish), []).append(customer)
    return [lines(people, wish) for people in homes.values()]


def home_of(customer: Customer, wish: Wish) -> tuple[str, ...]:
    """What those have in common who share a label."""
    address = address_of(customer)
    if address and wish.families and customer.last_name and not customer.is_business:
        return (text.fold(customer.last_name), address.normalised, text.fold(address.extra))
    return (str(customer.pk),)


def lines(people: Sequence[Customer], wish: Wish) -> list[str]:
    customer, address = people[0], address_of(people[0])
    if address is None:
        return []
    if len(people) > 1:
        names = [_("The %(name)s family") % {"name": customer.last_name}]
    else:
        names = named(customer, address, wish)
    place = f"{address.postcode} {address.city}".strip()
    is_here = text.fold(address.country) in HERE
    country = "" if is_here else address.country.upper()
    told = [*names, address.extra, address.street, place, country]
    return [line for line in told if line]


def named(customer: Customer, address: Address, wish: Wish) -> list[str]:
    salutation = ""
    if wish.salutation and not customer.is_business:
        salutation = {
            Customer.Salutation.MS: pgettext("on an envelope", "Ms"),
            Customer.Salutation.MR: pgettext("on an envelope", "Mr"),
        }.get(Customer.Salutation(customer.salutation), "")
    person = " ".join(filter(None, [salutation, customer.title, customer.name]))
    at_work = address.kind == Address.Kind.WORK and customer.company
    return [customer.company, person] if at_work else [person]


def pdf(told: Sequence[Sequence[str]], start: int = 1) -> bytes:
    sheet = FPDF(format="A4")
    sheet.set_title(_("Address labels"))
    sheet.set_auto_page_break(auto=False)
    sheet.set_margin(0)
    sheet.c_margin = 0
    sheet.add_font(FONT, fname=FONT_FILE)
    font: Any = sheet.fonts[FONT.lower()]
    for number, label in enumerate(told, start - 1):
        at = number % ON_A_SHEET
        if at == 0 or number == start - 1:
            sheet.add_page()
        put(
            sheet,
            at,
            [setting for line in label for setting in set_in(sheet, drawn(line, font.cmap))],
        )
    return bytes(sheet.output())


def drawn(line: str, known: Container[int]) -> str:
    """What the font has letters for."""
    return " ".join("".join(char for char in line if ord(char) in known).split())


def set_in(sheet: FPDF, line: str) -> list[tuple[str, float]]:
    """The line in a size in which it fits; one that would be too small is broken in two."""
    size = room_for(sheet, line)
    if size >= SMALLEST:
        return [(line, size)]
    sheet.set_font(FONT, size=SIZE)
    first, _space, rest = line.partition(" ")
    while rest and sheet.get_string_width(f"{first} {(word := rest.partition(' '))[0]}") <= ROOM:
        first, rest = f"{first} {word[0]}", word[2]
    return [(part, max(SMALLEST, room_for(sheet, part))) for part in (first, rest) if part]


def room_for(sheet: FPDF, line: str) -> float:
    sheet.set_font(FONT, size=SIZE)
    return min(SIZE, SIZE * ROOM / max(sheet.get_string_width(line), 1))


def put(sheet: FPDF, at: int, label: Sequence[tuple[str, float]]) -> None:
    """One label, its lines in the middle of its height."""
    row, column = divmod(at, ACROSS)
    left = column * WIDTH + MARGIN
    top = TOP + row * HEIGHT + (HEIGHT - LINE * len(label)) / 2
    for number, (line, size) in enumerate(label):
        sheet.set_font(FONT, size=size)
        sheet.set_xy(left, top + number * LINE)
        sheet.cell(ROOM, LINE, cut(sheet, line))


def cut(sheet: FPDF, line: str) -> str:
    while sheet.get_string_width(line) > ROOM + 0.01:
        line = f"{line[:-2].rstrip()}…"
    return line
