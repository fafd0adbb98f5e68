"""Traces as people say them: “Stage: prospect → customer”, “Phone number: 0661 12345 added”."""

import dataclasses
import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from customers import own
from customers.history_titles import TITLES
from customers.models import (
    Customer,
    DataSubjectRequest,
    FollowUp,
    Interaction,
    OwnValue,
    Recommendation,
    Relation,
    Tagging,
)
from customers.rows import sentence
from partners import undo as traces_of
from partners.changes import Values
from partners.models import Change, OwnedModel, Partner

LONG, A_LEAP_YEAR = 80, 2000
LABEL = Customer._meta.label_lower

NOUNS = {
    "customers.phone": gettext_lazy("Phone number"),
    "customers.email": gettext_lazy("E-mail"),
    "customers.address": gettext_lazy("Address"),
    "customers.tagging": gettext_lazy("Tag"),
    "customers.interest": gettext_lazy("Interest"),
    "customers.lifeevent": gettext_lazy("Life event"),
    "customers.relation": gettext_lazy("Relation"),
    "customers.followup": gettext_lazy("Follow-up"),
    "customers.interaction": gettext_lazy("Talk"),
    "customers.permission": gettext_lazy("Getting in touch"),
    "customers.notduplicate": gettext_lazy("Duplicates"),
}
# What follows from other columns, what is said otherwise, and what only we read.
UNTOLD = {
    "number",
    "address",
    "normalised",
    "uid",
    "zone",
    "due_at",
    "closed_at",
    "closed_by",
    "merged_into_id",
    "follow_up_id",
    "deleted_at",
    "position",
    "id",
    "customer_id",
    "other_id",
    "tag_id",
    "field_id",
    "date",
    "recommender_id",
    "recipient_id",
    "business_id",
    "status_on",
    "thanked_on",
    "was_reminded",
    "allowed_on",
    "notice_version",
    "restricted_at",
    "is_hidden",
}
# What rows of a room above belong to and are called by, as column and kind; words of columns that
# have none of their own; what is not told of rows of a room above.
BELONGING: dict[type[OwnedModel], tuple[str, str]] = {}
COLUMNS: dict[type[OwnedModel], Mapping[str, Any]] = {
    Customer: {"kept_on": gettext_lazy("stays, confirmed on")},
    FollowUp: {"nature": gettext_lazy("promise or care step"), "state": gettext_lazy("state")},
    DataSubjectRequest: {
        "state": gettext_lazy("state"),
        "due_on": gettext_lazy("due on"),
        "done_on": gettext_lazy("answered on"),
    },
}
SILENT: dict[type[OwnedModel], frozenset[str]] = {}
BIRTHDAY = ("birth_day", "birth_month", "birth_year")
ADDED, GONE, BACK = gettext_lazy("added"), gettext_lazy("removed"), gettext_lazy("back again")


@dataclasses.dataclass(frozen=True)
class Line:
    """One thing that changed; `verb` where there is no old and new."""

    label: str
    old: str = ""
    new: str = ""
    verb: Any = ""

    @property
    def is_long(self) -> bool:
        return max(len(self.old), len(self.new)) > LONG


def title(act: str) -> str:
    return str(TITLES.get(act, _("Changed")))


def declare(
    model: type[OwnedModel], words: Mapping[str, Any], silent: Iterable[str], belongs: str = ""
) -> None:
    """How changes of a room above are told; `belongs` is the column by which a row is called."""
    field: Any = model._meta.get_field(belongs) if belongs else None
    if field:
        BELONGING[model] = (field.attname, field.related_model._meta.label_lower)
    COLUMNS[model], SILENT[model] = words, frozenset(silent)


def names(partner: Partner, rows: Iterable[OwnedModel]) -> dict[uuid.UUID, OwnedModel]:
    """Tags, own fields and people whom these rows name."""
    tags = {row.tag_id for row in rows if isinstance(row, Tagging)}
    fields = {row.field_id for row in rows if isinstance(row, OwnValue)}
    people = {
        pk for row in rows if isinstance(row, Relation) for pk in (row.customer_id, row.other_id)
    }
    people |= {
        pk
        for row in rows
        if isinstance(row, Recommendation)
        for pk in (row.recommender_id, row.recipient_id)
        if pk
    }
    wanted = {"customers.tag": tags, "customers.ownfield": fields, LABEL: people}
    for row in rows:
        if type(row) in BELONGING:
            column, label = BELONGING[type(row)]
            wanted.setdefault(label, set()).add(getattr(row, column))
    return {
        row.pk: row
        for label, ids in wanted.items()
        for row in traces_of.stored(label, partner, ids)
    }


