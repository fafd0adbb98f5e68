"""What the page of an evening says of its mails."""

from typing import Any

from events import mail_page
from events.evening import Evening, Phase


def panel(evening: Evening) -> dict[str, Any]:
    """From what is read already."""
    event = evening.event
    is_before = evening.phase is Phase.BEFORE
    mails = {
        "unasked": sum(map(mail_page.is_unasked, evening.guests)) if is_before else 0,
        "next": next(iter(mail_page.ahead(event.partner, event, evening.guests)), None),
        "thanks": len(evening.present) if evening.phase in {Phase.RESULT, Phase.CLOSED} else 0,
    }
    return {"mails": mails}
