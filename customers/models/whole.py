"""A customer and all that hangs on one, fetched in a single query.

Nine small queries cost more time in Python than in the database; here each kind of row comes along
as one JSON list.
"""

import datetime as dt
import uuid
from typing import Any

from django.db.models import F, Func, JSONField

from customers.models.around import Interest, LifeEvent, OwnValue, Relation, Tagging
from customers.models.permitting import Permission
from customers.models.reach import Address, Email, Phone
from customers.models.recommending import Recommendation, Reference
from customers.models.writing import PersonalMail
from partners import questions
from partners.models import Change, Partner


class Hanging(Func):
    """Live rows of a table, each as a list of its columns."""

    template = (
        "(SELECT %(collect)s(%(listed)s(%(columns)s)) FROM %(table)s row %(join)s"
        " WHERE %(which)s AND row.%(end)s = %(expressions)s)"
    )

    def __init__(
        self,
        model: type,
        *columns: str,
        join: str = "",
        end: str = "customer_id",
        which: str = "row.deleted_at IS NULL",
        of: str = "pk",
    ):
        super().__init__(
            F(of),
            table=model._meta.db_table,  # type: ignore[attr-defined]
            columns=", ".join(name if "." in name else f"row.{name}" for name in columns),
            join=join,
            end=end,
            which=which,
            output_field=JSONField(),
        )

    def as_sqlite(self, compiler, connection, **context: Any):
        context |= {"collect": "json_group_array", "listed": "json_array"}
        return self.as_sql(compiler, connection, **context)

    def as_postgresql(self, compiler, connection, **context: Any):
        context |= {"collect": "jsonb_agg", "listed": "jsonb_build_array"}
        return self.as_sql(compiler, connection, **context)


def other_end(name: str) -> str:
    """The person at the other end of a relation, unless they lie in the bin."""
    return f"JOIN customers_customer o ON o.id = row.{name} AND o.deleted_at IS NULL"


PUT_OFF = ("ask-later", "hint-later")  # acts by which a partner said "not now"
WAY = ("id", "kind", "label", "is_preferred")
PLACE = ("extra", "street", "postcode", "city", "region", "country")
OTHER = ("o.id", "o.first_name", "o.last_name", "o.salutation")
COLUMNS: dict[str, tuple[type, tuple[str, ...], dict[str, str]]] = {
    "phones": (Phone, (*WAY, "typed", "number"), {}),
    "emails": (Email, (*WAY, "typed", "address"), {}),
    "addresses": (Address, (*WAY, *PLACE), {}),
    "interests": (Interest, ("id", "kind", "what", "since"), {}),
    "life_events": (LifeEvent, ("id", "kind", "happened_on", "text", "created_at"), {}),
    "taggings": (
        Tagging,
        ("id", "o.id", "o.name"),
        {"join": "JOIN customers_tag o ON o.id = row.tag_id AND o.deleted_at IS NULL"},
    ),
    "relations": (Relation, ("id", "kind", *OTHER), {"join": other_end("other_id")}),
    "relations_back": (
        Relation,
        ("id", "kind", *OTHER),
        {"join": other_end("customer_id"), "end": "other_id"},
    ),
    "personal_mails": (
        PersonalMail,
        ("id", "subject", "wanted_at", "o.state", "o.sent_at"),
        {
            "join": "JOIN partners_outboxmessage o ON o.dedupe_key ="
            " 'personal-mail:' || replace(CAST(row.id AS varchar), '-', '')"
        },
    ),
    "own_values": (
        OwnValue,
        ("id", "o.name", "o.kind", "row.text", "o.position", "o.id"),
        {"join": "JOIN customers_ownfield o ON o.id = row.field_id AND o.deleted_at IS NULL"},
    ),
    "recommendations": (
        Recommendation,
        ("id", "status", "thanks", "was_reminded", "recommended_on", "recipient_name", *OTHER),
        {"join": f"LEFT {other_end('recipient_id')}", "end": "recommender_id"},
    ),
    "recommended_by": (
        Recommendation,
        ("id", "status", "what", *OTHER),
        {"join": other_end("recommender_id"), "end": "recipient_id"},
    ),
    "permissions": (Permission, ("id", "channel", "purpose", "says", "said_at", "how"), {}),
    "references": (Reference, ("id", "text", "about", "said_on", "quoting"), {}),
    "put_off": (
        Change,
        ("id", "act", "created_at"),
        {
            "end": "row_id",
            "which": f"row.partner_id = customers_customer.partner_id AND row.act IN {PUT_OFF}",
        },
    ),
}


def hanging(name: str, of: str = "pk") -> Hanging:
    model, columns, more = COLUMNS[name]
    return Hanging(model, *columns, **more, of=of)


EVERYTHING = {f"all_{name}": hanging(name) for name in COLUMNS}


def with_everything(customers):
    return customers.annotate(**EVERYTHING)


@questions.written_once
def one_with_everything(partner: Partner, pk: uuid.UUID):
    return with_everything(partner.customers.filter(pk=pk).order_by())


def with_ways(rows, customer: str = "pk"):
    """Each row with the numbers and addresses of its customer."""
    return rows.annotate(
        all_phones=hanging("phones", customer), all_emails=hanging("emails", customer)
    )


def lists(customer: Any, name: str) -> list[list[Any]]:
    return getattr(customer, f"all_{name}") or []


def rows(customer: Any, name: str) -> list[Any]:
    """The rows of one kind, with as much of them as a page shows; never to be saved."""
    model, columns, _more = COLUMNS[name]
    found = [
        model(**{column: read(column, value) for column, value in zip(columns, row, strict=True)})
        for row in lists(customer, name)
    ]
    if name in {"phones", "emails", "addresses"}:
        return sorted(found, key=lambda row: (not row.is_preferred, row.pk))
    return sorted(found, key=lambda row: row.pk)


def read(column: str, value: Any) -> Any:
    """A value from JSON as the column's own type."""
    if value is None:
        return None
    match column:
        case "id":
            return uuid.UUID(value)
        case "is_preferred":
            return bool(value)
        case "since" | "happened_on":
            return dt.date.fromisoformat(value)
        case "created_at" | "said_at":
            at = dt.datetime.fromisoformat(value)
            return at if at.tzinfo else at.replace(tzinfo=dt.UTC)
    return value
