"""What has had its time goes: each area declares what it tidies, once an hour a round asks all."""

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from typing import Any

from partners import heartbeat, walls
from partners.models import Partner

logger = logging.getLogger(__name__)

HOURLY = dt.timedelta(hours=1)
AT_ONCE, CHUNKS = 500, 20  # rows in one transaction, and transactions for one partner in one round

tidiers: dict[str, Callable[[], int]] = {}


def register(name: str, tidy: Callable[[], int]) -> None:
    """Declare what deletes old rows, some thousand at most in one call, and says how many went."""
    tidiers[name] = tidy


def tidy() -> int:
    """Let all that were silent for an hour tidy up; one that fails tries again an hour later."""
    total = 0
    for beat in heartbeat.silent(map(beat_of, tidiers), longer_than=HOURLY):
        heartbeat.beat(beat)
        name = beat.removeprefix(beat_of(""))
        try:
            total += tidiers[name]()
        except Exception:
            logger.exception("tidying %r failed, it is tried again later", name)
    return total


def beat_of(name: str) -> str:
    return f"tidy {name}"


def partner_by_partner(
    find: Callable[[], Iterable[Any]], tidy_some: Callable[[Partner], int]
) -> int:
    """Tidy in chunks, each in a transaction that sees one partner's rows alone.

    `find` names the partners (their ids) who have something to tidy, under the planner's role;
    `tidy_some` deletes up to AT_ONCE rows of one of them and says how many.
    """
    with walls.planning():
        ids = list(find())
    return sum(tidy_up(partner, tidy_some) for partner in Partner.objects.filter(pk__in=ids))


def tidy_up(partner: Partner, tidy_some: Callable[[Partner], int]) -> int:
    total = 0
    for _chunk in range(CHUNKS):
        with walls.acting_for(partner):
            gone = tidy_some(partner)
        total += gone
        if gone < AT_ONCE:
            break
    return total
