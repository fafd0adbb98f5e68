"""What the rooms above keep in order while people go, come back, or become one."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

from partners.changes import Act

Keep = Callable[[Act, Any], AbstractContextManager[list[str]]]

keepers: list[Keep] = []


def register(keep: Keep) -> None:
    """`keep` holds its rows before anything is written; what it does afterwards belongs to the
    act, and it answers with sentences for whoever acted.
    """
    keepers.append(keep)


@contextmanager
def kept(act: Act, rows: Any) -> Iterator[list[str]]:
    """While these rows are written, told by their ids, people's or others'."""
    said: list[str] = []
    with ExitStack() as stack:
        found = [stack.enter_context(keep(act, rows)) for keep in keepers]
        yield said
    for sentences in found:
        said += sentences
    act.said += said
