"""The system check against a real server: a broker that drops what waits is warned of."""

import logging
import socket
import time
from collections.abc import Iterator

import pytest
from celery import signals
from django.core.checks import run_checks

from partners import checks
from tests.harness.redis import Redis

FORGETFUL = [f"{what}-{how}" for what in ("allkeys", "volatile") for how in ("lru", "random")]


@pytest.fixture(scope="module")
def server() -> Iterator[Redis]:
    with Redis() as server:
        yield server


@pytest.fixture
def policy(server, settings):
    """Point the product at the server, and tell the server what to do when it is full."""
    settings.REDIS_URL = server.url

    def choose(name: str) -> None:
        client = server.client()
        client.config_set("maxmemory-policy", name)
        client.close()

    return choose


def said() -> list[str]:
    found = run_checks(tags=["redis"], include_deployment_checks=True)
    return [f"{message.id} {message.msg}" for message in found]


def test_a_server_that_refuses_when_full_is_right(policy):
    policy("noeviction")

    assert said() == []


@pytest.mark.parametrize("name", FORGETFUL)
def test_a_server_that_drops_what_waits_is_warned_of(policy, name):
    policy(name)

    [warning] = said()
    assert warning == (
        "partners.W001 The Redis server drops data when its memory is full "
        f"(maxmemory-policy {name})."
    )


def test_only_a_deployment_is_checked(policy):
    policy("allkeys-lru")

    assert run_checks(tags=["redis"]) == []


def test_a_starting_worker_says_so_in_its_log(policy, caplog):
    policy("allkeys-lru")

    with caplog.at_level(logging.WARNING):
        signals.worker_ready.send(sender=None)

    assert "maxmemory-policy allkeys-lru" in caplog.text
    assert checks.KEEPS in caplog.text


def test_the_password_is_in_no_warning(policy, server, caplog):
    policy("allkeys-lru")

    signals.worker_ready.send(sender=None)

    assert server.password not in caplog.text + "".join(said())


@pytest.mark.parametrize("url", ["", "redis://127.0.0.1:1/0", "unix:///nowhere.sock", "nonsense"])
def test_without_a_server_there_is_nothing_to_say(settings, url):
    settings.REDIS_URL = url

    assert said() == []


def test_a_server_that_never_answers_is_not_waited_for(settings):
    with socket.create_server(("127.0.0.1", 0)) as mute:
        settings.REDIS_URL = f"redis://127.0.0.1:{mute.getsockname()[1]}/0"
        started = time.monotonic()

        assert said() == []

    assert time.monotonic() - started < 3
