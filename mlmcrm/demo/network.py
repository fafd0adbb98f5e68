"""Who of the demo's people recommended whom, where the others come from, and Anna's talk notes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from customers.models import Customer, Recommendation, TalkNote
from customers.talk_starters import STARTERS

EVENT, FAIR, OTHER = Customer.Source.EVENT, Customer.Source.FAIR, Customer.Source.OTHER
PROMISED, PASSED_ON, IN_TOUCH, CAME, NO = Recommendation.Status
DUE, THANKED, _NOT_NEEDED = Recommendation.Thanks
# By what their source says of them; whoever came by somebody is said elsewhere.
SAID = {
    "Gast bei": EVENT,
    "Abend bei": EVENT,
    "abend bei": EVENT,
    "Empfang bei": EVENT,
    "Wochenmarkt": FAIR,
    "Weinmesse": FAIR,
    "Elternabend": OTHER,
    "Kindergarten, Mama": OTHER,
    "Yoga": OTHER,
    "Wartezimmer": OTHER,
    "Kollege von": OTHER,
    "Cousine": OTHER,
    "Landfrauen": OTHER,
}


@dataclass(frozen=True)
class Told:
    """By whom, to whom, on which day, and what came of it; `thanked` is a day too."""

    by: str
    to: str
    day: int
    status: str
    thanked: int | None = None
    why: str = ""


WORDS: dict[str, list[Told]] = {
    "anna@example.org": [
        Told("Petra Hahner", "Jutta Hohmann", -388, CAME, -380, "Kocht für eine große Runde"),
        Told("Meike Wehner", "Gisela Wehner", -310, CAME, -300),
        Told("Jutta Hohmann", "Karin Jestädt", -96, CAME, -90, "Hat die Gewürze bei ihr probiert"),
        Told("Petra Hahner", "Thomas Kreß", -66, CAME, -60, "Sucht etwas für den Grill"),
        Told("Meike Wehner", "Nicole Bleuel", -63, CAME, -58, "Beide mögen die Zitronenseife"),
        Told("Svetlana Bauer", "Andrea Schad", -49, CAME, -45, "Beim Färben erzählt"),
        Told("Svetlana Bauer", "Friederike Helfrich", -33, PASSED_ON, None, "Nahm die Karte mit"),
        Told("Svetlana Bauer", "Kerstin Auth", -28, CAME, -25),
        Told("Meike Wehner", "Yvonne Faust", -20, IN_TOUCH, None, "Kam an dem Abend mit"),
        Told("Ilse Bott", "Lena Bott", -20, IN_TOUCH, -18),
        Told("Lena Bott", "Jana", -11, IN_TOUCH, None, "Freundin, kocht vegetarisch"),
        Told("Nicole Bleuel", "Steffi aus dem Büro", -3, PROMISED, None, "Gibt meinen Link weiter"),
        Told("Petra Hahner", "Frau Simon", -40, NO, -35, "Wollte lieber nicht"),
    ],
    "boris@example.org": [
        Told("Ruth Sommer", "Ulrike von Stetten", -455, CAME, -450, "Liest und trinkt gern"),
        Told("Mehmet Öztürk", "Aylin Demir", -45, IN_TOUCH),
        Told("Clara Brandl", "Nora Jansen", -15, IN_TOUCH),
        Told("Clara Brandl", "Jule", -15, PASSED_ON),
        Told("Ulrike von Stetten", "Katja Lorenz", -30, IN_TOUCH),
        Told("Ulrike von Stetten", "Werner Albrecht", -30, IN_TOUCH),
    ],
}
OWN_NOTE = (
    TalkNote.Kind.WORRY,
    "„Ich habe noch so viele Gewürze“",
    "Dann brauchst du gerade keine. Welches ist zuerst leer? Da melde ich mich gern.",
)


def tell_sources(teller: Any) -> None:
    """Before the people are stored."""
    for customer in teller.customers:
        if not customer.source_kind:
            kinds = (kind for word, kind in SAID.items() if word in customer.source)
            customer.source_kind = next(kinds, "")


def groups(teller: Any) -> Iterator[list[Any]]:
    people = {customer.name: customer for customer in teller.customers}
    yield [recommendation(teller, people, told) for told in WORDS[teller.user.email]]
    if teller.user.email == "anna@example.org":
        yield talk_notes(teller)


def recommendation(teller: Any, people: Any, told: Told) -> Recommendation:
    recipient = people.get(told.to)
    return Recommendation(
        **teller.owned(-told.day, told.by, "recommended", told.to),
        recommender=people[told.by],
        recipient=recipient,
        recipient_name="" if recipient else told.to,
        why=told.why,
        recommended_on=teller.date(told.day),
        status=told.status,
        status_on=teller.date(told.day),
        thanks=DUE if told.thanked is None else THANKED,
        thanked_on=None if told.thanked is None else teller.date(told.thanked),
    )


def talk_notes(teller: Any) -> list[TalkNote]:
    with translation.override(teller.user.language):
        return [
            TalkNote(
                **teller.owned(200, "talk note", number),
                kind=kind,
                title=str(title),
                text=str(text),
                position=number,
            )
            for number, (kind, title, text) in enumerate([*STARTERS, OWN_NOTE], 1)
        ]
