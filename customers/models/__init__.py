from customers.models.around import (
    Interest,
    LifeEvent,
    NotDuplicate,
    OwnField,
    OwnValue,
    Relation,
    Tag,
    Tagging,
)
from customers.models.contact import FollowUp, Interaction
from customers.models.customer import NEWEST_YEAR, OLDEST_YEAR, Customer
from customers.models.many import BulkAct, Import, ImportPage, SavedFilter
from customers.models.permitting import Permission, SuppressionEntry
from customers.models.queries import CARE_LASTS, CustomerQuerySet, Likeness
from customers.models.reach import Address, Email, Phone
from customers.models.recommending import Recommendation, Reference
from customers.models.rights import DataSubjectRequest
from customers.models.writing import PersonalMail, TalkNote

__all__ = [
    "CARE_LASTS",
    "NEWEST_YEAR",
    "OLDEST_YEAR",
    "Address",
    "BulkAct",
    "Customer",
    "CustomerQuerySet",
    "DataSubjectRequest",
    "Email",
    "FollowUp",
    "Import",
    "ImportPage",
    "Interaction",
    "Interest",
    "LifeEvent",
    "Likeness",
    "NotDuplicate",
    "OwnField",
    "OwnValue",
    "Permission",
    "PersonalMail",
    "Phone",
    "Recommendation",
    "Reference",
    "Relation",
    "SavedFilter",
    "SuppressionEntry",
    "Tag",
    "Tagging",
    "TalkNote",
]
