from partners.models.files import FilePart, StoredFile
from partners.models.identifiers import uuid7, uuid7_like
from partners.models.indexes import NullsFirstIndex
from partners.models.jobs import Job
from partners.models.leases import Leased
from partners.models.outbox import (
    Heartbeat,
    MailClass,
    MailGate,
    OutboxAttempt,
    OutboxMessage,
    Reason,
)
from partners.models.owned import Change, LiveManager, Merging, OwnedModel, Privacy
from partners.models.people import Partner, ReminderLead, User

__all__ = [
    "Change",
    "FilePart",
    "Heartbeat",
    "Job",
    "Leased",
    "LiveManager",
    "MailClass",
    "MailGate",
    "Merging",
    "NullsFirstIndex",
    "OutboxAttempt",
    "OutboxMessage",
    "OwnedModel",
    "Partner",
    "Privacy",
    "Reason",
    "ReminderLead",
    "StoredFile",
    "User",
    "uuid7",
    "uuid7_like",
]
