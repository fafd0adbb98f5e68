"""The environment in which the product is started for tests: none of the operator's, all of ours."""

import os
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

OPERATORS = {
    "ALLOWED_HOSTS",
    "BASE_URL",
    "DATABASE_URL",
    "DATA_DIR",
    "DEBUG",
    "DEFAULT_FROM_EMAIL",
    "DEMO",
    "EMAIL_URL",
    "LINK_KEY",
    "OFFICE_MFA",
    "PORT",
    "REDIS_URL",
    "SECRET_KEY",
    "TEST_BEAT_SECONDS",
    "TEST_CLOCK_SHIFT",
    "TEST_OUTBOX",
    "TEST_RUN",
}


def product_environment(data_dir: Path, **variables: str) -> dict[str, str]:
    """This machine's environment with the product's variables replaced by these."""
    kept = {name: value for name, value in os.environ.items() if name not in OPERATORS}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "mlmcrm.settings",
        "DATA_DIR": str(data_dir),
        "SECRET_KEY": "a secret key for tests alone, long and plain",
        "LINK_KEY": "a link key for tests alone, long and plain too",
        "TEST_RUN": "1",
        **variables,
    }


def enter(environment: Mapping[str, str]) -> None:
    """Make it the environment of this process."""
    for name in set(os.environ) - set(environment):
        del os.environ[name]
    os.environ.update(environment)
