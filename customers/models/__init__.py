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
from customers.models.queries import CARE_LASTS, CustomerQuerySet, Likeness
from customers.models.reach import Address, Email, Phone

__all__ = [
    "CARE_LASTS",
    "NEWEST_YEAR",
    "OLDEST_YEAR",
    "Address",
    "BulkAct",
    "Customer",
    "CustomerQuerySet",
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
    "Phone",
    "Relation",
    "SavedFilter",
    "Tag",
    "Tagging",
]
