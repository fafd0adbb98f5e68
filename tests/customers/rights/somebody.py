"""Somebody of whom everything is known, in words that nobody else uses; and where to look for them."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.db import models

import tests.event_factories
import tests.factories
import tests.trust_factories
from customers.models import Customer, Email, Permission, Phone, hanging
from events.models import BenefitUse, EventGuest, Feedback, Membership
from partners.models import Partner
from tests.event_factories import BenefitFactory, ClubFactory, EventFactory
from tests.factories import CustomerFactory

WORDS = re.compile(r"quitte|xaverine|4711\W?0815", re.IGNORECASE)
NAME, MAIL, NUMBER = ("Xaverine", "Quittenbaum"), "xaverine@quitte.example", "0661 4711-0815"
KINDS: dict[Any, dict[str, Any]] = {
    Phone: {"typed": NUMBER},
    Email: {"typed": MAIL},
    Permission: {"channel": "phone", "says": "yes"},
}


def kinds(partner: Partner, other: Customer) -> dict[Any, dict[str, Any]]:
    """What rows of a kind need besides."""
    club = ClubFactory.create(partner=partner)
    event = EventFactory.create(host=other)
    return KINDS | {
        EventGuest: {"event": event},
        Feedback: {"event": event},
        Membership: {"club": club},
        BenefitUse: {"benefit": BenefitFactory.create(club=club)},
    }


def factories() -> dict[type[models.Model], Any]:
    found = {**vars(tests.factories), **vars(tests.trust_factories)}
    found |= vars(tests.event_factories)
    return {
        factory._meta.model: factory
        for factory in found.values()
        if getattr(factory, "_meta", None) and getattr(factory._meta, "model", None)
    }


def texts(model: type[models.Model]) -> dict[str, str]:
    """Each text that a partner may write about somebody; rows that only name them tell nothing."""
    columns = [name.removesuffix("_id") for name in hanging.pointers().get(model, ())]
    if columns and set(columns) <= set(model.privacy.loose):
        return {}
    return {
        field.name: f"Quitte {field.name}"[: field.max_length]
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and field.name in model.privacy.personal
        and not field.choices
    }


def somebody(partner: Partner) -> Customer:
    """With a row of every kind that can hang on a person, from every end."""
    first, last = NAME
    told = texts(Customer) | {"first_name": first, "last_name": last, "uid": "quitte-card-000001"}
    person = CustomerFactory.create(partner=partner, **told)
    other = CustomerFactory.create(partner=partner, first_name="Uwe", last_name="Anders")
    more = kinds(partner, other)
    for model, columns in hanging.pointers().items():
        for column in columns if model is not Customer else ():
            ends = {name.removesuffix("_id"): other for name in columns if name != column}
            name = column.removesuffix("_id")
            said = {name: person} | ends | ({} if name in model.privacy.loose else texts(model))
            factories()[model].create(**said | {"partner": partner} | more.get(model, {}))
    person.refresh_from_db()
    return person


def traces() -> list[str]:
    """Every place that still says something: tables, files, mails that are kept, caches."""
    return [f"{where}: {found[0]}" for where, said in everything() if (found := WORDS.search(said))]


def everything() -> Iterator[tuple[str, str]]:
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.all().values():
            yield model.__name__, " ".join(map(spelled, row.values()))
    for file in settings.MAIL_DIR.glob("*"):
        yield file.name, spelled(file.read_bytes())
    for name in caches:
        yield name, repr(vars(caches[name]))


def spelled(value: Any) -> str:
    if not isinstance(value, bytes | memoryview):
        return str(value)
    content = bytes(value)
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return " ".join(spelled(archive.read(name)) for name in archive.namelist())
    return content.decode("utf-8", "replace")
