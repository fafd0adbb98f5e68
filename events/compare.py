"""Evenings beside one another: guests, sales per guest, how many booked one of their own.

One partner's own evenings alone; nobody is ranked.
"""

import dataclasses
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from events.models import Event, EventQuerySet
from events.money import ZERO, cents, euros
from partners.models import Partner

ENOUGH = 3  # evenings; fewer make no trend
HUNDRED = 100


@dataclasses.dataclass(frozen=True)
class Row:
    event: Event
    bookings: int

    @property
    def came(self) -> int:
        return self.event.came or 0

    @property
    def sales(self) -> Decimal:
        return self.event.sales or ZERO

    @property
    def per_guest(self) -> Decimal:
        return cents(self.sales / self.came) if self.came else ZERO

    @property
    def rate(self) -> int:
        """How many of a hundred guests booked an evening of their own."""
        return round(HUNDRED * self.bookings / self.came) if self.came else 0


@dataclasses.dataclass(frozen=True)
class Bar:
    row: Row
    percent: int  # of the highest
    figure: str


@dataclasses.dataclass(frozen=True)
class Means:
    """What some evenings brought on average, weighed by their guests."""

    rows: Sequence[Row]

    @property
    def guests(self) -> Decimal:
        return round(Decimal(self._came) / len(self.rows), 1)

    @property
    def per_guest(self) -> Decimal:
        total = sum((row.sales for row in self.rows), ZERO)
        return cents(total / self._came) if self._came else ZERO

    @property
    def rate(self) -> int:
        bookings = sum(row.bookings for row in self.rows)
        return round(HUNDRED * bookings / self._came) if self._came else 0

    @property
    def _came(self) -> int:
        return sum(row.came for row in self.rows)


@dataclasses.dataclass(frozen=True)
class Comparison:
    """Of the rows of one page, the latest first."""

    rows: list[Row]

    @property
    def guests(self) -> list[Bar]:
        return bars(self.rows, [row.came for row in self.rows], str)

    @property
    def per_guest(self) -> list[Bar]:
        return bars(self.rows, [row.per_guest for row in self.rows], euros)

    @property
    def rate(self) -> list[Bar]:
        return bars(self.rows, [row.rate for row in self.rows], "{} %".format)

    @property
    def latest(self) -> Means | None:
        """The newer half of them, if each half is enough."""
        return Means(self.rows[: self._half]) if self._half >= ENOUGH else None

    @property
    def before(self) -> Means:
        return Means(self.rows[self._half : 2 * self._half])

    @property
    def _half(self) -> int:
        return len(self.rows) // 2


def bars(rows: Sequence[Row], values: Sequence[Any], say: Any) -> list[Bar]:
    most = max(values, default=0)
    return [
        Bar(row, round(HUNDRED * value / most) if most else 0, say(value))
        for row, value in zip(rows, values, strict=True)
    ]


def evenings(partner: Partner, **chosen: Any) -> EventQuerySet:
    """Closed ones, with how many they led to."""
    led_to = partner.events.not_cancelled().filter(booked_from=OuterRef("pk")).order_by()
    count = led_to.values("booked_from").annotate(count=Count("pk")).values("count")
    closed = partner.events.closed().filter(**chosen).select_related("host")
    return closed.annotate(bookings_count=Coalesce(Subquery(count), 0)).latest_first()


def compared(events: Sequence[Any]) -> Comparison:
    return Comparison([Row(event, event.bookings_count) for event in events])
