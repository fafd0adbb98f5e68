"""The only place from which mail leaves.

An app registers its kinds of message and writes a row when one is due. Delivery claims rows for a
lease, loads and renders them at the last moment and commits the hand-over right before it happens.

A reminder is never lost silently: at any time each one is sent, waiting, or listed with a reason.
It is never sent twice, except when contact to the mail server breaks between handing over and its
answer; then a partner's reminder is sent again and marked, and a guest's mail is held for a
decision. What is due is judged by business time, leases and pauses by the clock of the database.
"""

from partners.outbox import gate, held
from partners.outbox.delivery import deliver_due
from partners.outbox.registry import (
    SEND,
    Entry,
    Kind,
    Mail,
    Ruling,
    dismiss,
    kinds,
    message,
    oldest_due,
    register,
    rendered,
    send_again,
    undismiss,
    wake,
    write,
)

__all__ = [
    "SEND",
    "Entry",
    "Kind",
    "Mail",
    "Ruling",
    "deliver_due",
    "dismiss",
    "gate",
    "held",
    "kinds",
    "message",
    "oldest_due",
    "register",
    "rendered",
    "send_again",
    "undismiss",
    "wake",
    "write",
]
