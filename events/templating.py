"""What a partner starts with: two evenings that others liked, each with its checklist."""

import datetime as dt
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from events.models import Setting, Step

PREPARE, COACH, PACK, AFTER = Step.Part.SETTING, Step.Part.COACHING, Step.Part.PACKING, "after"


class StarterStep(NamedTuple):
    days: int
    part: str
    text: Any
    for_host: bool = False


class Starter(NamedTuple):
    said: dict[str, Any]
    steps: tuple[StarterStep, ...]

    @property
    def values(self) -> dict[str, Any]:
        """In the language that is spoken now."""
        words = {name for name in self.said if name in {"name", "title", *Setting.WORDS}}
        return {name: str(value) if name in words else value for name, value in self.said.items()}


AT_HOME = Starter(
    {
        "name": _("Cosy evening"),
        "title": _("A cosy evening among friends"),
        "kind": Setting.Kind.PRESENTATION,
        "start_time": dt.time(19, 30),
        "minutes": 150,
        "maximum": 10,
        "decoration": _("Candles, a cloth in one colour, fresh flowers"),
        "catering": _("Something to nibble, water, a small toast"),
        "seating": _("A circle where everybody reaches the table"),
        "demo_material": _("Samples, brush and bowl, mirror, price list"),
        "agenda": _(
            "Welcome and a drink\n"
            "Everybody says who they are\n"
            "Show and try\n"
            "Questions and orders\n"
            "Who would like to host the next evening?"
        ),
        "invitation_text": _(
            "We make ourselves comfortable, try a few things and laugh a lot. It would be lovely "
            "if you came!"
        ),
        "thanks_text": _("It was lovely that you were there. Thank you for the evening!"),
    },
    (
        StarterStep(-20, COACH, _("Say thank you for the booking")),
        StarterStep(-17, COACH, _("Talk through guest list, wishes and the room")),
        StarterStep(-14, COACH, _("Share the link with your guests"), for_host=True),
        StarterStep(-7, COACH, _("Ask how many have said yes")),
        StarterStep(-7, PREPARE, _("Order what is missing for the demonstration")),
        StarterStep(-4, COACH, _("Ask those who have not answered in person"), for_host=True),
        StarterStep(-1, COACH, _("Number of guests, the way there, parking, wishes")),
        StarterStep(-1, PACK, _("Demonstration set and samples")),
        StarterStep(-1, PACK, _("Decoration, candles, tablecloth")),
        StarterStep(-1, PACK, _("Price lists, order forms, pens, the QR cards")),
        StarterStep(0, PREPARE, _("Set out drinks and something to nibble"), for_host=True),
        StarterStep(1, AFTER, _("Thank the host")),
        StarterStep(2, AFTER, _("Confirm the evenings that were booked")),
    ),
)
CLUB = Starter(
    {
        "name": _("Club evening"),
        "title": _("An evening for my customer club"),
        "kind": Setting.Kind.CLUB,
        "start_time": dt.time(19),
        "minutes": 120,
        "maximum": 14,
        "decoration": _("A table with what is new, name cards"),
        "catering": _("Tea, biscuits, a glass for the toast"),
        "seating": _("Small tables, so that people talk"),
        "agenda": _("Welcome\nWhat is new\nTry together\nA small present for everybody"),
        "invitation_text": _("As a member of my club you see first what is new. Come along!"),
        "thanks_text": _("Thank you for coming. It is good to have you in the club."),
    },
    (
        StarterStep(-14, PREPARE, _("Invite the members")),
        StarterStep(-7, PREPARE, _("Prepare the small presents")),
        StarterStep(-3, PREPARE, _("Ask those who have not answered in person")),
        StarterStep(-1, PACK, _("Name cards, presents, what is new")),
        StarterStep(1, AFTER, _("Thank everybody who came")),
    ),
)
STARTERS = (AT_HOME, CLUB)
