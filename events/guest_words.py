"""How a guest stands, in words; on pages that nobody but the partner sees."""

import datetime as dt
import enum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from events.models import EventGuest
from partners import spoken

Answer = EventGuest.Answer


class State(enum.StrEnum):
    """Where somebody is on the way from a name on a list to a chair at the table."""

    NAMED = "named"
    INVITED = "invited"
    YES = "yes"
    WAITING = "waiting"
    MAYBE = "maybe"
    NO = "no"
    ATTENDED = "attended"
    NO_SHOW = "no-show"


TITLES = {
    State.YES: gettext_lazy("Coming"),
    State.WAITING: gettext_lazy("Waiting list"),
    State.MAYBE: pgettext_lazy("guests", "Do not know yet"),
    State.INVITED: pgettext_lazy("guests", "No answer yet"),
    State.NAMED: pgettext_lazy("guests", "Not invited yet"),
    State.NO: pgettext_lazy("guests", "Cannot come"),
    State.ATTENDED: pgettext_lazy("guests", "Were there"),
    State.NO_SHOW: pgettext_lazy("guests", "Did not come"),
}


SAID = {state.value: state for state in State}


def state(guest: EventGuest) -> State:
    said = guest.presence or guest.answer
    if said:
        return SAID[said]
    return State.INVITED if guest.invited_at else State.NAMED


def said(guest: EventGuest, today: dt.date, place: int | None = None) -> str:
    """“is coming with 1 more”; `place` is the one on the waiting list."""
    match state(guest):
        case State.NAMED:
            return _("not invited yet")
        case State.INVITED:
            return _("invited %(ago)s, no answer yet") % {"ago": invited_ago(guest, today)}
        case State.WAITING:
            return _("on the waiting list, place %(place)s") % {"place": place or 1}
        case State.YES if guest.companions:
            return ngettext(
                "is coming with %(count)d more", "is coming with %(count)d more", guest.companions
            ) % {"count": guest.companions}
        case State.ATTENDED | State.NO_SHOW:
            return str(EventGuest.Presence(guest.presence).label)
    return str(Answer(guest.answer).label)


def invited_ago(guest: EventGuest, today: dt.date) -> str:
    at = guest.invited_at
    return spoken.ago(at.astimezone(guest.partner.zone).date(), today) if at else ""


def wishes(guest: EventGuest) -> list[str]:
    """What came along with the answer."""
    wish = [_("would like to be shown everything privately")] if guest.wants_privately else []
    return [*wish, _("“%(text)s”") % {"text": guest.message}] if guest.message else wish
