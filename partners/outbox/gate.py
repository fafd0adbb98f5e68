"""Whether the mail server may be tried. What is wrong with the server is no message's fault.

While the gate is closed everything waits and nothing loses a try: a wrong password for an hour
makes no dead letter. After a pause, which doubles from one failure to the next, a worker tries
again; the first mail that gets through opens the gate.
"""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now

from partners.leases import from_now
from partners.models import MailGate

OPEN: dict[str, Any] = {
    "closed_at": None,
    "closed_until": None,
    "reason": "",
    "code": None,
    "said": "",
    "failures": 0,
    "refusals": 0,
}


def rows():
    return MailGate.objects.filter(pk=MailGate.ONE)


def state() -> MailGate:
    return rows().first() or MailGate()


def is_closed() -> bool:
    return rows().filter(closed_until__gt=Now()).exists()


def close(reason: str, said: str, code: int | None = None) -> None:
    """Pause all sending; whoever comes late to a gate already closed changes nothing."""
    with transaction.atomic():
        gate, _made = MailGate.objects.select_for_update().get_or_create(pk=MailGate.ONE)
        first, most = settings.OUTBOX["GATE_PAUSE"], settings.OUTBOX["GATE_LONGEST"]
        rows().filter(Q(closed_until=None) | Q(closed_until__lte=Now())).update(
            closed_at=Coalesce("closed_at", Now()),
            closed_until=from_now(min(first * 2 ** min(gate.failures, 10), most)),
            reason=reason,
            code=code,
            said=said,
            failures=F("failures") + 1,
            refusals=0,
        )


def trouble(weight: int, said: str, code: int | None = None) -> bool:
    """Count refusals in a row; too many of them close the gate. Whether they did."""
    MailGate.objects.get_or_create(pk=MailGate.ONE)
    rows().update(refusals=F("refusals") + weight)
    if not rows().filter(refusals__gt=settings.OUTBOX["REFUSALS"]).exists():
        return False
    close(MailGate.Reason.REFUSALS, said, code)
    return True


def got_through() -> None:
    """A mail was taken: all is well again."""
    rows().update(**OPEN)


def open_now() -> None:
    """Let the next worker try at once."""
    rows().update(**OPEN)
