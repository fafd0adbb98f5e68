"""Addresses of the pages of single rows, for a page that names many of them."""

import functools
import uuid

from django.urls import reverse

ANY = uuid.UUID(int=0)


def of(name: str, pk: uuid.UUID | str) -> str:
    """What `reverse` answers, asked once for all rows."""
    before, after = around(name)
    return f"{before}{pk}{after}"


@functools.cache
def around(name: str) -> tuple[str, str]:
    before, _any, after = reverse(name, args=[ANY]).partition(str(ANY))
    return before, after


@functools.cache
def alone(name: str) -> str:
    """Of a page that is not a row's."""
    return reverse(name)
