"""Columns that a query left out and that are asked for all the same: a query more for each row."""

from typing import Any

import pytest
from django.db.models.query_utils import DeferredAttribute


class UnreadColumnError(AssertionError):
    """A list of many would ask the database once for each of its rows."""


def refuse(patch: pytest.MonkeyPatch) -> None:
    read_later: Any = DeferredAttribute.__get__

    def get(self: Any, row: Any, cls: Any = None) -> Any:
        if row is not None and self.field.attname not in row.__dict__:
            raise UnreadColumnError(f"{self.field} was left out of the query.")
        return read_later(self, row, cls)

    patch.setattr(DeferredAttribute, "__get__", get)
