"""One factory per model, without surprises: what a test does not say is plain and valid.

An owned row derives its owner: `PhoneFactory(customer=clara)` belongs to Clara's partner, and
`FollowUpFactory(customer__partner=anna)` to Anna.
"""

import datetime as dt
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from factory.declarations import (
    LazyFunction,
    RelatedFactory,
    SelfAttribute,
    Sequence,
    SubFactory,
)
from factory.django import DjangoModelFactory, Password

from customers.actions import refresh_story, search_words
from customers.models import (
    Address,
    BulkAct,
    Customer,
    Email,
    FollowUp,
    Import,
    ImportPage,
    Interaction,
    Interest,
    LifeEvent,
    NotDuplicate,
    OwnField,
    OwnValue,
    Phone,
    Relation,
    SavedFilter,
    Tag,
    Tagging,
)
from partners import files
from partners.models import Partner, StoredFile, User

Row = TypeVar("Row")

PASSWORD = "kundenkreis"
LONG_AGO = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
NEXT_TUESDAY = dt.date(2026, 11, 24)


class PartnerFactory(DjangoModelFactory[Partner]):
    """A partner who has accepted the terms and can sign in as its `user`."""

    class Meta:
        model = Partner
        skip_postgeneration_save = True

    name = Sequence(lambda n: f"Partner {n}")
    terms_version = LazyFunction(lambda: settings.TERMS_VERSION)
    terms_accepted_at = LONG_AGO
    user = RelatedFactory("tests.factories.UserFactory", "partner")


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = Sequence(lambda n: f"user{n}@example.org")
    name = Sequence(lambda n: f"User {n}")
    password = Password(PASSWORD)


class CustomerFactory(DjangoModelFactory[Customer]):
    class Meta:
        model = Customer

    partner = SubFactory(PartnerFactory)
    first_name = Sequence(lambda n: f"Clara{n}")

    @classmethod
    def _create(cls, model_class, *args, **fields):
        customer = model_class(**fields)
        customer.refresh_search([])
        customer.save()
        return customer


class OfCustomerFactory(DjangoModelFactory[Row]):
    """What hangs on a customer belongs to the customer's partner."""

    class Meta:
        abstract = True

    customer = SubFactory(CustomerFactory)
    partner = SelfAttribute("customer.partner")


class SearchedFactory(OfCustomerFactory[Row]):
    """Something by which a customer is found; the search columns learn of it."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **fields):
        row = model_class(**fields)
        if hasattr(row, "normalise"):
            row.normalise()
        row.save()
        customer = row.customer
        customer.refresh_search(search_words(customer), customer.addresses.all())
        customer.save(update_fields=["sort_name", "search_text", "sounds", "postcode", "city"])
        return row


class PhoneFactory(SearchedFactory[Phone]):
    class Meta:
        model = Phone

    typed = "030 23125-100"


class EmailFactory(SearchedFactory[Email]):
    class Meta:
        model = Email

    typed = Sequence(lambda n: f"clara{n}@example.org")


class AddressFactory(SearchedFactory[Address]):
    class Meta:
        model = Address

    street = "Lindenweg 4"
    postcode = "36037"
    city = "Fulda"


class FollowUpFactory(OfCustomerFactory[FollowUp]):
    """A promise; `due` is a date, `due_time` may follow."""

    class Meta:
        model = FollowUp

    class Params:
        due = NEXT_TUESDAY

    what = "Call again"
    due_on = SelfAttribute("due")

    @classmethod
    def _create(cls, model_class, *args, due_on, due_time=None, **fields):
        follow_up = model_class(**fields)
        follow_up.schedule(due_on, due_time, ZoneInfo(follow_up.partner.time_zone))
        return with_story(follow_up)


class InteractionFactory(OfCustomerFactory[Interaction]):
    class Meta:
        model = Interaction

    occurred_at = LONG_AGO
    text = "Her daughter starts school"

    @classmethod
    def _create(cls, model_class, *args, **fields):
        return with_story(model_class(**fields))


def with_story(row):
    """Save what happened or was promised; the customer's own columns learn of it."""
    row.save()
    refresh_story(row.partner, [row.customer_id])
    row.customer.refresh_from_db(fields=["next_due_at", "last_contact_at"])
    return row


class RelationFactory(OfCustomerFactory[Relation]):
    class Meta:
        model = Relation

    other = SubFactory(CustomerFactory, partner=SelfAttribute("..customer.partner"))
    kind = Relation.Kind.NEIGHBOUR


class TagFactory(DjangoModelFactory[Tag]):
    class Meta:
        model = Tag

    partner = SubFactory(PartnerFactory)
    name = Sequence(lambda n: f"Garden {n}")

    @classmethod
    def _create(cls, model_class, *args, **fields):
        return normalised(model_class(**fields))


def normalised(row):
    row.normalise()
    row.save()
    return row


class TaggingFactory(SearchedFactory[Tagging]):
    class Meta:
        model = Tagging

    tag = SubFactory(TagFactory, partner=SelfAttribute("..customer.partner"))


class InterestFactory(SearchedFactory[Interest]):
    class Meta:
        model = Interest

    what = "Lavender"


class LifeEventFactory(OfCustomerFactory[LifeEvent]):
    class Meta:
        model = LifeEvent

    kind = LifeEvent.Kind.MOVE


class OwnFieldFactory(DjangoModelFactory[OwnField]):
    class Meta:
        model = OwnField

    partner = SubFactory(PartnerFactory)
    name = Sequence(lambda n: f"Shoe size {n}")
    purpose = "To bring the right one"

    @classmethod
    def _create(cls, model_class, *args, **fields):
        return normalised(model_class(**fields))


class OwnValueFactory(OfCustomerFactory[OwnValue]):
    class Meta:
        model = OwnValue

    field = SubFactory(OwnFieldFactory, partner=SelfAttribute("..customer.partner"))
    text = "38"


class NotDuplicateFactory(OfCustomerFactory[NotDuplicate]):
    class Meta:
        model = NotDuplicate

    other = SubFactory(CustomerFactory, partner=SelfAttribute("..customer.partner"))


class SavedFilterFactory(DjangoModelFactory[SavedFilter]):
    class Meta:
        model = SavedFilter

    partner = SubFactory(PartnerFactory)
    name = Sequence(lambda n: f"Question {n}")
    query = "stage=regular"


class BulkActFactory(DjangoModelFactory[BulkAct]):
    class Meta:
        model = BulkAct

    partner = SubFactory(PartnerFactory)
    kind = "tag"


class StoredFileFactory(DjangoModelFactory[StoredFile]):
    """A whole file; `content` lies in its parts."""

    class Meta:
        model = StoredFile

    partner = SubFactory(PartnerFactory)
    name = "contacts.csv"
    content_type = "text/csv"
    content = b"Name\nClara\n"

    @classmethod
    def _create(cls, model_class, *args, partner, name, content_type, content, **fields):
        return files.store(partner, name, content_type, content, **fields)


class ImportFactory(DjangoModelFactory[Import]):
    class Meta:
        model = Import

    partner = SubFactory(PartnerFactory)
    file = SubFactory(StoredFileFactory, partner=SelfAttribute("..partner"))
    name = "contacts.csv"
    kind = Import.Kind.CSV
    state = Import.State.READY


class ImportPageFactory(DjangoModelFactory[ImportPage]):
    class Meta:
        model = ImportPage

    run = SubFactory(ImportFactory)
    partner = SelfAttribute("run.partner")
    number = 0
