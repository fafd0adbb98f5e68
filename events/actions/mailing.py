"""What an evening says about its mails."""

from typing import Any

from django.db import transaction

from events.models import Event
from partners import changes
from partners.changes import Act
from partners.models import Partner, User


@transaction.atomic
def set_reminders(partner: Partner, actor: User, event: Event, **values: Any) -> Act:
    act = Act(partner, actor, "event-reminders")
    changes.update(act, event, **values)
    return act
