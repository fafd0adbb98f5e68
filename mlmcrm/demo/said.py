"""What satisfied people of the demo said, in their words, and whether they may be quoted."""

from dataclasses import dataclass
from typing import Any

from customers.models import Reference

NOT_ASKED, NO, _NAMELESS, FIRST_NAME, _FULL_NAME = Reference.Quoting


@dataclass(frozen=True)
class Said:
    who: str
    day: int
    text: str
    about: str = ""
    quoting: str = NOT_ASKED
    where: str = ""


WORDS: dict[str, list[Said]] = {
    "anna@example.org": [
        Said(
            "Petra Hahner",
            -41,
            "So einen lustigen Abend hatten wir lange nicht, und die Gewürze sind nach drei Wochen noch wie am ersten Tag.",
            "Küchenabend",
            FIRST_NAME,
            "Einladungen zum Küchenabend",
        ),
        Said(
            "Meike Wehner",
            -20,
            "Endlich ein Messer, das auch nach einem Jahr noch schneidet!",
            "Messer",
        ),
        Said(
            "Jutta Hohmann", -70, "Die Seife riecht wie unser Urlaub am Gardasee.", "Handseife", NO
        ),
    ],
    "boris@example.org": [
        Said("Ruth Sommer", -30, "Bei Boris weiß ich immer, woher der Wein kommt.", "Beratung"),
    ],
}


def groups(teller: Any) -> list[list[Reference]]:
    people = {customer.name: customer for customer in teller.customers}
    return [[reference(teller, people[said.who], said) for said in WORDS[teller.user.email]]]


def reference(teller: Any, customer: Any, said: Said) -> Reference:
    day = teller.date(said.day)
    reference = Reference(
        **teller.owned(-said.day, said.who, "said", said.about),
        customer=customer,
        text=said.text,
        about=said.about,
        said_on=day,
        quoting=said.quoting,
        where=said.where,
    )
    reference.allowed_on = day if reference.may_be_used else None
    return reference
