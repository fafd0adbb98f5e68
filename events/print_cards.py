"""Invitations on paper, four on a sheet (A4, A6 each), with the square that leads to the answer."""

import dataclasses
from collections.abc import Iterable

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events import links, saying
from events.models import Event, EventGuest
from events.paper import ACCENT, CONTENT_TYPE, HEIGHT, MM_PER_POINT, QUIET, SPACING, WIDTH, Paper
from partners import profile
from partners.models import Partner

__all__ = ["CONTENT_TYPE", "Invitation", "for_anybody", "for_guest", "pdf"]
ACROSS, DOWN = 2, 2
WIDE, HIGH, MARGIN, CODE = WIDTH / ACROSS, HEIGHT / DOWN, 11.0, 34.0  # mm
ROOM = WIDE - 2 * MARGIN
TITLE, LONG_TITLE, SMALLEST_TITLE = 19, 13, 0.75
TEXT = (9.5, 8.5, 7.5)  # the largest that fits
INVITES = 12.0  # mm for who invites, and air above the square


@dataclasses.dataclass(frozen=True)
class Invitation:
    """`name` is empty on a card that anybody may take."""

    name: str
    link: str


def for_guest(guest: EventGuest) -> Invitation:
    person = guest.customer
    return Invitation(person.first_name or person.name, links.of_guest(guest))


def for_anybody(event: Event, count: int) -> list[Invitation]:
    return [Invitation("", links.of_event(event))] * count


def pdf(partner: Partner, event: Event, invitations: Iterable[Invitation]) -> bytes:
    paper = Paper(event.title)
    mine = profile.of(partner)
    keeper = profile.joined(" · ", mine.name, mine.phone)
    for number, invitation in enumerate(invitations):
        at = number % (ACROSS * DOWN)
        if at == 0:
            paper.add_page()
        row, column = divmod(at, ACROSS)
        draw(paper, (column * WIDE, row * HIGH), event, invitation, keeper)
    return bytes(paper.output())


def draw(
    paper: Paper, corner: tuple[float, float], event: Event, invitation: Invitation, keeper: str
) -> None:
    left, top = corner
    x = left + MARGIN
    paper.frame(corner, WIDE, HIGH)
    if invitation.name:
        words = pgettext("invitation", "For %(name)s") % {"name": invitation.name}
        paper.line_of((x, top + 12), ROOM, words, 12, colour=QUIET)
    below = title(paper, (x, top + 21), event.title)
    paper.line_of((x, below), ROOM, saying.day_and_time(event.local_start), 11, is_bold=True)
    paper.line_of((x, below + 6.5), ROOM, saying.place(event, in_full=False), 11)
    below += 17
    foot = top + HIGH - MARGIN - CODE
    if event.invitation_text:
        below = message(paper, (x, below), event.invitation_text, foot - below - INVITES) + 3
    paper.line_of((x, below), ROOM, invites(event, keeper), 10.5)
    beside = ROOM - CODE - 5
    paper.qr((x, foot), CODE, invitation.link)
    lines = [*asks(event).split("\n"), *deadline(event)]
    for number, line in enumerate(lines):
        paper.line_of((x + CODE + 5, foot + number * 5), beside, line, 10)
    paper.line_of((x + CODE + 5, foot + CODE - 4), beside, keeper, 8, colour=QUIET)


def title(paper: Paper, at: tuple[float, float], text: str) -> float:
    """In large letters, or else in up to four lines; where the next one goes."""
    if paper.fits(ROOM, text, TITLE * SMALLEST_TITLE):
        paper.line_of(at, ROOM, text, TITLE, colour=ACCENT, is_bold=True)
        return at[1] + 10
    return paper.prose(at, ROOM, text, LONG_TITLE, 4, colour=ACCENT, is_bold=True) + 3


def message(paper: Paper, at: tuple[float, float], text: str, high: float) -> float:
    """The partner's own, as large as there is room; where they end."""
    rooms = [(size, int(high / (size * MM_PER_POINT * SPACING))) for size in TEXT]
    fitting = (each for each in rooms if len(paper.lines_of(ROOM, text, each[0])) <= each[1])
    size, most = next(fitting, rooms[-1])
    return paper.prose(at, ROOM, text, size, most)


def invites(event: Event, keeper: str) -> str:
    name = saying.host_name(event) or keeper.partition(" ")[0]
    if event.is_formal:
        return pgettext("Sie", "%(name)s invites you") % {"name": name}
    return pgettext("du", "%(name)s invites you") % {"name": name}


def asks(event: Event) -> str:
    """Two lines beside the square."""
    if event.is_formal:
        return pgettext("Sie", "Will you come?\nAnswer here in one tap.")
    return pgettext("du", "Will you come?\nAnswer here in one tap.")


def deadline(event: Event) -> list[str]:
    if event.answer_until is None or event.answer_until >= event.starts_at:
        return []
    local = event.answer_until.astimezone(event.local_start.tzinfo)
    day = formats.date_format(local, pgettext("date format", "j F"))
    return [_("Please by %(day)s.") % {"day": day}]
