"""Evenings and the club in the package that a person gets of all that is noted of them."""

from django.utils.translation import gettext_lazy

from customers.access import gathering
from events.models import BenefitUse, Event, EventGuest, Feedback, Membership, Setting
from events.words import WORDS

# What an evening brought is the partner's business, and notes of it may speak of the other guests.
OF_THE_PARTNER = (
    *("note", "went_well", "next_time", "came", "buyers", "orders", "sales", "other_sales"),
    *("other_orders", "cost_goods", "cost_gift", "cost_catering", "kilometres", "per_kilometre"),
    *("hours", "share", "template_id", "booked_from_id"),
    *(name for name in Setting.WORDS if name != "invitation_text"),
)


def declare() -> None:
    gathering.declare(
        Event,
        gettext_lazy("Evenings hosted"),
        WORDS | {"created_at": gettext_lazy("noted on")},
        untold=OF_THE_PARTNER,
    )
    gathering.declare(
        EventGuest, gettext_lazy("Evenings as a guest"), WORDS, told_too=("event", "invited_at")
    )
    gathering.declare(Feedback, gettext_lazy("Stars given"), WORDS, told_too=("event",))
    gathering.declare(
        Membership, gettext_lazy("Membership of the club"), WORDS, told_too=("club", "number")
    )
    gathering.declare(BenefitUse, gettext_lazy("Benefits received"), WORDS, told_too=("benefit",))
