from partners.models.identifiers import uuid7, uuid7_like
from partners.models.outbox import Heartbeat, MailClass, OutboxMessage
from partners.models.owned import Change, LiveManager, OwnedModel, Privacy
from partners.models.people import Partner, User

__all__ = [
    "Change",
    "Heartbeat",
    "LiveManager",
    "MailClass",
    "OutboxMessage",
    "OwnedModel",
    "Partner",
    "Privacy",
    "User",
    "uuid7",
    "uuid7_like",
]
