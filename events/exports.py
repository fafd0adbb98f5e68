"""Evenings and the club in the archive with everything: tables, and how the page tells of them."""

from typing import Any

from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from customers.exports import sheets, trust
from customers.exports.sheets import Sheet
from customers.exports.trust import Tale, with_more
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
    Setting,
    TemplateStep,
)
from events.words import WORDS
from partners.models import Partner

OF_NOBODY_GONE = Q(customer=None) | Q(customer__deleted_at=None)
TABLES: dict[str, Sheet] = {
    "events": Sheet(
        Event,
        gettext_lazy("events.csv"),
        lambda partner: partner.events.select_related("host", "template", "booked_from"),
        (
            "starts_at", "ends_at", "title", "kind", "state", "host", "place", "place_name",
            "street", "postcode", "city", "online_link", "directions", "maximum",
            *Setting.WORDS, "note", "template", "booked_from", "companions_allowed",
            "answer_until", "cancelled_why", "came", "buyers", "orders", "sales", "other_orders",
            "other_sales", "cost_goods", "cost_gift", "cost_catering", "kilometres",
            "per_kilometre", "hours", "share", "reward", "reward_worth", "rewarded_on",
            "went_well", "next_time", "closed_at",
        ),
        person="",
        words=WORDS,
    ),
    "event_guests": Sheet(
        EventGuest,
        gettext_lazy("guests.csv"),
        lambda partner: partner.eventguests.filter(event__deleted_at=None).select_related("event"),
        (
            "event", "origin", "invited_at", "answer", "answered_at", "companions", "message",
            "wants_privately", "wants_reminder", "presence", "interest", "wishes",
            "wants_evening", "orders", "sales",
        ),
        words=WORDS,
    ),
    "event_steps": Sheet(
        EventStep,
        gettext_lazy("checklists.csv"),
        lambda partner: partner.eventsteps.filter(event__deleted_at=None).select_related("event"),
        ("event", "due_on", "part", "text", "for_host", "done_at", "done_by_host"),
        person="",
        words=WORDS,
    ),
    "feedback": Sheet(
        Feedback,
        gettext_lazy("stars.csv"),
        lambda partner: partner.feedbacks.filter(OF_NOBODY_GONE, event__deleted_at=None)
        .select_related("event", "customer"),
        ("given_at", "event", "stars", "text", "name", "customer"),
        person="",
        words=WORDS,
    ),
    "event_templates": Sheet(
        EventTemplate,
        gettext_lazy("event-templates.csv"),
        lambda partner: partner.eventtemplates,
        ("name", "title", "kind", "start_time", "minutes", "maximum", *Setting.WORDS),
        person="",
    ),
    "template_steps": Sheet(
        TemplateStep,
        gettext_lazy("event-template-steps.csv"),
        lambda partner: partner.templatesteps.filter(template__deleted_at=None)
        .select_related("template"),
        ("template", "days", "part", "text", "for_host"),
        person="",
        words=WORDS,
    ),
    "rewards": Sheet(
        RewardTier,
        gettext_lazy("rewards.csv"),
        lambda partner: partner.rewardtiers,
        ("min_sales", "min_buyers", "kind", "value", "item"),
        person="",
    ),
    "calendars": Sheet(
        CalendarFeed,
        gettext_lazy("calendars.csv"),
        lambda partner: partner.calendarfeeds,
        ("name", "with_follow_ups"),
        person="",
    ),
}  # fmt: skip
CLUB: dict[str, Sheet] = {
    "club": Sheet(
        Club,
        gettext_lazy("club.csv"),
        lambda partner: partner.clubs,
        ("name", "since", "motto"),
        person="",
    ),
    "members": Sheet(
        Membership,
        gettext_lazy("club-members.csv"),
        lambda partner: partner.memberships.filter(customer__deleted_at=None)
        .select_related("customer"),
        ("number", "customer", "since", "until", "note"),
        person="",
        words=WORDS,
    ),
    "benefits": Sheet(
        Benefit,
        gettext_lazy("benefits.csv"),
        lambda partner: partner.benefits,
        ("name", "occasion", "cost"),
        person="",
    ),
    "benefit_uses": Sheet(
        BenefitUse,
        gettext_lazy("benefits-given.csv"),
        lambda partner: partner.benefituses.filter(customer__deleted_at=None)
        .select_related("benefit", "customer"),
        ("given_on", "customer", "benefit", "cost"),
        person="",
        words=WORDS,
    ),
}  # fmt: skip


def declare() -> None:
    sheets.declare(
        TABLES, gettext_lazy("Your evenings with guests, checklists, stars, templates and rules.")
    )
    sheets.declare(CLUB, gettext_lazy("Your customer club, its members and what they received."))
    trust.TALES |= {
        "hosted": Tale(pgettext_lazy("heading", "Was host"), hosted, told_of_host, "host"),
        "invited": Tale(pgettext_lazy("heading", "Evenings"), invited, told_of_guest),
        "stars": Tale(pgettext_lazy("heading", "Stars"), starred, told_of_stars),
        "membership": Tale(gettext_lazy("Customer club"), belonging, told_of_member),
        "received": Tale(gettext_lazy("Benefits received"), received, told_of_benefit),
    }


def hosted(partner: Partner) -> Any:
    return partner.events.soonest_first()


def invited(partner: Partner) -> Any:
    found = partner.eventguests.filter(event__deleted_at=None).select_related("event")
    return found.order_by("event__starts_at", "pk")


def starred(partner: Partner) -> Any:
    return partner.feedbacks.filter(event__deleted_at=None).select_related("event")


def belonging(partner: Partner) -> Any:
    return partner.memberships.select_related("club")


def received(partner: Partner) -> Any:
    return partner.benefituses.select_related("benefit")


def day(when: Any) -> str:
    return formats.date_format(when, "SHORT_DATE_FORMAT")


def told_of_host(event: Event) -> str:
    return with_more(event.title, day(event.day), event.get_state_display())


def told_of_guest(guest: EventGuest) -> str:
    state = guest.get_presence_display() if guest.presence else guest.get_answer_display()
    said = (state, guest.message, guest.interest, guest.wishes)
    return with_more(guest.event.title, day(guest.event.day), *said)


def told_of_stars(feedback: Feedback) -> str:
    return with_more(str(feedback), feedback.event.title, feedback.text, feedback.name)


def told_of_member(membership: Membership) -> str:
    number = _("No. %(number)d since %(day)s") % {
        "number": membership.number,
        "day": day(membership.since),
    }
    until = _("left on %(day)s") % {"day": day(membership.until)} if membership.until else ""
    return with_more(number, membership.club.name, until, membership.note)


def told_of_benefit(use: BenefitUse) -> str:
    return with_more(use.benefit.name, day(use.given_on))
