"""Who decides which messages exist: each app declares its planners, a round asks them all."""

import logging
from collections.abc import Callable
from typing import Any

from partners import heartbeat, walls

logger = logging.getLogger(__name__)

planners: dict[str, Callable[[], int]] = {}
labels: dict[str, Any] = {}


def register(name: str, plan: Callable[[], int], *, label: Any = "") -> None:
    """Declare a planner: it writes what is due now and returns how many messages will be sent.

    It is called inside `walls.planning()`, often and by several workers at once: an occurrence is
    told by its key and written once. Only the present occurrence is planned, never past ones.
    """
    planners[name], labels[name] = plan, label


def plan_due() -> int:
    """Let all planners plan. One that fails stays silent, which health notices, and stops no other."""
    planned = 0
    for name, plan in planners.items():
        try:
            with walls.planning():
                planned += plan()
                heartbeat.beat(name)
        except Exception:
            logger.exception("the planner %r failed, the next round tries again", name)
    return planned
