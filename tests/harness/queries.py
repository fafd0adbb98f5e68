"""How many queries a page costs, without what transactions and the second wall say."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

FRAME = re.compile(
    r"^\s*(BEGIN|SAVEPOINT|RELEASE|ROLLBACK|COMMIT)|set_config\('role'", re.IGNORECASE
)


@contextmanager
def costs(number: int) -> Iterator[None]:
    """Fail unless the block runs exactly this many queries."""
    with CaptureQueriesContext(connection) as captured:
        yield
    queries = [query["sql"] for query in captured if not FRAME.search(query["sql"])]
    assert len(queries) == number, "\n".join([f"{len(queries)} queries:", *queries])
