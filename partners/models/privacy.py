"""What each model says about the people in it: erasure, access and export walk these words."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any, Literal


def no_longer(row: Any) -> dt.date | None:
    return None


@dataclasses.dataclass(frozen=True)
class Privacy:
    """Every column is named once: `personal` ones tell something about a person, `technical` ones
    do not. A column that names a person needs no word; nor do those that all rows have.

    `on_erasure` is what becomes of a row that hangs on somebody who is erased. delete: it goes.
    blank: it stays, without the person and without what is personal. keep: it stays without the
    person until the day that `kept_until(row)` names, whole; where it names none, the row goes.
    A row that is about others loses no more than the person in a column that is `loose`.

    `words` says how a row that hangs on nobody comes by a person's words. none: it has none.
    written: the partner wrote them, and looks at them before an erasure. copied: by a machine,
    and a cleaner of its own takes them out again.

    `exported` rows are in the archive with everything that a partner may take along, and in the
    package for the person on whom they hang.
    """

    personal: tuple[str, ...] = ()
    technical: tuple[str, ...] = ()
    on_erasure: Literal["delete", "blank", "keep"] = "delete"
    kept_until: Callable[[Any], dt.date | None] = no_longer
    reason_to_keep: str = ""
    loose: tuple[str, ...] = ()
    words: Literal["none", "written", "copied"] = "none"
    exported: bool = True
