"""The people of the suite: Anna owns, Boris is the stranger, the office must not see either.

Loaded when Django is ready, since it needs the models.
"""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.cache import cache

from partners.models import Partner, User
from tests.factories import PartnerFactory, UserFactory
from tests.harness.roles import AppClient

MONDAY_NOON = dt.datetime(2026, 11, 23, 11, tzinfo=dt.UTC)  # 12:00 in Berlin


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Rate limits count in the cache; no test inherits another's tries."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Monday noon, standing still: `clock.move_to(...)` and `clock.shift(...)` move it."""
    with time_machine.travel(MONDAY_NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def anna() -> Partner:
    return PartnerFactory.create(
        name="Anna", user__email="anna@example.org", user__name="Anna Albers"
    )


@pytest.fixture
def boris() -> Partner:
    return PartnerFactory.create(
        name="Boris", user__email="boris@example.org", user__name="Boris Beck"
    )


@pytest.fixture
def office() -> User:
    """A clerk with a second factor, without which the back office stays closed."""
    clerk = UserFactory.create(email="office@example.org", name="Olga Office", is_staff=True)
    TOTP.activate(clerk, generate_totp_secret())
    return clerk


@pytest.fixture
def client() -> AppClient:
    return AppClient()


@pytest.fixture
def as_anna(anna) -> AppClient:
    return signed_in(anna.user)


@pytest.fixture
def as_boris(boris) -> AppClient:
    return signed_in(boris.user)


@pytest.fixture
def as_office(office) -> AppClient:
    return signed_in(office)


def signed_in(user: User) -> AppClient:
    client = AppClient()
    client.force_login(user)
    return client
