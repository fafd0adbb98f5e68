"""Boris has one evening, tonight: the cooking circle of Florian."""

import datetime as dt

from customers.models import Customer
from events.models import Event, RewardTier
from mlmcrm.demo.hosting import (
    COACHING,
    PACKING,
    SETTING,
    YES,
    Evening,
    Template,
    Tier,
    ToDo,
    asked,
    says,
)
from mlmcrm.demo.story import GUEST, Person

WINE = Template(
    "Weinabend",
    {
        "title": "Weinabend",
        "maximum": 8,
        "start_time": dt.time(19),
        "theme": "Rhein gegen Mosel",
        "catering": "Linsen vom Gastgeber, Brot und Wasser von mir",
        "demo_material": "Sechs Flaschen, verdeckt",
        "invitation_text": "Sechs Flaschen, zwei Flüsse, ein Tisch. Wer gewinnt, entscheidet ihr.",
    },
    [
        ToDo(COACHING, -7, "Gläser und Kühlung klären"),
        ToDo(SETTING, -1, "Flaschen verdecken und kühlen"),
        ToDo(PACKING, 0, "Korkenzieher, Spuckeimer, Zettel für die Punkte"),
    ],
)
TEMPLATES = [WINE]
TIERS = [Tier(200, 3, RewardTier.Kind.FIXED, 20)]
COOKS = ("Arne", "Sven", "Kalle", "Holger", "Imre")
GUESTS = [
    Person(name, since=20, stage=GUEST, source="Gast bei Florian Menges", hidden=True)
    for name in COOKS
]

EVENINGS = [
    Evening(
        "Weinabend bei Florian",
        0,
        dt.time(19),
        dt.time(22),
        booked=60,
        host="Florian Menges",
        template=WINE,
        state=Event.State.INVITING,
        guests=[
            says("Arne", YES, 20, 16, companions=1),
            *(says(name, YES, 20, 15) for name in COOKS[1:]),
            says("Dieter Schwab", YES, 20, 12),
            asked("Tobias Finck", 12),
        ],
        says={
            "formality": Customer.Formality.INFORMAL,
            "directions": "Keller im Hinterhof, zweite Tür",
        },
    )
]
CLUB = None
