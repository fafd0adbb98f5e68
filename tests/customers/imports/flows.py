"""Imports of plain cards, for tests of what happens around the reading of files."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from customers.actions import importing
from customers.cards import Card, Mail, Number, Place
from customers.imports import reading
from customers.models import Import
from partners import jobs
from partners.models import OwnedModel, Partner, uuid7
from tests.project.world import owned_models

BOOKKEEPING = {"created_at", "updated_at", "version"}
OF_THE_WORK = {"Change", "Import", "ImportPage", "StoredFile", "FilePart"}
BROKEN = {"broken": True}


def card(name: str, *, phone: str = "", email: str = "", city: str = "", **more: Any) -> Card:
    first, _space, last = name.partition(" ")
    return Card(
        first_name=first,
        last_name=last,
        phones=[Number(phone)] if phone else [],
        emails=[Mail(email)] if email else [],
        addresses=[Place(city=city)] if city else [],
        **more,
    )


def lines_of(*cards: Card | dict[str, Any]) -> bytes:
    said = (one.as_json() if isinstance(one, Card) else one for one in cards)
    return "\n".join(json.dumps(one) for one in said).encode()


def sniff(content: bytes, name: str) -> reading.Sniffed:
    return reading.Sniffed(kind="vcard", rows=content.count(b"\n") + 1)


def pages(content: Any, settings: Any, position: Any, limit: int = 500) -> reading.Page:
    lines = bytes(content[:]).decode().splitlines()
    start = (position or {}).get("at", 0)
    entries = [
        entry(number, json.loads(line))
        for number, line in enumerate(lines[start : start + limit], start + 1)
    ]
    after = start + len(entries)
    return reading.Page(entries, {"at": after}, after >= len(lines))


def entry(number: int, said: dict[str, Any]) -> reading.Entry:
    if said == BROKEN:
        return reading.Entry(number, None, [reading_problem()], [], ["=cmd", "broken; row"])
    return reading.Entry(number, Card.from_json(said), [], [], [])


def reading_problem():
    return reading.parts.Problem("no-name", {})


@pytest.fixture
def plain_cards(monkeypatch) -> Iterator[None]:
    """The files of a test are lines of cards."""
    monkeypatch.setattr(reading, "sniff", sniff)
    monkeypatch.setattr(reading, "pages", pages)
    return


def read(partner: Partner, *cards: Card | dict[str, Any]) -> Import:
    """An upload, read and ready to be looked through."""
    return importing.begin(partner, partner.user, uuid7(), "phone.vcf", lines_of(*cards))


def take(run: Import, **options: str) -> Import:
    importing.start_taking(run.partner, run.partner.user, run, options)
    run.refresh_from_db()
    return run


def undo(run: Import) -> Import:
    importing.start_undoing(run.partner, run.partner.user, run)
    run.refresh_from_db()
    return run


def rows_of(run: Import) -> list[dict[str, Any]]:
    return [row for page in run.pages.all() for row in page.rows]


def verdicts(run: Import) -> list[str]:
    return [row["v"] for row in rows_of(run)]


def everything(partner: Partner) -> dict[str, list[dict[str, Any]]]:
    """All that the partner has, without bookkeeping and without the work itself."""
    return {
        model.__name__: sorted(
            (facts(row) for row in model.unscoped.filter(partner=partner)), key=repr
        )
        for model in owned_models()
        if model.__name__ not in OF_THE_WORK
    }


def facts(row: OwnedModel) -> dict[str, Any]:
    fields = (field.attname for field in row._meta.concrete_fields)
    return {name: getattr(row, name) for name in fields if name not in BOOKKEEPING}


def finish(run: Import, state: str) -> None:
    """What a worker would do, chunk by chunk."""
    for _chunk in range(20):
        run.refresh_from_db()
        if run.state == state:
            return
        jobs.work()
    raise AssertionError(run.state)
