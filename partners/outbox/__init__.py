"""The only place from which mail leaves.

An app registers its kinds of message and writes a row when one is due. Delivery claims rows for a
lease, loads and renders them at the last moment and remembers the hand-over before it happens.

Sending is at least once: should contact break between handing over and the server's answer, the
same message goes again under the same Message-ID, and the row counts it as ambiguous. What is due
is judged by business time, leases and pauses by the clock of the database.
"""

from partners.outbox.delivery import deliver_due
from partners.outbox.registry import (
    Kind,
    Mail,
    kinds,
    message,
    oldest_due,
    register,
    rendered,
    send_again,
    write,
)

__all__ = [
    "Kind",
    "Mail",
    "deliver_due",
    "kinds",
    "message",
    "oldest_due",
    "register",
    "rendered",
    "send_again",
    "write",
]
