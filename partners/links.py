"""Links that work without signing in: derived from a key, never stored.

A token names a purpose, an id and a version, and perhaps a last day; raising the version in its
row revokes the link.
"""

import base64
import datetime as dt
import hmac
import re
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse

from partners import clock

SIGNATURE_BYTES = 24
WORD = re.compile(r"[\w-]+", re.ASCII)
TOKEN = re.compile(r"[\w.-]{1,200}", re.ASCII)
LATEST_ZONE = dt.timedelta(hours=12)  # behind UTC: there a day ends last


class BadLink(ValueError):
    """Not a link of ours, or altered on its way."""


class Link(NamedTuple):
    """What a token of ours says."""

    identifier: str
    version: int
    until: dt.date | None = None


class Expired(BadLink):
    """A link of ours whose last day is over everywhere."""

    def __init__(self, link: Link):
        super().__init__()
        self.link = link


def _signature(purpose: str, payload: str) -> str:
    key = settings.LINK_KEY.encode()
    digest = hmac.digest(key, f"{purpose}:{payload}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest[:SIGNATURE_BYTES]).decode()


def token(purpose: str, identifier: object, version: int, until: dt.date | None = None) -> str:
    """Purpose and id are words without dot and colon, so that no two tokens read alike."""
    if not (WORD.fullmatch(purpose) and WORD.fullmatch(str(identifier))):
        raise ValueError(f"{purpose!r} or {identifier!r} is no word")
    payload = f"{identifier}.{version}" + (f".{until}" if until else "")
    return f"{payload}.{_signature(purpose, payload)}"


def read(purpose: str, text: str) -> Link:
    """What a token says; BadLink unless we made it for this purpose, Expired when it is too old."""
    payload, _, signature = text.rpartition(".")
    if not TOKEN.fullmatch(text) or not hmac.compare_digest(
        signature, _signature(purpose, payload)
    ):
        raise BadLink
    identifier, version, *last_day = payload.split(".")
    link = Link(identifier, int(version), *map(dt.date.fromisoformat, last_day))
    if link.until and (clock.now() - LATEST_ZONE).date() > link.until:
        raise Expired(link)
    return link


def absolute(name: str, *args: object) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=args)}"
