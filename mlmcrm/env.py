"""Strict readers of the environment: a value we cannot understand stops the start with a sentence."""

import json
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ

# A database host that vanishes without a word is noticed within a minute, not after hours.
HOST_GONE = {
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}


class Refused(SystemExit):
    """A setting we will not guess about; its message is the whole explanation."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value not in YES | NO:
        raise Refused(f"{name}={value!r} is neither true nor false.")
    return value in YES


def choice(name: str, options: set[str], *, default: str) -> str:
    value = text(name, default).lower()
    if value not in options:
        raise Refused(f"{name}={value!r} is none of {', '.join(sorted(options))}.")
    return value


def number(name: str, *, default: int, least: int, most: int) -> int:
    value = text(name, str(default))
    try:
        result = int(value)
    except ValueError:
        raise Refused(f"{name}={value!r} is not a whole number.") from None
    if not least <= result <= most:
        raise Refused(f"{name}={value!r} is not between {least} and {most}.")
    return result


def values(name: str) -> dict[str, Any]:
    """Named values as JSON."""
    try:
        found = json.loads(text(name, "{}"))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Refused(f"{name} is not JSON like {{...}}.")
    return found


def names(name: str, default: list[str]) -> list[str]:
    return [part.strip() for part in text(name).split(",") if part.strip()] or default


def web_address(name: str, default: str) -> str:
    """An http(s) address without a path; the trailing slash is optional."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise Refused(f"{name}={value!r} is not an address like https://crm.example.org.")
    return value


def secret(name: str, *, file: Path, required: bool) -> str:
    """A key from the environment, or one made once and kept in a file only we can read."""
    if value := text(name):
        return value
    if required:
        raise Refused(
            f"{name} is missing: with DATABASE_URL set, every host needs the same {name}."
        )
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(handle, "w") as key_file:
        key_file.write(secrets.token_urlsafe(50))
    return file.read_text().strip()


def database(url: str, *, sqlite_path: Path) -> dict:
    """Django's DATABASES entry; without an address, SQLite tuned for several processes."""
    if not url:
        # WAL lets readers and one writer work at once; IMMEDIATE takes the write lock at BEGIN,
        # so that two writers wait for each other rather than fail with "database is locked";
        # FULL keeps what was committed through a power cut, which hand-overs of mail rely on.
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(sqlite_path),
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    try:
        config = environ.Env.db_url_config(url)
    except (environ.ImproperlyConfigured, ValueError, KeyError):
        config = {}
    if config.get("ENGINE") != "django.db.backends.postgresql":
        raise Refused("DATABASE_URL is not an address like postgres://user:password@host/name.")
    options = {"connect_timeout": 10, **HOST_GONE, **config.get("OPTIONS", {})}
    return config | {
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,  # a pool by transaction cannot keep them
        "OPTIONS": options,
    }


def email(url: str) -> dict:
    """Django's EMAIL_* settings from an address like smtp+tls://user:password@host:587."""
    try:
        config = environ.Env.email_url_config(url)
        scheme = urlsplit(url).scheme
    except (environ.ImproperlyConfigured, ValueError, KeyError):
        config, scheme = {}, ""
    if not scheme.startswith("smtp") or not config.get("EMAIL_HOST"):
        raise Refused("EMAIL_URL is not an address like smtp+tls://user:password@host:587.")
    return {key: value for key, value in config.items() if key != "OPTIONS" and value is not None}
