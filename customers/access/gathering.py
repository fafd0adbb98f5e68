"""All rows that hang on somebody, as their models declare them, with words for the columns."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import BinaryField
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers import own
from customers.actions import erasing
from customers.models import (
    Address,
    Customer,
    DataSubjectRequest,
    Email,
    FollowUp,
    Interaction,
    Interest,
    LifeEvent,
    OwnValue,
    Permission,
    PersonalMail,
    Phone,
    Recommendation,
    Reference,
    Relation,
    Tagging,
    hanging,
)
from customers.rows import sentence
from partners import clock, profile
from partners.models import OutboxMessage, OwnedModel, Partner, Profile

# What only helps us to find and to sort.
FOR_FINDING = {
    "sort_name",
    "search_text",
    "sounds",
    "uid",
    "number",
    "address",
    "normalised",
    "declined",
}
BOOKKEEPING = {"partner_id", "version"}
TITLES: dict[type[OwnedModel], Any] = {
    Customer: gettext_lazy("Who"),
    Phone: gettext_lazy("Phone numbers"),
    Email: gettext_lazy("E-mail addresses"),
    Address: gettext_lazy("Addresses"),
    Relation: gettext_lazy("Relations"),
    Tagging: gettext_lazy("Tags"),
    Interest: gettext_lazy("Interests"),
    LifeEvent: gettext_lazy("Life events"),
    OwnValue: gettext_lazy("Further details"),
    Interaction: gettext_lazy("Talks and messages"),
    FollowUp: gettext_lazy("Planned and kept"),
    Recommendation: gettext_lazy("Recommendations"),
    Reference: gettext_lazy("Things said that may be quoted"),
    PersonalMail: gettext_lazy("Mails"),
    Permission: gettext_lazy("Permissions"),
    DataSubjectRequest: gettext_lazy("Requests"),
}
# Columns whose own name says too little, or nothing in the reader's language.
WORDS: dict[str, Any] = {
    "birth_day": gettext_lazy("day of birth"),
    "birth_month": gettext_lazy("month of birth"),
    "birth_year": gettext_lazy("year of birth"),
    "postcode": gettext_lazy("postcode"),
    "city": gettext_lazy("place"),
    "next_due_at": gettext_lazy("next follow-up"),
    "last_contact_at": gettext_lazy("last contact"),
    "restricted_at": gettext_lazy("locked since"),
    "tag": gettext_lazy("Tag"),
    "field": gettext_lazy("detail"),
    "other": gettext_lazy("person"),
    "customer": gettext_lazy("person"),
    "recommender": gettext_lazy("recommended by"),
    "recipient": gettext_lazy("recommended to"),
    "business": gettext_lazy("business"),
    "state": gettext_lazy("state"),
    "closed_at": gettext_lazy("closed on"),
    "says": gettext_lazy("answer"),
    "point": gettext_lazy("number or address"),
    "text": gettext_lazy("text"),
    "person": gettext_lazy("name and address then"),
    "confirmed_at": gettext_lazy("confirmed on"),
    "last_used_at": gettext_lazy("last used"),
    "status": gettext_lazy("what came of it"),
    "allowed_on": gettext_lazy("allowed on"),
    "wanted_at": gettext_lazy("written on"),
    "number": gettext_lazy("number"),
    "date": gettext_lazy("date"),
    "created_at": gettext_lazy("noted on"),
}
OWN_WORDS: dict[type[OwnedModel], dict[str, Any]] = {}
# Declared as technical or for finding, and yet worth telling.
TOLD_TOO: dict[type[OwnedModel], tuple[str, ...]] = {
    DataSubjectRequest: ("kind", "received_on", "state")
}
# Not for whom they are about: columns whose rows tell of others, too, and of the partner.
UNTOLD: dict[type[OwnedModel], frozenset[str]] = {}
# What became of somebody who was recommended is not the recommender's business.
OF_ANOTHER = {"status", "status_on"}
# Rows that name others as well: of what stood in them before, only that it changed.
SHARED: list[type[OwnedModel]] = [Recommendation, Relation]
Line = tuple[str, str]


@dataclasses.dataclass(frozen=True)
class Section:
    title: str
    model: str
    rows: list[list[Line]]  # label and words, for people
    data: list[dict[str, Any]]  # as stored, for programs


@dataclasses.dataclass(frozen=True)
class Package:
    person: Customer
    keeper: Profile
    made_at: dt.datetime
    sections: list[Section]
    messages: list[dict[str, Any]]
    history: list[dict[str, Any]]

    @property
    def about(self) -> list[Line]:
        """What one may know beside the data itself, in the order in which one asks."""
        return [
            (_("Who keeps it"), ", ".join(filter(None, self.keeper_lines))),
            (_("What for"), _("To stay in touch, to advise and to keep promises.")),
            (_("Where it comes from"), self.source),
            (_("Who else sees it"), self.recipients),
            (_("How long it stays"), _("As long as you are in touch; until a wish to erase it.")),
            (_("Decided by a machine"), _("Nothing.")),
            (_("What can be asked"), _("To correct, lock, erase or take along everything here.")),
            (_("Who helps"), _("The data protection authority of your state.")),
        ]

    @property
    def keeper_lines(self) -> list[str]:
        mine = self.keeper
        return [mine.name, mine.business, profile.address(mine), mine.phone, mine.email]

    @property
    def source(self) -> str:
        person = self.person
        kind = str(Customer.Source(person.source_kind).label) if person.source_kind else ""
        return ": ".join(filter(None, [sentence(kind), person.source])) or _("From yourself.")

    @property
    def recipients(self) -> str:
        return _("Only the firm that runs this programme, on behalf of %(name)s.") % {
            "name": self.keeper.name
        }


def declare(
    model: type[OwnedModel],
    title: Any,
    words: dict[str, Any],
    *,
    told_too: tuple[str, ...] = (),
    untold: Iterable[str] = (),
) -> None:
    """How rows of a room above are told."""
    TITLES[model] = title
    OWN_WORDS[model] = words
    TOLD_TOO[model] = told_too
    UNTOLD[model] = frozenset(untold)
    if untold:
        SHARED.append(model)


def package(partner: Partner, person: Customer) -> Package:
    """In a fixed number of queries, however much there is."""
    ids = erasing.whole(partner, [person.pk])
    sections, rows = [], set(ids)
    for model in ordered():
        found = list(hanging.rows(partner, model, ids).select_related(*followed(model)))
        if model is Customer:
            found = list(hanging.people(partner).filter(pk__in=ids).order_by("pk"))
        rows |= {row.pk for row in found}
        if found and model.privacy.exported:
            told = [lines(row, ids) for row in found]
            title = str(TITLES.get(model, model._meta.verbose_name_plural))
            data = [stored(row, ids) for row in found]
            sections.append(Section(title, str(model._meta.model_name), told, data))
    return Package(
        person=person,
        keeper=profile.of(partner),
        made_at=timezone.localtime(clock.now(), partner.zone),
        sections=sections,
        messages=messages(partner, ids),
        history=history(partner, rows),
    )


def ordered() -> list[type[OwnedModel]]:
    """First those that have a title, in that order, then whatever else hangs on people."""
    return [*TITLES, *(model for model in hanging.pointers() if model not in TITLES)]


def followed(model: type[OwnedModel]) -> list[str]:
    if model is Customer:
        return []
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.is_relation and field.name != "partner"
        if field.related_model is Customer
        or field.name in model.privacy.personal
        or field.name in TOLD_TOO.get(model, ())
    ]


def lines(row: OwnedModel, ids: set[uuid.UUID]) -> list[Line]:
    """What is told of a row: its personal columns and whom else it names, if they say something."""
    model = type(row)
    told = dict.fromkeys([*TOLD_TOO.get(model, ()), *followed(model), *row.privacy.personal])
    found = [
        (label(row, name), words(row, name))
        for name in told
        if name not in left_out(row, ids) and getattr(row, f"{name}_id", None) not in ids
    ]
    noted = formats.date_format(timezone.localtime(row.created_at), "SHORT_DATE_FORMAT")
    return [*[line for line in found if line[1]], (str(WORDS["created_at"]), noted)]


def left_out(row: OwnedModel, ids: set[uuid.UUID]) -> Collection[str]:
    is_about_another = isinstance(row, Recommendation) and row.recipient_id not in ids
    of_another = OF_ANOTHER if is_about_another else set()
    model = type(row)
    return FOR_FINDING.difference(TOLD_TOO.get(model, ())) | of_another | UNTOLD.get(model, set())


def label(row: OwnedModel, name: str) -> str:
    field: Any = row._meta.get_field(name)
    said = OWN_WORDS.get(type(row), {}).get(name) or WORDS.get(name)
    return sentence(str(said or field.verbose_name))


def words(row: OwnedModel, name: str) -> str:
    value = getattr(row, name)
    if isinstance(row, OwnValue) and name == "text":
        return own.spoken(row.field.kind, row.text)
    if value in (None, "", False):
        return ""
    if value is True:
        return _("yes")
    if hasattr(row, f"get_{name}_display"):
        return str(getattr(row, f"get_{name}_display")())
    match value:
        case dt.datetime():
            value = formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
        case dt.date():
            value = formats.date_format(value, "SHORT_DATE_FORMAT")
    return str(value)


def stored(row: OwnedModel, ids: set[uuid.UUID]) -> dict[str, Any]:
    """Every column but those for finding; others by their name, since an id tells nobody anything."""
    told: dict[str, Any] = {}
    unwanted = {*BOOKKEEPING, *left_out(row, ids)}
    for field in row._meta.concrete_fields:
        if field.attname in unwanted or isinstance(field, BinaryField):
            continue
        value = getattr(row, field.attname)
        if field.name in followed(type(row)) and value not in ids:
            value = str(getattr(row, field.name)) if value else None
        told[field.name] = value
    return told


def messages(partner: Partner, ids: set[uuid.UUID]) -> list[dict[str, Any]]:
    """What was sent to them by us, and when."""
    found = partner.messages.filter(
        recipient_type=OutboxMessage.Recipient.PERSON, recipient_id__in=[str(pk) for pk in ids]
    )
    return as_dicts(found.order_by("created_at").values("kind", "state", "created_at", "sent_at"))


def history(partner: Partner, rows: set[uuid.UUID]) -> list[dict[str, Any]]:
    """What stood there before; of what names others, only that it changed."""
    found = partner.changes.filter(row_id__in=rows).order_by("created_at", "pk")
    told = as_dicts(found.values("created_at", "act", "model", "row_id", "before", "after"))
    shared = {model._meta.label_lower for model in SHARED}
    return [
        row | {"before": None, "after": None} if row["model"] in shared else row for row in told
    ]


def as_dicts(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in rows]
