"""The second wall: inside PostgreSQL, a transaction sees the rows of the partners it names.

Queries already start at a partner (the first wall). Should one ever forget, PostgreSQL's row-level
security answers with nothing. On SQLite the first wall stands alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from partners.models import Partner

LOGIN = "mlmcrm_app"  # signs in; may touch accounts and sessions, no private table
PARTNER = "mlmcrm_partner"  # a partner's requests and tasks; rows of the named partners
PLANNER = "mlmcrm_planner"  # looks for what is due; ids and dates of all, no names, no notes
OFFICE = "mlmcrm_office"  # counts for the back office; ids and states of all, nothing else

ENTER = """
    SELECT current_setting('role'), current_setting('app.partners', true),
           set_config('role', %s, true), set_config('app.partners', %s, true),
           set_config('idle_in_transaction_session_timeout', '60s', true)
"""  # a worker that freezes must not keep its locks for ever: what it did not commit is undone
LEAVE = "SELECT set_config('role', %s, true), set_config('app.partners', %s, true)"


def has_second_wall() -> bool:
    return connection.vendor == "postgresql"


@contextmanager
def acting_for(*partners: Partner | int, role: str = PARTNER) -> Iterator[None]:
    """Open a transaction that sees the rows of these partners alone.

    Role and partners are local to the transaction and end with it; nested in another transaction,
    the former ones are restored.
    """
    if not has_second_wall():
        with transaction.atomic():
            yield
        return
    ids = ",".join(str(getattr(partner, "pk", partner)) for partner in partners)
    nested = connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(ENTER, [role, f"{{{ids}}}"])
            former_role, former_partners, *_ = cursor.fetchone()
        yield
        # After an error the transaction or savepoint rolls back, and the settings with it.
        if nested and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(LEAVE, [former_role, former_partners or ""])


@contextmanager
def planning() -> Iterator[None]:
    """Open a transaction that sees ids and dates of all partners, and no names or notes."""
    with acting_for(role=PLANNER):
        yield


@contextmanager
def counting() -> Iterator[None]:
    """Open a transaction that can count the rows of all partners, and read nothing in them."""
    with acting_for(role=OFFICE):
        yield
