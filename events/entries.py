"""An evening as an entry of a calendar: the partner's own, or a guest's."""

from zoneinfo import ZoneInfo

from events import ical, links, saying
from events.models import Event, EventGuest
from partners import links as addresses


def of_event(event: Event, text: str = "") -> ical.Entry:
    """For the partner."""
    return ical.Entry(
        uid=str(event.pk),
        title=saying.title_for_partner(event),
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        zone=ZoneInfo(event.zone),
        changed_at=event.updated_at,
        sequence=event.sequence,
        where=saying.place(event),
        text=text,
        url=addresses.absolute("event-detail", event.pk),
        is_cancelled=event.is_cancelled,
    )


def of_guest(
    guest: EventGuest,
    organizer: ical.Person | None = None,
    attendee: ical.Person | None = None,
) -> ical.Entry:
    """For somebody asked to it: the whole address only for whoever comes."""
    event = guest.event
    return ical.Entry(
        uid=str(guest.pk),
        title=event.title,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        zone=ZoneInfo(event.zone),
        changed_at=max(event.updated_at, guest.updated_at),
        sequence=event.sequence,
        where=saying.place(event, in_full=guest.answer == EventGuest.Answer.YES),
        text=event.directions if guest.answer == EventGuest.Answer.YES else "",
        url=links.of_guest(guest),
        is_cancelled=event.is_cancelled,
        organizer=organizer,
        attendee=attendee,
    )
