"""Factories for what lives on trust: recommendations, permissions, requests, profile and mails."""

import datetime as dt

from factory.declarations import SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from customers.models import (
    DataSubjectRequest,
    Permission,
    PersonalMail,
    Recommendation,
    Reference,
    SuppressionEntry,
    TalkNote,
)
from partners.models import Profile
from tests.factories import LONG_AGO, CustomerFactory, OfCustomerFactory, PartnerFactory


class RecommendationFactory(DjangoModelFactory[Recommendation]):
    class Meta:
        model = Recommendation

    recommender = SubFactory(CustomerFactory)
    partner = SelfAttribute("recommender.partner")
    recipient = SubFactory(CustomerFactory, partner=SelfAttribute("..partner"))
    recommended_on = LONG_AGO.date()


class ReferenceFactory(OfCustomerFactory[Reference]):
    class Meta:
        model = Reference

    text = "The best soap I ever had"
    said_on = LONG_AGO.date()


class PermissionFactory(OfCustomerFactory[Permission]):
    class Meta:
        model = Permission

    channel = Permission.Channel.EMAIL
    says = Permission.Says.YES
    said_at = LONG_AGO
    how = Permission.How.OPT_IN


class SuppressionEntryFactory(DjangoModelFactory[SuppressionEntry]):
    class Meta:
        model = SuppressionEntry

    partner = SubFactory(PartnerFactory)
    kind = SuppressionEntry.Kind.EMAIL
    why = SuppressionEntry.Why.OBJECTED
    digest = Sequence(lambda n: f"{n:064x}")


class DataSubjectRequestFactory(OfCustomerFactory[DataSubjectRequest]):
    class Meta:
        model = DataSubjectRequest

    kind = DataSubjectRequest.Kind.ACCESS
    received_on = LONG_AGO.date()
    due_on = dt.date(2026, 2, 5)


class PersonalMailFactory(OfCustomerFactory[PersonalMail]):
    class Meta:
        model = PersonalMail

    subject = "The lavender is back"
    text = "You asked for it in spring."


class TalkNoteFactory(DjangoModelFactory[TalkNote]):
    class Meta:
        model = TalkNote

    partner = SubFactory(PartnerFactory)
    title = "No time"
    text = "Then let us find ten minutes next week."


class ProfileFactory(DjangoModelFactory[Profile]):
    """A profile with a whole imprint."""

    class Meta:
        model = Profile

    partner = SubFactory(PartnerFactory)
    name = "Anna Berger"
    street = "Lindenweg 4"
    postcode = "36037"
    city = "Fulda"
    phone = "0661 900090"
    email = "anna@example.org"
