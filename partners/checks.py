"""What `manage.py check --deploy` and a starting worker look at."""

import logging
from contextlib import closing
from typing import Any

import redis
from django.conf import settings
from django.core import checks

logger = logging.getLogger(__name__)

KEEPS = "noeviction"


def register() -> None:
    checks.register(redis_keeps_what_waits, "redis", deploy=True)


def redis_keeps_what_waits(*args: Any, **options: Any) -> list[checks.CheckMessage]:
    """Full of data, the broker must refuse more rather than drop what waits, silently."""
    policy = eviction_policy()
    if policy in {KEEPS, None}:
        return []
    said = f"The Redis server drops data when its memory is full (maxmemory-policy {policy})."
    hint = f"Set its maxmemory-policy to {KEEPS}, or give us a server of our own."
    return [checks.Warning(said, hint=hint, id="partners.W001")]


def eviction_policy() -> str | None:
    """What the server does when it is full; None where there is none, or none that answers."""
    if not settings.REDIS_URL:
        return None
    patience: dict[str, Any] = {"socket_connect_timeout": 1, "socket_timeout": 1}
    try:
        server: Any = redis.Redis.from_url(settings.REDIS_URL, **patience)
        with closing(server):
            return server.info("memory").get("maxmemory_policy")
    except (redis.RedisError, OSError, ValueError):
        return None


def warn(**signal: Any) -> None:
    """The same for a worker's log."""
    for message in redis_keeps_what_waits():
        logger.warning("%s %s", message.msg, message.hint)
