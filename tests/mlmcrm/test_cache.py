"""The cache without its Redis: it forgets, but it answers."""

from collections.abc import Iterator

import pytest

from mlmcrm import cache
from mlmcrm.cache import RedisOrMemory
from tests.harness.redis import Redis


@pytest.fixture
def redis() -> Iterator[Redis]:
    with Redis() as server:
        yield server


@pytest.fixture
def rates(redis, monkeypatch) -> RedisOrMemory:
    monkeypatch.setattr(cache.Client, "away_until", 0.0)
    return RedisOrMemory(redis.url, {})


def test_it_is_redis(redis, rates):
    rates.set("tries", 3)

    assert redis.client().keys() == [b":1:tries"]
    assert rates.get("tries") == 3


def test_without_redis_it_counts_in_memory_and_does_not_ask_each_time(redis, rates, caplog):
    redis.stop()

    assert rates.add("lock", "mine")
    assert not rates.add("lock", "mine")
    rates.set("tries", 1)
    assert [rates.incr("tries"), rates.get("tries"), rates.get("nothing", 7)] == [2, 2, 7]
    assert rates.delete("lock")
    assert len(caplog.records) == 1


def test_redis_is_asked_again_after_a_pause(redis, rates, monkeypatch):
    redis.stop()
    rates.set("tries", 1)
    redis.start()
    monkeypatch.setattr(cache.Client, "away_until", 0.0)

    rates.set("tries", 2)

    assert redis.client().keys() == [b":1:tries"]