@dataclasses.dataclass
class Reader:
    """Reads traces of one person, with the rows of which they tell."""

    customer: Customer
    rows: dict[uuid.UUID, OwnedModel]
    names: Mapping[uuid.UUID, OwnedModel]

    def lines(self, traces: Iterable[Change]) -> list[Line]:
        lines, moved = [], Counter[str]()
        for trace in traces:
            after = trace.after or {}
            if trace.before and "customer_id" in trace.before and "customer_id" in after:
                moved[trace.model] += 1
            elif trace.before is None:
                lines += self.whole(trace, self.as_made(trace), ADDED)
            elif "deleted_at" in after:
                verb = GONE if after["deleted_at"] else BACK
                lines += self.whole(trace, self.rows.get(trace.row_id), verb)
            else:
                lines += self.columns(trace)
        return [*(self.came(model, count) for model, count in moved.items()), *lines]

    def came(self, model: str, count: int) -> Line:
        words = ngettext("%(count)d came along", "%(count)d came along", count)
        return Line(self.noun(model), verb=words % {"count": count})

    # --- rows that came or went ---

    def whole(self, trace: Change, row: OwnedModel | None, verb: Any) -> list[Line]:
        if row is None:
            return []
        if trace.model == LABEL:
            return self.columns(trace) if trace.before is None else []
        label = self.noun(trace.model)
        if isinstance(row, OwnValue):
            label = str(self.names.get(row.field_id, label))
        return [Line(label, new=self.say_row(row), verb=verb)]

    def as_made(self, trace: Change) -> OwnedModel | None:
        """The row as it was when it came."""
        row = self.rows.get(trace.row_id)
        if row is None:
            return None
        made = type(row)()
        for name, value in (trace.after or {}).items():
            setattr(made, name, traces_of.value_of(made, name, value))
        return made

    def belongs(self, row: OwnedModel) -> str:
        """The evening of a guest, say."""
        column, _label = BELONGING.get(type(row), ("", ""))
        return str(self.names.get(getattr(row, column), "")) if column else ""

    def say_row(self, row: Any) -> str:
        if isinstance(row, Tagging):
            return str(self.names.get(row.tag_id, ""))
        if isinstance(row, OwnValue):
            field: Any = self.names.get(row.field_id)
            return own.spoken(field.kind, row.text) if field else row.text
        if isinstance(row, Relation):
            ends = [str(self.names.get(pk, "")) for pk in (row.customer_id, row.other_id)]
            return f"{ends[0]} – {ends[1]} ({row.get_kind_display()})"
        if isinstance(row, Recommendation):
            recipient: Any = self.names.get(row.recipient_id, "") if row.recipient_id else ""
            return f"{self.names.get(row.recommender_id, '')} → {recipient or row.recipient_name}"
        if isinstance(row, Interaction):
            kind = sentence(str(row.get_kind_display()))
            return f"{kind}: {row.text}" if row.text else kind
        return self.belongs(row) or str(row)

    def noun(self, model: str) -> str:
        if model in NOUNS:
            return str(NOUNS[model])
        return sentence(str(apps.get_model(model)._meta.verbose_name))

    # --- columns ---

    def columns(self, trace: Change) -> list[Line]:
        """What its columns said before and say since; of a new person, what was known at once."""
        row = self.rows.get(trace.row_id)
        if row is None:
            return []
        return [
            Line(self.label(row, name), old, new)
            for name, old, new in self.differences(row, trace.before or {}, trace.after or {})
            if (old or new) and old != new
        ]

    def differences(
        self, row: OwnedModel, before: Values, after: Values
    ) -> Iterator[tuple[str, str, str]]:
        for field in row._meta.concrete_fields:
            name = field.attname
            silent = SILENT.get(type(row), UNTOLD)
            if name in after and name not in silent | set(BIRTHDAY) | row.derived:
                yield name, self.say(field, before.get(name)), self.say(field, after.get(name))
        if isinstance(row, Customer) and any(name in after for name in BIRTHDAY):
            yield (
                "birthday",
                self.birthday(row, before) if before else "",
                self.birthday(row, after),
            )

    def label(self, row: OwnedModel, name: str) -> str:
        if name == "birthday":
            return _("Birthday")
        if isinstance(row, OwnValue):
            return str(self.names.get(row.field_id, ""))
        field: Any = row._meta.get_field(name)
        own_name = sentence(str(COLUMNS.get(type(row), {}).get(name) or field.verbose_name))
        if isinstance(row, Customer):
            return own_name
        noun = self.belongs(row) or self.noun(row._meta.label_lower)
        return noun if name in {"typed", "what", "text"} else f"{noun}, {own_name}"

    def birthday(self, row: Customer, values: Values) -> str:
        known = {name: values.get(name, getattr(row, name)) for name in BIRTHDAY}
        day, month, year = (known[name] for name in BIRTHDAY)
        if not (day and month):
            return ""
        shape = pgettext("date format", "j F Y") if year else pgettext("date format", "j F")
        return formats.date_format(dt.date(year or A_LEAP_YEAR, month, day), shape)

    def say(self, field: Any, value: Any) -> str:
        if value in (None, ""):
            return ""
        if field.name == "stage":
            return Customer(stage=value, salutation=self.customer.salutation).stage_spoken
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return spoken(field.to_python(value), self.customer.partner.zone)


def spoken(value: Any, zone: dt.tzinfo) -> str:
    match value:
        case bool():
            return _("yes") if value else _("no")
        case dt.datetime():
            return formats.date_format(value.astimezone(zone), "SHORT_DATETIME_FORMAT")
        case dt.date():
            return formats.date_format(value, pgettext("date format", "j F Y"))
        case dt.time():
            return f"{value:%H:%M}"
    return str(value)
