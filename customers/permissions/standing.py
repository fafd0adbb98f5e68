"""What a person's statements amount to: the last word on a channel, and a no to all covers all."""

import dataclasses
from collections.abc import Iterable

from customers.models import Permission, SuppressionEntry

Channel, Purpose, Says, How = (
    Permission.Channel,
    Permission.Purpose,
    Permission.Says,
    Permission.How,
)
CONFIRMED = {How.OPT_IN, How.PAGE}  # by the person herself, through a link only she has


@dataclasses.dataclass(frozen=True)
class Standing:
    """The last word, if there is one; every yes since the last no; a question not answered yet."""

    row: Permission | None = None
    asked: Permission | None = None
    yeses: tuple[Permission, ...] = ()

    @property
    def says(self) -> str:
        return self.row.says if self.row else ""


def in_order(statements: Iterable[Permission]) -> list[Permission]:
    """By when they were said; said in the same moment, a no comes last and wins."""
    return sorted(statements, key=lambda row: (row.said_at, row.says == Says.NO))


def standing(statements: Iterable[Permission], channel: str, purpose: str) -> Standing:
    """Where somebody stands. A yes to anything at all only takes back a no to anything at all."""
    found = asked = None
    yeses: tuple[Permission, ...] = ()
    for row in in_order(row for row in statements if row.channel == channel):
        if row.says == Says.ASKED:
            asked = row if row.purpose == purpose else asked
        elif row.purpose == purpose or (row.purpose == Purpose.ANYTHING and row.says == Says.NO):
            found, asked = row, None
            yeses = (*yeses, row) if row.says == Says.YES else ()
        elif lifts(row, found, purpose):
            found = None
    return Standing(found, asked, yeses)


def lifts(row: Permission, found: Permission | None, purpose: str) -> bool:
    """Whether a yes about something else takes back a no to anything at all."""
    if row.says == Says.NO or found is None or found.purpose != Purpose.ANYTHING:
        return False
    return Purpose.ANYTHING in {row.purpose, purpose}


def declined(statements: Iterable[Permission]) -> str:
    """The channels on which somebody wants to hear nothing at all, with blanks between."""
    rows = list(statements)
    return " ".join(
        channel
        for channel in Channel.values
        if standing(rows, channel, Purpose.ANYTHING).says == Says.NO
    )


def as_statements(entries: Iterable[SuppressionEntry]) -> list[Permission]:
    """What was said to an earlier entry, as if it had been said to this one; never stored."""
    return [
        Permission(
            channel=channel,
            purpose=row.purpose or Purpose.ANYTHING,
            says=Says.NO,
            said_at=row.said_at,
            how=How.KNOWN,
        )
        for row in entries
        for channel in ([row.channel] if row.channel else Channel.values)
    ]


def without_repeats(said: Iterable[Permission], heard: Iterable[Permission]) -> list[Permission]:
    """The statements of a person, and what is only known from before."""
    rows = list(said)
    there = {(row.channel, row.purpose, row.says, row.said_at) for row in rows}
    for row in heard:
        key = (row.channel, row.purpose, row.says, row.said_at)
        if key not in there:
            there.add(key)
            rows.append(row)
    return in_order(rows)
