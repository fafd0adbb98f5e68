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
from partners.models.owned import Change, LiveManager, Merging, OwnedModel
from partners.models.people import Partner, ReminderLead, User
from partners.models.privacy import Privacy
from partners.models.profile import Profile

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
    "Profile",
    "Reason",
    "ReminderLead",
    "StoredFile",
    "User",
    "uuid7",
    "uuid7_like",
]
