"""Factories for evenings and the club: each valid, tomorrow evening unless a test says otherwise."""

import datetime as dt
from zoneinfo import ZoneInfo

from factory.declarations import LazyAttribute, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from events.models import (
    Benefit,
    BenefitUse,
    CalendarFeed,
    Club,
    Event,
    EventGuest,
    EventStep,
    EventTemplate,
    Feedback,
    Membership,
    RewardTier,
    TemplateStep,
)
from partners import clock
from tests.factories import LONG_AGO, CustomerFactory, PartnerFactory

BERLIN = ZoneInfo("Europe/Berlin")
HALF_PAST_SEVEN = dt.time(19, 30)


def tomorrow_evening() -> dt.datetime:
    return clock.moment(clock.today(BERLIN) + dt.timedelta(days=1), HALF_PAST_SEVEN, BERLIN)


class EventTemplateFactory(DjangoModelFactory[EventTemplate]):
    class Meta:
        model = EventTemplate

    partner = SubFactory(PartnerFactory)
    name = "Autumn evening"


class TemplateStepFactory(DjangoModelFactory[TemplateStep]):
    class Meta:
        model = TemplateStep

    template = SubFactory(EventTemplateFactory)
    partner = SelfAttribute("template.partner")
    text = "Light the candles"


class RewardTierFactory(DjangoModelFactory[RewardTier]):
    class Meta:
        model = RewardTier

    partner = SubFactory(PartnerFactory)
    min_sales = 100
    kind = RewardTier.Kind.PERCENT
    value = 10


class EventFactory(DjangoModelFactory[Event]):
    """`EventFactory(host=petra)` belongs to Petra's partner; without `ends_at` it takes 150 minutes."""

    class Meta:
        model = Event

    host = SubFactory(CustomerFactory, first_name="Petra")
    partner = SelfAttribute("host.partner")
    title = Sequence(lambda n: f"Evening {n}")
    starts_at = LazyAttribute(lambda _event: tomorrow_evening())
    ends_at = LazyAttribute(lambda event: event.starts_at + dt.timedelta(minutes=150))
    zone = "Europe/Berlin"


class EventGuestFactory(DjangoModelFactory[EventGuest]):
    """`EventGuestFactory(event=evening, customer__first_name="Ida")` is of the same circle."""

    class Meta:
        model = EventGuest

    event = SubFactory(EventFactory)
    partner = SelfAttribute("event.partner")
    customer = SubFactory(CustomerFactory, partner=SelfAttribute("..partner"))


class EventStepFactory(DjangoModelFactory[EventStep]):
    class Meta:
        model = EventStep

    event = SubFactory(EventFactory)
    partner = SelfAttribute("event.partner")
    text = "Call Petra"
    due_on = LazyAttribute(lambda step: step.event.day)


class FeedbackFactory(DjangoModelFactory[Feedback]):
    class Meta:
        model = Feedback

    event = SubFactory(EventFactory)
    partner = SelfAttribute("event.partner")
    stars = 5
    given_at = LONG_AGO


class ClubFactory(DjangoModelFactory[Club]):
    class Meta:
        model = Club

    partner = SubFactory(PartnerFactory)
    name = "Circle of friends"
    since = LONG_AGO.date()


class BenefitFactory(DjangoModelFactory[Benefit]):
    class Meta:
        model = Benefit

    club = SubFactory(ClubFactory)
    partner = SelfAttribute("club.partner")
    name = "A birthday present"
    cost = 5


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    club = SubFactory(ClubFactory)
    partner = SelfAttribute("club.partner")
    customer = SubFactory(CustomerFactory, partner=SelfAttribute("..partner"))
    number = Sequence(lambda n: n + 1)
    since = LONG_AGO.date()


class BenefitUseFactory(DjangoModelFactory[BenefitUse]):
    class Meta:
        model = BenefitUse

    benefit = SubFactory(BenefitFactory)
    partner = SelfAttribute("benefit.partner")
    customer = SubFactory(CustomerFactory, partner=SelfAttribute("..partner"))
    given_on = LONG_AGO.date()
    cost = 5


class CalendarFeedFactory(DjangoModelFactory[CalendarFeed]):
    class Meta:
        model = CalendarFeed

    partner = SubFactory(PartnerFactory)
