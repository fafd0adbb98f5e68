"""What happened to evenings and the club, as the history of a person tells it."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from customers import history_words
from events.models import BenefitUse, Event, EventGuest, Feedback, Membership
from events.words import WORDS

ALWAYS = ("id", "customer_id", "deleted_at", "event_id")
OF_EVENTS = (
    *("zone", "host_id", "template_id", "booked_from_id", "reminders", "host_wants_mail"),
    *("sequence", "link_version", "is_open", "companions_allowed", "formality"),
)
OF_GUESTS = ("answered_at", "waiting_since", "invited_how", "link_version", "presence_at")


NOUNS = {
    "events.feedback": pgettext_lazy("heading", "Stars"),
    "events.benefituse": gettext_lazy("Benefit"),
}


def declare() -> None:
    history_words.NOUNS |= NOUNS
    history_words.declare(Event, WORDS, (*ALWAYS, *OF_EVENTS))
    history_words.declare(EventGuest, WORDS, (*ALWAYS, *OF_GUESTS), belongs="event")
    history_words.declare(Feedback, WORDS, (*ALWAYS, "given_at"), belongs="event")
    history_words.declare(Membership, WORDS, (*ALWAYS, "club_id"), belongs="club")
    history_words.declare(BenefitUse, WORDS, (*ALWAYS, "benefit_id"), belongs="benefit")
