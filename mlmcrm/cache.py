"""The cache, which rate limits ask: Redis, and while that is away each process counts for itself.

No request fails because of it, and none waits for long.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

PAUSE = 5  # seconds until Redis is asked again


class RedisOrMemory(RedisCache):
    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = Client


class Client:
    away_until = 0.0  # known to all threads of this process

    def __init__(self, servers, **options):
        self.redis = RedisCacheClient(servers, **options)
        self.memory = LocMemCache("while Redis is away", {})

    def __getattr__(self, question: str) -> Callable[..., Any]:
        def ask(*args: Any) -> Any:
            if time.monotonic() >= Client.away_until:
                try:
                    return getattr(self.redis, question)(*args)
                except (RedisError, OSError) as error:
                    logger.warning("the cache does without Redis for now: %s", error)
                    Client.away_until = time.monotonic() + PAUSE
            return getattr(self.memory, question)(*args)

        return ask
