from events.models.club import Benefit, BenefitUse, CalendarFeed, Club, Membership
from events.models.event import Event
from events.models.guest import EventGuest, EventStep, Feedback
from events.models.queries import EventGuestQuerySet, EventQuerySet
from events.models.setting import Setting
from events.models.template import EventTemplate, RewardTier, Step, TemplateStep

__all__ = [
    "Benefit",
    "BenefitUse",
    "CalendarFeed",
    "Club",
    "Event",
    "EventGuest",
    "EventGuestQuerySet",
    "EventQuerySet",
    "EventStep",
    "EventTemplate",
    "Feedback",
    "Membership",
    "RewardTier",
    "Setting",
    "Step",
    "TemplateStep",
]
