"""Cards of the club, ten on a sheet (A4, 85.6 x 54 mm each), as a PDF."""

from collections.abc import Iterable

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from customers import preference
from events.models import Club, Membership
from events.paper import ACCENT, CONTENT_TYPE, HEIGHT, QUIET, WIDTH, Paper
from partners import profile

__all__ = ["CONTENT_TYPE", "MOST", "pdf"]
MOST = 500
ACROSS, DOWN = 2, 5
WIDE, HIGH, MARGIN, CODE = 85.6, 54.0, 6.0, 23.0  # mm
LEFT, TOP = (WIDTH - ACROSS * WIDE) / 2, (HEIGHT - DOWN * HIGH) / 2


def pdf(club: Club, members: Iterable[Membership]) -> bytes:
    paper = Paper(_("Cards of %(club)s") % {"club": club.name})
    mine = profile.of(club.partner)
    keeper = profile.joined(" · ", mine.name, mine.phone)
    for number, member in enumerate(members):
        place = number % (ACROSS * DOWN)
        if place == 0:
            paper.add_page()
        row, column = divmod(place, ACROSS)
        draw(paper, (LEFT + column * WIDE, TOP + row * HIGH), club, member, keeper)
    if not paper.pages:
        paper.add_page()
    return bytes(paper.output())


def draw(
    paper: Paper, corner: tuple[float, float], club: Club, member: Membership, keeper: str
) -> None:
    left, top = corner
    x, room = left + MARGIN, WIDE - 2 * MARGIN
    beside = room - CODE - 4
    paper.frame(corner, WIDE, HIGH)
    paper.line_of((x, top + 6), room, club.name, 15, colour=ACCENT, is_bold=True)
    paper.line_of((x, top + 13), room, club.motto, 8, colour=QUIET)
    paper.line_of((x, top + 25.5), beside, member.customer.name, 12, is_bold=True)
    paper.line_of((x, top + 32), beside, numbered(member), 9)
    paper.line_of((x, top + 37), beside, since(member), 9, colour=QUIET)
    paper.line_of((x, top + 45), beside, keeper, 7.5, colour=QUIET)
    paper.qr((left + WIDE - MARGIN - CODE, top + 19.5), CODE, preference.link(member.customer))
    words = pgettext("below the square on the card", "Which messages?")
    place = (left + WIDE - MARGIN - CODE - 4, top + 43.5)
    paper.line_of(place, CODE + 4, words, 6.5, colour=QUIET, align="R")


def numbered(member: Membership) -> str:
    return _("Member no. %(number)d") % {"number": member.number}


def since(member: Membership) -> str:
    month = formats.date_format(member.since, "F Y")
    return _("since %(month)s") % {"month": month}
