"""A person about whom everything is known."""

import datetime as dt
import io
from typing import Any

import openpyxl

from customers.models import Customer, Interest, LifeEvent, Relation
from partners.models import Partner
from tests.factories import (
    AddressFactory,
    CustomerFactory,
    EmailFactory,
    FollowUpFactory,
    InteractionFactory,
    InterestFactory,
    LifeEventFactory,
    OwnFieldFactory,
    OwnValueFactory,
    PhoneFactory,
    RelationFactory,
    TagFactory,
    TaggingFactory,
)
from tests.trust_factories import (
    DataSubjectRequestFactory,
    PermissionFactory,
    PersonalMailFactory,
    RecommendationFactory,
    ReferenceFactory,
)


def somebody(partner: Partner, first_name: str = "Anna Lena", **fields) -> Customer:
    """One row of everything, and two of much."""
    told = {
        "title": "Dr.",
        "last_name": "Müller-Şahin",
        "nickname": "Leni",
        "salutation": "ms",
        "formality": "sie",
        "company": "Blumen, Garten; & mehr",
        "job_title": "Floristin",
        "website": "https://example.org/?a=1,2;3",
        "birth_day": 29,
        "birth_month": 2,
        "stage": "regular",
        "rank": "A",
        "satisfaction": 5,
        "preferred_channel": "letter",
        "best_time": "abends, nach 18 Uhr",
        "source_kind": "fair",
        "source": "Gartenmesse",
        "note": 'Sagt "ja";\nmag \\ und, Kommas',
    }
    customer = CustomerFactory.create(partner=partner, first_name=first_name, **told | fields)
    PhoneFactory(customer=customer, typed="+49 151 23456789", kind="mobile", is_preferred=True)
    PhoneFactory(customer=customer, typed="0661 12345", kind="home", label="Ferienhaus")
    EmailFactory(customer=customer, typed="leni@example.org")
    AddressFactory(customer=customer, extra="c/o Groß", country="Deutschland")
    InterestFactory(customer=customer, what="Rosen", since=dt.date(2024, 5, 1))
    InterestFactory(customer=customer, what="Kaffee", kind=Interest.Kind.AVOIDS)
    LifeEventFactory(
        customer=customer, kind=LifeEvent.Kind.WEDDING, happened_on=dt.date(2010, 6, 12)
    )
    LifeEventFactory(customer=customer, text="nach Fulda")
    OwnValueFactory(customer=customer, field=shoe_size(partner))
    for name in ("Garten", "Bücher, alte"):
        folded = TagFactory.build(partner=partner, name=name)
        folded.normalise()
        tag = partner.tags.filter(folded=folded.folded).first()
        TaggingFactory(customer=customer, tag=tag or TagFactory(partner=partner, name=name))
    mother = CustomerFactory(partner=partner, first_name=f"Mutter von {first_name}")
    RelationFactory(customer=mother, other=customer, kind=Relation.Kind.PARENT)
    FollowUpFactory(customer=customer, what="Katalog bringen")
    InteractionFactory(customer=customer, text="Ihre Tochter kommt in die Schule")
    trusted(customer, mother)
    return customer


def trusted(customer: Customer, mother: Customer) -> None:
    """What trust leaves behind, with somebody at the other end."""
    RecommendationFactory(recommender=customer, recipient=mother, what="Seife")
    RecommendationFactory(recommender=mother, recipient=customer, place="am Gartenzaun")
    ReferenceFactory(customer=customer, text="So gut habe ich nie geschlafen")
    PermissionFactory(
        customer=customer,
        text="Ja, schreib mir gern",
        point="leni@example.org",
        recorded_by=customer.partner.user.pk,
    )
    PersonalMailFactory(customer=customer, email=customer.emails.first())
    DataSubjectRequestFactory(customer=customer, answer="Mappe ausgedruckt")


def shoe_size(partner: Partner):
    return partner.ownfields.first() or OwnFieldFactory(partner=partner, name="Schuhgröße")


def sheet_of(workbook: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook)).active
