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

from customers.models import Address, Customer, Email, FollowUp, Interaction, Phone
from partners.models import Partner, User

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


class ReachableFactory(OfCustomerFactory[Row]):
    """A way to reach a customer; the customer's search column learns of it."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **fields):
        row = model_class(**fields)
        row.normalise()
        row.save()
        customer = row.customer
        ways = [*customer.phones.all(), *customer.emails.all(), *customer.addresses.all()]
        customer.refresh_search([way.search_form for way in ways])
        customer.save(update_fields=["sort_name", "search_text"])
        return row


class PhoneFactory(ReachableFactory[Phone]):
    class Meta:
        model = Phone

    typed = "030 23125-100"


class EmailFactory(ReachableFactory[Email]):
    class Meta:
        model = Email

    typed = Sequence(lambda n: f"clara{n}@example.org")


class AddressFactory(ReachableFactory[Address]):
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
        follow_up.save()
        return follow_up


class InteractionFactory(OfCustomerFactory[Interaction]):
    class Meta:
        model = Interaction

    occurred_at = LONG_AGO
    text = "Her daughter starts school"
