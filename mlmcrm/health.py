"""Whether the house stands, for machines that ask: names no person, needs no sign-in."""

from http import HTTPStatus

from django.conf import settings
from django.db import Error, connection
from django.http import JsonResponse
from django.views.decorators.http import require_safe
from redis import Redis, RedisError

from partners import outbox, post_office
from partners.http import public

OK, SILENT = "ok", "no answer"


@public
@require_safe
def health(request):
    """Red (503) when something is out of order, and the report says what.

    With `?live=1` only whether process and database answer: what a container is restarted for.
    """
    asks_for_all = "live" not in request.GET
    try:
        report = {"database": database()} | (post() if asks_for_all else {})
    except Error:
        report = {"database": SILENT}
    if asks_for_all:
        report["broker"] = broker()
    # A closed gate is told, and red only when mail has waited too long.
    is_well = all(state == OK for name, state in report.items() if name != "gate")
    return JsonResponse(report, status=HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE)


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def post() -> dict[str, str]:
    """Whether mail leaves: what waits too long, who plans no more, and why nothing is tried."""
    oldest, silent = outbox.oldest_due(), post_office.silent_planners()
    late, gate = post_office.is_late(oldest), outbox.gate.state()
    return {
        "outbox": f"a message has been waiting since {oldest:%Y-%m-%dT%H:%M}Z" if late else OK,
        "planners": f"silent: {', '.join(silent)}" if silent else OK,
        "gate": f"closed: {gate.reason}" if gate.closed_at else "open",
    }


def broker() -> str:
    if settings.REDIS_URL:
        patience = {"socket_connect_timeout": 1, "socket_timeout": 1}
        try:
            with Redis.from_url(settings.REDIS_URL, **patience) as line:
                line.ping()
        except (RedisError, OSError):
            return SILENT
    return OK
