"""What PostgreSQL and SQLite say differently."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

PRIME = 2_147_483_647
MULTIPLIERS = (48_271, 69_621, 16_807, 39_373, 742_938_285, 950_706_376, 1_226_874_159, 62_089_911)


@dataclass(frozen=True)
class Dialect:
    hex: Callable[[str, int], str]  # a number in so many hexadecimal digits
    uuid: Callable[[str], str]  # 32 such digits as an id
    moment: Callable[[str], str]  # Unix seconds as a moment
    later: Callable[[str, str], str]  # a day, so many days later


DIALECTS = {
    "postgresql": Dialect(
        hex=lambda number, digits: f"lpad(to_hex(({number})::bigint), {digits}, '0')",
        uuid=lambda text: f"({text})::uuid",
        moment=lambda seconds: f"to_timestamp({seconds})",
        later=lambda day, days: f"({day} + {days})",
    ),
    "sqlite": Dialect(
        hex=lambda number, digits: f"printf('%0{digits}x', {number})",
        uuid=lambda text: f"({text})",
        moment=lambda seconds: f"datetime({seconds}, 'unixepoch')",
        later=lambda day, days: f"date({day}, {days} || ' days')",
    ),
}


def dialect() -> Dialect:
    return DIALECTS[connection.vendor]


def draw(stream: int, size: int, seed: str = "n") -> str:
    """A number from 0 to size - 1 that follows from the row's own number, another per stream."""
    multiplier = MULTIPLIERS[stream]
    return f"((({seed}) % {PRIME} + {stream}) * {multiplier} % {PRIME} % {size})"


def uuid7(seconds: str, number: str) -> str:
    """The hexadecimal digits of an id of version 7: its time, then the row's own number."""
    digits = dialect().hex
    return f"{digits(f'({seconds}) * 1000', 12)} || '7000' || '8' || {digits(number, 15)}"
