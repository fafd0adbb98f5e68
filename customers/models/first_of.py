"""A value of the first row that hangs on a customer, fetched along with the customer.

The ORM can say the same with `Subquery`, yet needs longer to write the three of the customer list
than the database to answer them.
"""

import datetime as dt

from django.db import models
from django.db.models import F, Func, Value


class FirstOf(Func):
    """The column of the first live row whose customer is the given one; conditions may follow."""

    template = (
        "(SELECT %(column)s FROM %(table)s WHERE deleted_at IS NULL AND customer_id = %(expressions)s"
        " ORDER BY %(order)s LIMIT 1)"
    )
    arg_joiner = " AND "


class OpenSince(Func):
    """Open, and not a care step from before this moment."""

    template = "state = 'open' AND (nature <> 'care' OR due_at >= %(expressions)s)"


class HasText(Func):
    template = "text <> ''"


def last_talk(column: str, output_field: models.Field, *conditions: Func, customer="pk") -> FirstOf:
    return FirstOf(
        F(customer),
        *conditions,
        table="customers_interaction",
        column=column,
        order="occurred_at DESC, id DESC",
        output_field=output_field,
    )


def last_contact() -> FirstOf:
    return last_talk("occurred_at", models.DateTimeField())


def last_said(customer: str) -> FirstOf:
    return last_talk("text", models.TextField(), HasText(), customer=customer)


def last_said_at(customer: str) -> FirstOf:
    return last_talk("occurred_at", models.DateTimeField(), HasText(), customer=customer)


def next_due(care_since: dt.datetime) -> FirstOf:
    return FirstOf(
        F("pk"),
        OpenSince(Value(care_since)),
        table="customers_followup",
        column="due_at",
        order="due_at, id",
        output_field=models.DateTimeField(),
    )
