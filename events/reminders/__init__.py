"""Decides which mails an evening causes, to guests, to the host, and in the morning mail."""

from customers.reminders import rechecking
from events.models import Event, EventGuest
from events.reminders import answered, changing, inviting, morning, requested, telling, to_host


def register_kinds() -> None:
    rechecking.READ_AS.update({Event: (Event,), EventGuest: (EventGuest,)})
    for part in (answered, changing, inviting, requested, to_host, morning, telling):
        part.register()
