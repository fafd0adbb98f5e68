"""What an import would do, row by row, as a page shows it."""

import dataclasses
import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.cards import Card
from customers.imports.decisions import ADD, CHOICES, DEFAULTS, SAME, SKIP, choice_of, rows_of
from customers.imports.known import OWN
from customers.imports.looking import VERDICTS
from customers.imports.matching import BIN, EMAIL, NAME, PHONE, SEVERAL, UID
from customers.imports.reading import Problem, sentence
from customers.imports.standing import shown
from customers.models import Customer, Email, Import, Phone

TABS = {
    "new": pgettext_lazy("people of an import", "new"),
    "changed": _("to be completed"),
    "doubtful": _("doubtful"),
    "same": _("unchanged"),
    "failed": _("not readable"),
}
WHY = {
    UID: _("The same card, but quite another name."),
    EMAIL: _("The same e-mail, but another name."),
    PHONE: _("The same number, but another name."),
    NAME: _("The same name; nothing else says that it is the same person."),
    SEVERAL: _("Several people in your circle could be meant."),
    BIN: _("Somebody like this lies in your bin."),
}
WORDS = {
    ("new", ADD): _("Add"),
    ("new", SKIP): _("Leave out"),
    ("changed", SAME): _("Same person: add what is new"),
    ("changed", ADD): _("Someone else: add as new"),
    ("changed", SKIP): _("Leave out"),
    ("doubtful", SAME): _("Same person: add what is new"),
    ("doubtful", ADD): _("Someone else: add as new"),
    ("doubtful", SKIP): _("Leave out"),
}
THINGS: dict[str, Any] = {
    "phone": Phone._meta.get_field("typed").verbose_name,
    "email": Email._meta.get_field("typed").verbose_name,
    "address": _("address"),
    "interest": _("interest"),
    "lifeevent": _("life event"),
    "tagging": _("tag"),
    "birthday": _("birthday"),
}


@dataclasses.dataclass(frozen=True)
class Tab:
    verdict: str
    label: Any
    count: int


@dataclasses.dataclass
class Shown:
    """One row of the file, and what may be done with it."""

    place: str
    number: int
    verdict: str
    title: str
    line: str
    why: Any = ""
    adds: list[tuple[Any, Any]] = dataclasses.field(default_factory=list)
    clashes: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    people: list[Customer] = dataclasses.field(default_factory=list)
    choices: list[tuple[str, Any]] = dataclasses.field(default_factory=list)
    chosen: str = ""
    notes: list[str] = dataclasses.field(default_factory=list)
    twin: int | None = None
    reason: str = ""
    raw: str = ""


def tabs(run: Import) -> list[Tab]:
    return [Tab(verdict, TABS[verdict], run.counts.get(verdict, 0)) for verdict in VERDICTS]


def for_all(run: Import, verdict: str) -> list[tuple[str, Any, bool]]:
    """What can be said of all rows of a kind, and whether it was."""
    said = run.settings.get("for_all", {}).get(verdict, (DEFAULTS[verdict], 0))[0]
    return [(choice, WORDS[verdict, choice], choice == said) for choice in CHOICES.get(verdict, ())]


def rows(run: Import, verdict: str, start: int, end: int) -> list[Shown]:
    found = list(rows_of(run, verdict, start, end))
    ids = {uuid.UUID(pk) for *_place, said in found for pk in said.get("who", ())}
    people = run.partner.customers.in_bulk(list(ids))
    return [show(run, page, at, said, people) for page, at, said in found]


def row(run: Import, page: int, at: int, said: dict[str, Any]) -> Shown:
    people = run.partner.customers.in_bulk([uuid.UUID(pk) for pk in said.get("who", ())])
    return show(run, page, at, said, people)


def show(
    run: Import, page: int, at: int, said: dict[str, Any], people: dict[uuid.UUID, Customer]
) -> Shown:
    if said["v"] == "failed":
        failed = shown(said)
        return Shown(
            place="", number=said["n"], verdict="failed", title="", line="",
            reason=failed["reason"], raw=" · ".join(filter(None, failed["raw"]))[:200],
        )  # fmt: skip
    card = Card.from_json(said["card"])
    who = [uuid.UUID(pk) for pk in said.get("who", ())]
    row = Shown(
        place=f"{page}-{at}",
        number=said["n"],
        verdict=said["v"],
        title=card.name or card.company,
        line=" · ".join(said_of(card)),
        why=WHY.get(said.get("why", ""), ""),
        adds=[(label(name), spoken(name, text)) for name, text in said.get("adds", ())],
        people=[people[pk] for pk in who if pk in people],
        chosen=choice_of(run, said),
        notes=[sentence(Problem.from_json(note)) for note in said.get("notes", ())],
        twin=said.get("twin"),
    )
    row.choices = choices(said, [people.get(pk) for pk in who])
    taken = said.get("take", ())
    row.clashes = [
        {
            "name": name,
            "label": label(name),
            "stands": spoken(name, stands),
            "says": spoken(name, says),
            "is_taken": name in taken,
        }
        for name, (stands, says) in said.get("clash", {}).items()
    ]
    return row


def choices(said: dict[str, Any], people: list[Customer | None]) -> list[tuple[str, Any]]:
    """Whoever could be meant is named, when there are several."""
    verdict = said["v"]
    found: list[tuple[str, Any]] = []
    for choice in CHOICES.get(verdict, ()):
        if choice != SAME or verdict != "doubtful":
            found.append((choice, WORDS[verdict, choice]))
        elif len(people) == 1:
            found.append((SAME, WORDS[verdict, SAME]))
        else:
            found += [
                (f"{SAME}-{at}", _("This is %(name)s, %(place)s") % named(person))
                for at, person in enumerate(people)
                if person
            ]
    return found


def named(person: Customer) -> dict[str, str]:
    return {"name": person.name, "place": person.city or "…"}


def said_of(card: Card) -> list[str]:
    """What tells somebody from others of the same name."""
    towns = [f"{at.postcode} {at.city}".strip() or at.street for at in card.addresses[:1]]
    ways = [phone.typed for phone in card.phones[:2]] + [mail.typed for mail in card.emails[:2]]
    company = [card.company] if card.company and card.company != card.name else []
    return [part for part in (*company, *ways, *towns) if part]


def label(name: str) -> Any:
    if name.startswith(OWN):
        return name.removeprefix(OWN)
    return THINGS.get(name) or Customer._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def spoken(name: str, text: str) -> Any:
    """A stored value in the reader's words."""
    if name in THINGS or name.startswith(OWN):
        return text
    field: Any = Customer._meta.get_field(name)
    return dict(field.choices or ()).get(text, text)
